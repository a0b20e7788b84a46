"""Amina comes back to her report: she and Bruno write to each other, and she takes it back."""

from functools import partial
from typing import Any

from sqlalchemy import Connection, Table, select

from bot.app import App
from bot.storage.tables import blobs, letter_keys, letters, links, part_keys, parts
from tests.at_the_console import Clerk, clerk, open_office
from tests.clock import Clock
from tests.conftest import Cast
from tests.on_telegram import app, sends_a_short_report, telegram
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld

__all__ = ["app", "telegram"]

QUESTION = "Was it the same man as before?"
ANSWER = "Yes. He wore the red jacket again."


def everything_in(table: Table, connection: Connection) -> list[Any]:
    return list(connection.execute(select(table)).all())


async def opens_her_report(amina: Person, code: str) -> None:
    await amina.taps("I have kept my code")
    await amina.taps("No, thank you")
    await amina.taps("I have a code")
    await amina.says(code)
    await amina.reads("What would you like to do next?")


async def writes(amina: Person, words: str) -> None:
    await amina.taps("Write to them")
    await amina.says(words)
    for label in ("That's all", "Send it"):
        await amina.taps(label)
    await amina.reads("I have sent your message.")
    await amina.taps("Back to my report")
    await amina.reads("What would you like to do next?")


async def answers(bruno: Clerk, words: str) -> None:
    [case] = await bruno.cases()
    await bruno.presses(case, f"{case}/letters", words=words, language="en")


async def test_amina_and_bruno_write_to_each_other(app: App, cast: Cast, telegram: TelegramWorld, clock: Clock) -> None:
    amina = telegram.person("Amina")
    code = await sends_a_short_report(amina, "They shouted at me.")
    await opens_her_report(amina, code)

    await writes(amina, "It happened again today.")
    clock.advance(minutes=5)

    async with open_office(app, clock) as office, clerk(office) as bruno:
        await bruno.enters(cast.bruno)
        [case] = await bruno.cases()
        assert "It happened again today." in (await bruno.opens(case)).body
        await answers(bruno, QUESTION)
        assert "Not read by the reporter yet." in (await bruno.opens(case)).body

        await amina.taps("Back to the menu")
        await amina.taps("I have a code")
        await amina.says(code)
        await amina.reads("You have 1 new message.")
        await amina.taps("Read my messages")
        await amina.reads(QUESTION)
        assert "Read by the reporter on" in (await bruno.opens(case)).body


async def test_nobody_but_those_two_can_read_what_they_write(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await opens_her_report(amina, await sends_a_short_report(amina, "They shouted at me."))
    await writes(amina, ANSWER)

    database = app.config.database.read_bytes() + app.config.database.with_suffix(".sqlite3-wal").read_bytes()
    assert b"red jacket" not in database
    keys = await app.house.database.look(lambda c: c.execute(select(letter_keys.c.receiver)).scalars().all())
    assert sorted(keys) == ["bhcds", "reporter"]


async def test_a_linked_chat_is_told_of_news_in_its_own_words_and_opens_without_the_code(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await opens_her_report(amina, await sends_a_short_report(amina, "They shouted at me."))
    for label in ("Tell me when there is news", "Yes, link this chat", "My own words"):
        await amina.taps(label)
    await amina.says("The plants need water")
    await amina.taps("At any time")
    await amina.reads("This chat is linked.")
    for label in ("Back to my report", "Back to the menu"):
        await amina.taps(label)

    async with open_office(app, clock) as office, clerk(office) as bruno:
        await bruno.enters(cast.bruno)
        await answers(bruno, QUESTION)
    await app.delivery.send_due()

    await amina.reads("The plants need water")
    assert QUESTION not in amina.screen.text
    await amina.taps("Start")
    await amina.taps("I have a code")
    await amina.taps("Open my report")
    await amina.taps("Read my messages")
    await amina.reads(QUESTION)


async def test_an_agency_she_stops_sharing_with_can_open_nothing_any_more(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await opens_her_report(amina, await sends_a_short_report(amina, "They shouted at me."))

    for label in ("Who has my report", "Number 1", "No, do not share"):
        await amina.taps(label)
    await amina.reads("cannot open your report here.")

    async with open_office(app, clock) as office, clerk(office) as bruno:
        await bruno.enters(cast.bruno)
        [case] = await bruno.cases()
        page = (await bruno.opens(case)).body
    assert "They shouted at me." not in page
    assert "Taken back by the reporter" in page


async def test_a_deleted_report_is_gone_from_the_files_too(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    code = await sends_a_short_report(amina, "They shouted at me.")
    await opens_her_report(amina, code)
    await writes(amina, ANSWER)
    kept = await app.house.database.look(lambda c: c.execute(select(letters.c.locked)).scalars().all())

    for label in ("Delete my report", "Delete it"):
        await amina.taps(label)
    await amina.reads("Your report is deleted here.")
    await app.delivery.send_due()

    for table in (parts, part_keys, blobs, letters, letter_keys, links):
        assert await app.house.database.look(partial(everything_in, table)) == []
    files = app.config.database.read_bytes() + app.config.database.with_suffix(".sqlite3-wal").read_bytes()
    assert all(locked not in files for locked in kept)
    await amina.taps("Back to the menu")
    await amina.taps("I have a code")
    await amina.says(code)
    await amina.reads("I do not know that code.")
