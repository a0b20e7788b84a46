"""Posted forms, read with bounds and held in memory only: what somebody sends is never written to the disk unlocked."""

from collections.abc import AsyncGenerator, AsyncIterator
from collections.abc import Set as AbstractSet
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
    """What was in a form. `form` and `screen` say which page it was on. `too_big`: files were left out for it."""

    form: str = ""
    screen: str = ""
    tap: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    locale: str = ""
    poster: str = ""
    files: tuple[SentFile, ...] = ()
    too_big: bool = False


async def read_form(request: Request) -> Sent:
    """Raises `TooMuch`, having read the form to its end so that the answer is heard."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    stream = request.stream()
    try:
        if kind == "multipart/form-data":
            return await _multipart(request, stream)
        parser = FormParser(
            request.headers, _bounded(stream, MOST_FORM), max_fields=MOST_FIELDS, max_part_size=3 * MOST_WORDS
        )
        return await _sent(await parser.parse())
    except (TooMuch, MultiPartException, FormParserError) as fault:
        await _drain(stream)
        raise TooMuch from fault


async def _multipart(request: Request, stream: AsyncGenerator[bytes, None]) -> Sent:
    parser = _InMemory(
        request.headers,
        _bounded(stream, MOST_SENT),
        max_files=MOST_ENTRIES,
        max_fields=MOST_FIELDS,
        max_part_size=MOST_WORDS,
    )
    form = await parser.parse()
    try:
        return await _sent(form, parser.left_out)
    finally:
        await form.close()


class _InMemory(MultiPartParser):
    """Starlette's parser, but for files: all of them in memory, and none beyond what may be kept."""

    spool_max_size = MOST_BYTES + MEBIBYTE  # beyond it Starlette would go on in a file on the disk

    def __init__(self, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]  # passed on as they came
        self._held = 0
        self.left_out: set[int] = set()  # positions of files that were too big together with those before

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._current_part.file is None:
            super().on_part_data(data, start, end)
            return
        self._held += end - start
        if self._held > MOST_BYTES:
            self.left_out.add(self._current_files - 1)
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


async def _sent(form: FormData, left_out: AbstractSet[int] = frozenset()) -> Sent:
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
        too_big=bool(left_out),
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
