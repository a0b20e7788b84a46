"""Files people send: each is locked under a key of its own and kept with the draft, whichever channel it came by.

The key travels with the answer, inside the sealed draft and later inside the report's parts; it is stored nowhere else.
"""

import asyncio
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Connection

from bot.encryption.content import ContentKey, bind, lock
from bot.encryption.purposes import Purpose
from bot.errors import SaysafeError
from bot.hidden_data.looking import look
from bot.randomness import Random, new_id
from bot.storage import blobs, conversations, reports
from bot.storage.database import Database
from dialogs.inputs import Attached, Copy
from dialogs.texts import Text, text

MEBIBYTE = 1024 * 1024
MOST_BYTES = 20 * MEBIBYTE  # of one file, as Telegram lets a bot fetch no more
MOST_FILES = 40  # in one draft
MOST_TOGETHER = 120 * MEBIBYTE  # of one draft's files, locked
AT_ONCE = 2  # files being looked into, locked and stored: each is held five times over beside itself meanwhile
MOST_NAME = 120  # letters of a file's name that are kept

TOO_BIG = text("A file can have 20 MB at most. Please send a smaller one.")
_TOO_MANY = text("I cannot keep more files for now. You can give them to the agency later.")
_NO_DRAFT = text("I cannot keep files yet. Please begin first, then send the file again.")
_EMPTY = text("That file is empty, so I did not keep it.")
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}")
_KINDS = {"image": "photo", "audio": "voice", "video": "video"}


class FileRefused(SaysafeError):
    """A file was not kept; `because` says why, kindly."""

    def __init__(self, because: Text) -> None:
        super().__init__()
        self.because = because


def kind_of(media_type: str) -> str:
    """What a file of this media type is to a person: "photo", "voice", "video" or "file"."""
    return _KINDS.get(media_type.partition("/")[0].strip().lower(), "file")


def bare_name(name: str) -> str:
    """A file's name without folders, and without letters that do not show, such as those that turn words around."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(c for c in last if unicodedata.category(c)[0] != "C")[-MOST_NAME:]


def bare_type(media_type: str) -> str:
    """A media type as it should be written; what is none becomes that of any file."""
    bare = media_type.partition(";")[0].strip().lower()
    return bare if _MEDIA_TYPE.fullmatch(bare) else "application/octet-stream"


Rows = dict[str, bytes]  # locked files, by blob


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A file as it was locked and what was found in it; `clean`: a copy of a photo that says no more than it shows."""

    file: Copy
    says: tuple[str, ...]
    sure: bool
    clean: Copy | None = None


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
        at: datetime,
        media_type: str = "",
        name: str = "",
        caption: str = "",
        seconds: int = 0,
        ref: str = "",
    ) -> Attached:
        """Lock `plain` as it is and keep it durably with its conversation (None: there is none yet); `at`: now.

        Of a photo that says more than it shows, a copy without that is kept beside it. The keys of the result are
        `ContentKey.to_bytes` in hex; each blob is unlocked with `Purpose.BLOB` and `bind(blob)`.
        Raises `FileRefused`, or `StorageError` if the database cannot take it.
        """
        _check(conversation_id, plain)
        id = new_id(self._random)
        conversation = conversation_id or ""
        async with self._locking:  # until it is stored, as what waits for the database is held in memory too
            seen, rows = await asyncio.to_thread(_locked_up, plain, id)
            try:
                await self._database.unit(lambda c: _store(c, conversation, rows))
            finally:
                rows.clear()  # the database's thread remembers the last unit until the next one
        return Attached(
            kind=kind,
            blob=seen.file.blob,
            key=seen.file.key,
            sha256=seen.file.sha256,
            size=seen.file.size,
            received_at=at.astimezone(UTC).isoformat(timespec="seconds"),
            says=seen.says,
            sure=seen.sure,
            clean=seen.clean,
            media_type=bare_type(media_type),
            name=bare_name(name),
            caption=caption,
            seconds=seconds,
            ref=ref,
        )

    async def drop(self, conversation_id: str, attached: Attached) -> None:
        """Forget a file that became no answer, with its copy."""
        ids = (attached.blob, *([attached.clean.blob] if attached.clean else []))
        await self._database.unit(lambda c: blobs.drop(c, ids, conversation_id))


def _check(conversation_id: str | None, plain: bytes) -> None:
    if conversation_id is None:
        raise FileRefused(_NO_DRAFT)
    if not plain:
        raise FileRefused(_EMPTY)
    if len(plain) > MOST_BYTES:
        raise FileRefused(TOO_BIG)


def _locked_up(plain: bytes, id: str) -> tuple[_Seen, Rows]:
    found, rows = look(plain), {}
    file, rows[id] = _locked(plain, id)
    clean = None
    if found.clean is not None:
        clean_id = blobs.copy_id(id)
        clean, rows[clean_id] = _locked(found.clean, clean_id)
    return _Seen(file=file, says=tuple(sorted(found.says)), sure=found.sure, clean=clean), rows


def _locked(plain: bytes, id: str) -> tuple[Copy, bytes]:
    key = ContentKey.generate()
    sealed = lock(plain, key, Purpose.BLOB, context=bind(id))
    copy = Copy(blob=id, key=key.to_bytes().hex(), sha256=sha256(plain).hexdigest(), size=len(plain))
    return copy, sealed


def _store(connection: Connection, conversation: str, rows: Rows) -> None:
    if not rows or conversations.by_id(connection, conversation) is None:  # given up, or it ended, on the way
        raise FileRefused(_NO_DRAFT)
    held = blobs.held(connection, conversation)
    original, *_ = rows.values()
    if held.files >= MOST_FILES or held.size + len(original) > MOST_TOGETHER:
        raise FileRefused(_TOO_MANY)
    for id, sealed in rows.items():
        reports.keep_blob(connection, id, conversation, sealed)
