"""A report as the agency may read it: its parts opened with the agency's key and laid out in lines.

What a person wrote is never changed here, not even a space.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from bot.console.words import KINDS, SAYS, listed
from bot.encryption.content import ContentKey, bind, unlock
from bot.encryption.errors import CannotOpen
from bot.encryption.keys import PrivateKey
from bot.encryption.sealing import Purpose, open_sealed
from bot.rendering import strip_isolates
from bot.reports.report import Entry, ReportPart
from dialogs.parts import Part

ORDER = (Part.FACTS, Part.ACCOUNT, Part.EVIDENCE, Part.CONTACT, Part.COUNT)
_VERSION = "1"
_ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Something that was sent along. `seconds`: of sound or film. `size`: in bytes. `position`: from 1.

    `says`: in words, what the original tells beside what it shows; `original`: its fingerprint where that was taken
    out of this copy; `original_kept`: the reporter has kept it.
    """

    blob: str
    key: str = field(repr=False)
    kind: str
    media_type: str = ""
    size: int
    sha256: str = field(repr=False)
    seconds: int = 0
    position: int = 0
    received_at: datetime | None = None
    says: str = ""
    original: str = field(default="", repr=False)
    original_kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Something that was said. `own`: in the person's own words, exactly; `locale`: their language as far as known."""

    text: str = field(repr=False)
    locale: str = _ENGLISH
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An answer under its label."""

    id: str
    label: str
    words: tuple[Words, ...]
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a report; `lines` is None where it is damaged and cannot be opened."""

    part: Part
    lines: tuple[Line, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """All that the agency may read of a report, in reading order."""

    sections: tuple[Section, ...]
    answers: Mapping[str, Any] = field(repr=False)  # as they were recorded, by question id

    @property
    def files(self) -> tuple[File, ...]:
        lines = (line for section in self.sections for line in section.lines or ())
        return tuple(file for line in lines for file in line.files)


def open_report(key: PrivateKey, *, report: str, agency: str, found: Mapping[str, tuple[bytes, bytes]]) -> Opened:
    """Open `found`, the sealed key and locked content of each part, by the part's name."""
    parts = [(part, _open(key, (report, agency), part, found[part.value])) for part in ORDER if part.value in found]
    number = iter(range(1, 10_000))
    sections = tuple(
        Section(part=part, lines=None if opened is None else _lines(opened, number)) for part, opened in parts
    )
    answers = {entry.id: entry.stored for _, opened in parts if opened for entry in opened.entries}
    return Opened(sections=sections, answers=answers)


def open_file(sealed: bytes, file: File) -> bytes:
    """The file as it was sent; raises CannotOpen, also if it does not match its fingerprint any more."""
    key = ContentKey.from_bytes(bytes.fromhex(file.key))
    plain = unlock(sealed, key, Purpose.BLOB, context=bind(file.blob))
    if sha256(plain).hexdigest() != file.sha256:
        raise CannotOpen
    return plain


def _open(key: PrivateKey, ids: tuple[str, str], part: Part, found: tuple[bytes, bytes]) -> ReportPart | None:
    (report, agency), (sealed, locked) = ids, found
    context = bind(report, part.value, _VERSION, agency)
    try:
        content = ContentKey.from_bytes(open_sealed(sealed, key, Purpose.PART_KEY, context=context))
        plain = unlock(locked, content, Purpose.PART, context=bind(report, part.value, _VERSION))
        return ReportPart.from_bytes(plain)
    except (CannotOpen, ValueError, KeyError, TypeError):
        return None


def _lines(part: ReportPart, number: Iterator[int]) -> tuple[Line, ...]:
    return tuple(_line(entry, part.locale, number) for entry in part.entries)


def _line(entry: Entry, locale: str, number: Iterator[int]) -> Line:
    items = entry.stored.get("items") if isinstance(entry.stored, dict) else None
    label = entry.label or entry.id.replace("_", " ").capitalize()
    if isinstance(items, list):
        words = tuple(_told(item, locale) for item in items if item.get("words"))
        files = tuple(file_of(item, next(number)) for item in items if item.get("blob"))
        return Line(id=entry.id, label=label, words=words, files=files)
    shown = entry.shown or (", ".join(_texts(entry.stored)),)
    own = {strip_isolates(words): words for words in _texts(entry.stored)} if entry.shown else {}
    return Line(id=entry.id, label=label, words=tuple(_shown(words, own, locale) for words in shown))


def _told(item: Mapping[str, Any], locale: str) -> Words:
    return Words(text=item["words"], locale=item.get("locale") or locale, own=True)


def _shown(shown: str, own: Mapping[str, str], locale: str) -> Words:
    """A line that stands in the recorded answer word for word is the person's own; any other is a label of ours."""
    return Words(text=own[shown], locale=locale, own=True) if shown in own else Words(text=shown)


def file_of(item: Mapping[str, Any], position: int) -> File:
    """A file as an answer or a letter recorded it."""
    original = item.get("original", {})
    return File(
        blob=item["blob"],
        key=item["key"],
        kind=KINDS.get(item["kind"], KINDS["file"]),
        media_type=item.get("media_type", ""),
        size=item["size"],
        sha256=item["sha256"],
        seconds=item.get("seconds", 0),
        position=position,
        received_at=_moment(item.get("received_at", "")),
        says=listed([SAYS[code] for code in SAYS if code in item.get("says", ())]),
        original=original.get("sha256", ""),
        original_kept="sealed" in original,
    )


def _moment(stored: str) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None


def _texts(stored: Any) -> list[str]:
    """Every text in a recorded answer."""
    if isinstance(stored, dict):
        return [text for value in stored.values() for text in _texts(value)]
    if isinstance(stored, list):
        return [text for value in stored for text in _texts(value)]
    return [stored] if isinstance(stored, str) else []
