"""What becomes of Amina's files once they are sent: what Bruno sees of them, and what she can still add."""

from hashlib import sha256

from bot.app import App
from tests.at_the_console import clerk, open_office
from tests.clock import Clock
from tests.conftest import Cast
from tests.evidence import (
    SAYS,
    TAKEN_OUT,
    comes_back,
    item_read_by_bruno,
    kept_blobs,
    sends_a_phones_photo,
    sends_the_report,
)
from tests.on_telegram import app, starts_a_report, telegram
from tests.photos import CAMERA, dots
from tests.telegram_world.server import TelegramWorld

__all__ = ["app", "telegram"]


async def test_bruno_sees_when_it_came_and_that_details_were_taken_out(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    taken = await sends_a_phones_photo(amina)
    await sends_the_report(amina)
    item = await item_read_by_bruno(app, cast)

    async with open_office(app, clock) as office, clerk(office) as bruno:
        await bruno.enters(cast.bruno)
        [case] = await bruno.cases()
        page = (await bruno.opens(case)).body
        saved = await bruno.opens(f"{case}/files/{item['blob']}")

    assert f'Received on <time datetime="{item["received_at"]}">' in page
    assert item["sha256"] in page
    assert sha256(taken).hexdigest() in page
    assert "taken out before sending: where it was made, when it was made and the phone or camera." in page
    assert "The original was not kept here." in page
    assert CAMERA.encode() not in saved.raw
    assert sha256(saved.raw).hexdigest() == item["sha256"]


async def test_what_her_photo_says_lies_nowhere_unlocked(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    taken = await sends_a_phones_photo(amina)
    await amina.taps("Also keep the original")
    await amina.settles()
    await sends_the_report(amina)

    database = app.config.database.read_bytes() + app.config.database.with_suffix(".sqlite3-wal").read_bytes()
    assert CAMERA.encode() in taken
    assert CAMERA.encode() not in database
    assert b"Exif" not in database
    assert sha256(taken).hexdigest().encode() not in database


async def test_bruno_cannot_save_an_original_that_was_kept(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await sends_a_phones_photo(amina)
    await amina.taps("Also keep the original")
    await amina.settles()
    await sends_the_report(amina)
    item = await item_read_by_bruno(app, cast)

    async with open_office(app, clock) as office, clerk(office) as bruno:
        await bruno.enters(cast.bruno)
        [case] = await bruno.cases()
        page = (await bruno.opens(case)).body
        saved = await bruno.opens(f"{case}/files/{item['original']['blob']}")

    assert "Only the reporter can open the original" in page
    assert saved.status == 404


async def test_an_original_that_was_kept_can_be_sent_later(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    taken = await sends_a_phones_photo(amina)
    await amina.taps("Also keep the original")
    await amina.settles()
    await comes_back(amina, await sends_the_report(amina))
    blob = (await item_read_by_bruno(app, cast))["original"]["blob"]

    await amina.says("The police asked for it.")
    for label in ("That's all", "Yes"):
        await amina.taps(label)
    await amina.reads("1 photo, with its hidden details")
    await amina.taps("Send it")
    await amina.reads("I have sent your message.")
    await amina.settles()

    async with open_office(app, clock) as office, clerk(office) as bruno:
        await bruno.enters(cast.bruno)
        [case] = await bruno.cases()
        page = (await bruno.opens(case)).body
        saved = await bruno.opens(f"{case}/files/{blob}")
    assert saved.raw == taken
    assert "This file is as it was sent. It also says: where it was made" in page


async def test_an_original_stays_when_she_says_no(app: App, cast: Cast, telegram: TelegramWorld, clock: Clock) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await sends_a_phones_photo(amina)
    await amina.taps("Also keep the original")
    await amina.settles()
    await comes_back(amina, await sends_the_report(amina))
    blob = (await item_read_by_bruno(app, cast))["original"]["blob"]

    await amina.says("Is there news?")
    for label in ("That's all", "No", "Send it"):
        await amina.taps(label)
    await amina.reads("I have sent your message.")
    await amina.settles()

    async with open_office(app, clock) as office, clerk(office) as bruno:
        await bruno.enters(cast.bruno)
        [case] = await bruno.cases()
        assert (await bruno.opens(f"{case}/files/{blob}")).status == 404
    assert blob in await kept_blobs(app)


async def test_a_photo_in_a_message_is_cleaned_as_in_a_report(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They shouted.")
    await amina.settles()
    await comes_back(amina, await sends_the_report(amina))

    taken = await sends_a_phones_photo(amina)
    assert f"{SAYS} {TAKEN_OUT}" in amina.screen.text
    for label in ("That's all", "Send it"):
        await amina.taps(label)
    await amina.reads("I have sent your message.")
    await amina.settles()

    async with open_office(app, clock) as office, clerk(office) as bruno:
        await bruno.enters(cast.bruno)
        [case] = await bruno.cases()
        page = (await bruno.opens(case)).body
        (blob,) = await kept_blobs(app)
        saved = await bruno.opens(f"{case}/files/{blob}")
    assert sha256(taken).hexdigest() in page
    assert CAMERA.encode() not in saved.raw
    assert dots(saved.raw) == dots(taken)
