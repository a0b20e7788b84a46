"""Exit on Telegram: in every state and language, at once, and nothing is left but one harmless message."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.app import App
from bot.rendering import ENDONYMS, load_voices, strip_isolates
from bot.storage import tables
from dialogs.texts import text
from tests.clock import Clock
from tests.conftest import Cast
from tests.on_telegram import app, sends_a_short_report, starts_a_report, telegram
from tests.telegram_reading import rows, state_of, words_of
from tests.telegram_world.people import Person, until
from tests.telegram_world.server import TelegramWorld

__all__ = ["app", "telegram"]

VOICES = load_voices()
Steps = Callable[[Person], Awaitable[Any]]


def say(tag: str, message: str) -> str:
    return strip_isolates(VOICES[tag].say(text(message)))


def left(person: Person) -> list[str]:
    return [message.text for message in person.chat]


async def nothing(person: Person) -> None:
    """She has not even started."""


async def languages(person: Person) -> None:
    await person.says("/start")


async def overlay(person: Person, label: str) -> None:
    await starts_a_report(person)
    await person.says("They threw paint.")
    await person.taps(label)


async def at_the_check(person: Person) -> None:
    await starts_a_report(person)
    await person.says("They threw paint.")
    for label in ("That's all", "No more questions", "No"):
        await person.taps(label)


async def stuck(person: Person) -> None:
    await starts_a_report(person)
    for _ in range(4):
        await person.sends_sticker()


async def told_with_files(person: Person) -> None:
    await starts_a_report(person)
    await person.sends_voice(5, b"OggS")
    await person.sends_photo(b"jpeg", "the door")
    await person.sends_location(51.45, -2.58)


async def sent(person: Person) -> None:
    await sends_a_short_report(person, "They threw paint.")


STATES: dict[str, Steps] = {
    "nothing said": nothing,
    "languages": languages,
    "help": lambda person: overlay(person, "Help now"),
    "language": lambda person: overlay(person, "Language"),
    "privacy": lambda person: overlay(person, "Privacy"),
    "check": at_the_check,
    "stuck": stuck,
    "files": told_with_files,
    "sent": sent,
}


@pytest.mark.parametrize("state", list(STATES))
async def test_exit_leaves_one_harmless_message_in_every_state(
    app: App, cast: Cast, telegram: TelegramWorld, state: str
) -> None:
    amina = telegram.person("Amina")
    await STATES[state](amina)
    await amina.settles()

    await amina.says("/hide")
    screen = await amina.settles()

    assert left(amina) == ["Hello."]
    assert screen.labels == ("Start",)


@pytest.mark.parametrize("tag", list(ENDONYMS))
async def test_exit_is_one_tap_on_every_screen_in_every_language(
    app: App, cast: Cast, telegram: TelegramWorld, tag: str
) -> None:
    steps = ["Report hate or harassment", "Yes", "It happened to me", "Bristol", "Go on"]
    for stop in range(len(steps) + 1):
        amina = telegram.person(f"Amina {stop}")
        await amina.says("/start")
        for label in (ENDONYMS[tag], *(say(tag, step) for step in steps[:stop])):
            await amina.taps(label)
        await amina.taps(say(tag, "Exit"))
        await amina.settles()
        assert left(amina) == [say(tag, "Hello.")]


async def test_exit_takes_three_calls_and_waits_for_nothing(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint.")
    await amina.settles()
    calls = len(telegram.requests)

    await amina.taps("Exit")
    await amina.settles()

    made = [made.method for made in telegram.requests[calls:] if made.method != "getUpdates"]
    assert sorted(made) == ["answerCallbackQuery", "deleteMessages", "sendMessage"]


async def test_a_hundred_and_fifty_messages_go_in_a_few_calls(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await telegram.deliver_together([amina.says(f"Line {number}.") for number in range(150)])
    await amina.settles()
    deletions, sends = telegram.counts["deleteMessages"], telegram.counts["sendMessage"]

    await amina.says("exit")
    await amina.settles()

    assert left(amina) == ["Hello."]
    assert telegram.counts["deleteMessages"] - deletions <= 4  # of 100 messages, screens that are gone among them
    assert telegram.counts["sendMessage"] - sends == 1
    assert telegram.counts["deleteMessage"] == 0


async def test_a_message_older_than_48_hours_spares_no_other(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("Too old by then.")
    await amina.settles()
    clock.advance(hours=23, minutes=59)
    await amina.says("Still young.")
    await amina.settles()
    clock.advance(hours=23, minutes=59)
    await telegram.deliver_together([amina.says(f"Line {number}.") for number in range(98)])
    await amina.settles()
    clock.advance(hours=1)
    deletions = telegram.counts["deleteMessages"]

    await amina.says("/hide")
    await amina.settles()

    young = [message for message in amina.chat if clock() - message.sent < timedelta(hours=48)]
    assert [message.text for message in young] == ["Hello."]
    assert "Too old by then." in left(amina)
    assert telegram.counts["deleteMessages"] - deletions < 40


async def test_a_screen_on_its_way_is_cleared_too(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    telegram.fails("sendMessage", slow=0.2)

    await amina.says("They threw paint.")
    await until(telegram, lambda: telegram.in_flight["sendMessage"] == 1, lambda: "no screen was sent")
    await amina.says("/hide")
    await amina.reads("Hello.")
    await amina.settles()

    assert left(amina) == ["Hello."]


async def test_exit_does_not_wait_for_a_file(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    telegram.fails("getFile", slow=60)
    await amina.sends_voice(5, b"OggS")
    await until(telegram, lambda: telegram.in_flight["getFile"] == 1, lambda: "no file was asked for")

    telegram.patience = 5  # far less than a file may take
    await amina.taps("Exit", at_once=True)
    await amina.reads("Hello.")
    telegram.heals()
    await amina.settles()

    assert left(amina) == ["Hello."]
    assert (await state_of(app, amina)).answers == {}


@pytest.mark.parametrize("fault", [{"status": 502}, {"retry_after": 5}, {"drop": "before"}, {"garble": True}])
async def test_a_failing_deletion_is_tried_again_until_it_worked(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock, fault: dict[str, Any]
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint.")
    await amina.settles()
    telegram.fails("deleteMessages", times=2, **fault)

    await amina.says("/hide")
    await amina.settles()
    for _ in range(2):
        clock.advance(seconds=6)
        await app.delivery.send_due()
    await amina.settles()

    assert left(amina) == ["Hello."]
    assert await rows(app, tables.outbox) == 0


async def test_a_failing_greeting_is_tried_again(app: App, cast: Cast, telegram: TelegramWorld, clock: Clock) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    telegram.fails("sendMessage", status=502)

    await amina.says("/hide")
    await amina.settles()
    gone = left(amina)
    clock.advance(seconds=2)
    await app.delivery.send_due()
    await amina.settles()

    assert gone == []
    assert left(amina) == ["Hello."]


async def test_exit_deletes_an_unfinished_report(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint.")

    await amina.taps("Exit")
    await amina.taps("Start")
    screen = await amina.settles()

    assert "In danger now, call 999." in screen.text
    assert "What would you like to do?" in screen.text
    assert (await state_of(app, amina)).answers == {}


async def test_whoever_chose_so_finds_the_draft_again_after_exit(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint.")
    for label in ("Privacy", "On Exit: keep for 24 hours", "Carry on", "Exit"):
        await amina.taps(label)
    await amina.settles()
    hidden = left(amina)

    await amina.taps("Start")
    asked = await amina.settles()
    await amina.taps("Carry on")
    await amina.reads("I have kept 1 message.")

    assert hidden == ["Hello."]
    assert asked.labels[0] == "Carry on"
    assert "What happened" not in asked.text
    assert await words_of(app, amina) == ["They threw paint."]


async def test_exit_works_again_and_again(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")

    for _ in range(3):
        await starts_a_report(amina) if not amina.chat else await amina.taps("Start")
        await amina.says("hello")
        await amina.says("leave")
        await amina.settles()
        assert left(amina) == ["Hello."]


async def test_two_exits_at_once_leave_one_message(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()

    await telegram.deliver_together([amina.says("/hide"), amina.says("exit"), amina.says("/hide")])
    await amina.settles()

    assert left(amina) == ["Hello."]


async def test_a_screen_learnt_of_by_a_tap_is_cleared_too(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    shown = amina.chat[-1]
    stray = telegram.post(
        telegram.chats[amina.id],
        {"text": "What happened?", "reply_markup": shown.body["reply_markup"]},
        sender=telegram.bot,
    )  # as after a send of which the answer was lost

    await amina.taps("Help now", message=stray)
    await amina.settles()
    await amina.says("/hide")
    await amina.settles()

    assert left(amina) == ["Hello."]
