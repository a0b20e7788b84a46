"""Messages that are deleted while a chat goes on: the older ones at once, or each in time where its person chose so."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import App
from bot.config import Config
from bot.storage import tables
from bot.sweeping import Sweeps
from tests.clock import Clock
from tests.conftest import Cast, desk
from tests.on_telegram import app, bot_on, starts_a_report, telegram
from tests.talking import Talker
from tests.telegram_reading import kept_for, rows, state_of, words_of
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld

__all__ = ["app", "telegram"]

TWO_DAYS = timedelta(hours=48)


def left(person: Person) -> list[str]:
    return [message.text for message in person.chat]


async def sweeps(app: App) -> int:
    """The program looks for messages to delete, deletes them, and forgets what is over."""
    house = app.house
    found = await Sweeps(database=house.database, clock=house.clock, random=house.random).queue()
    await app.delivery.send_due()
    await app.retention.sweep()
    return found


async def chooses_the_sweep(person: Person) -> None:
    for label in ("Privacy", "Delete messages here", "Delete before 48 hours"):
        await person.taps(label)
    await person.reads("From now on I delete messages here when they are 40 hours old.")
    await person.taps("Carry on")
    await person.settles()


async def test_older_messages_go_at_once_and_the_conversation_stays(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await telegram.deliver_together([amina.says(f"Line {number}.") for number in range(110)])
    for label in ("Privacy", "Delete messages here"):
        await amina.taps(label)
    await amina.settles()
    before, calls = len(left(amina)), telegram.counts["deleteMessages"]

    await amina.taps("Delete older messages now")
    await amina.reads("I am deleting the older messages here now.")
    await app.delivery.send_due()
    await amina.settles()
    calls = telegram.counts["deleteMessages"] - calls
    cleared = left(amina)
    await amina.taps("Carry on")

    assert before > 110
    assert len(cleared) == 1
    assert calls <= 4  # of 100 messages, screens that are gone among them
    await amina.reads("I have kept 110 messages.")
    assert len(await words_of(app, amina)) == 110


async def test_messages_said_after_clearing_are_cleared_by_exit(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    for label in ("Privacy", "Delete messages here", "Delete older messages now", "Carry on"):
        await amina.taps(label)
    await app.delivery.send_due()
    await amina.says("They threw paint.")
    await amina.settles()

    await amina.says("/hide")
    await amina.settles()

    assert left(amina) == ["Hello."]


@pytest.mark.parametrize("fault", [{"status": 502}, {"retry_after": 5}, {"drop": "before"}])
async def test_a_failing_deletion_is_tried_again(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock, fault: dict[str, Any]
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint.")
    for label in ("Privacy", "Delete messages here"):
        await amina.taps(label)
    await amina.settles()
    telegram.fails("deleteMessages", **fault)

    await amina.taps("Delete older messages now")
    await amina.settles()
    await app.delivery.send_due()
    clock.advance(seconds=6)
    await app.delivery.send_due()
    await amina.settles()

    assert len(left(amina)) == 1
    assert await rows(app, tables.outbox) == 0


async def test_without_the_choice_nothing_is_deleted(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint.")
    await amina.settles()
    before = left(amina)

    clock.advance(hours=41)
    found = await sweeps(app)

    assert found == 0
    assert left(amina) == before
    kept = await kept_for(app, amina)
    assert kept is not None
    assert kept.sweeps is None


async def test_each_message_goes_at_40_hours_though_the_draft_is_long_over(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await chooses_the_sweep(amina)
    clock.advance(hours=10)
    await amina.says("They threw paint.")
    await amina.settles()

    clock.advance(hours=29, minutes=59)
    await sweeps(app)
    early = left(amina)
    clock.advance(minutes=1)
    await sweeps(app)
    later = left(amina)
    clock.advance(hours=10)
    await sweeps(app)

    assert "/start" in early
    assert "/start" not in later
    assert "They threw paint." in later
    assert left(amina) == []


async def test_the_sweep_goes_on_after_a_restart(config: Config, telegram: TelegramWorld, clock: Clock) -> None:
    amina = telegram.person("Amina")
    async with bot_on(telegram, config, clock) as first:
        await desk(first, "bhcds", "bruno")
        await starts_a_report(amina)
        await chooses_the_sweep(amina)
    clock.advance(hours=40)

    async with bot_on(telegram, config, clock) as second:
        await sweeps(second)
        await amina.settles()

    assert left(amina) == []


async def test_the_sweep_waits_for_telegram_to_come_back(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await chooses_the_sweep(amina)
    telegram.fails("deleteMessages", times=None, status=502)
    clock.advance(hours=40)
    await sweeps(app)
    kept = left(amina)

    telegram.heals()
    clock.advance(hours=7)
    await sweeps(app)

    assert kept
    assert left(amina) == []


async def test_the_draft_stays_when_its_screen_was_swept(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await chooses_the_sweep(amina)
    for _ in range(2):
        clock.advance(hours=20)
        await amina.taps("Privacy")
        await amina.taps("Carry on")
        await amina.settles()
    await sweeps(app)
    swept = left(amina)

    await amina.says("They threw paint.")
    await amina.settles()

    assert swept == []
    assert await words_of(app, amina) == ["They threw paint."]
    assert len(left(amina)) == 2


async def test_the_choice_outlives_exit_and_the_draft_and_can_be_taken_back(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await chooses_the_sweep(amina)
    await amina.says("/hide")
    await amina.settles()
    clock.advance(days=20)
    await app.retention.sweep()
    await amina.says("/start")
    await amina.taps("English")
    await amina.settles()
    remembered = (await state_of(app, amina)).sweeps
    clock.advance(hours=41)
    await sweeps(app)
    swept = [message for message in amina.chat if clock() - message.sent < TWO_DAYS]

    await amina.says("/start")
    for label in ("English", "Privacy", "Delete messages here", "Stop deleting by yourself"):
        await amina.taps(label)
    await amina.reads("I no longer delete messages by myself.")
    clock.advance(hours=41)

    assert remembered
    assert swept == []
    assert await sweeps(app) == 0
    assert left(amina)


async def test_the_address_of_a_chat_is_kept_for_90_days_only_where_it_was_asked_for(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina, ola = telegram.person("Amina"), telegram.person("Ola")
    await starts_a_report(amina)
    await chooses_the_sweep(amina)
    await starts_a_report(ola)
    await ola.settles()
    look = app.house.database.look
    locked = await look(lambda c: [*c.execute(select(tables.conversations.c.sweeps)).scalars()])

    kept = []
    for days in (3, 86, 1):
        clock.advance(days=days)
        await app.retention.sweep()
        kept.append(await rows(app, tables.conversations))

    assert sorted(one is None for one in locked) == [False, True]
    assert str(amina.id).encode() not in next(one for one in locked if one)
    assert kept == [1, 1, 0]


async def test_a_deletion_telegram_refuses_for_ever_is_given_up(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await chooses_the_sweep(amina)
    clock.advance(hours=40)
    telegram.fails("deleteMessages", times=None, status=403)

    first = await sweeps(app)
    again = await sweeps(app)

    assert (first, again) == (1, 0)
    assert await rows(app, tables.outbox) == 0


async def test_nobody_is_offered_to_delete_messages_on_the_web(app: App, cast: Cast) -> None:
    amina = Talker(app, channel="web")
    await amina.begins_a_story("They threw paint.")

    await amina.asks("privacy")

    assert amina.shown is not None
    labels = [button.label for button in amina.shown.buttons]
    assert labels == ["On Exit: keep for 24 hours", "Carry on"]
