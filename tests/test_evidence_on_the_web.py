"""On the web, too, Amina reads what her files say beside what they show, and chooses before anything leaves."""

from pathlib import Path

from bot.app import App
from tests.browser import axe_violations, browser
from tests.conftest import Cast
from tests.on_the_web import Visitor, amina, site, starts_a_report
from tests.photos import CAMERA, dots, phone_photo, photo
from tests.telegram_reading import file_of, read_by
from tests.test_web_words import recorded, sealed_files

__all__ = ["amina", "browser", "site"]


async def attaches_a_phones_photo(visitor: Visitor, folder: Path) -> bytes:
    taken = folder / "IMG_2027.jpg"
    taken.write_bytes(phone_photo())
    await visitor.attaches(taken)
    await visitor.reads("I have kept 1 message.")
    return taken.read_bytes()


async def test_a_photo_is_named_and_its_details_are_taken_out(
    app: App, cast: Cast, amina: Visitor, tmp_path: Path
) -> None:
    await starts_a_report(amina)
    taken = await attaches_a_phones_photo(amina, tmp_path)
    await amina.reads("This photo says where and when it was taken.")
    assert await axe_violations(amina.page) == []

    for label in ("That's all", "No more questions", "No", "Send"):
        await amina.presses(label)
    await amina.reads("Your code is")

    (report,) = await read_by(app, cast.bruno)
    (item,) = report["account"].entries[0].stored["items"]
    sent = await file_of(app, item)
    assert CAMERA.encode() not in sent
    assert dots(sent) == dots(taken)
    assert len(await sealed_files(app)) == 1


async def test_a_photo_can_be_sent_as_it_is(app: App, cast: Cast, amina: Visitor, tmp_path: Path) -> None:
    await starts_a_report(amina)
    taken = await attaches_a_phones_photo(amina, tmp_path)

    await amina.presses("Send it as it is")
    await amina.reads("I send that too.")
    for label in ("That's all", "No more questions", "No", "Send"):
        await amina.presses(label)
    await amina.reads("Your code is")

    (report,) = await read_by(app, cast.bruno)
    (item,) = report["account"].entries[0].stored["items"]
    assert await file_of(app, item) == taken


async def test_words_typed_with_a_photo_hide_no_warning(app: App, cast: Cast, amina: Visitor, tmp_path: Path) -> None:
    taken = tmp_path / "IMG.jpg"
    taken.write_bytes(phone_photo())
    await starts_a_report(amina)

    await amina.types("This is our door.")
    await amina.attaches(taken)

    await amina.reads("I have kept 2 messages.")
    await amina.reads("This photo says where and when it was taken.")


async def test_a_choice_made_keeps_what_was_typed_meanwhile(
    app: App, cast: Cast, amina: Visitor, tmp_path: Path
) -> None:
    await starts_a_report(amina)
    await attaches_a_phones_photo(amina, tmp_path)

    await amina.writes("This is our door.", then="Also keep the original")

    await amina.reads("I keep the original, locked with your code.")
    photo_item, words = (await recorded(app, amina))["account"]["items"]
    assert (photo_item["sends"], words["words"]) == ("keep", "This is our door.")


async def test_a_voice_note_can_be_taken_out_again(app: App, cast: Cast, amina: Visitor, tmp_path: Path) -> None:
    night = tmp_path / "night.ogg"
    night.write_bytes(b"OggS the night")
    await starts_a_report(amina)
    await amina.attaches(night)
    await amina.reads("Your voice can be recognised.")

    await amina.presses("Take out the last file")

    assert (await recorded(app, amina))["account"]["items"] == []


async def test_a_file_that_is_too_big_loses_no_photo_beside_it(
    app: App, cast: Cast, amina: Visitor, tmp_path: Path
) -> None:
    small, big = tmp_path / "small.jpg", tmp_path / "big.jpg"
    small.write_bytes(photo())
    big.write_bytes(bytes(21 * 1024 * 1024))
    await starts_a_report(amina)

    await amina.attaches(small, big)

    await amina.is_warned("A file can have 20 MB at most.")
    assert len((await recorded(app, amina))["account"]["items"]) == 1
