"""A report as it is filed: its parts as bytes to be sealed, and the receivers with what each may open.

Parts describe themselves, so that a report can be read long after its dialog has changed.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dialogs.commands import FileReport
from dialogs.consent import SEND, Receiver, SheetLine
from dialogs.parts import OPENS, Part

TOLD = (Part.FACTS, Part.ACCOUNT, Part.CONTACT, Part.EVIDENCE)  # the parts that hold answers
VERSION = 1
COUNTED = frozenset(
    {"types", "strands", "place", "when", "hours", "role", "repeated", "urgent"}
)  # ids in the count row


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One answer: `stored` as recorded, `label` and `shown` as the person read them."""

    id: str
    label: str
    stored: Any = field(repr=False)
    shown: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPart:
    """A part's answers, in the order they were asked; `locale`: the language they were given in."""

    part: Part
    locale: str
    entries: tuple[Entry, ...] = field(repr=False)

    def to_bytes(self) -> bytes:
        entries = [{"id": e.id, "label": e.label, "stored": e.stored, "shown": e.shown} for e in self.entries]
        content = {"v": VERSION, "part": self.part.value, "locale": self.locale, "entries": entries}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "ReportPart":
        """Raises ValueError for a version this program does not know."""
        values = json.loads(content)
        if values["v"] != VERSION:
            raise ValueError("a part of a version this program does not know")
        entries = tuple(Entry(**{**entry, "shown": tuple(entry["shown"])}) for entry in values["entries"])
        return cls(part=Part(values["part"]), locale=values["locale"], entries=entries)


def parts_of(lines: Iterable[SheetLine], entry_of: Mapping[str, Entry], locale: str) -> tuple[ReportPart, ...]:
    """The parts that have answers, and the count row made from the coarse ones among the facts."""
    listed = tuple(lines)
    parts = [_part(part, listed, entry_of, locale) for part in TOLD]
    return (_count(listed, entry_of), *(part for part in parts if part.entries))


def _part(part: Part, lines: tuple[SheetLine, ...], entry_of: Mapping[str, Entry], locale: str) -> ReportPart:
    entries = tuple(entry_of[line.id] for line in lines if line.part is part)
    return ReportPart(part=part, locale=locale, entries=entries)


def _count(lines: tuple[SheetLine, ...], entry_of: Mapping[str, Entry]) -> ReportPart:
    """Codes only, in no language: neither words nor what was shown."""
    chosen = (entry_of[line.id] for line in lines if line.part is Part.FACTS and line.id in COUNTED)
    coarse = tuple(Entry(id=entry.id, label="", stored=_coarse(entry.stored), shown=()) for entry in chosen)
    return ReportPart(part=Part.COUNT, locale="", entries=coarse)


def _coarse(stored: Any) -> Any:
    """A day is counted by its month."""
    if isinstance(stored, dict) and stored.get("day"):
        return {"precision": stored["precision"], "month": stored["day"][:7]}
    return stored


def keys_for(receivers: Iterable[Receiver]) -> tuple[tuple[str, Part], ...]:
    """Each agency with each part it gets the content key of: exactly what was consented to, nothing else."""
    return tuple((r.agency, part) for r in receivers for part in Part if part in OPENS[r.package])


def receivers_agree(command: FileReport, stored: Mapping[str, Any]) -> bool:
    """Whether every receiver is one the person said yes to, with the package they chose.

    The last line of defence before a key is sealed: a dialog that named a receiver nobody consented to fails here.
    The first receiver is agreed to by sending the sheet that names it; every other by a question of its own.
    """
    first, *others = [receiver.agency for receiver in command.receivers] or [""]
    packages = {receiver.agency: receiver.package.value for receiver in command.receivers}
    answers = {agency: _bound(stored.get(command.consents.get(agency, ""))) for agency in packages}
    return (
        len(packages) == len(command.receivers) > 0
        and answers[first].get("choice") == SEND
        and all(answers[agency].get("package") == packages[agency] for agency in others)
    )


def _bound(answer: Any) -> Mapping[str, Any]:
    """A consent that is bound to what was read; nothing if it is none."""
    return answer if isinstance(answer, dict) and answer.get("bound") else {}
