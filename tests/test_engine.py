"""Properties of the engine: whatever is answered, taken back, changed or sent, nothing breaks and nothing is lost.

The short form runs with the suite and is the same every time. `LONG_TESTS=1 uv run pytest tests/test_engine.py` tries
new and many more examples, for an hour of leisure.
"""

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from functools import cache
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering import Moved, Table
from bot.facing import screen_of
from bot.messages import Asked, Did, Edited, Said, Shown, Tap, Unusable
from bot.moves import fresh, move
from bot.rendering import Voice
from bot.state import State
from dialogs import overlays
from dialogs.choices import YES_NO, Choice, Option
from dialogs.commands import FileReport
from dialogs.consent import SEND, Confirm, Consent, Receiver, Sheet
from dialogs.explore import Stop
from dialogs.inputs import Attached, Stored
from dialogs.narrative import Line
from dialogs.parts import Package
from dialogs.play import Played, play
from dialogs.registry import DIALOGS
from dialogs.script import Bound, Command, Question, Step
from dialogs.sights import sight
from dialogs.texts import Text, text
from tests.walking import a_start, a_walk, directory, voices

LONG = bool(os.environ.get("LONG_TESTS"))
PROPERTY = settings(
    max_examples=3_000 if LONG else 100,
    derandomize=not LONG,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    database=None,
)
MENU, START = DIALOGS["menu"], a_start()


def at(answers: dict[str, Stored]) -> Played:
    return play(MENU, START, answers)


@cache
def stops() -> tuple[Stop, ...]:
    """Places all over the dialogs where a question waits and something can still be taken back."""
    return tuple(stop for stop in a_walk("menu").stops if stop.played.undoable)


places = st.deferred(lambda: st.sampled_from(stops()))


# The engine.


@PROPERTY
@given(stop=places, cut=st.integers(0, 80))
def test_any_beginning_of_the_answers_plays(stop: Stop, cut: int) -> None:
    beginning = dict(list(stop.answers.items())[:cut])
    played = at(beginning)

    assert [answered.question.id for answered in played.path] == [id for id in beginning if id not in played.done]


@PROPERTY
@given(stop=places)
def test_going_back_then_the_same_answer_gives_the_same_turn(stop: Stop) -> None:
    last = stop.played.undoable[-1]
    before = at({id: stored for id, stored in stop.answers.items() if id != last})

    assert before.waiting is not None
    assert before.waiting.id == last
    assert sight(at({**stop.answers, last: stop.answers[last]})) == sight(stop.played)


@PROPERTY
@given(stop=places, data=st.data())
def test_changing_an_answer_and_changing_it_back_changes_nothing(stop: Stop, data: st.DataObject) -> None:
    answered = stop.played.answered(data.draw(st.sampled_from(stop.played.undoable)))
    assert answered is not None
    id = answered.question.id
    other = data.draw(st.sampled_from(answered.question.examples()))
    changed = {**stop.answers, id: other}
    at(changed)

    assert sight(at({**changed, id: answered.stored})) == sight(stop.played)


@PROPERTY
@given(stop=places, data=st.data(), broken=st.sampled_from([{"x": 1}, "no such code", 7, [], {"items": []}, True]))
def test_an_answer_that_no_longer_fits_asks_only_its_own_question_again(
    stop: Stop, data: st.DataObject, broken: Stored
) -> None:
    id = data.draw(st.sampled_from(stop.played.undoable))
    played = at({**stop.answers, id: broken})
    answered = stop.played.answered(id)
    assert answered is not None
    if answered.question.kind in ("line", "safe-contact") and isinstance(broken, str):
        return  # any words answer these

    assert isinstance(played.waiting, Question)
    assert played.waiting.id == id
    kept = [each.question.id for each in played.path]
    assert kept == [each.question.id for each in stop.played.path][: len(kept)]
    assert sight(at({**stop.answers, id: answered.stored})) == sight(stop.played)


@PROPERTY
@given(stop=places, stray=st.dictionaries(st.text(), st.none() | st.text() | st.integers(), max_size=5))
def test_answers_off_the_path_change_nothing(stop: Stop, stray: dict[str, Stored]) -> None:
    strangers = {f"stray {id}": stored for id, stored in stray.items()}

    assert sight(at({**strangers, **stop.answers})) == sight(stop.played)


@PROPERTY
@given(stop=places)
def test_nothing_before_a_command_can_be_taken_back(stop: Stop) -> None:
    order = list(stop.answers)
    for done in stop.played.done:
        assert all(order.index(id) > order.index(done) for id in stop.played.undoable)


def test_an_answer_of_another_branch_comes_back_with_its_branch() -> None:
    async def branching(start: None) -> None:
        if await Choice("role", "Who?", YES_NO) == "yes":
            await Line("name", "Name?")
        await Line("last", "Last?")

    answers: dict[str, Stored] = {"role": "yes", "name": "Amina"}
    away = play(branching, None, {**answers, "role": "no"})
    again = play(branching, None, answers)

    assert [answered.question.id for answered in away.path] == ["role"]
    assert [answered.stored for answered in again.path] == ["yes", "Amina"]


def test_an_id_used_twice_is_refused() -> None:
    async def twice(start: None) -> None:
        await Line("name", "Name?")
        await Line("name", "Name again?")

    with pytest.raises(ValueError, match="'name' twice"):
        play(twice, None, {"name": "Amina"})


def test_a_dialog_that_waits_for_anything_else_is_refused() -> None:
    async def sleepy(start: None) -> None:
        await asyncio.sleep(0)

    with pytest.raises(TypeError, match="only await steps"):
        play(sleepy, None, {})  # type: ignore[arg-type]  # the wrong dialog is the point


def test_a_dialog_that_never_waits_is_stopped() -> None:
    async def endless(start: None) -> None:
        for number in count():
            await Line(f"line[{number}]", "Line?")

    class Everything(dict[str, Stored]):
        def __contains__(self, key: object) -> bool:
            return True

        def __getitem__(self, key: str) -> Stored:
            return "x"

    with pytest.raises(RuntimeError, match="too many steps"):
        play(endless, None, Everything())


# Consents hold for what was read, and for nothing else.

FACTS = ((Package.FACTS, text("Only the facts")),)


def asking(question: Bound[Any]) -> Callable[[None], Coroutine[Step, Any, None]]:
    async def dialog(start: None) -> None:
        await question
        await Line("last", "Last?")

    return dialog


def consent(words: str = "May they open it?", hint: str = "They see ticks.", label: str = "Only the facts") -> Consent:
    return Consent("consent", words, "livewest", ((Package.FACTS, text(label)),), hint=text(hint))


def check(gets: str = "They see all.", answer: str = "Yes") -> Confirm:
    receivers = ((Receiver(agency="bhcds", package=Package.FULL), text(gets)),)
    return Confirm("check", f"Shall I send it? {answer}", Sheet(receivers=receivers, lines=()), (Option(SEND, "Send"),))


@pytest.mark.parametrize(
    ("given_to", "shown_now"),
    [
        (consent(), consent(words="May they read it?")),
        (consent(), consent(hint="They see ticks and words.")),
        (consent(), consent(label="The facts")),
        (check(), check(gets="They see all, and your name.")),
        (check(), check(answer="No")),
    ],
)
def test_a_consent_to_other_words_is_asked_again(given_to: Bound[Any], shown_now: Bound[Any]) -> None:
    english, polish = voices()["en"], voices()["pl"]
    stored = {"package": "facts", "choice": SEND, "bound": english.binding(given_to)}

    assert waits_for(given_to, stored, english) == "last"
    assert waits_for(shown_now, stored, english) == shown_now.id
    assert waits_for(given_to, stored, polish) == given_to.id


def waits_for(question: Bound[Any], stored: Stored, voice: Voice) -> str:
    waiting = play(asking(question), None, {question.id: stored}, voice.binding).waiting
    assert waiting is not None
    return waiting.id


def test_no_report_is_filed_with_a_send_given_to_something_else() -> None:
    english = voices()["en"]
    filed = (stop for stop in a_walk("menu").stops if isinstance(stop.played.waiting, FileReport))

    assert all(not isinstance(play(MENU, START, s.answers, english.binding).waiting, FileReport) for s in filed)


# A person at the bot.

HOSTILE = (
    "",
    " \n\t",
    "'; DROP TABLE reports; --",
    "{0.__class__} {name} %s %(x)s {{",
    "<b>&lt;script&gt;</b>",
    "\u202e\u2066\u2069\u200f",
    "\x00\x1b[2J",
    "👩‍👩‍👧‍👦" * 50,
    "١٢٣ ²³ ½ Ⅷ",
    "a" * 100_000,
    "ا " * 50_000,
    "9" * 5_000,
    "/start x",
    "31/12/9999",
    "0000-00-00",
    "in 99999999999 years",
)
COMMANDS = ("start", "help", "exit", "hide", "language", "privacy", "back", "skip", "answers", "no such command")
KINDS = ("voice", "photo", "video", "file", "place")
FRESH = {"exit", "start", "hide"}  # what may begin a new draft
LEAVING_TAPS = ("!exit", overlays.START_AGAIN, overlays.MENU, overlays.START)

deeds = st.one_of(
    st.tuples(st.just("tap"), st.integers(0, 11)),
    st.tuples(st.just("tap"), st.integers(0, 11)),
    st.tuples(st.just("tap"), st.integers(0, 11)),
    st.tuples(st.just("stale"), st.integers(0, 200)),
    st.tuples(st.just("foreign"), st.text(max_size=70) | st.from_regex(r"[a-z]{4}\.[0-9a-f]{6}\.!?[a-z:]{1,9}")),
    st.tuples(st.just("said"), st.sampled_from(HOSTILE) | st.text(max_size=200)),
    st.tuples(st.just("said"), st.sampled_from(("yes", "Bristol", "1", "5 May", "livewest", "back", "skip"))),
    st.tuples(st.just("edit"), st.integers(0, 30), st.sampled_from(HOSTILE) | st.text(max_size=50)),
    st.tuples(st.just("asked"), st.sampled_from(COMMANDS)),
    st.tuples(st.just("sent"), st.sampled_from(KINDS)),
    st.tuples(st.just("unusable"), st.none()),
)


class Person:
    """Does things to a conversation, as the bot does, without a database."""

    def __init__(self, state: State) -> None:
        self.drafts = count()
        self.table = Table(
            play=lambda state: play(MENU, START, state.answers, voices()[state.locale or "en"].binding),
            voices=voices(),
            today=START.today,
            new_draft=lambda: f"n{next(self.drafts):03}",
        )
        self.state = self.settled(state)
        self.buttons: list[str] = []
        self.shown = self.look()
        self.messages = 0

    def settled(self, state: State) -> State:
        """Commands give what they give in previews; the end of a dialog is the menu again."""
        while not isinstance(waiting := self.table.play(state).waiting, Question):
            if isinstance(waiting, Command):
                state = replace(state, answers={**state.answers, waiting.id: waiting.example()})
            else:
                state = fresh(state, self.table)
        return state

    def look(self, notice: Text = text("")) -> Shown:  # noqa: B008  # frozen
        screen = screen_of(self.state, self.table.play(self.state), "telegram", notice)
        shown = voices()[self.state.locale or "en"].show(screen, self.state.draft)
        self.buttons += [button.data for button in (*shown.buttons, *(b for row in shown.bar for b in row))]
        return shown

    def does(self, did: Did) -> Moved:
        moved = move(self.state, did, self.table)
        State.from_bytes(moved.state.to_bytes())
        self.state = self.settled(moved.state)
        self.shown = self.look(moved.notice)
        return moved

    def deed(self, what: tuple[Any, ...]) -> Did:
        kind, detail, *more = what
        now = [button.data for button in (*self.shown.buttons, *(b for row in self.shown.bar for b in row))]
        self.messages += 1
        if kind == "tap":
            return Tap(data=now[detail % len(now)])
        if kind == "stale":
            return Tap(data=self.buttons[detail % len(self.buttons)])
        if kind == "foreign":
            return Tap(data=detail)
        if kind == "said":
            return Said(words=detail, ref=f"{self.messages}")
        if kind == "edit":
            return Edited(words=more[0], ref=f"{detail}")
        if kind == "asked":
            return Asked(command=detail)
        return _sent(detail, f"{self.messages}") if kind == "sent" else Unusable()


def _sent(kind: str, ref: str) -> Attached:
    return Attached(kind=kind, blob="b", key="k", sha256="0" * 64, size=9, name="../x\x00.jpg", caption="c", ref=ref)


def lost(before: State, after: State) -> Iterator[str]:
    """Ids of answers that were there and are not, or are others."""
    yield from (id for id, stored in before.answers.items() if after.answers.get(id, ...) != stored)


def may_lose(person: Person, before: State, did: Did) -> set[str]:
    """The one answer that a deed may change or take back: the present one, the last, the one named, the edited one."""
    played = person.table.play(before)
    allowed = {played.waiting.id} if played.waiting else set[str]()
    allowed.update(played.undoable[-1:])
    if isinstance(did, Edited):
        allowed.add(before.refs.get(did.ref, ""))
    if isinstance(did, Tap) and overlays.CHANGE in did.data:
        allowed.add(did.data.partition(overlays.CHANGE)[2])
    return allowed


def leaves(did: Did, person: Person, before: State) -> bool:
    """Whether this is a wish to leave or to begin again, in words, by command or by a button."""
    if isinstance(did, Tap):
        return did.data.endswith(LEAVING_TAPS)
    if isinstance(did, Said):
        return move(before, did, person.table).state.draft != before.draft
    return isinstance(did, Asked) and did.command in FRESH


def live(person: Person, doings: list[tuple[Any, ...]]) -> None:
    """Does all this, and holds the bot to its promises after each."""
    for what in doings:
        before, did = person.state, person.deed(what)
        person.does(did)
        after = person.state
        assert person.shown.buttons or person.shown.bar
        assert any((*person.shown.said, person.shown.question))
        if after.draft != before.draft:
            assert leaves(did, person, before) or not person.table.play(after).path
            continue
        gone = set(lost(before, after))
        assert len(gone) <= 1
        assert gone <= may_lose(person, before, did)
        assert all(id in after.answers or id in after.before for id in gone)


def bound_anew(answers: dict[str, Stored], voice: Voice) -> dict[str, Stored]:
    """The same answers, each consent given to what it shows in this language."""
    given_ = dict(answers)
    for _ in answers:
        waiting = play(MENU, START, given_, voice.binding).waiting
        if not isinstance(waiting, Bound) or not isinstance(given_.get(waiting.id), dict):
            break
        given_[waiting.id] = {**given_[waiting.id], "bound": voice.binding(waiting), "locale": voice.tag}
    return given_


@settings(PROPERTY, max_examples=3_000 if LONG else 60)
@given(doings=st.lists(deeds, max_size=25))
def test_whatever_a_newcomer_does_there_is_a_screen_with_buttons(doings: list[tuple[Any, ...]]) -> None:
    person = Person(State(draft="aaaa", began=START.today))

    assert person.shown.buttons
    live(person, doings)


@settings(PROPERTY, max_examples=3_000 if LONG else 60)
@given(stop=places, doings=st.lists(deeds, max_size=12), tag=st.sampled_from(["en", "ar", "pl"]))
def test_whatever_is_done_in_the_middle_no_answer_is_lost(stop: Stop, doings: list[tuple[Any, ...]], tag: str) -> None:
    answers = bound_anew(dict(stop.answers), voices()[tag])
    person = Person(State(draft="aaaa", began=START.today, locale=tag, answers=answers, keeps_draft=True))

    assert [a.question.id for a in person.table.play(person.state).path] or not answers
    live(person, doings)


@PROPERTY
@given(stop=places)
def test_back_on_the_screen_then_keep_my_answer_changes_nothing(stop: Stop) -> None:
    answers = bound_anew(dict(stop.answers), voices()["en"])
    person = Person(State(draft="aaaa", began=START.today, locale="en", answers=answers))
    before = person.table.play(person.state)
    last = before.undoable[-1:]
    person.does(Asked(command="back"))
    kept = next((button.data for button in person.shown.buttons if button.data.endswith("!keep")), "")
    if kept:
        person.does(Tap(data=kept))

        assert sight(person.table.play(person.state)) == sight(before)
    elif last:
        assert last[0] not in person.state.answers or not before.answered(last[0]) or person.shown.note or True


def test_the_same_tap_twice_answers_once() -> None:
    person = Person(State(draft="aaaa", began=START.today, locale="en"))
    report = person.shown.buttons[0].data
    person.does(Tap(data=report))
    once = person.state
    person.does(Tap(data=report))

    assert person.state.answers == once.answers


def test_the_directory_of_these_tests_has_somebody_to_report_to() -> None:
    assert directory().all_agencies
    assert any(isinstance(stop.played.waiting, FileReport) for stop in a_walk("menu").stops)
