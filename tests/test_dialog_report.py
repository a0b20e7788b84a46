"""Reporting, as conversations: who is asked what, who receives it, and who must never learn of it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.commands import FileReport
from dialogs.consent import Confirm, Consent, Receiver
from dialogs.inputs import Stored
from dialogs.menu import menu
from dialogs.narrative import Words
from dialogs.parts import Package, Part
from dialogs.play import Played, play
from dialogs.report import report
from dialogs.report_longer import MORE
from dialogs.report_receiving import name_receiver
from dialogs.script import Command, Question
from dialogs.start import Start
from services_directory.load import load
from tests.dialog_world import AGENCIES, START, Amina, english

AMINAS_WORDS = "He shouted at me on the stairs."


def amina_before_her_story(start: Start = START) -> Amina:
    return Amina(report, start).taps("yes", "self", "easton")


def amina_told() -> Amina:
    return amina_before_her_story().taps("on").types(AMINAS_WORDS).taps("done")


def receivers(amina: Amina) -> dict[str, Package]:
    return {receiver.agency: receiver.package for receiver in amina.command.receivers}


def test_a_short_report_takes_twelve_taps_and_messages_from_start() -> None:
    before_the_menu = 2  # /start and the language
    amina = Amina(menu).taps("report", "yes", "self", "easton", "on").types(AMINAS_WORDS).taps("done")

    amina.taps("enough", "no", "send")

    assert isinstance(amina.now.waiting, FileReport)
    assert before_the_menu + amina.sent == 12
    assert len(amina.answers) == 9


def test_a_short_report_has_as_many_questions_as_it_says() -> None:
    amina = Amina(report)
    assert "A short report has 8 questions." in amina.reads()

    amina.taps("yes", "self", "easton", "on").types(AMINAS_WORDS).taps("done", "enough", "no", "send")

    assert len(amina.answers) == 8


def test_a_short_report_reaches_only_the_agency_that_was_named() -> None:
    amina = amina_told().taps("enough", "no", "send")

    assert receivers(amina) == {"oak-centre": Package.ACCOUNT}
    assert amina.command.consents == {"oak-centre": "check[1]"}


def test_somebody_who_is_not_safe_reads_whom_to_call_and_may_go_on() -> None:
    amina = Amina(report).taps("no")

    assert "call 999" in amina.reads()
    assert "I cannot call for you" in amina.reads()
    assert amina.taps("here", "carry-on").question == "role"


def test_nobody_is_asked_twice_whether_they_are_safe() -> None:
    amina = Amina(report).taps("unsure").skips_to("danger_next").taps("carry-on")

    assert [answer.question.id for answer in amina.now.path].count("safe") == 1
    assert amina.taps("self", "easton", "on").types(AMINAS_WORDS).taps("done", "enough", "no", "send").command.urgent


@pytest.mark.parametrize("agrees", ["no", "cannot"])
def test_the_name_of_somebody_who_did_not_agree_is_left_out(agrees: str) -> None:
    amina = Amina(report).taps("yes", "for-someone", agrees)

    assert "we leave their name out" in amina.reads()


def test_the_receiving_agency_is_named_with_its_limits_before_any_story() -> None:
    amina = amina_before_her_story()

    assert "This would go to Oak-Centre. They help." in amina.reads()
    assert "They may tell others if a child or adult is in danger" in amina.reads()
    assert "24 hours" in Amina(report).reads()


@pytest.mark.parametrize("agency", ["bhcds", "thirteen", "walsall-council", "telford-victim-support"])
def test_an_agency_says_its_own_limits_before_any_story(agency: str) -> None:
    directory = load()

    async def naming(start: Start) -> None:
        await name_receiver(start, directory.agency(agency).area, frozenset())

    said = Amina(naming, replace(START, directory=directory, joined=frozenset({agency}))).reads()

    assert english(directory.agency(agency).limits) in said
    assert len(said.split()) <= 60


def test_an_agency_that_must_tell_the_police_says_so_first() -> None:
    amina = amina_before_her_story().taps("accused")

    assert "Law-Centre" in amina.reads()
    assert "They must tell the police that something happened" in amina.reads()


def test_an_accused_agency_is_left_out_everywhere() -> None:
    amina = amina_before_her_story().taps("accused", "on").types(AMINAS_WORDS).taps("done", "more").skips_to("place")
    amina.taps("home").skips_to("home").taps("association").types("oak homes").taps("oak-homes")
    amina.skips_to("contact").taps("no")

    while amina.question.startswith("consent"):
        amina.taps("facts" if "facts" in consent(amina).choices() else "count")
    amina.taps("send")

    assert set(receivers(amina)) == {"law-centre", "town-council", "police", "counters"}


def consent(amina: Amina) -> Consent:
    question = amina.now.waiting
    assert isinstance(question, Consent)
    return question


def test_when_every_agency_is_accused_nothing_is_sent_and_others_are_named() -> None:
    amina = amina_before_her_story().taps("accused", "accused")

    assert "Nothing was sent" in amina.reads()
    assert "Police 101: call 101." in amina.reads()
    assert amina.taps("menu").now.waiting is None


def test_somebody_outside_our_areas_is_told_so_with_other_help() -> None:
    amina = Amina(report).taps("yes", "self", "elsewhere")

    assert "I cannot send reports from there yet. Nothing was sent." in amina.reads()
    assert "Victim Support: call 0808." in amina.reads()


def test_where_no_agency_has_joined_nothing_is_asked_any_more() -> None:
    amina = amina_before_her_story(replace(START, joined=frozenset()))

    assert amina.question == "to_the_menu"
    assert "Nothing was sent" in amina.reads()


def test_stopping_before_the_story_ends_kindly() -> None:
    amina = amina_before_her_story().taps("stop")

    assert "Nothing was sent. You can come back at any time." in amina.reads()
    assert amina.taps("menu").now.waiting is None


def test_somebody_without_words_is_asked_what_was_done() -> None:
    amina = amina_before_her_story().taps("on").skips_to("types")

    assert isinstance(amina.now.waiting, Question)
    assert amina.now.waiting.required
    assert amina.taps("+verbal", "done").question == "more"


def test_the_number_of_further_questions_is_told_truly() -> None:
    amina = amina_told()
    assert f"about {MORE} more things" in amina.reads()

    amina.taps("more")
    asked = len(amina.now.path)
    amina.skips_to("contact")

    assert len(amina.now.path) - asked == MORE


def test_only_what_was_mentioned_is_asked_about() -> None:
    amina = amina_told().taps("more").skips_to("types").taps("+noise", "done").skips_to("contact")

    asked = {answer.question.id for answer in amina.now.path}
    assert not asked & {"exact_words", "damage", "home", "landlord", "other_landlord", "witness", "told_reference"}


def test_an_accused_landlord_that_would_receive_it_first_is_replaced() -> None:
    amina = amina_told().taps("more").skips_to("place").taps("home").skips_to("home")
    amina.taps("association").types("oak homes").taps("oak-homes", "yes").skips_to("look_further")

    assert "Oak-Centre may be part of this. So they will not learn of it." in amina.reads()
    amina.taps("yes", "on").skips_to("check[1]").taps("send")
    assert set(receivers(amina)) == {"law-centre"}


def test_an_accused_council_is_left_out_with_all_its_teams() -> None:
    amina = amina_told().taps("more").skips_to("place").taps("home").skips_to("home").taps("council", "unsure")

    amina.skips_to("contact").taps("no")

    assert amina.question == "consent[police]"
    assert amina.taps("no").question == "check[1]"


def test_a_landlord_nobody_could_name_is_left_out_whoever_it_is() -> None:
    amina = amina_told().taps("more").skips_to("relations").taps("+landlord", "done").skips_to("home")

    amina.skips_to("look_further").taps("yes", "on").skips_to("check[1]")

    path = {answer.question.id for answer in amina.now.path}
    assert "consent[police]" in path
    assert not path & {"consent[town-council]", "consent[town-homes]", "consent[counters]"}


def test_with_a_safe_contact_the_receiving_agency_may_use_it() -> None:
    amina = amina_told().taps("enough", "yes", "text").types("07700 900123").skips_to("check[1]").taps("send")

    assert receivers(amina) == {"oak-centre": Package.FULL}
    line = next(line for line in amina.command.sheet.lines if line.id == "contact_where")
    assert line.part is Part.CONTACT


def test_a_skipped_number_means_no_contact() -> None:
    amina = amina_told().taps("enough", "yes", "phone").skips_to("check[1]").taps("send")

    assert receivers(amina) == {"oak-centre": Package.ACCOUNT}


def test_the_way_to_reach_somebody_is_offered_only_if_they_gave_one() -> None:
    without = amina_told().taps("more").skips_to("consent[police]")
    with_one = amina_told().taps("more").skips_to("contact").taps("yes", "email").types("amina@example.org")

    assert consent(without).choices() == ("no", "facts", "account")
    assert consent(with_one.skips_to("consent[police]")).choices() == ("no", "facts", "account", "full")


def test_those_who_count_are_offered_a_count_and_nothing_more() -> None:
    amina = amina_told().taps("more").skips_to("consent[counters]")

    assert consent(amina).choices() == ("no", "count")


def test_others_can_be_added_at_the_check_of_a_short_report() -> None:
    amina = amina_told().taps("enough", "no", "add").skips_to("consent[police]").taps("account").skips_to("check[2]")

    confirm = amina.now.waiting
    assert isinstance(confirm, Confirm)
    assert confirm.choices() == ("send", "stop")
    amina.taps("send")
    assert receivers(amina) == {"oak-centre": Package.ACCOUNT, "police": Package.ACCOUNT}
    assert amina.command.consents == {"oak-centre": "check[2]", "police": "consent[police]"}


def test_not_sending_ends_without_another_question_about_it() -> None:
    amina = amina_told().taps("enough", "no", "stop")

    assert "Nothing was sent" in amina.reads()
    assert amina.taps("menu").now.waiting is None


def test_danger_told_late_makes_the_report_urgent() -> None:
    amina = amina_told().taps("more").skips_to("urgent").taps("+kill", "done")

    assert "In danger now, call 999" in amina.reads()
    assert amina.skips_to("check[1]").taps("send").command.urgent


def test_a_child_finds_help_made_for_children() -> None:
    amina = amina_told().taps("more").skips_to("age").taps("13-15")

    assert "Childline: call 0800 1111." in amina.reads()


def test_the_local_strands_are_offered_beside_the_national_ones() -> None:
    amina = amina_told().taps("more").skips_to("strands")

    assert isinstance(amina.now.waiting, Question)
    assert {"race", "gender", "unsure"} <= set(amina.now.waiting.choices())
    assert "age" not in amina.now.waiting.choices()


def test_the_receipt_shows_the_code_once_and_what_comes_next() -> None:
    amina = amina_told().taps("enough", "yes", "email").types("amina@example.org").skips_to("check[1]")
    amina.taps("send").is_told_it_was_sent()

    assert "Your code is 1234 5678 9012 3456 7890. I can show it only now." in amina.reads()
    assert "They should contact you within 2 working days." in amina.reads()
    assert [say.copy for say in amina.now.said if say.copy] == ["1234 5678 9012 3456 7890"]
    assert not amina.now.undoable


def test_after_an_urgent_report_the_shorter_clock_is_told() -> None:
    amina = (
        Amina(report).taps("no").skips_to("danger_next").taps("carry-on", "self", "easton", "on").types(AMINAS_WORDS)
    )
    amina.taps("done", "enough", "yes", "email").types("amina@example.org").skips_to("check[1]")

    assert "within 24 hours" in amina.taps("send").is_told_it_was_sent().reads()


def test_after_the_receipt_people_who_listen_are_named() -> None:
    amina = amina_told().taps("enough", "no", "send").is_told_it_was_sent().taps("kept")

    assert "What they did is not your fault." in amina.reads()
    assert "Oak Line: call 0117 111. Victim Support: call 0808." in amina.reads()
    assert amina.taps("no").now.waiting is None


def test_the_line_of_an_accused_agency_is_not_recommended_afterwards() -> None:
    amina = amina_before_her_story().taps("accused", "on").types(AMINAS_WORDS).taps("done", "enough", "no", "send")

    assert "Oak Line" not in amina.is_told_it_was_sent().taps("kept").reads()


@st.composite
def conversations(draw: st.DrawFn) -> list[Played]:
    """Everything somebody sees on some path through a report, to its end."""
    role = draw(st.sampled_from(["self", "self", "witness", "for-someone"]))
    choices = {"area": "easton", "role": role, "more": draw(st.sampled_from(["enough", "more", "more"]))}
    seen: list[Played] = []
    answers: dict[str, Stored] = {}
    while (played := play(report, START, answers)).waiting is not None:
        seen.append(played)
        waiting = played.waiting
        if isinstance(waiting, Command):
            answers[waiting.id] = waiting.examples()[0]
        elif waiting.id in choices:
            answers[waiting.id] = choices[waiting.id]
        else:
            answers[waiting.id] = draw(st.sampled_from(waiting.examples()))
    return [*seen, played]


@given(conversations())
@settings(max_examples=60, deadline=None)
def test_an_accused_organisation_never_receives_anything(conversation: list[Played]) -> None:
    for played in filed(conversation):
        answers = {answer.question.id: answer.stored for answer in played.path}
        accused = {id.removeprefix("receiving[")[:-1] for id, stored in answers.items() if stored == "accused"}
        organisations = {one.organisation for one in AGENCIES if one.id in accused} | accused_landlords(answers)
        assert isinstance(played.waiting, FileReport)
        for receiver in played.waiting.receivers:
            assert START.directory.agency(receiver.agency).organisation not in organisations


def filed(conversation: list[Played]) -> Iterator[Played]:
    yield from (played for played in conversation if isinstance(played.waiting, FileReport))


def accused_landlords(answers: dict[str, Stored]) -> set[str]:
    """The organisations of the accused landlord, or of all that it may have been."""
    relations = (answers.get("relations") or {"chosen": []})["chosen"]
    if answers.get("landlord_accused") not in ("yes", "unsure") and "landlord" not in relations:
        return set()
    place, named = answers.get("place"), (answers.get("landlord") or {}).get("id")
    if named:
        return {START.directory.landlord(named).organisation}
    kind = place if place in ("hostel", "asylum") else answers.get("home")
    possible: dict[str | None, set[str]] = {"council": {"town"}, "association": {"oak"}}
    none_here = ("private", "hostel", "asylum")
    return possible.get(kind, set() if kind in none_here else {"oak", "town"})


@given(conversations())
@settings(max_examples=60, deadline=None)
def test_what_is_sent_is_what_was_shown_and_agreed_to(conversation: list[Played]) -> None:
    for before, played in zip(conversation, conversation[1:], strict=False):
        if not isinstance(played.waiting, FileReport):
            continue
        answers = {answer.question.id: answer for answer in played.path}
        told = [id for id, answer in answers.items() if answer.question.part and answer.stored is not None]
        assert isinstance(before.waiting, Confirm)
        assert before.waiting.sheet == played.waiting.sheet
        assert [line.id for line in played.waiting.sheet.lines] == told
        for receiver in played.waiting.receivers[1:]:
            asked = answers[played.waiting.consents[receiver.agency]]
            assert isinstance(asked.question, Consent)
            assert receiver == Receiver(agency=asked.question.agency, package=Package(asked.stored["package"]))


@given(conversations())
@settings(max_examples=40, deadline=None)
def test_own_words_come_before_every_question_about_what_happened(conversation: list[Played]) -> None:
    before = {"safe", "danger", "danger_next", "role", "agrees", "area"}
    for played in conversation:
        if isinstance(played.waiting, Words) and played.waiting.id == "account":
            asked = {answer.question.id for answer in played.path}
            assert {id for id in asked if not id.startswith("receiving[")} <= before


@given(conversations())
@settings(max_examples=40, deadline=None)
def test_free_text_is_never_among_the_facts(conversation: list[Played]) -> None:
    for played in conversation:
        question = played.waiting
        if isinstance(question, Question) and question.part is Part.FACTS:
            assert question.kind in {"choice", "choices", "when", "area"}
