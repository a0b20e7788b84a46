"""Files people send: each is locked under a key of its own and kept with the draft, whichever channel it came by.

The key travels with the answer, inside the sealed draft and later inside the report's parts; it is stored nowhere else.
"""

import asyncio
from hashlib import sha256

from sqlalchemy import Connection

from bot.encryption.content import ContentKey, bind, lock
from bot.encryption.purposes import Purpose
from bot.errors import SaysafeError
from bot.randomness import Random, new_id
from bot.storage import blobs, conversations, reports
from bot.storage.database import Database
from dialogs.inputs import Attached
from dialogs.texts import Text, text

MEBIBYTE = 1024 * 1024
MOST_BYTES = 20 * MEBIBYTE  # of one file, as Telegram lets a bot fetch no more
MOST_FILES = 40  # in one draft
MOST_TOGETHER = 120 * MEBIBYTE  # of one draft's files, locked
AT_ONCE = 2  # files being locked: each is held three times over meanwhile

TOO_BIG = text("A file can have 20 MB at most. Please send a smaller one.")
_TOO_MANY = text("I cannot keep more files for now. You can give them to the agency later.")
_NO_DRAFT = text("I cannot keep files yet. Please begin first, then send the file again.")
_EMPTY = text("That file is empty, so I did not keep it.")
_KINDS = {"image": "photo", "audio": "voice", "video": "video"}


class FileRefused(SaysafeError):
    """A file was not kept; `because` says why, kindly."""

    def __init__(self, because: Text) -> None:
        super().__init__()
        self.because = because


def kind_of(media_type: str) -> str:
    """What a file of this media type is to a person: "photo", "voice", "video" or "file"."""
    return _KINDS.get(media_type.partition("/")[0].strip().lower(), "file")


class Attachments:
    """Keeps files sealed."""

    def __init__(self, database: Database, random: Random) -> None:
        self._database = database
        self._random = random
        self._locking = asyncio.Semaphore(AT_ONCE)

    async def keep(  # noqa: PLR0913  # what channels tell of a file; each but the first two by name
        self,
        conversation_id: str | None,
        plain: bytes,
        *,
        kind: str,
        media_type: str = "",
        name: str = "",
        caption: str = "",
        seconds: int = 0,
        ref: str = "",
    ) -> Attached:
        """Lock `plain` and keep it durably with its conversation (None: there is none yet).

        The result's `key` is `ContentKey.to_bytes` in hex; the file is unlocked with `Purpose.BLOB` and `bind(blob)`.
        Raises `FileRefused`, or `StorageError` if the database cannot take it.
        """
        _check(conversation_id, plain)
        id, key = new_id(self._random), ContentKey.generate()
        async with self._locking:
            digest, sealed = await asyncio.to_thread(_locked, plain, key, id)
        conversation = conversation_id or ""
        await self._database.unit(lambda c: _store(c, conversation, id, sealed))
        return Attached(
            kind=kind,
            blob=id,
            key=key.to_bytes().hex(),
            sha256=digest,
            size=len(plain),
            media_type=media_type,
            name=name,
            caption=caption,
            seconds=seconds,
            ref=ref,
        )

    async def drop(self, conversation_id: str, attached: Attached) -> None:
        """Forget a file that became no answer."""
        await self._database.unit(lambda c: blobs.drop(c, attached.blob, conversation_id))


def _check(conversation_id: str | None, plain: bytes) -> None:
    if conversation_id is None:
        raise FileRefused(_NO_DRAFT)
    if not plain:
        raise FileRefused(_EMPTY)
    if len(plain) > MOST_BYTES:
        raise FileRefused(TOO_BIG)


def _locked(plain: bytes, key: ContentKey, id: str) -> tuple[str, bytes]:
    return sha256(plain).hexdigest(), lock(plain, key, Purpose.BLOB, context=bind(id))


def _store(connection: Connection, conversation: str, id: str, sealed: bytes) -> None:
    if conversations.by_id(connection, conversation) is None:  # it ended while the file was on its way
        raise FileRefused(_NO_DRAFT)
    held = blobs.held(connection, conversation)
    if held.files >= MOST_FILES or held.size + len(sealed) > MOST_TOGETHER:
        raise FileRefused(_TOO_MANY)
    reports.keep_blob(connection, id, conversation, sealed)
