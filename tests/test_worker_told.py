"""A worker who was just told, as conversations: what they do first, what they write down, and what leaves."""

from dataclasses import replace

import pytest

from dialogs.consent import Confirm
from dialogs.parts import Package, Part
from dialogs.start import Start
from dialogs.violence import violence
from dialogs.when import Once
from dialogs.worker_home import how_many
from dialogs.worker_told import kinds_of, worker_told
from services_directory.load import load
from tests.dialog_world import START, Amina
from tests.test_dialog_report import receivers
from tests.walking import a_start

HER_WORDS = "He came into my room at night."


def worker(start: Start = START) -> Amina:
    return Amina(worker_told, start)


def before_the_log(kind: str = "sexual", *, police: str = "no") -> Amina:
    return worker().taps("yes", "adult", "no", police, kind, "yes", "easton", "on").taps("no")


def wrote_it_down(kind: str = "sexual", *, police: str = "no") -> Amina:
    asked = before_the_log(kind, police=police).types(HER_WORDS).taps("done").skips_to("staff_told")
    return asked.taps("today")


def told_of_a_child(kind: str = "sexual") -> Amina:
    """At the log: neither the police nor the child's yes was asked about."""
    return worker().taps("yes", "13-15", "no", kind, "yes", "easton", "on")


def sends(amina: Amina) -> Amina:
    return amina.skips_to("contact").taps("no", "send")


def test_the_person_a_doctor_and_the_police_come_first() -> None:
    amina = worker()
    asked = []
    for answer in ("yes", "adult", "no", "no", "sexual", "yes"):
        asked.append(amina.question)
        amina.taps(answer)

    assert asked == ["person_safe", "age", "medical", "police", "told_kind", "manager"]
    assert amina.question == "area"


def test_where_the_person_is_not_safe_it_says_whom_to_call() -> None:
    amina = worker().taps("no")

    assert "call 999" in amina.reads()
    assert sends(amina.skips_to("danger_next").taps("carry-on").skips_to("area").taps("easton", "on")).command.urgent


def test_whoever_must_see_a_doctor_is_helped_to_get_there() -> None:
    assert "Help them to get there. If it is bad, call 999." in worker().taps("yes", "adult", "yes").reads()


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ("self", "You can offer to come along."),
        ("unsure", "A support worker can talk it over with them."),
        ("no", "They can still get help."),
        ("known", "If there is a number for it, keep it safe."),
    ],
)
def test_every_wish_about_the_police_is_fine(wish: str, said: str) -> None:
    assert said in worker().taps("yes", "adult", "no", wish).reads()


def test_after_an_assault_care_without_the_police_is_offered_at_once() -> None:
    said = worker(replace(START, directory=load())).taps("yes", "adult", "no", "no", "sexual").reads()

    assert "They can get care and not tell the police." in said
    assert "If they have washed, it is OK." in said
    assert "Rape & Sexual Abuse Support Line" in said


@pytest.mark.parametrize("answer", ["now", "no"])
def test_a_manager_who_does_not_know_is_told_now(answer: str) -> None:
    assert "Please tell them now." in worker().taps("yes", "adult", "no", "no", "sexual", answer).reads()


def test_the_receiver_and_its_duty_to_the_police_come_before_the_log() -> None:
    amina = worker().taps("yes", "adult", "no", "no", "hate", "yes", "easton").taps("accused")

    assert "They must tell the police that something happened. You choose what else." in amina.reads()
    assert amina.question == "receiving[law-centre]"


def test_after_an_assault_no_landlord_receives_it_first() -> None:
    assert worker().taps("yes", "adult", "no", "no", "sexual", "yes", "easton").question == "receiving[law-centre]"
    assert worker().taps("yes", "adult", "no", "no", "hate", "yes", "easton").question == "receiving[oak-centre]"


def test_a_name_is_left_out_unless_the_person_agrees() -> None:
    assert "Please do not write it." in before_the_log().reads()


def test_the_log_keeps_what_was_said_seen_and_done_apart() -> None:
    amina = before_the_log()
    asked = []
    for words in (HER_WORDS, "She was crying.", "I rang my manager."):
        asked.append(amina.question)
        amina.types(words).taps("done")

    assert asked == ["account", "log_seen", "log_done"]
    kept = {line.id: line for line in sends(amina).command.sheet.lines}
    assert {kept[id].part for id in asked} == {Part.ACCOUNT}
    assert amina.answers["account"]["items"][0]["words"] == HER_WORDS


def test_the_log_asks_for_no_opinion() -> None:
    said = before_the_log().reads()

    assert "No guesses. You need not judge it." in said


def test_when_staff_learned_of_it_is_kept_for_their_clocks() -> None:
    kept = {line.id: line.part for line in sends(wrote_it_down()).command.sheet.lines}

    assert kept["staff_told"] is Part.FACTS


def test_where_the_person_denies_it_only_the_first_steps_follow() -> None:
    amina = wrote_it_down().taps("other", "yes")
    assert "Then only the first steps are done. Please do not speak to the other side." in amina.reads()

    amina.skips_to("told_more").taps("more")

    assert amina.question == "hate"  # nothing about the homes of the two


def test_the_person_who_told_it_themself_is_not_asked_whether_they_deny_it() -> None:
    assert wrote_it_down().taps("person").question == "agreement"


def test_nothing_is_agreed_for_the_police_until_it_is_tapped() -> None:
    skipped = sends(wrote_it_down().skips_to("agreement").skips_to("told_more").taps("enough"))
    tapped = wrote_it_down().skips_to("agreement").taps("+date", "+place", "done").skips_to("told_more").taps("enough")

    assert "agreement" not in {line.id for line in skipped.command.sheet.lines}
    assert sends(tapped).answers["agreement"]["chosen"] == ["date", "place"]


@pytest.mark.parametrize("wish", ["self", "known"])
def test_who_tells_the_police_themself_needs_no_agreement(wish: str) -> None:
    assert wrote_it_down(police=wish).taps("person").question == "told_more"


def test_in_the_same_property_nobody_speaks_to_the_other_side_yet() -> None:
    amina = wrote_it_down().skips_to("told_more").taps("more", "yes")

    assert "Please do not speak to them yet." in amina.reads()
    assert amina.question == "stay_or_move"


def test_elsewhere_it_asks_only_what_staff_can_look_up() -> None:
    amina = wrote_it_down().skips_to("told_more").taps("more", "no")

    assert amina.question == "homeless_services"
    assert "Never ask the person hurt." in amina.reads()


def test_what_was_told_as_hate_is_not_asked_again() -> None:
    amina = wrote_it_down("hate").skips_to("told_more").taps("more", "unsure", "no")

    assert amina.question == "care_needs"


def test_care_needs_lead_to_the_safeguarding_lead() -> None:
    amina = wrote_it_down().skips_to("told_more").taps("more").skips_to("care_needs").taps("yes", "yes", "no")

    assert "Please ask your safeguarding lead today." in amina.reads()


def test_for_a_child_the_worker_acts_without_anybodys_yes() -> None:
    said = worker().taps("yes", "13-15").reads()

    assert "You need nobody's yes." in said
    assert "Do not ask the child about it. Write only what they said themselves." in said
    assert "Do not speak to the one who did it." in said


def test_a_child_is_asked_for_no_yes_no_denial_and_no_agreement() -> None:
    amina = told_of_a_child()
    assert amina.question == "account"

    amina.skips_to("told_by").taps("other").taps("more").skips_to("check[1]")

    asked = set(amina.answers)
    assert not asked & {"police", "agrees", "denied", "agreement", "same_property", "stay_or_move", "hate"}
    assert "care_needs" not in asked  # a referral for adults
    assert {"at_risk", "who_knows", "urgent"} <= asked
    assert amina.taps("send").command.situation.kinds == {"told", "sexual", "child"}


def test_what_is_said_of_care_after_an_assault_is_not_said_of_a_child() -> None:
    said = worker(replace(START, directory=load())).taps("yes", "13-15", "no", "sexual").reads()

    assert "not tell the police" not in said
    assert "Rape & Sexual Abuse Support Line" not in said  # for 16 and over


@pytest.mark.parametrize("about", ["partner", "both"])
def test_nobody_speaks_to_a_partner_or_family_or_asks_where_they_live(about: str) -> None:
    amina = Amina(violence, a_start()).taps(about).skips_to("safe").taps("yes")
    amina.skips_to("role").taps("worker").skips_to("manager")
    assert "Do not speak to the partner or family. That is for a trained worker." in amina.reads()

    amina.skips_to("area").taps("bristol", "on").skips_to("told_more").taps("more").skips_to("check[1]")

    assert not {"same_property", "stay_or_move", "homeless_services"} & set(amina.answers)
    assert {"told", "home"} <= amina.taps("send").command.situation.kinds


def test_staff_cannot_have_learned_of_it_many_times() -> None:
    amina = before_the_log().skips_to("staff_told")
    question = amina.now.waiting

    assert isinstance(question, Once)
    assert "many" not in {offer.option for offer in question.offers(None)}


@pytest.mark.parametrize("kind", ["hate", "sexual", "home"])
@pytest.mark.parametrize("by", ["person", "other"])
@pytest.mark.parametrize("age", ["adult", "13-15"])
def test_it_asks_as_many_further_things_as_it_says(kind: str, by: str, age: str) -> None:
    amina = (told_of_a_child(kind) if age == "13-15" else before_the_log(kind)).skips_to("told_by").taps(by)
    if amina.question == "denied":
        amina.taps("yes")
    amina.skips_to("told_more")
    count = how_many(kind, denied=amina.answers.get("denied") == "yes", child=age == "13-15")
    assert f"about {count} more thing" in amina.reads()

    before = len(amina.taps("more").answers)
    amina.skips_to("contact")

    assert len(amina.answers) - before == count


def test_it_is_sent_to_the_agency_that_was_named_and_no_other() -> None:
    amina = sends(wrote_it_down().skips_to("told_more").taps("enough"))

    assert receivers(amina) == {"law-centre": Package.ACCOUNT}
    assert amina.command.situation.kinds == {"told", "sexual"}
    assert amina.command.situation.area == "easton"


@pytest.mark.parametrize(
    ("kind", "kinds"),
    [
        ("sexual", {"told", "sexual"}),
        ("home", {"told", "home"}),
        ("both", {"told", "sexual", "home"}),
        ("hate", {"told"}),
        ("other", {"told"}),
        ("unsure", {"told", "sexual"}),  # no step is left out
        ("", {"told", "sexual"}),
    ],
)
def test_the_kind_of_report_follows_what_was_told(kind: str, kinds: set[str]) -> None:
    assert kinds_of(kind) == kinds


def test_only_what_stands_on_the_check_leaves() -> None:
    amina = wrote_it_down().skips_to("told_more").taps("enough").skips_to("contact").taps("no")
    check = amina.now.waiting
    assert isinstance(check, Confirm)
    shown = check.sheet
    amina.taps("send")

    assert amina.command.sheet == shown
    assert {"medical", "police", "manager", "account"} <= {line.id for line in shown.lines}


def test_the_worker_has_a_receipt_and_people_to_turn_to() -> None:
    amina = sends(wrote_it_down().skips_to("told_more").taps("enough")).is_told_it_was_sent()
    assert "Your code is" in amina.reads()

    amina.skips_to("to_the_menu")

    assert "These people can help the person, and you too." in amina.reads()
    assert amina.taps("menu").now.waiting is None


def test_nothing_is_sent_where_the_worker_stops() -> None:
    amina = worker().taps("yes", "adult", "no", "no", "sexual", "yes", "easton", "stop")

    assert "Nothing was sent. You can come back at any time." in amina.reads()
    assert amina.taps("menu").now.waiting is None


def test_every_question_about_the_person_can_be_skipped() -> None:
    amina = worker().skips_to("area").taps("easton", "on").skips_to("check[1]").taps("send")

    assert amina.command.situation.kinds == {"told", "sexual"}
