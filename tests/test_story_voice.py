"""Amina speaks instead of typing: what her voice gives away is said before anything leaves, and what is too big too."""

from hashlib import sha256

import pytest

from bot.app import App
from bot.attachments import MOST_BYTES
from bot.storage.tables import reports
from tests.afterwards import kept, office
from tests.at_the_console import Office
from tests.conftest import Cast
from tests.evidence import sends_the_report
from tests.on_telegram import app, sends_a_short_report, starts_a_report, telegram
from tests.stories import at_work, comes_back, files_on, goes_through, only_case, taps_all
from tests.telegram_reading import told_by
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld

__all__ = ["app", "office", "telegram"]

RECOGNISED = "Your voice can be recognised. You can take it out and type."
TOO_BIG = "A file can have 20 MB at most."


@pytest.fixture
async def amina(cast: Cast, telegram: TelegramWorld) -> Person:
    return telegram.person("Amina")


async def test_before_a_report_leaves_she_knows_that_a_voice_can_be_recognised(
    app: App, cast: Cast, office: Office, amina: Person
) -> None:
    await starts_a_report(amina)
    await amina.sends_voice(4, b"OggS her voice")
    await amina.reads(RECOGNISED)
    assert await kept(app, reports) == []

    await taps_all(amina, "That's all", "No more questions", "No")
    assert "A voice note" in amina.screen.text
    assert await kept(app, reports) == []
    await taps_all(amina, "Send")

    async with at_work(office, cast.bruno) as bruno:
        page = await bruno.opens(await only_case(bruno))
        [voice] = files_on(page)
        assert (await bruno.opens(voice)).raw == b"OggS her voice"
    assert sha256(b"OggS her voice").hexdigest() in page.body


async def test_a_voice_that_was_taken_out_never_reaches_bruno(
    app: App, cast: Cast, office: Office, amina: Person
) -> None:
    await starts_a_report(amina)
    await amina.sends_voice(4, b"OggS her voice")
    await amina.reads(RECOGNISED)
    await taps_all(amina, "Take out the last file")
    await amina.says("They shouted at me.")
    await amina.settles()
    await sends_the_report(amina)

    async with at_work(office, cast.bruno) as bruno:
        page = await bruno.opens(await only_case(bruno))
    assert files_on(page) == []
    assert "They shouted at me." in page.body
    assert "Voice note" not in page.body


async def test_a_voice_in_a_letter_is_told_of_as_in_a_report(
    app: App, cast: Cast, office: Office, amina: Person
) -> None:
    await comes_back(amina, await sends_a_short_report(amina, "They shouted at me."))
    await goes_through(amina, "Write to them")

    await amina.sends_voice(4, b"OggS her voice")
    await amina.reads(RECOGNISED)
    await taps_all(amina, "That's all")
    assert "A voice note" in amina.screen.text
    await taps_all(amina, "Send it")

    async with at_work(office, cast.bruno) as bruno:
        [voice] = files_on(await bruno.opens(await only_case(bruno)))
        assert (await bruno.opens(voice)).raw == b"OggS her voice"


async def test_how_big_a_file_can_be_is_said_before_any_is_sent(amina: Person) -> None:
    await starts_a_report(amina)
    assert "20 MB" in (await amina.settles()).text
    await amina.says("They shouted at me.")
    await amina.settles()
    await comes_back(amina, await sends_the_report(amina))

    await goes_through(amina, "Write to them")

    assert "Each can have 20 MB at most." in amina.screen.text


async def test_a_file_as_big_as_may_be_is_kept_and_one_byte_more_loses_nothing_else(
    app: App, cast: Cast, amina: Person
) -> None:
    await starts_a_report(amina)
    await amina.says("They shouted at me.")
    await amina.sends_document(bytes(MOST_BYTES), "film.mp4", "video/mp4")
    await amina.reads("I have kept 2 messages.")

    await amina.sends_document(bytes(MOST_BYTES + 1), "film.mp4", "video/mp4")

    await amina.reads(TOO_BIG)
    assert [item["size"] for item in await told_by(app, amina) if item.get("blob")] == [MOST_BYTES]
    assert [item["words"] for item in await told_by(app, amina)][0] == "They shouted at me."
