"""Amina is told what her files say beside what they show, chooses, and exactly what she chose leaves."""

import asyncio
from hashlib import sha256

import pytest

from bot.app import App
from bot.channels.telegram.receiver import FETCHES_AT_ONCE
from bot.encryption.codes import code_key, lookup_id, parse_code
from bot.encryption.content import ContentKey, bind, unlock
from bot.encryption.errors import CannotOpen
from bot.encryption.keys import PrivateKey
from bot.encryption.passphrase import FOR_TESTS
from bot.encryption.purposes import Purpose
from bot.handing_over import original_key
from bot.storage import reports
from bot.storage.tables import blobs
from tests.clock import A_MONDAY
from tests.conftest import Cast
from tests.evidence import SAYS, TAKEN_OUT, item_read_by_bruno, kept_blobs, sends_a_phones_photo, sends_the_report
from tests.on_telegram import app, starts_a_report, telegram
from tests.photos import CAMERA, dots, film_with_place, letter, phone_photo, photo
from tests.telegram_reading import file_of, rows, told_by
from tests.telegram_world.server import TelegramWorld

__all__ = ["app", "telegram"]

CHOICES = [
    "Take these details out",
    "Also keep the original",
    "Send it as it is",
    "Take out the last file",
    "That's all",
]


async def key_behind(app: App, code: str) -> tuple[str, PrivateKey]:
    """The report a code opens, and its reporter's key."""
    parsed = parse_code(code)
    assert parsed is not None
    filed = await app.house.database.look(lambda c: reports.by_lookup(c, lookup_id(parsed, app.house.keyring.pepper())))
    assert filed is not None
    key = code_key(parsed, filed.salt, FOR_TESTS)
    opened = unlock(filed.reporter_private, key, Purpose.REPORTER_KEY, context=bind(filed.id))
    return filed.id, PrivateKey.from_bytes(opened)


async def test_a_photo_is_named_and_its_details_are_taken_out(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)

    taken = await sends_a_phones_photo(amina)
    screen = amina.screen
    await sends_the_report(amina)
    item = await item_read_by_bruno(app, cast)
    sent = await file_of(app, item)

    assert f"{SAYS} {TAKEN_OUT}" in screen.text
    assert [label.removeprefix("✓ ") for label in screen.labels][:5] == CHOICES
    assert CAMERA.encode() not in sent
    assert dots(sent) == dots(taken)
    assert item["sha256"] == sha256(sent).hexdigest()
    assert item["original"] == {"sha256": sha256(taken).hexdigest(), "size": len(taken)}
    assert (item["cleaned"], item["received_at"]) == (True, A_MONDAY.isoformat())


async def test_what_was_taken_out_is_gone_once_the_report_is_sent(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await sends_a_phones_photo(amina)
    before = await kept_blobs(app)

    await sends_the_report(amina)

    assert len(before) == 2
    assert await kept_blobs(app) == {(await item_read_by_bruno(app, cast))["blob"]}


async def test_a_photo_sent_as_it_is_arrives_bit_for_bit(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    taken = await sends_a_phones_photo(amina)

    await amina.taps("Send it as it is")
    await amina.reads("I send that too.")
    await amina.settles()
    await sends_the_report(amina)
    item = await item_read_by_bruno(app, cast)

    assert await file_of(app, item) == taken
    assert (item["cleaned"], item["says"], "original" in item) == (False, ["device", "place", "time"], False)


async def test_an_original_that_is_kept_opens_with_her_code_alone(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    taken = await sends_a_phones_photo(amina)
    await amina.taps("Also keep the original")
    await amina.reads("I keep the original, locked with your code.")
    await amina.settles()
    code = await sends_the_report(amina)
    item = await item_read_by_bruno(app, cast)
    original = item["original"]
    report, key = await key_behind(app, code)

    assert CAMERA.encode() not in await file_of(app, item)
    opened = await file_of(app, {"blob": original["blob"], "key": original_key(original, report, key).to_bytes().hex()})
    assert opened == taken
    with pytest.raises(CannotOpen):
        original_key(original, report, cast.bruno.agency.key)
    sealed = await app.house.database.look(lambda c: reports.blob(c, original["blob"], report))
    assert sealed is not None
    with pytest.raises(CannotOpen):
        unlock(sealed, ContentKey.from_bytes(bytes.fromhex(item["key"])), Purpose.BLOB, context=bind(original["blob"]))


async def test_a_choice_can_be_changed_until_sending(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    taken = await sends_a_phones_photo(amina)

    for label in ("Send it as it is", "Also keep the original", "Take these details out"):
        await amina.taps(label)
    await amina.settles()
    await sends_the_report(amina)

    assert await file_of(app, await item_read_by_bruno(app, cast)) != taken


async def test_the_check_says_what_becomes_of_the_photo(cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await sends_a_phones_photo(amina)

    for label in ("That's all", "No more questions", "No"):
        await amina.taps(label)
    await amina.reads("A photo, without its hidden details")


async def test_several_photos_are_chosen_for_together_and_the_next_anew(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    for _ in range(2):
        await amina.sends_document(phone_photo(), "IMG.jpg", "image/jpeg")
    await amina.reads("2 photos say where and when they were taken.")
    await amina.taps("Send it as it is")
    await amina.settles()

    await amina.sends_document(phone_photo(), "home.jpg", "image/jpeg")
    await amina.reads(SAYS)
    await amina.settles()

    assert [item["sends"] for item in await told_by(app, amina)] == ["as-is", "as-is", "clean"]


async def test_a_photo_that_says_nothing_brings_no_question(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)

    await amina.sends_photo(photo())
    await amina.reads("I have kept 1 message.")
    screen = await amina.settles()

    assert "says" not in screen.text
    assert screen.labels[:2] == ("Take out the last file", "That's all")
    assert await rows(app, blobs) == 1


@pytest.mark.parametrize(
    ("content", "name", "media_type", "said"),
    [
        (film_with_place(), "VID.mov", "video/quicktime", "This file says where it was made. I cannot take that out."),
        (letter(), "letter.docx", "application/msword", "This file holds a name. I cannot take that out."),
        (b"%PDF-1.7", "letter.pdf", "application/pdf", "A file can hold a name and dates."),
    ],
)
async def test_what_cannot_be_taken_out_is_named_too(
    cast: Cast, telegram: TelegramWorld, content: bytes, name: str, media_type: str, said: str
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)

    await amina.sends_document(content, name, media_type)

    await amina.reads(said)


async def test_a_voice_can_be_taken_out_and_typed_instead(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.sends_voice(4)
    await amina.reads("Your voice can be recognised. You can take it out and type.")

    await amina.taps("Take out the last file")
    await amina.says("They shouted.")
    await amina.reads("I have kept 1 message.")
    await amina.settles()
    await sends_the_report(amina)

    assert (await item_read_by_bruno(app, cast))["words"] == "They shouted."
    assert await rows(app, blobs) == 0


async def test_it_is_said_once_that_a_voice_can_be_recognised(cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.sends_voice(4)
    await amina.reads("Your voice can be recognised.")

    await amina.sends_voice(4)
    await amina.reads("I have kept 2 messages.")
    screen = await amina.settles()

    assert "recognised" not in screen.text


async def test_words_below_a_file_stay_when_it_is_taken_out(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.sends_photo(phone_photo(), "This is the door.")
    await amina.reads("I have kept 1 message.")

    await amina.taps("Take out the last file")
    await amina.settles()

    (item,) = await told_by(app, amina)
    assert (item["words"], "blob" in item) == ("This is the door.", False)


LIES = [
    ("a program", b"MZ\x90\0 this is no photo", "photo.jpg", "image/jpeg"),
    ("half a photo", phone_photo()[:500], "half.jpg", "image/jpeg"),
    ("words as film", b"these are words", "film.mp4", "video/mp4"),
    ("a name that turns", photo(), "../../\u202egpj.exe\x00", "image/jpeg; x=\r\ny"),
    ("a photo and an archive", phone_photo() + letter(), "both.jpg", "application/zip"),
]


@pytest.mark.parametrize(("content", "name", "media_type"), [lie[1:] for lie in LIES], ids=[lie[0] for lie in LIES])
async def test_a_file_that_lies_is_kept_kindly_and_loses_nothing(
    app: App, cast: Cast, telegram: TelegramWorld, content: bytes, name: str, media_type: str
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint.")

    await amina.sends_document(content, name, media_type)
    await amina.reads("I have kept 2 messages.")
    await amina.settles()

    words, item = await told_by(app, amina)
    assert words["words"] == "They threw paint."
    assert await file_of(app, item) == content
    assert not set(item["name"]) & set("/\\\u202e\x00")
    assert not set(item["media_type"]) & set("\r\n;")


async def test_a_photo_that_is_too_big_loses_no_other(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await sends_a_phones_photo(amina)

    await amina.sends_document(bytes(21 * 1024 * 1024), "big.jpg", "image/jpeg")
    await amina.reads("A file can have 20 MB at most.")
    await amina.settles()

    assert len(await told_by(app, amina)) == 1
    assert await rows(app, blobs) == 2


async def test_many_photos_at_once_are_all_cleaned(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    many = 2 * FETCHES_AT_ONCE

    await asyncio.gather(*(amina.sends_document(phone_photo(), "IMG.jpg", "image/jpeg") for _ in range(many)))
    await amina.reads(f"{many} photos say where and when they were taken.")
    await amina.settles()

    assert await rows(app, blobs) == 2 * many
