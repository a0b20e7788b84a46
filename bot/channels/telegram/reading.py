"""What somebody did on Telegram, as our own values. Pure, but for the files, which are fetched elsewhere."""

import re
from dataclasses import dataclass, field
from datetime import datetime

import telegram
from telegram.constants import ChatType

from bot.attachments import MOST_BYTES, TOO_BIG
from bot.messages import Address, Asked, Did, Edited, Said, Tap, Unusable, Update
from dialogs.inputs import Attached
from dialogs.texts import NOTHING

COMMANDS = {
    "start": "start",
    "help": "help",
    "hide": "exit",
    "exit": "exit",
    "stop": "exit",
    "language": "language",
    "privacy": "privacy",
    "back": "back",
    "skip": "skip",
}
POSTER = re.compile(r"[A-Za-z0-9_-]{1,40}")  # the code that a poster's link carries
# What Telegram reports as a message though nobody said anything.
SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "pinned_message",
    "message_auto_delete_timer_changed",
    "chat_background_set",
    "write_access_allowed",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileToFetch:
    """A file that somebody sent; `file_id` is Telegram's, and is not kept."""

    kind: str
    file_id: str = field(repr=False)
    size: int
    media_type: str
    name: str = field(default="", repr=False)
    caption: str = field(default="", repr=False)
    seconds: int = 0


def private_chat(update: telegram.Update) -> int | None:
    """The private chat an update is from; None if it is from elsewhere."""
    chat = update.effective_chat
    return chat.id if chat is not None and chat.type == ChatType.PRIVATE else None


def read(update: telegram.Update, now: datetime) -> "tuple[Update, FileToFetch | None] | None":
    """Our value of `update`, and a file to fetch before the turn; None if it says nothing to us."""
    chat = private_chat(update)
    if chat is None:
        return None
    did, file = _did(update)
    if did is None:
        return None
    message = update.message
    query = update.callback_query
    ours = Update(
        id=str(update.update_id),
        address=Address(channel="telegram", who=str(chat)),
        did=did,
        at=now,
        message=str(message.message_id) if message else "",
        pressed=str(query.message.message_id) if query and query.message else "",
    )
    return ours, file


def _did(update: telegram.Update) -> tuple[Did | None, FileToFetch | None]:
    if update.callback_query is not None:
        return Tap(data=whole(update.callback_query.data or "")), None
    if update.edited_message is not None:
        return _of_edit(update.edited_message), None
    return _of_message(update.message) if update.message is not None else (None, None)


def _of_edit(edited: telegram.Message) -> Edited | None:
    """Words, or the words below a file, which may be gone now; a shared place that moves says nothing."""
    if not (edited.text or edited.caption or _file(edited)):
        return None
    return Edited(words=whole(edited.text or edited.caption or ""), ref=str(edited.message_id))


def _of_message(message: telegram.Message) -> tuple[Did | None, FileToFetch | None]:
    ref = str(message.message_id)
    if message.text:
        return _of_text(whole(message.text), ref), None
    if message.location is not None:
        place = f"{message.location.latitude:.5f}, {message.location.longitude:.5f}"
        return Attached(kind="place", blob="", key="", sha256="", size=0, caption=place, ref=ref), None
    file = _file(message)
    if file is not None:
        unkept = Unusable(because=TOO_BIG if file.size > MOST_BYTES else NOTHING, caption=file.caption)
        return unkept, None if file.size > MOST_BYTES else file
    if any(getattr(message, kind) for kind in SERVICE):
        return None, None
    return Unusable(), None


def _of_text(words: str, ref: str) -> Did:
    name, *rest = words.split(maxsplit=1) or [""]
    command = COMMANDS.get(name.removeprefix("/").partition("@")[0].lower()) if name.startswith("/") else None
    if command is None:
        return Said(words=words, ref=ref)
    payload = rest[0].strip() if rest and command == "start" else ""
    payload = payload if POSTER.fullmatch(payload) else ""
    return Asked(command=command, payload=payload, words="" if payload else "".join(rest))


def whole(words: str) -> str:
    """`words` without halves of letters (lone surrogates), which no file can hold; a mark stands in their place."""
    if words.isascii():
        return words
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _file(message: telegram.Message) -> FileToFetch | None:
    caption = whole(message.caption or "")
    if message.voice or message.audio:
        sound = message.voice or message.audio
        return _sent("voice", sound, caption, seconds=_seconds(sound), usual="audio/ogg")
    if message.photo:
        return _sent("photo", message.photo[-1], caption, usual="image/jpeg")
    film = message.video or message.video_note or message.animation
    if film:
        return _sent("video", film, caption, seconds=_seconds(film), usual="video/mp4")
    return _sent("file", message.document, caption, usual="application/octet-stream") if message.document else None


def _sent(kind: str, sent: object, caption: str, *, usual: str, seconds: int = 0) -> FileToFetch:
    return FileToFetch(
        kind=kind,
        file_id=getattr(sent, "file_id", ""),
        size=getattr(sent, "file_size", None) or 0,
        media_type=getattr(sent, "mime_type", None) or usual,
        name=whole(getattr(sent, "file_name", None) or ""),
        caption=caption,
        seconds=seconds,
    )


def _seconds(sent: object) -> int:
    length = getattr(sent, "duration", 0)
    return int(length.total_seconds()) if hasattr(length, "total_seconds") else int(length or 0)
