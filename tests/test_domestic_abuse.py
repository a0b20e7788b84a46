"""Harm by a partner or family: the phone first, specialists at once, and a worker's call for whoever wants it."""

from dataclasses import replace

import pytest

from dialogs.cards import EMERGENCY
from dialogs.domestic_abuse import domestic_abuse
from dialogs.parts import Package, Part
from dialogs.report import report
from tests.after_violence import (
    AREAS,
    RECEIVERS,
    asked,
    helped,
    offered,
    part_of,
    sheet_ids,
    suggested,
    through_the_door,
    where_nobody_joined,
)
from tests.dialog_world import Amina, english
from tests.walking import a_start

SPECIALISTS = {
    "bristol": "Next Link",
    "stockton": "Harbour",
    "telford": "West Mercia Women's Aid",
    "walsall": "Black Country Women's Aid",
}


def at_the_age(area: str = "bristol", *roles: str, seen: str = "no") -> Amina:
    """On her phone, safe, in an area; who it happened to is said."""
    return Amina(domestic_abuse, a_start()).taps(seen, "yes", *(roles or ("self",)), area)


def begins(area: str = "bristol", *, seen: str = "no", close: str = "partner") -> Amina:
    """Grown up; those who help are named."""
    return at_the_age(area, seen=seen).taps("adult", close)


def wants_a_worker(area: str = "bristol", *, seen: str = "no") -> Amina:
    """At the agency that would receive her short report."""
    amina = begins(area, seen=seen)
    return amina.taps("enough" if seen == "no" else "on", "yes")


def grown_up(area: str = "bristol") -> Amina:
    return wants_a_worker(area).taps("on")


def reached_by_phone(amina: Amina) -> Amina:
    return amina.skips_to("contact_way").taps("phone").types("07700 900123")


def test_the_first_question_is_whether_anybody_looks_at_the_phone() -> None:
    amina = Amina(domestic_abuse, a_start())

    assert amina.question == "phone_seen"
    assert english(EMERGENCY) in amina.reads()
    assert amina.taps("no").question == "safe"


def test_whoever_is_watched_reads_what_others_may_see() -> None:
    said = Amina(domestic_abuse, a_start()).taps("yes").reads()

    assert "Someone may see what you read, type or call." in said
    assert "Exit clears what I can clear." in said


def test_whoever_is_in_danger_reads_whom_to_call() -> None:
    amina = Amina(domestic_abuse, a_start()).taps("no", "no")

    assert "I cannot call for you." in amina.reads()
    assert amina.taps("home", "carry-on").question == "role"


@pytest.mark.parametrize("area", AREAS)
def test_a_number_is_named_at_once_and_the_specialists_here_in_the_end(area: str) -> None:
    amina = begins(area)
    assert "call 0" in amina.reads()

    amina.taps("enough", "no")

    assert amina.question == "who_helps"
    assert SPECIALISTS[area] in helped(amina)


@pytest.mark.parametrize("area", AREAS)
def test_lines_for_women_and_for_men_are_both_offered(area: str) -> None:
    shown = helped(begins(area).taps("enough", "no"))

    assert "National Domestic Abuse Helpline" in shown
    assert "Men's Advice Line" in shown


def test_a_safe_phone_offers_clares_law_apps_and_a_course() -> None:
    amina = begins()
    assert offered(amina) == ["partner", "apps", "freedom-programme", "enough"]

    read = "".join(amina.taps(page).reads() for page in ("partner", "apps", "freedom-programme"))

    assert "They try to answer within 28 days" in read
    assert "Bright Sky" in read
    assert "Freedom Programme: A course in a group" in read
    assert amina.taps("on").question == "worker_wanted"


@pytest.mark.parametrize("seen", ["yes", "unsure"])
def test_a_phone_that_others_look_at_names_no_app_no_law_and_no_link(seen: str) -> None:
    amina = begins(seen=seen)
    said = amina.reads() + amina.taps("on").reads() + amina.taps("no").reads()

    assert not [word for word in ("Clare", "Hollie", "Bright Sky", "Freedom", "http") if word in said]


def test_family_is_offered_no_law_about_partners() -> None:
    assert offered(begins(close="family")) == ["apps", "freedom-programme", "enough"]


@pytest.mark.parametrize("area", AREAS)
def test_a_workers_call_makes_a_short_report_to_the_agency_that_was_named(area: str) -> None:
    amina = reached_by_phone(grown_up(area)).skips_to("check[1]").taps("send")

    assert {one.agency: one.package for one in amina.command.receivers} == {RECEIVERS[area]: Package.FULL}
    assert amina.command.situation.kinds == {"home"}
    assert amina.command.situation.relations == {"partner"}
    assert not amina.command.urgent


def test_staff_read_in_the_facts_that_a_trained_worker_is_wanted() -> None:
    amina = reached_by_phone(grown_up()).skips_to("check[1]").taps("send")
    wanted = next(line for line in amina.command.sheet.lines if line.id == "worker_wanted")

    assert wanted.part is Part.FACTS
    assert english(wanted.label) == "Harm by a partner or family: a trained worker is wanted"


def test_whoever_is_not_safe_sends_an_urgent_report() -> None:
    amina = (
        Amina(domestic_abuse, a_start()).taps("no", "no").skips_to("danger_next").taps("carry-on", "self", "bristol")
    )
    amina.taps("adult", "partner", "enough", "yes", "on")

    assert reached_by_phone(amina).skips_to("check[1]").taps("send").command.urgent


def test_own_words_are_optional() -> None:
    amina = grown_up()

    assert amina.question == "account"
    assert reached_by_phone(amina).skips_to("check[1]").taps("send").is_told_it_was_sent().question == "kept_code"


def test_without_a_safe_way_nothing_is_sent() -> None:
    amina = grown_up().skips_to("who_helps")

    assert "Without a safe way, nobody can contact you." in amina.reads()
    assert "Nothing was sent." in amina.reads()


def test_nobody_is_asked_twice_whether_they_want_contact() -> None:
    amina = reached_by_phone(grown_up()).skips_to("check[1]")

    assert "contact" not in asked(amina)
    assert "worker_wanted" in asked(amina)


@pytest.mark.parametrize("area", AREAS)
def test_no_landlord_and_no_council_is_suggested(area: str) -> None:
    directory = a_start().directory
    amina = reached_by_phone(grown_up(area)).skips_to("check[1]").taps("add")

    found = []
    while amina.question.startswith("consent"):
        found.append(amina.question.partition("[")[2].rstrip("]"))
        amina.answers[amina.question] = None

    assert found
    assert not [agency for agency in found if {"landlord", "council"} & directory.agency(agency).roles]


@pytest.mark.parametrize("area", AREAS)
def test_no_landlord_receives_it_first(area: str) -> None:
    amina = wants_a_worker(area)
    while amina.question.startswith("receiving"):
        agency = a_start().directory.agency(amina.question.partition("[")[2].rstrip("]"))
        assert "landlord" not in agency.roles
        amina.taps("accused")

    assert amina.question == "who_helps"


def test_only_a_landlord_has_joined_so_no_workers_call_is_offered() -> None:
    amina = Amina(domestic_abuse, replace(a_start(), joined=frozenset({"midland-heart"})))

    assert amina.taps("no", "yes", "self", "walsall", "adult", "partner", "enough").question == "who_helps"


def test_where_nobody_joined_those_who_help_are_shown() -> None:
    amina = where_nobody_joined(domestic_abuse).taps("no", "yes", "self", "bristol", "adult", "partner", "enough")

    assert amina.question == "who_helps"
    assert "Next Link" in helped(amina)


def test_the_limits_of_secrecy_come_before_any_words() -> None:
    amina = wants_a_worker()

    assert english(a_start().directory.agency("bhcds").limits) in amina.reads()
    assert "account" not in asked(amina)


def test_a_small_child_finds_people_and_no_form() -> None:
    amina = at_the_age().taps("under-13")

    assert "Childline: call 0800 1111" in amina.reads()
    assert amina.question == "child_help"
    assert "account" not in asked(amina.taps("yes", "on").skips_to("to_the_menu"))


def test_a_young_person_reads_that_staff_may_have_to_tell() -> None:
    amina = at_the_age().taps("16-17")

    assert "If you may be in danger, staff may tell others to keep you safe." in amina.reads()
    assert "The Bridge" not in amina.reads()


@pytest.mark.parametrize("age", ["13-15", "16-17"])
def test_a_child_hurt_at_home_is_offered_no_course_and_no_app_for_grown_ups(age: str) -> None:
    amina = at_the_age().taps(age)
    assert "Childline: call 0800 1111" in amina.reads()

    amina.taps("on", "family")

    assert offered(amina) == ["on"]
    assert not [name for name in ("Freedom Programme", "Bright Sky", "Men's Advice Line") if name in amina.reads()]
    assert amina.taps("on").question == "worker_wanted"


def test_a_friend_who_tells_is_not_taken_for_the_person_who_was_hurt() -> None:
    amina = at_the_age("bristol", "for-someone", "no")
    assert "age" in asked(amina)

    amina = reached_by_phone(amina.taps("adult", "partner", "enough", "yes", "on")).skips_to("check[1]").taps("send")
    role = next(line for line in amina.command.sheet.lines if line.id == "role")
    assert role.part is Part.FACTS
    assert "not your fault" not in amina.is_told_it_was_sent().skips_to("who_helps").reads()


def test_a_helper_is_asked_whether_the_person_agrees_to_news() -> None:
    amina = at_the_age("bristol", "for-someone", "yes").taps("adult", "partner", "enough", "yes", "on")

    assert reached_by_phone(amina).skips_to("helper_news", "check[1]").question == "helper_news"


def test_a_worker_who_was_told_gets_the_workers_list() -> None:
    amina = Amina(domestic_abuse, a_start()).taps("no", "yes", "worker")

    assert "Thank you for listening to them." in amina.reads()


def test_it_says_at_once_how_long_answers_are_kept() -> None:
    assert "I keep your answers for 24 hours." in Amina(domestic_abuse, a_start()).reads()


RISK_FORM = ("injur", "weapon", "strangle", "choke", "kill", "stalk", "jealous", "pregnan", "suicid", "worse", "afraid")


def test_no_question_of_a_risk_form_is_asked() -> None:
    amina = reached_by_phone(grown_up()).skips_to("check[1]")
    said = " ".join(english(answer.question.text) for answer in amina.now.path).lower()

    assert not [word for word in RISK_FORM if word in said]
    assert "urgent" not in asked(amina)


# The ways to it.


def test_the_door_leads_straight_to_it() -> None:
    assert through_the_door("partner").question == "phone_seen"


def test_both_leads_to_the_other_dialog_which_asks_only_which_it_was() -> None:
    amina = through_the_door("both", "yes", "no", "self", "bristol", "adult").skips_to("close")

    assert "Which of these was it?" in amina.reads()
    assert offered(amina) == ["partner", "family"]
    assert part_of(amina.taps("family"), "about") is Part.FACTS


def test_what_it_is_about_stands_on_the_check() -> None:
    amina = through_the_door("both", "yes", "no", "self", "bristol", "adult").skips_to("check[1]").taps("send")

    assert "about" in sheet_ids(amina)


def in_a_report(*relations: str) -> Amina:
    amina = Amina(report, a_start()).taps("yes", "self", "bristol", "on").types("He hit me.").taps("done", "more")
    return amina.skips_to("relations").taps(*(f"+{each}" for each in relations), "done")


def test_a_report_about_a_partner_offers_the_hand_over() -> None:
    amina = in_a_report("partner")
    assert "National Domestic Abuse Helpline: call 0808 2000 247" in amina.reads()

    amina.taps("yes")

    assert amina.question == "phone_seen"
    assert offered(amina.taps("no"))[0] == "partner"
    assert amina.taps("enough").question == "description"


def test_whoever_declines_goes_on_with_the_report() -> None:
    assert in_a_report("family").taps("no").question == "description"


def test_a_report_about_a_stranger_offers_no_hand_over() -> None:
    assert in_a_report("stranger").question == "description"


def test_no_landlord_is_suggested_after_a_report_about_a_partner() -> None:
    directory = a_start().directory
    amina = in_a_report("partner").taps("no")
    while not amina.question.startswith(("consent", "check")):
        amina.answers[amina.question] = None

    assert not [agency for agency in suggested(amina) if "landlord" in directory.agency(agency).roles]


@pytest.mark.parametrize("act", ["sexual-touching", "sexual-words", "exposure"])
def test_a_report_of_sexual_acts_offers_help_without_telling_it_twice(act: str) -> None:
    amina = Amina(report, a_start()).taps("yes", "self", "bristol", "on").types("He hurt me.").taps("done", "more")
    amina.skips_to("types").taps(f"+{act}", "done").skips_to("relations").taps("+stranger", "done")
    assert "You need not tell it twice." in amina.reads()
    assert "Safe Link: call 0333 323 1543" in amina.reads()

    amina.taps("yes")

    assert "You can get care and not tell the police." in amina.reads()
    assert "“Sexual or partner violence”" in amina.reads()
    assert amina.taps("on").question == "description"
