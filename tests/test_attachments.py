"""Files people send are kept so that only their answer opens them, and never without bounds."""

import asyncio
import os
import tracemalloc
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.app import App
from bot.attachments import AT_ONCE, MEBIBYTE, MOST_BYTES, MOST_FILES, Attachments, FileRefused, kind_of
from bot.channels.web.sessions import CHANNEL
from bot.encryption.content import ContentKey, bind, unlock
from bot.encryption.purposes import Purpose
from bot.messages import Address, Asked, Update
from bot.storage import blobs as stored_blobs
from bot.storage.tables import blobs
from tests.clock import A_MONDAY
from tests.photos import phone_photo

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
    kept = await attachments.keep(
        conversation, PHOTO, kind="photo", at=A_MONDAY, media_type="image/jpeg", name="door.jpg"
    )

    (sealed,) = await _sealed(app)
    key = ContentKey.from_bytes(bytes.fromhex(kept.key))
    assert unlock(sealed, key, Purpose.BLOB, context=bind(kept.blob)) == PHOTO
    assert b"broken door" not in sealed
    assert (kept.size, kept.sha256) == (len(PHOTO), sha256(PHOTO).hexdigest())


async def test_two_files_never_share_a_key(attachments: Attachments, conversation: str) -> None:
    kept = [await attachments.keep(conversation, PHOTO, kind="photo", at=A_MONDAY) for _ in range(2)]

    assert kept[0].key != kept[1].key
    assert kept[0].blob != kept[1].blob


async def test_nothing_is_kept_before_a_conversation_exists(app: App, attachments: Attachments) -> None:
    with pytest.raises(FileRefused) as refused:
        await attachments.keep(None, PHOTO, kind="photo", at=A_MONDAY)

    assert "begin first" in refused.value.because.message
    assert await _sealed(app) == []


async def test_nothing_is_kept_for_a_conversation_that_ended(app: App, attachments: Attachments) -> None:
    with pytest.raises(FileRefused):
        await attachments.keep("f" * 32, PHOTO, kind="photo", at=A_MONDAY)

    assert await _sealed(app) == []


@pytest.mark.parametrize("size", [0, MOST_BYTES + 1])
async def test_empty_and_oversized_files_are_refused(attachments: Attachments, conversation: str, size: int) -> None:
    with pytest.raises(FileRefused):
        await attachments.keep(conversation, bytes(size), kind="file", at=A_MONDAY)


async def test_a_file_of_exactly_the_most_is_kept(app: App, attachments: Attachments, conversation: str) -> None:
    kept = await attachments.keep(conversation, os.urandom(MOST_BYTES), kind="video", at=A_MONDAY)

    assert kept.size == MOST_BYTES
    assert len(await _sealed(app)) == 1


async def test_a_draft_holds_no_more_files_than_it_may(app: App, attachments: Attachments, conversation: str) -> None:
    for _ in range(MOST_FILES):
        await attachments.keep(conversation, PHOTO, kind="photo", at=A_MONDAY)

    with pytest.raises(FileRefused):
        await attachments.keep(conversation, PHOTO, kind="photo", at=A_MONDAY)
    assert len(await _sealed(app)) == MOST_FILES


async def test_a_draft_holds_no_more_bytes_than_it_may(app: App, attachments: Attachments, conversation: str) -> None:
    big = bytes(MOST_BYTES)
    for _ in range(5):
        await attachments.keep(conversation, big, kind="video", at=A_MONDAY)

    with pytest.raises(FileRefused):
        await attachments.keep(conversation, big, kind="video", at=A_MONDAY)
    held = await app.house.database.look(lambda c: stored_blobs.held(c, conversation))
    assert held.files == 5


async def test_a_file_that_became_no_answer_is_forgotten(app: App, attachments: Attachments, conversation: str) -> None:
    kept = await attachments.keep(conversation, PHOTO, kind="photo", at=A_MONDAY)

    await attachments.drop(conversation, kept)

    assert await _sealed(app) == []


async def test_copies_without_place_and_time_take_no_room_from_files(
    app: App, attachments: Attachments, conversation: str
) -> None:
    taken = phone_photo()
    for _ in range(MOST_FILES):
        await attachments.keep(conversation, taken, kind="photo", at=A_MONDAY)

    with pytest.raises(FileRefused):
        await attachments.keep(conversation, taken, kind="photo", at=A_MONDAY)
    assert len(await _sealed(app)) == 2 * MOST_FILES


async def test_a_photo_that_became_no_answer_is_forgotten_with_its_copy(
    app: App, attachments: Attachments, conversation: str
) -> None:
    kept = await attachments.keep(conversation, phone_photo(), kind="photo", at=A_MONDAY)
    assert kept.clean is not None

    await attachments.drop(conversation, kept)

    assert await _sealed(app) == []


async def test_the_time_a_file_came_is_kept_with_it(attachments: Attachments, conversation: str) -> None:
    at = datetime(2027, 7, 1, 10, 30, tzinfo=ZoneInfo("Europe/London"))

    kept = await attachments.keep(conversation, PHOTO, kind="photo", at=at)

    assert kept.received_at == "2027-07-01T09:30:00+00:00"


async def test_memory_is_taken_for_two_files_however_many_come(attachments: Attachments, conversation: str) -> None:
    size = 4 * MEBIBYTE
    film = os.urandom(size)
    tracemalloc.start()

    await asyncio.gather(*(attachments.keep(conversation, film, kind="video", at=A_MONDAY) for _ in range(10)))

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 5 * AT_ONCE * size


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [("image/png", "photo"), ("Audio/ogg", "voice"), ("video/mp4", "video"), ("text/html", "file"), ("", "file")],
)
def test_the_media_type_says_what_a_file_is(media_type: str, kind: str) -> None:
    assert kind_of(media_type) == kind
