"""Posted forms, read with bounds and held in memory only: what somebody sends is never written to the disk unlocked."""

from collections.abc import AsyncGenerator, AsyncIterator
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from bot.attachments import MEBIBYTE, MOST_BYTES, bare_name, bare_type

MOST_WORDS = 4 * MEBIBYTE  # bytes of typed words; more than the dialogs keep, so that they can say so themselves
MOST_FORM = 3 * MOST_WORDS + MEBIBYTE  # a form without files: each byte may be written as three
MOST_SENT = 1024 * MEBIBYTE  # read to its end, and forgotten, so that a browser hears why it was refused
MOST_FIELDS = 12
MOST_ENTRIES = 10  # files in one form
NONE: AbstractSet[int] = frozenset()
MOST_AT_ONCE = 160 * MEBIBYTE  # of files in all forms that are being read or answered


class Room:
    """The memory that files take on their way to us, all together: whoever comes when it is full is asked to wait."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._free = most

    def takes(self, size: int) -> bool:
        """Whether there was so much room; then it is taken."""
        if size > self._free:
            return False
        self._free -= size
        return True

    def gives_back(self, size: int) -> None:
        self._free += size


class TooMuch(Exception):
    """A form that cannot be one of ours: too long, or not a form."""


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

    Raises `TooMuch`, having read the form to its end so that the answer is heard.
    """
    share = _Share(room, _size_of(request))
    try:
        yield await _read(request, share)
    finally:
        room.gives_back(share.taken or 0)


def _size_of(request: Request) -> int:
    """At most so much comes, or may be kept, whatever somebody says."""
    said = request.headers.get("content-length", "")
    return min(int(said), MOST_BYTES) if said.isdecimal() else MOST_BYTES


class _Share:
    """What the files of one form take of the room: all they could need, as soon as the first comes, or nothing."""

    def __init__(self, room: Room, size: int) -> None:
        self._room = room
        self._size = size
        self.taken: int | None = None

    @property
    def fits(self) -> bool:
        if self.taken is None:
            self.taken = self._size if self._room.takes(self._size) else 0
        return self.taken > 0


async def _read(request: Request, share: _Share) -> Sent:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    stream = request.stream()
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


async def _multipart(request: Request, stream: AsyncGenerator[bytes, None], share: _Share) -> Sent:
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
    share: _Share
    whole = False  # whether the form came to its end

    def __init__(self, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]  # passed on as they came
        self._held = 0
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
            super().on_part_data(data, start, end)
            return
        position = self._current_files - 1
        self._held += end - start
        if self._held > MOST_BYTES:
            self.too_big.add(position)
        elif not self.share.fits:
            self.crowded.add(position)
        else:
            super().on_part_data(data, start, end)


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
