"""Files people send are kept so that only their answer opens them, and never without bounds."""

import os
from hashlib import sha256

import pytest
from sqlalchemy import select

from bot.app import App
from bot.attachments import MOST_BYTES, MOST_FILES, Attachments, FileRefused, kind_of
from bot.channels.web.sessions import CHANNEL
from bot.encryption.content import ContentKey, bind, unlock
from bot.encryption.purposes import Purpose
from bot.messages import Address, Asked, Update
from bot.storage import blobs as stored_blobs
from bot.storage.tables import blobs

AMINA = Address(channel=CHANNEL, who="a" * 64)
PHOTO = b"\xff\xd8 a photo of the broken door"


@pytest.fixture
def attachments(app: App) -> Attachments:
    return Attachments(app.house.database, app.house.random)


@pytest.fixture
async def conversation(app: App) -> str:
    """Amina has begun."""
    begun = Update(id="1", address=AMINA, did=Asked(command="start"), at=app.house.clock())
    turned = await app.conversations.turn(begun)
    assert turned is not None
    return turned.conversation


async def _sealed(app: App) -> list[bytes]:
    return list(await app.house.database.look(lambda c: c.execute(select(blobs.c.sealed)).scalars().all()))


async def test_a_photo_opens_with_the_key_in_its_answer_only(
    app: App, attachments: Attachments, conversation: str
) -> None:
    kept = await attachments.keep(conversation, PHOTO, kind="photo", media_type="image/jpeg", name="door.jpg")

    (sealed,) = await _sealed(app)
    key = ContentKey.from_bytes(bytes.fromhex(kept.key))
    assert unlock(sealed, key, Purpose.BLOB, context=bind(kept.blob)) == PHOTO
    assert b"broken door" not in sealed
    assert (kept.size, kept.sha256) == (len(PHOTO), sha256(PHOTO).hexdigest())


async def test_two_files_never_share_a_key(attachments: Attachments, conversation: str) -> None:
    kept = [await attachments.keep(conversation, PHOTO, kind="photo") for _ in range(2)]

    assert kept[0].key != kept[1].key
    assert kept[0].blob != kept[1].blob


async def test_nothing_is_kept_before_a_conversation_exists(app: App, attachments: Attachments) -> None:
    with pytest.raises(FileRefused) as refused:
        await attachments.keep(None, PHOTO, kind="photo")

    assert "begin first" in refused.value.because.message
    assert await _sealed(app) == []


async def test_nothing_is_kept_for_a_conversation_that_ended(app: App, attachments: Attachments) -> None:
    with pytest.raises(FileRefused):
        await attachments.keep("f" * 32, PHOTO, kind="photo")

    assert await _sealed(app) == []


@pytest.mark.parametrize("size", [0, MOST_BYTES + 1])
async def test_empty_and_oversized_files_are_refused(attachments: Attachments, conversation: str, size: int) -> None:
    with pytest.raises(FileRefused):
        await attachments.keep(conversation, bytes(size), kind="file")


async def test_a_file_of_exactly_the_most_is_kept(app: App, attachments: Attachments, conversation: str) -> None:
    kept = await attachments.keep(conversation, os.urandom(MOST_BYTES), kind="video")

    assert kept.size == MOST_BYTES
    assert len(await _sealed(app)) == 1


async def test_a_draft_holds_no_more_files_than_it_may(app: App, attachments: Attachments, conversation: str) -> None:
    for _ in range(MOST_FILES):
        await attachments.keep(conversation, PHOTO, kind="photo")

    with pytest.raises(FileRefused):
        await attachments.keep(conversation, PHOTO, kind="photo")
    assert len(await _sealed(app)) == MOST_FILES


async def test_a_draft_holds_no_more_bytes_than_it_may(app: App, attachments: Attachments, conversation: str) -> None:
    big = bytes(MOST_BYTES)
    for _ in range(5):
        await attachments.keep(conversation, big, kind="video")

    with pytest.raises(FileRefused):
        await attachments.keep(conversation, big, kind="video")
    held = await app.house.database.look(lambda c: stored_blobs.held(c, conversation))
    assert held.files == 5


async def test_a_file_that_became_no_answer_is_forgotten(app: App, attachments: Attachments, conversation: str) -> None:
    kept = await attachments.keep(conversation, PHOTO, kind="photo")

    await attachments.drop(conversation, kept)

    assert await _sealed(app) == []


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [("image/png", "photo"), ("Audio/ogg", "voice"), ("video/mp4", "video"), ("text/html", "file"), ("", "file")],
)
def test_the_media_type_says_what_a_file_is(media_type: str, kind: str) -> None:
    assert kind_of(media_type) == kind
