"""Reporting, as conversations: who is asked what, who receives it, and who must never learn of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.commands import FileReport
from dialogs.consent import Confirm, Consent, Receiver
from dialogs.inputs import Accepted, Input, Reader, Stored, Tapped, Typed
from dialogs.menu import menu
from dialogs.narrative import Words
from dialogs.parts import Package, Part
from dialogs.play import Dialog, Played, play
from dialogs.report import report
from dialogs.report_longer import MORE
from dialogs.script import Command, Question
from dialogs.start import Start
from services_directory.codes import Advice, LandlordKind, Reason, Role
from services_directory.model import (
    LOCALES,
    Agency,
    Area,
    Deadline,
    Directory,
    Landlord,
    Phone,
    RoutingRule,
    Service,
    Wording,
)

TODAY = date(2026, 11, 20)
READER = Reader(locale="en", today=TODAY)
AMINAS_WORDS = "He shouted at me on the stairs."


def words(english: str) -> Wording:
    return Wording.of(dict.fromkeys(LOCALES, english))


def agency(id: str, *roles: Role, organisation: str = "", must_tell_police: bool = False) -> Agency:
    return Agency(
        id=id,
        name=id.title(),
        area="easton",
        organisation=organisation or id,
        roles=frozenset(roles),
        about=words("They help."),
        must_tell_police=must_tell_police,
        sources=(),
        checked=TODAY,
    )


def landlord(id: str, kind: LandlordKind, organisation: str, agency: str | None = None) -> Landlord:
    return Landlord(
        id=id,
        name=id.title(),
        area="easton",
        kind=kind,
        organisation=organisation,
        agency=agency,
        sources=(),
        checked=TODAY,
    )


def service(id: str, name: str, phone: str, *kinds: str, area: str = "national") -> Service:
    return Service(
        id=id,
        name=name,
        area=area,
        kinds=frozenset(kinds),
        about=words("They listen."),
        who_for=words("Everybody."),
        phone=Phone(display=phone),
        advice=Advice.OK,
        sources=(),
        checked=TODAY,
    )


AGENCIES = (
    agency("oak-centre", Role.REPORTING_CENTRE, Role.LANDLORD, organisation="oak"),
    agency("law-centre", Role.REPORTING_CENTRE, must_tell_police=True),
    agency("town-council", Role.COUNCIL, organisation="town"),
    agency("town-homes", Role.LANDLORD, organisation="town"),
    agency("police", Role.POLICE),
    agency("counters", Role.MONITORING, organisation="town"),
)
EASTON = Area(
    id="easton",
    name="Easton",
    names=("Easton",),
    postcodes=("BS5",),
    strands=frozenset({"gender"}),
    time_zone="Europe/London",
    agencies=AGENCIES,
    landlords=(
        landlord("oak-homes", LandlordKind.ASSOCIATION, "oak", "oak-centre"),
        landlord("town-flats", LandlordKind.COUNCIL, "town", "town-homes"),
    ),
    services=(service("oak-line", "Oak Line", "0117 111", "hate-crime", "victim-care", area="easton"),),
    reporting_centres=("oak-centre", "law-centre"),
    monitoring_agency="counters",
    police_agency="police",
    council_agency="town-council",
    routing=(
        RoutingRule(reason=Reason.YOUR_LANDLORD),
        RoutingRule(reason=Reason.THEIR_LANDLORD),
        RoutingRule(reason=Reason.COUNCIL_SAFETY, agency="town-council"),
        RoutingRule(reason=Reason.POLICE, agency="police"),
        RoutingRule(reason=Reason.COUNTING, agency="counters"),
    ),
    deadlines=(
        Deadline(name="first-contact", working_days=2, basis="agreed"),
        Deadline(name="first-contact-urgent", elapsed=timedelta(hours=24), basis="agreed"),
    ),
    sources=(),
    checked=TODAY,
)
NATIONAL = (
    service("police-101", "Police 101", "101", "police"),
    service("victim-support", "Victim Support", "0808", "hate-crime", "victim-care"),
    service("samaritans", "Samaritans", "116 123", "suicide"),
    service("childline", "Childline", "0800 1111", "children"),
)
START = Start(
    directory=Directory(areas=(EASTON,), national=NATIONAL),
    joined=frozenset(agency.id for agency in AGENCIES),
    today=TODAY,
    channel="telegram",
    operator="Easton Law Centre",
)


class Amina:
    """Somebody in a conversation: what she taps and types, and what she reads."""

    def __init__(self, dialog: Dialog[Start] = report, start: Start = START) -> None:
        self.dialog = dialog
        self.start = start
        self.answers: dict[str, Stored] = {}
        self.sent = 0  # taps and messages

    @property
    def now(self) -> Played:
        return play(self.dialog, self.start, self.answers)

    @property
    def question(self) -> str:
        waiting = self.now.waiting
        return waiting.id if waiting else ""

    def taps(self, *options: str) -> "Amina":
        for option in options:
            self._gives(Tapped(option=option))
        return self

    def types(self, words: str) -> "Amina":
        self._gives(Typed(words=words))
        return self

    def _gives(self, given: Input) -> None:
        now = self.now
        assert isinstance(now.waiting, Question)
        verdict = now.waiting.accept(given, now.recorded, READER)
        assert isinstance(verdict, Accepted), f"{now.waiting.id} does not take this"
        self.answers[now.waiting.id] = verdict.stored
        self.sent += 1

    def skips_to(self, *questions: str) -> "Amina":
        """Skips every question until one of `questions` is asked."""
        while self.question not in questions:
            waiting = self.now.waiting
            assert isinstance(waiting, Question), "the dialog ended"
            assert not waiting.required, f"{waiting.id} cannot be skipped"
            self.answers[waiting.id] = None
        return self

    def is_told_it_was_sent(self) -> "Amina":
        command = self.command
        self.answers[command.id] = command.example()
        return self

    @property
    def command(self) -> FileReport:
        command = self.now.waiting
        assert isinstance(command, FileReport)
        return command

    def reads(self) -> str:
        """Everything on the screen, in English."""
        now = self.now
        texts = [say.text for say in now.said]
        if isinstance(now.waiting, Question):
            texts += [now.waiting.text, now.waiting.hint]
        return " ".join(english(text) for text in texts)


def english(text: object) -> str:
    if isinstance(text, Wording):
        return text.in_("en")
    message = getattr(text, "message", None)
    if message is None:
        return str(text)
    count = getattr(text, "count", None)
    plural = getattr(text, "plural", "")
    values = {name: english(value) for name, value in getattr(text, "values", {}).items()}
    return str(plural if count not in (None, 1) else message).format_map(values)


def amina_before_her_story(**start: object) -> Amina:
    return Amina(start=replace(START, **start)).taps("yes", "self", "easton")  # type: ignore[arg-type]  # a test's own values


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


def test_a_short_report_reaches_only_the_agency_that_was_named() -> None:
    amina = amina_told().taps("enough", "no", "send")

    assert receivers(amina) == {"oak-centre": Package.ACCOUNT}
    assert amina.command.consents == {"oak-centre": "check[1]"}


def test_somebody_who_is_not_safe_reads_whom_to_call_and_may_go_on() -> None:
    amina = Amina().taps("no")

    assert "call 999" in amina.reads()
    assert "I cannot call for you" in amina.reads()
    assert amina.taps("here", "carry-on").question == "role"


def test_nobody_is_asked_twice_whether_they_are_safe() -> None:
    amina = Amina().taps("unsure").skips_to("danger_next").taps("carry-on")

    assert [answer.question.id for answer in amina.now.path].count("safe") == 1
    assert amina.taps("self", "easton", "on").types(AMINAS_WORDS).taps("done", "enough", "no", "send").command.urgent


@pytest.mark.parametrize("agrees", ["no", "cannot"])
def test_the_name_of_somebody_who_did_not_agree_is_left_out(agrees: str) -> None:
    amina = Amina().taps("yes", "for-someone", agrees)

    assert "we leave their name out" in amina.reads()


def test_the_receiving_agency_is_named_with_its_limits_before_any_story() -> None:
    amina = amina_before_her_story()

    assert "This would go to Oak-Centre. They help." in amina.reads()
    assert "They may tell others if someone is in danger" in amina.reads()
    assert "24 hours" in amina.reads()


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
    amina = Amina().taps("yes", "self", "elsewhere")

    assert "I cannot send reports from there yet. Nothing was sent." in amina.reads()
    assert "Victim Support: call 0808." in amina.reads()


def test_where_no_agency_has_joined_nothing_is_asked_any_more() -> None:
    amina = amina_before_her_story(joined=frozenset())

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

    assert "Oak-Centre is part of this. So they will not learn of it." in amina.reads()
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

    assert "Your code is 1234 5678 9012 3456 7890. I cannot show it again." in amina.reads()
    assert "They should contact you within 2 working days." in amina.reads()
    assert [say.copy for say in amina.now.said if say.copy] == ["1234 5678 9012 3456 7890"]
    assert not amina.now.undoable


def test_after_an_urgent_report_the_shorter_clock_is_told() -> None:
    amina = Amina().taps("no").skips_to("danger_next").taps("carry-on", "self", "easton", "on").types(AMINAS_WORDS)
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
    choices = {"area": "easton", "more": draw(st.sampled_from(["enough", "more", "more"]))}
    seen: list[Played] = []
    answers: dict[str, Stored] = {}
    while (played := play(report, START, answers)).waiting is not None:
        seen.append(played)
        waiting = played.waiting
        if isinstance(waiting, Command):
            answers[waiting.id] = waiting.example()
        elif waiting.id in choices:
            answers[waiting.id] = choices[waiting.id]
        else:
            answers[waiting.id] = draw(st.sampled_from(waiting.examples()))
    return [*seen, played]


@given(conversations())
@settings(max_examples=150, deadline=None)
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
    """What the promise says, spelt out once more: the landlord that was meant, or all it may have been."""
    relations = (answers.get("relations") or {"chosen": []})["chosen"]
    if answers.get("landlord_accused") not in ("yes", "unsure") and "landlord" not in relations:
        return set()
    id = (answers.get("landlord") or {}).get("id")
    if answers.get("home") == "council":
        return {"town"}
    if id:
        return {START.directory.landlord(id).organisation}
    return {} if answers.get("home") == "private" else {"oak"} & set() or possible(answers)


def possible(answers: dict[str, Stored]) -> set[str]:
    kind = {"hostel": "hostel", "asylum": "asylum"}.get(answers.get("place") or "", answers.get("home"))
    return {"association": {"oak"}, "private": set(), "hostel": set(), "asylum": set()}.get(kind or "", {"oak", "town"})


@given(conversations())
@settings(max_examples=150, deadline=None)
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
@settings(max_examples=100, deadline=None)
def test_own_words_come_before_every_question_about_what_happened(conversation: list[Played]) -> None:
    before = {"safe", "danger", "danger_next", "role", "agrees", "area"}
    for played in conversation:
        if isinstance(played.waiting, Words) and played.waiting.id == "account":
            asked = {answer.question.id for answer in played.path}
            assert {id for id in asked if not id.startswith("receiving[")} <= before


@given(conversations())
@settings(max_examples=100, deadline=None)
def test_free_text_is_never_among_the_facts(conversation: list[Played]) -> None:
    for played in conversation:
        question = played.waiting
        if isinstance(question, Question) and question.part is Part.FACTS:
            assert question.kind in {"choice", "choices", "when", "area"}
