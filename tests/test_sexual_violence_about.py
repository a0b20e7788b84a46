"""What Amina wishes about the police; then hate, somebody close, selling sex, whom services are for, and her home."""

from dataclasses import replace

import pytest

from dialogs.cards import EMERGENCY
from dialogs.narrative import QuietWords
from dialogs.parts import Part
from dialogs.sexual_violence import sexual_violence
from tests.after_violence import (
    AREAS,
    Telling,
    adult,
    asked,
    at,
    begins,
    helped,
    offered,
    part_of,
    receiver,
    sends,
    sheet_ids,
    suggested,
)
from tests.dialog_world import START, Amina, english
from tests.walking import a_start

ADVISERS = {
    "bristol": "Safe Link: call 0333 323 1543",
    "stockton": "Arch Teesside: call 01642 822331",
    "telford": "West Mercia Victim Advice Line: call 0800 952 3000",
    "walsall": "Victim Support: call 0808 168 9111",
}
AGAINST_HATE = {
    "bristol": "0800 171 2272",
    "stockton": "01642 607943",
    "telford": "0800 952 3000",
    "walsall": "0808 168 9111",
}

# Row 5: the police.


def test_whoever_wants_to_tell_the_police_reads_how_and_is_offered_company() -> None:
    amina = at("police", "self")

    assert "In danger, call 999." in amina.reads()
    assert "Police 101: call 101" in amina.reads()
    assert "Operation Bluestone: Police officers for sexual violence." in amina.reads()
    assert amina.question == "company"
    assert part_of(amina.taps("yes"), "company") is Part.FACTS


@pytest.mark.parametrize("area", AREAS)
def test_whoever_is_unsure_hears_of_a_worker_and_of_no_hurry(area: str) -> None:
    amina = at("police", "unsure", area=area)

    assert ADVISERS[area] in amina.reads()
    assert "There is no hurry." in amina.reads()
    assert amina.taps("services").question == "who_helps"


def test_whoever_wants_no_police_hears_of_care_and_of_ways_without_a_name() -> None:
    amina = at("police", "no")

    assert "Care and support do not need the police." in amina.reads()
    assert "Crimestoppers: call 0800 555 111" in amina.reads()
    assert amina.taps("on").question == "account"


@pytest.mark.parametrize("wish", ["no", "unsure"])
@pytest.mark.parametrize("area", AREAS)
def test_nobody_who_said_not_now_is_asked_about_the_police_again(area: str, wish: str) -> None:
    directory = a_start().directory
    police = directory.agency(directory.area(area).police_agency).organisation

    found = suggested(at("police", wish, "on", area=area))

    assert not [agency for agency in found if directory.agency(agency).organisation == police]


def test_whoever_did_not_say_is_asked_about_the_police_like_about_others() -> None:
    assert "avon-and-somerset-police" in suggested(adult().skips_to("account"))


def at_the_law_centre(wish: str) -> Amina:
    """The Law Centre must tell the police; Amina has said what she wishes."""
    amina = begins("easton", start=replace(START, joined=frozenset({"law-centre", "police"})))
    return amina.taps("adult").skips_to("police").taps(wish)


@pytest.mark.parametrize("wish", ["no", "unsure"])
def test_where_staff_must_tell_the_police_what_they_say_is_agreed_field_by_field(wish: str) -> None:
    amina = at_the_law_centre(wish).taps("on")

    assert "What else may they tell the police?" in amina.reads()
    assert "If you skip this, they say nothing else. No name either." in amina.reads()
    assert amina.now.recorded is None
    assert "+name" in offered(amina)
    assert part_of(amina.taps("+when", "done"), "police_may_know") is Part.FACTS


def test_whoever_tells_the_police_themselves_need_not_agree_what_staff_say() -> None:
    assert "police_may_know" not in asked(at_the_law_centre("self").skips_to("account"))


@pytest.mark.parametrize("role", ["witness", "for-someone"])
def test_only_the_person_it_happened_to_may_give_their_name_to_the_police(role: str) -> None:
    amina = begins("easton", start=replace(START, joined=frozenset({"law-centre", "police"})), role=role, agrees="no")
    amina.taps("adult").skips_to("police").taps("no", "on")

    assert "Only that person can choose what else. So no name is given." in amina.reads()
    assert "police_may_know" not in asked(amina.skips_to("account"))


def test_a_witness_does_not_file_a_wish_about_the_police_for_somebody_else() -> None:
    assert part_of(at("police", "self", role="witness"), "police") is None
    assert part_of(at("police", "self", role="for-someone"), "police") is Part.FACTS


@pytest.mark.parametrize("age", ["13-15", "16-17"])
def test_a_child_who_wants_no_police_reads_what_staff_may_still_have_to_tell(age: str) -> None:
    amina = begins().taps(age, "on").skips_to("police").taps("no")

    assert "Staff may still have to tell someone, to keep you safe." in amina.reads()
    assert "do not need the police" not in amina.reads()
    assert "Crimestoppers" not in amina.reads()
    assert "Childline: call 0800 1111" in amina.reads()


# Own words.


def test_own_words_are_asked_for_without_any_detail() -> None:
    amina = adult().skips_to("account")

    assert "Only what you want to say. No details are needed." in amina.reads()
    assert amina.types("He hurt me.").taps("done").question == "hate"


def test_nothing_invites_files_after_sexual_violence() -> None:
    amina = adult().skips_to("account")
    waiting = amina.now.waiting

    assert isinstance(waiting, QuietWords)
    assert not waiting.note(None)
    assert "Please send no naked photos." in amina.reads()
    assert waiting.takes() >= {"photo", "voice"}


def test_the_kind_of_act_is_never_asked_for() -> None:
    assert not {"types", "exact_words", "hurt", "evidence", "description"} & set(asked(adult().skips_to("check[1]")))


# Row 6: hate.


@pytest.mark.parametrize("area", AREAS)
def test_hate_leads_to_those_who_stand_by_people_after_it(area: str) -> None:
    amina = at("hate", "yes", area=area)

    assert AGAINST_HATE[area] in amina.reads()
    assert amina.question == "strands"


@pytest.mark.parametrize("hate", ["no", "unsure"])
def test_what_it_was_about_is_asked_only_after_a_yes(hate: str) -> None:
    assert at("hate", hate).question == "close"


def test_after_hate_sari_is_among_those_offered_in_the_end() -> None:
    assert "SARI" in helped(sends(at("hate", "yes")).skips_to("who_helps"))
    assert "SARI" not in helped(sends(at("hate", "no")).skips_to("who_helps")).replace("SARIS", "")


# Row 7: a partner or family.


def test_a_partner_leads_to_help_and_on_a_safe_phone_to_clares_law() -> None:
    amina = at("close", "partner")

    assert "National Domestic Abuse Helpline: call 0808 2000 247" in amina.reads()
    assert offered(amina) == ["partner", "apps", "freedom-programme", "enough"]
    assert "It is called Clare's Law." in amina.taps("partner").reads()
    assert "Hollie Guard" in amina.taps("apps").reads()


def test_clares_law_is_for_partners_only() -> None:
    assert "partner" not in offered(at("close", "family"))


@pytest.mark.parametrize("seen", ["yes", "unsure"])
def test_on_a_phone_others_look_at_no_app_and_no_law_is_named(seen: str) -> None:
    amina = at("close", "partner", phone_seen=seen)

    assert amina.question == "onward[home]"
    assert "Call them from a phone that nobody else checks." in amina.reads()
    assert not any(name in amina.reads() for name in ("Clare", "Hollie", "Bright Sky", "http"))


@pytest.mark.parametrize("close", ["partner", "family"])
@pytest.mark.parametrize("area", AREAS)
def test_no_landlord_is_suggested_when_somebody_close_did_it(area: str, close: str) -> None:
    amina = at("close", close, area=area)
    roles = [a_start().directory.agency(agency).roles for agency in suggested(amina)]

    assert not [each for each in roles if {"landlord", "council"} & each]
    assert amina.taps("send").command.situation.kinds == {"sexual", "home"}


# Row 8: selling sex.


def test_the_question_about_selling_sex_is_put_neutrally_and_can_be_skipped() -> None:
    assert "sex_work" not in asked(begins().skips_to("services_for"))
    amina = adult().skips_to("sex_work")

    assert "Some services are just for people who sell sex. Would that help?" in amina.reads()
    assert amina.skips_to("services_for").question == "services_for"


@pytest.mark.parametrize(("area", "name"), [("bristol", "One25"), ("stockton", "A Way Out"), ("walsall", "Ugly Mugs")])
def test_services_for_people_who_sell_sex_are_named_only_to_those_who_ask(area: str, name: str) -> None:
    assert name in at("sex_work", "yes", area=area).reads()
    assert name not in at("sex_work", "no", area=area).reads()
    assert name not in helped(sends(at("sex_work", "no", area=area)).skips_to("who_helps"))


def test_that_somebody_asked_for_them_leaves_only_with_another_yes() -> None:
    assert "sex_work" not in sheet_ids(at("sex_work", "yes", "no").skips_to("check[1]").taps("send"))

    told = at("sex_work", "yes", "yes")

    assert part_of(told, "sex_work") is None
    assert part_of(told, "sex_work_known") is Part.CONTACT
    assert "sex_work_known" in sheet_ids(told.skips_to("check[1]").taps("send"))


@pytest.mark.parametrize("age", ["13-15", "16-17", "unsure"])
def test_only_who_is_grown_up_is_asked_about_selling_sex(age: str) -> None:
    amina = begins().taps(age).skips_to("services_for")

    assert "sex_work" not in asked(amina)


# Row 9: whom services are for.


@pytest.mark.parametrize(
    ("group", "offered_", "hidden"),
    [
        ("men", {"SurvivorsUK", "Safe Link", "The Bridge", "SARSAS"}, {"Womankind Bristol", "Galop"}),
        ("women", {"Womankind Bristol", "Safe Link", "The Bridge", "SARSAS"}, {"SurvivorsUK", "Galop"}),
        ("lgbt", {"Galop", "Safe Link", "The Bridge"}, set()),
        ("non-binary", {"Safe Link", "The Bridge", "SARSAS"}, {"Galop"}),
        ("deaf", {"SignHealth Domestic Abuse Service", "Safe Link"}, {"Galop"}),
    ],
)
def test_services_for_certain_people_are_shown_to_them_and_those_for_everyone_to_all(
    group: str, offered_: set[str], hidden: set[str]
) -> None:
    shown = helped(sends(at("services_for", f"+{group}", "done")).skips_to("who_helps"))

    assert not [name for name in offered_ if name not in shown]
    assert not [name for name in hidden if name in shown]


def test_the_workers_of_safe_link_are_said_to_know_most_about_some() -> None:
    amina = receiver().taps("stop", "safe-link", "more")

    assert "Some know most about men, LGBT+ people or learning disabilities." in amina.reads()


def test_whom_services_are_for_is_read_only_by_those_who_may_make_contact() -> None:
    amina = at("services_for", "+lgbt", "done", "woman")

    assert part_of(amina, "services_for") is part_of(amina, "worker") is Part.CONTACT


def test_who_is_easier_to_talk_to_is_not_asked_twice() -> None:
    amina = at("worker", "woman").skips_to("contact").taps("yes", "phone").types("07700 900123").skips_to("needs")
    assert not {"+woman", "+man"} & set(offered(amina))

    skipped = adult().skips_to("contact").taps("yes", "phone").types("07700 900123").skips_to("needs")
    assert {"+woman", "+man"} <= set(offered(skipped))


# Row 10: the same building.


def test_the_wish_of_the_person_who_was_hurt_is_asked_first() -> None:
    amina = at("same_building", "yes")

    assert "Would you like to stay there or to move?" in amina.reads()
    assert amina.taps("stay").question == "safe_tonight"
    assert part_of(amina, "home_wish") is Part.FACTS


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("tonight", ["no", "unsure"])
def test_nowhere_safe_tonight_makes_it_urgent_and_names_help(area: str, tonight: str) -> None:
    amina = at("same_building", "yes", "move", tonight, area=area)

    assert english(EMERGENCY) in amina.reads()
    assert any(name in amina.reads() for name in ("Shelter", "homeless help"))
    assert amina.skips_to("check[1]").taps("send").command.urgent


@pytest.mark.parametrize("answer", ["no", "unsure"])
def test_wishes_about_the_home_are_asked_only_in_the_same_building(answer: str) -> None:
    assert at("same_building", answer).question == "contact"


# Rows 11 and 12: what is for staff, and those who tell for someone.


def test_nobody_is_asked_whether_they_are_known_to_homelessness_services() -> None:
    said = " ".join(english(answer.question.text) for answer in sends(at("same_building", "yes", "stay")).now.path)

    assert "homeless" not in said.lower()


@pytest.mark.parametrize("agrees", ["no", "cannot"])
def test_who_tells_without_the_persons_yes_is_asked_nothing_about_homes(agrees: str) -> None:
    amina = Telling(sexual_violence, a_start()).taps("yes", "no", "for-someone", agrees)
    assert "we leave their name out" in amina.reads()

    amina.taps("bristol", "adult").skips_to("contact")

    assert not {"same_building", "home_wish", "safe_tonight"} & set(asked(amina))


def test_a_witness_is_asked_nothing_only_the_person_could_say() -> None:
    amina = adult(role="witness").skips_to("contact")

    assert not {"sex_work", "services_for", "worker", "same_building"} & set(asked(amina))


def test_who_tells_for_someone_reads_questions_about_that_person() -> None:
    amina = adult(role="for-someone")
    assert "Does that person want medical help?" in amina.reads()

    assert "Does that person want to tell the police?" in amina.skips_to("police").reads()


def test_a_worker_who_was_just_told_gets_their_own_list() -> None:
    amina = Amina(sexual_violence, a_start()).taps("yes", "no", "worker")

    assert "Thank you for listening to them." in amina.reads()
