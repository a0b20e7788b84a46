"""Hide wherever somebody is by now: in their report, in a letter, under a card. What was open is closed, and a harmless
screen leads back to the menu."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.app import App
from bot.rendering import ENDONYMS, load_voices, strip_isolates
from bot.state import OPENED
from bot.storage.tables import cases
from bot.typed import plain
from dialogs.global_words import GLOBAL_WORDS
from dialogs.texts import text
from tests.at_the_console import clerk, open_office
from tests.clock import Clock
from tests.conftest import Cast
from tests.on_telegram import app, sends_a_short_report, starts_a_report, telegram
from tests.photos import phone_photo
from tests.telegram_reading import state_of
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld
from tests.test_my_report import QUESTION, answers, opens_her_report

__all__ = ["app", "telegram"]

VOICES = load_voices()
DAY = timedelta(days=1)
QUIET = "They shouted at me."
Steps = Callable[[Person], Awaitable[Any]]


def say(tag: str, message: str) -> str:
    return strip_isolates(VOICES[tag].say(text(message)))


def left(person: Person) -> list[str]:
    return [message.text for message in person.chat]


def path(*labels: str, says: str = "") -> Steps:
    """Taps these, then writes."""

    async def steps(person: Person) -> None:
        for label in labels:
            await person.taps(label)
        if says:
            await person.says(says)

    return steps


async def with_a_photo(person: Person) -> None:
    await person.taps("Write to them")
    await person.sends_photo(b"jpeg", "the door")
    await person.sends_document(phone_photo(), "door.jpg", "image/jpeg")
    await person.reads("I take that out before I send it.")


IN_HER_REPORT: dict[str, Steps] = {
    "my report": path(),
    "letters": path("Read my messages"),
    "a letter begun": path("Write to them", says="He came back."),
    "a letter to be checked": path("Write to them", says="He came back."),
    "a photo's details": with_a_photo,
    "who has it": path("Who has my report"),
    "linking, own words": path("Tell me when there is news", "Yes, link this chat", "My own words"),
    "linking, hours": path("Tell me when there is news", "Yes, link this chat", "There is news for you."),
    "linked": path("Tell me when there is news", "Yes, link this chat", "There is news for you.", "At any time"),
    "survey": path("Say how it went", "Yes", "Very happy"),
    "feedback": path("Thank or complain"),
    "deleting": path("More answers", "Delete my report"),
    "crisis card": path("Write to them", says="he has a knife"),
    "privacy": path("Privacy"),
    "deleting messages": path("Privacy", "Delete messages here"),
    "help": path("Help now"),
}


async def keeps_drafts(person: Person) -> None:
    for label in ("Privacy", "On Exit: keep for 24 hours", "Carry on"):
        await person.taps(label)


async def looks_into_her_report(app: App, cast: Cast, amina: Person, clock: Clock) -> None:
    """Bruno works on it and has written; Amina has chosen that Exit keeps what she began."""
    code = await sends_a_short_report(amina, QUIET)
    await app.house.database.unit(lambda c: c.execute(update(cases).values(state="triage")).rowcount)
    async with open_office(app, clock) as office, clerk(office) as bruno:
        await bruno.enters(cast.bruno)
        await answers(bruno, QUESTION)
    await opens_her_report(amina, code)
    await keeps_drafts(amina)


@pytest.mark.parametrize("where", list(IN_HER_REPORT))
async def test_hiding_in_her_report_closes_it_and_leaves_a_greeting(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock, where: str
) -> None:
    amina = telegram.person("Amina")
    await looks_into_her_report(app, cast, amina, clock)
    await IN_HER_REPORT[where](amina)
    await amina.settles()

    await amina.says("/hide")
    hidden = await amina.settles()
    harmless = left(amina)
    await amina.taps("Start")
    found = await amina.settles()

    assert harmless == ["Hello."]
    assert hidden.labels == ("Start",)
    assert "I have a code" in found.labels
    assert "Carry on" not in found.labels
    assert OPENED not in (await state_of(app, amina)).answers


async def test_a_code_typed_before_hiding_is_not_offered_after_it(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    code = await sends_a_short_report(amina, QUIET)
    await amina.taps("I have kept my code")
    await starts_a_report_again(amina)
    await keeps_drafts(amina)
    await amina.says(code)
    await amina.reads("This is the code of a report.")

    await amina.says("/hide")
    await amina.settles()
    hidden = left(amina)
    await amina.taps("Start")
    found = await amina.settles()

    assert hidden == ["Hello."]
    assert "Open my report with it" not in found.labels
    assert (await state_of(app, amina)).code == ""


async def starts_a_report_again(amina: Person) -> None:
    await amina.says("/start")
    await amina.taps("Delete it and start again")
    for label in ("Report hate or harassment", "Yes", "It happened to me", "Bristol", "Go on"):
        await amina.taps(label)
    await amina.says("Again today.")
    await amina.reads("I have kept 1 message.")


async def test_a_code_not_yet_kept_can_be_read_after_hiding_by_who_keeps_drafts(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    code = await sends_a_short_report(amina, QUIET)
    await keeps_drafts(amina)

    for label in ("Exit", "Start", "Carry on"):
        await amina.taps(label)

    await amina.reads(code)


async def test_a_report_that_was_sent_is_closed_by_hiding_once_its_code_is_kept(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    await sends_a_short_report(amina, QUIET)
    await amina.taps("I have kept my code")
    await keeps_drafts(amina)

    for label in ("Exit", "Start"):
        await amina.taps(label)
    found = await amina.settles()

    assert "I have a code" in found.labels


BEGUN: dict[str, Steps] = {
    "story": path(says="They threw paint."),
    "reminder": path("Privacy", "Remind me tomorrow"),
    "reminder, own words": path("Privacy", "Remind me tomorrow", "My own words"),
    "reminder, hours": path("Privacy", "Remind me tomorrow", "There is news for you."),
    "messages": path("Privacy", "Delete messages here", "Delete before 48 hours"),
    "crisis card": path(says="he has a knife"),
}


@pytest.mark.parametrize("where", list(BEGUN))
async def test_a_draft_that_is_kept_says_nothing_of_itself_after_hiding(
    app: App, cast: Cast, telegram: TelegramWorld, where: str
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await keeps_drafts(amina)
    await BEGUN[where](amina)
    await amina.settles()

    await amina.taps("Exit")
    await amina.settles()
    harmless = left(amina)
    await amina.taps("Start")
    found = await amina.settles()
    await amina.taps("Carry on")

    assert harmless == ["Hello."]
    assert found.labels[:2] == ("Carry on", "Delete it and start again")
    await amina.reads("What happened?")


@pytest.mark.parametrize("tag", list(ENDONYMS))
@pytest.mark.parametrize("stop", ["menu", "erase", "story", "remind", "own words", "card"])
async def test_the_word_for_exit_clears_the_chat_in_every_language(
    app: App, cast: Cast, telegram: TelegramWorld, tag: str, stop: str
) -> None:
    ways = {
        "menu": (),
        "erase": ("Privacy", "Delete messages here"),
        "story": TO_THE_STORY,
        "remind": (*TO_THE_STORY, "Privacy", "Remind me tomorrow"),
        "own words": (*TO_THE_STORY, "Privacy", "Remind me tomorrow", "My own words"),
        "card": TO_THE_STORY,
    }
    amina = telegram.person("Amina")
    await amina.says("/start")
    for label in (ENDONYMS[tag], *(say(tag, label) for label in ways[stop])):
        await amina.taps(label)
    await amina.says("he has a knife" if stop == "card" else "abc")
    await amina.settles()

    await amina.says(plain(VOICES[tag].say(GLOBAL_WORDS["exit"]).replace("،", ",").split(",")[0]))
    await amina.settles()

    assert left(amina) == [say(tag, "Hello.")]


TO_THE_STORY = ("Report hate or harassment", "Yes", "It happened to me", "Bristol", "Go on")


async def test_a_nudge_of_a_chat_that_was_quiet_for_a_week_is_cleared_too(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await opens_her_report(amina, await sends_a_short_report(amina, QUIET))
    await IN_HER_REPORT["linked"](amina)
    await amina.says("/hide")
    await amina.settles()
    clock.advance(days=7)
    await app.retention.sweep()

    async with open_office(app, clock) as office, clerk(office) as bruno:
        await bruno.enters(cast.bruno)
        await answers(bruno, QUESTION)
    await app.delivery.send_due()
    await amina.reads("There is news for you.")
    await amina.says("/hide")
    await amina.settles()

    young = [message.text for message in amina.chat if clock() - message.sent < DAY]
    assert young == ["Hello."]


async def test_a_chat_is_cleared_though_telegram_was_away_until_the_draft_was_over(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    telegram.fails("deleteMessages", times=None, status=502)
    await amina.says("/hide")
    await amina.settles()
    clock.advance(hours=30)
    await app.delivery.send_due()
    await app.retention.sweep()
    kept = left(amina)

    telegram.heals()
    clock.advance(minutes=10)
    await app.delivery.send_due()
    await amina.settles()

    assert len(kept) > 1
    assert left(amina) == ["Hello."]
