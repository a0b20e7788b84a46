"""Telegram, its line or our disk failing: replies are late, nothing is lost, nothing is handled twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from bot.app import App, World, open_app
from bot.channels.telegram import profile, receiver
from bot.config import Config, TelegramSettings
from bot.encryption.passphrase import FOR_TESTS
from bot.logs import EventLog
from bot.serving import running
from bot.storage import tables
from bot.storage.database import Database
from tests.clock import Clock
from tests.conftest import Cast, desk
from tests.on_telegram import app, bot_on, starts_a_report, telegram
from tests.telegram_reading import rows, words_of
from tests.telegram_world.people import until
from tests.telegram_world.server import TOKEN, TelegramWorld

__all__ = ["app", "telegram"]

FAULTS: list[dict[str, Any]] = [
    {"status": 500},
    {"status": 502, "times": 3},
    {"retry_after": 7},
    {"drop": "before"},
    {"drop": "after"},
    {"garble": True},
    {"slow": 0.3},
]


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults are waited out in hundredths of a second."""
    monkeypatch.setattr(receiver, "PAUSE", 0.01)
    monkeypatch.setattr(receiver, "LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(profile, "FIRST_PAUSE", 0.01)


async def sends_what_waits(app: App, clock: Clock) -> None:
    """Time passes until nothing waits to be sent."""
    for _ in range(8):
        clock.advance(seconds=30)
        await app.delivery.send_due()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "deleteMessages", "answerCallbackQuery"])
async def test_a_failing_call_delays_a_report_and_loses_nothing(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock, method: str, fault: dict[str, Any]
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    telegram.fails(method, **fault)

    await amina.says("They threw paint.")
    await amina.settles()
    await sends_what_waits(app, clock)
    await amina.reads("I have kept 1 message.")
    await amina.taps("That's all")
    await amina.settles()
    await sends_what_waits(app, clock)
    await amina.reads("Is that enough for now?")
    await amina.settles()

    assert await words_of(app, amina) == ["They threw paint."]
    assert await rows(app, tables.outbox) == 0


@pytest.mark.parametrize("fault", [*FAULTS, {"status": 409, "times": 3}, {"status": 401}])
async def test_failing_polls_delay_what_amina_says(
    app: App, cast: Cast, telegram: TelegramWorld, fault: dict[str, Any]
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    telegram.fails("getUpdates", **({**fault, "retry_after": 1} if "retry_after" in fault else fault))

    await amina.says("They threw paint.")
    await amina.says("Then they left.")
    await amina.reads("I have kept 2 messages.")
    await amina.settles()

    assert await words_of(app, amina) == ["They threw paint.", "Then they left."]
    assert not list(telegram.waiting())


async def test_telegram_may_be_away_when_the_program_starts(
    telegram: TelegramWorld, config: Config, clock: Clock
) -> None:
    telegram.fails("*", drop="before", times=None)
    async with bot_on(telegram, config, clock):
        amina = telegram.person("Amina")
        await amina.says("/start")
        telegram.heals()
        await amina.reads("English")
        await until(telegram, lambda: len(telegram.commands) == 3, lambda: "the commands were never set")


async def test_a_webhook_left_behind_is_taken_away(telegram: TelegramWorld, config: Config, clock: Clock) -> None:
    amina = telegram.person("Amina")
    async with bot_on(telegram, config, clock) as app:
        assert app.telegram is not None
        await app.telegram.bot.set_webhook("http://127.0.0.1:1/gone")
        await amina.says("/start")
        await amina.reads("English")


async def test_an_update_nobody_can_read_stops_no_other(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()

    broken = {"message": {"chat": amina.about | {"type": "private"}, "text": "Quokkabird"}}
    await telegram.deliver_together(
        [amina.says("They threw paint."), _injects(telegram, broken), amina.says("Then they left.")]
    )
    await amina.reads("I have kept 2 messages.")
    await amina.settles()

    assert await words_of(app, amina) == ["They threw paint.", "Then they left."]
    assert not list(telegram.waiting())


async def _injects(telegram: TelegramWorld, update: dict[str, Any]) -> None:
    telegram.inject(update)


async def test_whoever_blocked_the_bot_is_not_written_to_again(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()

    await telegram.deliver_together([amina.says("They threw paint."), amina.blocks_the_bot()])
    await amina.settles()
    calls = telegram.counts["sendMessage"]
    await sends_what_waits(app, clock)

    assert telegram.counts["sendMessage"] == calls
    assert await rows(app, tables.outbox) == 0
    await amina.unblocks()
    await amina.says("/start")
    await amina.reads("You were in the middle of something.")


async def test_a_screen_telegram_will_never_take_is_not_sent_for_ever(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    telegram.fails("sendMessage", status=400, times=None)

    await amina.says("They threw paint.")
    await amina.settles()
    calls = telegram.counts["sendMessage"]
    await sends_what_waits(app, clock)

    assert telegram.counts["sendMessage"] == calls
    telegram.heals()
    await amina.says("Then they left.")
    await amina.reads("I have kept 2 messages.")


async def test_a_lost_answer_sends_the_screen_twice_at_worst(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    telegram.fails("sendMessage", drop="after")

    await amina.says("They threw paint.")
    await amina.settles()
    await sends_what_waits(app, clock)
    await amina.settles()

    shown = [message for message in amina.chat if message.by_bot and "I have kept 1 message." in message.text]
    assert len(shown) == 2
    assert await words_of(app, amina) == ["They threw paint."]


class Refusing(Database):
    """A database whose disk is full for a while: the next `refusals` commits fail."""

    refusals = 0

    def before_commit(self) -> None:
        if type(self).refusals:
            type(self).refusals -= 1
            raise OSError


@asynccontextmanager
async def on_a_full_disk(telegram: TelegramWorld, config: Config, clock: Clock) -> AsyncIterator[App]:
    """The program on Telegram, with a `Refusing` database."""
    Refusing.refusals = 0
    settings = TelegramSettings(token=TOKEN, webhook="", api=telegram.url)
    world = World(clock=clock, code_cost=FOR_TESTS, passphrase_cost=FOR_TESTS, database=Refusing)
    async with open_app(replace(config, telegram=settings), EventLog(), world) as app:
        assert app.telegram is not None
        await desk(app, "bhcds", "bruno")
        telegram.bot_is_idle, telegram.patience = app.telegram.chats.settle, 20.0
        async with running((app.telegram.receiver.run,), app.house.log):
            yield app
            Refusing.refusals = 0
            await app.telegram.chats.settle()


@pytest.mark.parametrize("refusals", [1, 2, 3, 4])
async def test_what_the_disk_refused_comes_again_and_is_handled_once(
    telegram: TelegramWorld, config: Config, clock: Clock, refusals: int
) -> None:
    amina = telegram.person("Amina")
    async with on_a_full_disk(telegram, config, clock) as app:
        await starts_a_report(amina)
        await amina.settles()
        Refusing.refusals = refusals

        await telegram.deliver_together([amina.says("They threw paint."), amina.says("Then they left.")])
        await amina.reads("I have kept 2 messages.")
        await amina.settles()

        assert await words_of(app, amina) == ["They threw paint.", "Then they left."]


async def test_nothing_is_acknowledged_while_the_disk_refuses(
    telegram: TelegramWorld, config: Config, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    async with on_a_full_disk(telegram, config, clock):
        await starts_a_report(amina)
        await amina.settles()
        Refusing.refusals = 1_000
        polls = telegram.counts["getUpdates"]

        await amina.says("They threw paint.")
        await until(telegram, lambda: telegram.counts["getUpdates"] > polls + 3, lambda: "it does not ask again")
        waiting = list(telegram.waiting())
        Refusing.refusals = 0
        await amina.reads("I have kept 1 message.")

        assert len(waiting) == 1


@pytest.mark.parametrize("refusals", [1, 2, 3])
async def test_a_disk_full_when_sending_files_one_report(
    telegram: TelegramWorld, config: Config, clock: Clock, refusals: int
) -> None:
    amina = telegram.person("Amina")
    async with on_a_full_disk(telegram, config, clock) as app:
        await starts_a_report(amina)
        await amina.sends_voice(5, b"OggS")
        for label in ("That's all", "No more questions", "No"):
            await amina.taps(label)
        await amina.reads("Shall I send this now?")
        await amina.settles()
        Refusing.refusals = refusals

        await amina.taps("Send", at_once=True)
        await amina.reads("Your code is")
        await amina.settles()

        assert await rows(app, tables.reports) == 1
        assert await rows(app, tables.alerts) == 1
        assert await rows(app, tables.blobs) == 1


async def test_a_code_of_the_staff_chat_survives_a_full_disk(
    telegram: TelegramWorld, config: Config, clock: Clock
) -> None:
    bruno = telegram.person("Bruno")
    async with on_a_full_disk(telegram, config, clock) as app:
        code = await app.joining.staff_chat_code("bhcds")
        Refusing.refusals = 2

        await bruno.says(f"/link {code}")
        await bruno.reads("This chat is linked.")
        await bruno.settles()

        assert await rows(app, tables.alert_ways) == 1
        assert len(bruno.chat) == 1


async def test_a_restart_sends_what_was_left_behind(telegram: TelegramWorld, config: Config, clock: Clock) -> None:
    amina = telegram.person("Amina")
    async with bot_on(telegram, config, clock) as app:
        await desk(app, "bhcds", "bruno")
        await starts_a_report(amina)
        await amina.settles()
        telegram.fails("sendMessage", status=502, times=None)
        await amina.says("They threw paint.")
        await amina.settles()
    telegram.heals()
    clock.advance(minutes=1)

    async with bot_on(telegram, config, clock):
        await amina.reads("I have kept 1 message.")


async def test_a_commit_of_somebody_else_is_waited_for(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()

    nudge = update(tables.conversations).values(revision=tables.conversations.c.revision + 1)
    nudges = [app.house.database.unit(lambda c: c.execute(nudge).rowcount) for _ in range(20)]
    said = telegram.deliver_together([amina.says(f"Part {number}.") for number in range(20)])
    await asyncio.gather(said, *nudges)
    await amina.reads("I have kept 20 messages.")
    await amina.settles()

    assert await words_of(app, amina) == [f"Part {number}." for number in range(20)]


STEPS = [
    ("English", "What would you like to do?"),
    ("Report hate or harassment", "Are you safe right now?"),
    ("Yes", "Which of these is you?"),
    ("It happened to me", "Where did it happen?"),
    ("Bristol", "Shall we go on?"),
    ("Go on", "What happened?"),
    ("That's all", "Is that enough for now?"),
    ("No more questions", "contact you?"),
    ("No", "Shall I send this now?"),
    ("Send", "Your code is"),
]


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_report_sent_on_a_bad_line_is_filed_once(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock, fault: dict[str, Any]
) -> None:
    amina = telegram.person("Amina")
    await amina.says("/start")
    await amina.reads("English")
    for label, asked in STEPS:
        for method in ("editMessageText", "sendMessage", "answerCallbackQuery"):
            telegram.fails(method, **{**fault, "times": 1})
        if label == "That's all":
            await amina.says("They threw paint.")
            await amina.settles()
            await sends_what_waits(app, clock)
        await amina.taps(label)
        await amina.settles()
        await sends_what_waits(app, clock)
        await amina.reads(asked)

    assert await rows(app, tables.reports) == 1
    assert await words_of(app, amina) == ["They threw paint."]
