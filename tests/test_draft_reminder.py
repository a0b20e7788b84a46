"""One reminder of a draft, only if asked for, in words that give nothing away; and kind words once a draft is gone."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.app import App
from bot.config import Config
from bot.draft_reminders import KIND, LATEST, remind_at
from bot.linking import HOURS
from bot.storage import tables
from tests.clock import A_MONDAY, Clock
from tests.conftest import Cast, desk
from tests.on_telegram import app, bot_on, sends_a_short_report, starts_a_report, telegram
from tests.telegram_reading import rows, state_of
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld

__all__ = ["app", "telegram"]

LONDON = ZoneInfo("Europe/London")
OURS = "Your reminder for today."
GONE = "I deleted the answers you had not sent"


def left(person: Person) -> list[str]:
    return [message.text.replace("\u2068", "").replace("\u2069", "") for message in person.chat]


async def asks_for_a_reminder(person: Person, words: str = OURS, hours: str = "At any time") -> None:
    for label in ("Privacy", "Remind me tomorrow"):
        await person.taps(label)
    if words == OURS:
        await person.taps(words)
    else:
        await person.taps("My own words")
        await person.says(words)
    await person.taps(hours)
    await person.reads("I will remind you once.")
    await person.taps("Carry on")
    await person.settles()


async def begins(person: Person) -> None:
    await starts_a_report(person)
    await person.says("They threw paint.")


async def passes(app: App, clock: Clock, **time: float) -> None:
    clock.advance(**time)
    await app.delivery.send_due()
    await app.retention.sweep()


async def reminded(app: App, clock: Clock, person: Person) -> list[str]:
    """What came unasked in the next three days."""
    before = left(person)
    for _ in range(72 * 2):
        await passes(app, clock, minutes=30)
    await person.settles()
    return [message for message in left(person) if message not in before]


async def test_nobody_who_did_not_ask_is_ever_written_to(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await begins(amina)
    await amina.taps("Privacy")
    await amina.settles()

    assert await reminded(app, clock, amina) == []


async def test_one_reminder_comes_before_the_end_and_no_second_one(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await begins(amina)
    await asks_for_a_reminder(amina)

    await passes(app, clock, hours=19, minutes=59)
    early = left(amina)
    await passes(app, clock, minutes=1)
    screen = await amina.settles()

    assert not any(OURS in message for message in early)
    assert left(amina)[-1] == f"{OURS}\n\nBefore 9:00."
    assert screen.labels == ("Start",)
    assert await reminded(app, clock, amina) == []


async def test_a_reminder_leads_back_to_what_was_begun_but_shows_nothing_of_it(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await begins(amina)
    await asks_for_a_reminder(amina, "Water the plants")
    await passes(app, clock, hours=20)
    await amina.reads("Water the plants")

    await amina.taps("Start")
    asked = await amina.settles()
    await amina.taps("Carry on")

    assert "What happened" not in asked.text
    await amina.reads("I have kept 1 message.")
    assert await reminded(app, clock, amina) == []


async def test_who_came_back_after_a_reminder_can_ask_for_another(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await begins(amina)
    await asks_for_a_reminder(amina)
    await passes(app, clock, hours=20)
    await amina.taps("Start")
    await amina.taps("Carry on")

    await asks_for_a_reminder(amina, "Water the plants")
    await passes(app, clock, hours=20)

    await amina.reads("Water the plants")


async def test_exit_clears_a_reminder_that_nobody_answered(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await begins(amina)
    await asks_for_a_reminder(amina)
    await passes(app, clock, hours=20)
    await passes(app, clock, hours=30)

    await amina.says("/hide")
    await amina.settles()

    young = [message.text for message in amina.chat if clock() - message.sent < timedelta(hours=48)]
    assert young == ["Hello."]


async def test_own_words_may_be_typed_at_once_and_are_no_part_of_the_story(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await begins(amina)
    for label in ("Privacy", "Remind me tomorrow"):
        await amina.taps(label)
    await amina.says("x" * 61)
    await amina.reads("Please type less.")
    await amina.says("Water\nthe plants")
    await amina.reads("When is it safe to write to you?")
    await amina.taps("At any time")
    await amina.settles()
    items = (await state_of(app, amina)).answers["account"]["items"]

    await passes(app, clock, hours=20)

    assert [item["words"] for item in items] == ["They threw paint."]
    await amina.reads("Water the plants")


async def test_each_thing_done_puts_the_reminder_off(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await begins(amina)
    await asks_for_a_reminder(amina)
    await passes(app, clock, hours=10)
    await amina.says("And then they left.")
    await amina.settles()

    await passes(app, clock, hours=19)
    early = left(amina)
    await passes(app, clock, hours=1)
    await amina.settles()

    assert not any(OURS in message for message in early)
    assert left(amina)[-1] == f"{OURS}\n\nBefore 19:00."


async def test_the_hours_she_chose_are_kept(app: App, cast: Cast, telegram: TelegramWorld, clock: Clock) -> None:
    clock.advance(hours=5)  # two in the afternoon; twenty hours later is ten in the morning
    amina = telegram.person("Amina")
    await begins(amina)
    await asks_for_a_reminder(amina, hours="12 to 5 in the afternoon")

    await passes(app, clock, hours=21, minutes=59)
    early = left(amina)
    await passes(app, clock, minutes=1)
    await amina.reads(OURS)

    assert not any(OURS in message for message in early)


@pytest.mark.parametrize("way", ["not any more", "sent", "menu", "exit", "blocked"])
async def test_no_reminder_comes_where_there_is_nothing_to_remind_of(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock, way: str
) -> None:
    amina = telegram.person("Amina")
    await begins(amina)
    await asks_for_a_reminder(amina)
    if way == "not any more":
        for label in ("Privacy", "Do not remind me"):
            await amina.taps(label)
    elif way == "sent":
        for label in ("That's all", "No more questions", "No", "Send"):
            await amina.taps(label)
    elif way == "menu":
        for label in ("Help now", "Start again from the menu"):
            await amina.taps(label)
    elif way == "exit":
        await amina.says("/hide")
    else:
        await amina.blocks_the_bot()
    await amina.settles()
    waiting = select(tables.outbox.c.id).where(tables.outbox.c.kind == KIND)
    waits = await app.house.database.look(lambda c: c.execute(waiting).first() is not None)

    assert waits is (way == "blocked")
    assert await reminded(app, clock, amina) == []
    assert await rows(app, tables.outbox) == 0


async def test_a_draft_kept_on_exit_is_reminded_of_and_exit_clears_the_reminder(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await begins(amina)
    await asks_for_a_reminder(amina)
    for label in ("Privacy", "On Exit: keep for 24 hours", "Exit"):
        await amina.taps(label)
    await amina.settles()
    await passes(app, clock, hours=20)
    await amina.reads(OURS)

    await amina.says("/hide")
    await amina.settles()

    assert left(amina) == ["Hello."]


async def test_the_reminder_survives_a_restart_and_a_telegram_that_is_away(
    config: Config, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    async with bot_on(telegram, config, clock) as first:
        await desk(first, "bhcds", "bruno")
        await begins(amina)
        await asks_for_a_reminder(amina)
    clock.advance(hours=20)

    async with bot_on(telegram, config, clock) as second:
        telegram.fails("sendMessage", times=None, status=502)
        await second.delivery.send_due()
        telegram.heals()
        await passes(second, clock, minutes=10)
        await amina.reads(OURS)
        await passes(second, clock, minutes=10)
        await amina.settles()

    assert sum(OURS in message for message in left(amina)) == 1


async def test_a_reminder_that_could_not_leave_in_time_never_does(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await begins(amina)
    await asks_for_a_reminder(amina)

    clock.advance(hours=24)
    await app.delivery.send_due()
    await amina.settles()

    assert not any(OURS in message for message in left(amina))


async def test_there_is_nothing_to_remind_of_at_the_menu_or_in_a_report(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    await amina.says("/start")
    for label in ("English", "Privacy"):
        await amina.taps(label)
    at_the_menu = (await amina.settles()).labels
    ola = telegram.person("Ola")
    await sends_a_short_report(ola, "They threw paint.")
    await ola.taps("Privacy")

    assert "Remind me tomorrow" not in at_the_menu
    assert "Remind me tomorrow" not in (await ola.settles()).labels


async def test_who_comes_back_too_late_is_told_that_the_answers_are_gone(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await begins(amina)
    await amina.settles()
    await passes(app, clock, hours=24)

    await amina.says("/start")
    await amina.taps("English")
    await amina.reads(GONE)
    await amina.taps("Report hate or harassment")
    await amina.taps("Back")
    screen = await amina.settles()

    assert "What would you like to do?" in screen.text
    assert GONE not in screen.text


async def test_a_button_of_last_week_says_that_the_answers_are_gone(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await begins(amina)
    await amina.settles()
    for _ in range(7):
        await passes(app, clock, days=1)
    assert await rows(app, tables.conversations) == 0

    await amina.taps("That's all")
    await amina.taps("English")

    await amina.reads(GONE)


@pytest.mark.parametrize("ends", ["exit", "sent", "looked"])
async def test_who_left_nothing_unsent_is_not_told_that_anything_is_gone(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock, ends: str
) -> None:
    amina = telegram.person("Amina")
    if ends == "sent":
        await sends_a_short_report(amina, "They threw paint.")
    elif ends == "exit":
        await begins(amina)
        await amina.says("/hide")
    else:
        await amina.says("/start")
        await amina.taps("English")
    await amina.settles()
    await passes(app, clock, hours=25)

    await amina.says("/start")
    await amina.taps("English")
    await amina.reads("What would you like to do?")

    assert GONE not in (await amina.settles()).text


SECONDS = st.integers(0, 2 * 365 * 24 * 3600)


@settings(max_examples=300)
@given(seconds=SECONDS, hours=st.sampled_from(sorted(HOURS)))
def test_a_reminder_always_falls_into_the_hours_and_before_the_end(seconds: int, hours: str) -> None:
    last = A_MONDAY + timedelta(seconds=seconds)
    at = remind_at(last, hours, LONDON)
    opens, closes = HOURS[hours]

    assert last <= at <= last + LATEST
    assert opens <= at.astimezone(LONDON).time() < closes


def test_a_reminder_comes_the_next_day_where_the_hours_leave_time_to_come_back() -> None:
    nine, ten = A_MONDAY, A_MONDAY + timedelta(hours=1)

    assert remind_at(nine, "any", LONDON) == nine + timedelta(hours=20)
    assert remind_at(nine, "evening", LONDON) == nine.replace(hour=20, minute=59)
    assert remind_at(ten, "morning", LONDON) == nine + timedelta(days=1)
    assert remind_at(nine, "morning", LONDON) == nine.replace(hour=11, minute=59)
