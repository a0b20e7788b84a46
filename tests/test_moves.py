"""Whatever a person does, in whatever order, there is a screen with buttons, and no answer is lost."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.answering import Moved, Table
from bot.facing import screen_of
from bot.messages import Asked, Did, Edited, Said, Shown, Tap, Unusable
from bot.moves import fresh, move
from bot.state import State
from dialogs import overlays
from dialogs.explore import Stop
from dialogs.inputs import Attached
from dialogs.script import Command, Question
from dialogs.sights import sight
from dialogs.texts import NOTHING, Text
from tests.properties import LONG, PROPERTY, START, at, bound_anew, places
from tests.walking import voices

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
    st.tuples(st.just("asked"), st.sampled_from(("back", "skip"))),
    st.tuples(st.just("sent"), st.sampled_from(KINDS)),
    st.tuples(st.just("unusable"), st.none()),
)


class Person:
    """Does things to a conversation, as the bot does, without a database."""

    def __init__(self, state: State) -> None:
        self.drafts = count()
        self.table = Table(
            play=lambda state: at(state.answers, voices()[state.locale or "en"].binding),
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
                state = replace(state, answers={**state.answers, waiting.id: waiting.examples()[0]})
            else:
                state = fresh(state, self.table)
        return state

    def look(self, notice: Text = NOTHING) -> Shown:
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
        assert all(id in after.answers or id in after.before or before.answers[id] is None for id in gone)


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

    live(person, doings)


@PROPERTY
@given(stop=places, tag=st.sampled_from(["en", "ar", "pl"]))
def test_back_then_keep_my_answer_changes_nothing(stop: Stop, tag: str) -> None:
    answers = bound_anew(dict(stop.answers), voices()[tag])
    person = Person(State(draft="aaaa", began=START.today, locale=tag, answers=answers))
    before = person.table.play(person.state)
    assume(before.undoable)  # a report that waited to be filed has been filed by now
    person.does(Asked(command="back"))
    onward = [
        b.data for b in (*person.shown.buttons, *person.shown.bar[0]) if b.data.endswith(("!keep", ".done", "!skip"))
    ]
    person.does(Tap(data=onward[0]))

    assert sight(person.table.play(person.state)) == sight(before)


def test_the_same_tap_twice_answers_once() -> None:
    person = Person(State(draft="aaaa", began=START.today, locale="en"))
    report = person.shown.buttons[0].data
    person.does(Tap(data=report))
    once = person.state
    person.does(Tap(data=report))

    assert person.state.answers == once.answers
