"""Whatever people do on Telegram, in whatever order: there is always an answer, and nothing that was said is lost.

`LONG_TESTS=1` plays hundreds of stories instead of a few.
"""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import App
from bot.messages import Said
from bot.state import State
from bot.storage import tables
from bot.taps import read_tap, token_of
from bot.typed import command_in
from tests.conftest import Cast
from tests.on_telegram import app, starts_a_report, telegram
from tests.telegram_reading import kept_for, rows, state_of
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld
from tests.telegram_world.world import Button, Message

__all__ = ["app", "telegram"]

LONG = bool(os.environ.get("LONG_TESTS"))
EXAMPLES, ACTS = (600, 60) if LONG else (20, 25)

WORDS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200).filter(str.strip),
    st.sampled_from(
        ["back", "skip", "help", "language", "/start", "/start x", "/skip", "/back", "1", "9", "yes", "That's all"]
    ),
    st.sampled_from(["<b>", "&amp;", "\u202e\u2069", "{words}", "2030-02-30", "x" * 700, "٣", "no\x00thing", "!exit"]),
)
DATA = st.one_of(
    st.text(min_size=1, max_size=60), st.from_regex(r"[a-z]{4}\.[0-9a-f]{6}\.[!+-]?[a-z]{1,9}", fullmatch=True)
)
NUMBER = st.integers(0, 1_000)
ACT = st.one_of(
    st.tuples(st.just("says"), WORDS),
    st.tuples(st.just("taps"), NUMBER),
    st.tuples(st.just("taps"), NUMBER),
    st.tuples(st.just("taps_old"), NUMBER),
    st.tuples(st.just("forges"), DATA),
    st.tuples(st.just("edits"), st.tuples(NUMBER, WORDS)),
    st.tuples(st.just("sends"), st.sampled_from(["voice", "photo", "document", "place", "sticker", "poll", "contact"])),
    st.tuples(st.just("repeats"), st.none()),
    st.tuples(st.just("hides"), st.sampled_from(["/hide", "exit", "stop"])),
)
STORY = st.lists(st.lists(ACT, min_size=1, max_size=3), min_size=3, max_size=ACTS)
BEGINNING = st.sampled_from(["nowhere", "account", "check"])


@dataclass
class Story:
    """One person's story, and what must hold after every step of it."""

    app: App
    telegram: TelegramWorld
    person: Person
    reports: int
    seen: dict[tuple[int, str | None], Button] = field(default_factory=dict)
    drafts: set[str] = field(default_factory=set)

    async def begins(self, where: str) -> None:
        if where == "nowhere":
            return
        await starts_a_report(self.person)
        await self.person.says("In the beginning.")
        for label in ("That's all", "No more questions", "No") if where == "check" else ():
            await self.person.taps(label)

    async def goes_on(self, acts: list[tuple[str, Any]]) -> None:
        """Some acts that reach the bot together; then everything that must hold is checked."""
        await self.person.settles()
        before, at_the_story = await self.state(), self._at_the_story()
        self.seen |= {(b.message_id, b.data): b for message in self.person.chat for b in message.buttons}
        steps = [self._step(*act) for act in acts]
        await self.telegram.deliver_together([step() for step in steps])
        await self.person.settles()
        after = await self.state()
        self._is_answered()
        if after is not None:
            self.drafts.add(after.draft)
        if before and after and before.draft == after.draft and len(acts) == 1:
            self._keeps(before, after, acts[0], at_the_story=at_the_story)
        assert await rows(self.app, tables.reports) - self.reports <= len(self.drafts)

    async def state(self) -> State | None:
        return await state_of(self.app, self.person) if await kept_for(self.app, self.person) else None

    def _step(self, act: str, what: Any) -> Callable[[], Awaitable[object]]:
        person, mine = self.person, [message for message in self.person.chat if not message.by_bot]
        buttons = [button for message in person.chat for button in message.buttons if button.data]
        old = list(self.seen.values())
        if act == "taps" and buttons:
            return lambda: person.taps_again(buttons[what % len(buttons)])
        if act == "taps_old" and old:
            return lambda: person.taps_again(old[what % len(old)])
        if act == "forges" and buttons:
            return lambda: person.taps_again(replace(buttons[-1], data=what[:60]))
        if act == "edits" and mine and "text" in mine[what[0] % len(mine)].body:
            return lambda: person.edits(mine[what[0] % len(mine)], what[1][:4096])
        if act == "sends":
            return lambda: self._sends(what)
        if act == "repeats" and self.seen:
            return self._repeats
        return lambda: person.says(what if act in ("says", "hides") else "hello")

    async def _sends(self, kind: str) -> Message:
        person = self.person
        sends: dict[str, Callable[[], Awaitable[Message]]] = {
            "voice": lambda: person.sends_voice(1, b"OggS"),
            "photo": lambda: person.sends_photo(b"jpeg", "below it"),
            "document": lambda: person.sends_document(b"", "empty.txt", "text/plain"),
            "place": lambda: person.sends_location(51.4, -2.5),
            "sticker": person.sends_sticker,
            "poll": person.sends_poll,
            "contact": person.sends_contact,
        }
        return await sends[kind]()

    async def _repeats(self) -> None:
        self.telegram.repeat_last_update()

    def _is_answered(self) -> None:
        by_bot = [message for message in self.person.chat if message.by_bot]
        assert len(by_bot) == 1, [message.text for message in by_bot]
        ways_on = {(button.data or "").rpartition(".")[2] for button in by_bot[0].buttons}
        assert ways_on & {"!exit", "!start", "!locale:en"}
        assert len(self.person.toasts) == len(self.person._taps)

    def _at_the_story(self) -> bool:
        """Whether the screen asks what happened."""
        shown = [message for message in self.person.chat if message.by_bot][-1:]
        taps = [read_tap(button.data or "") for message in shown for button in message.buttons]
        return any(tap is not None and tap.token == token_of("account") for tap in taps)

    def _keeps(self, before: State, after: State, act: tuple[str, Any], *, at_the_story: bool) -> None:
        """In one draft no message of a story vanishes; and what was said at the story's question is in it."""
        told = _refs(before)
        assert told <= _refs(after)
        kind, what = act
        if kind == "says" and at_the_story and _is_telling(what, before, self.app):
            assert what in [item["words"] for item in after.answers["account"]["items"]]


def _refs(state: State) -> set[str]:
    stored = [state.answers.get("account"), state.before.get("account")]
    return {item["ref"] for one in stored if one for item in one["items"]}


def _is_telling(words: str, state: State, app: App) -> bool:
    if words.startswith("/") or words == "That's all":
        return False
    return command_in(Said(words=words), app.house.voices, state.locale) is None


class Stage:
    """The program and its Telegram; hypothesis prints it in one word."""

    def __init__(self, app: App, telegram: TelegramWorld) -> None:
        self.app, self.telegram = app, telegram

    async def somebody(self) -> Story:
        """The story of a person nobody has met."""
        self.telegram.requests.clear()
        person = self.telegram.person(f"Person {len(self.telegram.people)}")
        return Story(self.app, self.telegram, person, await rows(self.app, tables.reports))


@pytest.fixture
def stage(app: App, cast: Cast, telegram: TelegramWorld) -> Stage:
    return Stage(app, telegram)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not LONG,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(beginning=BEGINNING, story=STORY)
async def test_whatever_happens_there_is_an_answer_and_nothing_is_lost(
    stage: Stage, capsys: pytest.CaptureFixture[str], beginning: str, story: list[list[tuple[str, Any]]]
) -> None:
    played = await stage.somebody()

    await played.begins(beginning)
    for acts in story:
        await played.goes_on(acts)

    written = capsys.readouterr().out
    assert not [event for event in ("dialog-failed", "turn-failed", "work-failed", "not-delivered") if event in written]
