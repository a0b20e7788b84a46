"""Posted forms, read with bounds and held in memory only: what somebody sends is never written to the disk unlocked."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from bot.attachments import MEBIBYTE, MOST_BYTES, bare_name, bare_type
from bot.channels.web.room import Room, Share

MOST_WORDS = MEBIBYTE  # bytes of typed words: some more than the dialogs keep, so that they can say so themselves
MOST_FORM = 3 * MOST_WORDS + MEBIBYTE  # a form without files: each byte may be written as three
MOST_SENT = 1024 * MEBIBYTE  # read to its end, and forgotten, so that a browser hears why it was refused
MOST_SECONDS = 600.0  # until a form has come: 20 MB at 270 kbit a second
MOST_SILENCE = 30.0  # seconds without a byte
MOST_FIELDS = 6
MOST_ENTRIES = 10  # files in one form
NONE: AbstractSet[int] = frozenset()


class TooMuch(Exception):
    """A form that cannot be one of ours: too long, or not a form."""


class TooSlow(Exception):
    """A form that did not come to its end in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file as it arrived."""

    plain: bytes = field(repr=False)
    media_type: str
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was in a form. `form` and `screen` say which page it was on.

    `too_big`: files were left out for it; `crowded`: since too many came from everybody just then.
    """

    form: str = ""
    screen: str = ""
    tap: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    locale: str = ""
    poster: str = ""
    files: tuple[SentFile, ...] = ()
    too_big: bool = False
    crowded: bool = False


@asynccontextmanager
async def reading(request: Request, room: Room) -> AsyncIterator[Sent]:
    """The form that was posted; its files take `room` until the block ends.

    Raises `TooMuch`, having read the form to its end so that the answer is heard, and `TooSlow`.
    """
    share = Share(room)
    try:
        yield await _in_time(request, share)
    finally:
        share.ends()


async def _in_time(request: Request, share: Share) -> Sent:
    try:
        async with asyncio.timeout(MOST_SECONDS):
            return await _read(request, share)
    except TimeoutError as fault:
        raise TooSlow from fault


async def _read(request: Request, share: Share) -> Sent:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    stream = _arriving(request.stream())
    try:
        if kind == "multipart/form-data":
            return await _multipart(request, stream, share)
        parser = FormParser(
            request.headers, _bounded(stream, MOST_FORM), max_fields=MOST_FIELDS, max_part_size=3 * MOST_WORDS
        )
        return await _sent(await parser.parse())
    except (TooMuch, MultiPartException, FormParserError) as fault:
        await _drain(stream)
        raise TooMuch from fault


async def _multipart(request: Request, stream: AsyncGenerator[bytes, None], share: Share) -> Sent:
    parser = _InMemory(
        request.headers,
        _bounded(stream, MOST_SENT),
        max_files=MOST_ENTRIES,
        max_fields=MOST_FIELDS,
        max_part_size=MOST_WORDS,
    )
    parser.share = share
    try:
        form = await parser.parse()
        if not parser.whole:
            raise TooMuch
        return await _sent(form, too_big=parser.too_big, crowded=parser.crowded)
    finally:
        parser.close()


class _InMemory(MultiPartParser):
    """Starlette's parser, but for files: all of them in memory, and none beyond what may be kept."""

    spool_max_size = MOST_BYTES + MEBIBYTE  # beyond it Starlette would go on in a file on the disk
    share: Share
    whole = False  # whether the form came to its end

    def __init__(self, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]  # passed on as they came
        self._held = 0
        self._typed = 0  # bytes of fields
        self.too_big: set[int] = set()  # positions of files that were too big together with those before
        self.crowded: set[int] = set()  # of those for which there was no room

    def on_end(self) -> None:
        self.whole = True

    def close(self) -> None:
        """Forget the files, also one of which half has come."""
        for file in self._files_to_close_on_error:
            file.close()

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._current_part.file is None:
            self._typed += end - start
            if self._typed > MOST_WORDS:
                raise MultiPartException("too many words")
            super().on_part_data(data, start, end)
            return
        position = self._current_files - 1
        self._held += end - start
        if self._held > MOST_BYTES:
            self._leave_out(self.too_big, position)
        elif position in self.crowded or not self.share.takes(position, end - start):
            self._leave_out(self.crowded, position)
        else:
            super().on_part_data(data, start, end)

    def _leave_out(self, reason: set[int], position: int) -> None:
        """What has come of the file that is being read is forgotten, so that there is room for somebody else's."""
        part = self._current_part
        if part.file is None or position in reason:
            return
        reason.add(position)
        self._file_parts_to_write = [waiting for waiting in self._file_parts_to_write if waiting[0] is not part]
        part.file.file.seek(0)
        part.file.file.truncate()
        self.share.gives_back(position)


async def _arriving(stream: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """The stream, for as long as something comes. Raises TimeoutError."""
    while True:
        async with asyncio.timeout(MOST_SILENCE):
            chunk = await anext(stream, None)
        if chunk is None:
            return
        yield chunk


async def _bounded(stream: AsyncIterator[bytes], most: int) -> AsyncGenerator[bytes, None]:
    taken = 0
    async for chunk in stream:
        taken += len(chunk)
        if taken > most:
            raise TooMuch
        yield chunk


async def _drain(stream: AsyncIterator[bytes]) -> None:
    taken = 0
    async for chunk in stream:
        taken += len(chunk)
        if taken > MOST_SENT:
            return


async def _sent(form: FormData, *, too_big: AbstractSet[int] = NONE, crowded: AbstractSet[int] = NONE) -> Sent:
    left_out = too_big | crowded
    files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
    whole = [file for position, file in enumerate(files) if position not in left_out and (file.size or file.filename)]
    return Sent(
        form=_field(form, "form"),
        screen=_field(form, "screen"),
        tap=_field(form, "tap"),
        words=_field(form, "words").replace("\r\n", "\n"),
        locale=_field(form, "locale"),
        poster=_field(form, "poster"),
        files=tuple([await _file(file) for file in whole]),
        too_big=bool(too_big),
        crowded=bool(crowded),
    )


def _field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


async def _file(upload: UploadFile) -> SentFile:
    return SentFile(
        plain=await upload.read(),
        media_type=bare_type(upload.content_type or ""),
        name=bare_name(upload.filename or ""),
    )
