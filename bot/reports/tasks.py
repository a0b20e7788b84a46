"""The tasks of a case as values: which a report brings, by when, and what is written down about them. Pure."""

import calendar
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.reports.deadlines import due
from services_directory.model import Area, Deadline
from services_directory.task_templates import Since, TaskClock, TaskTemplate, sets_of

VERSION = 1
WARNINGS = (timedelta(hours=24), timedelta(hours=12), timedelta(hours=4))  # how long before a hard clock ends
NO_MORE = len(WARNINGS)  # warnings of a clock that has none (left)


class Kind(StrEnum):
    """What an entry about a task tells. There is none for what somebody thinks of it."""

    SAID = "said"
    OBSERVED = "observed"
    ACTION = "action"
    DONE = "done"
    NOT_NEEDED = "not-needed"
    REOPENED = "reopened"
    GIVEN = "given"  #: to whom, in `words`


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What there is to do. `template`: its id in the directory, "" for one that staff thought of.

    `respondent`: the number of the person accused whose record it is, 0 if it is nobody's.
    """

    words: str = field(repr=False)
    template: str = ""
    respondent: int = 0

    def to_bytes(self) -> bytes:
        content = {"v": VERSION, "words": self.words, "template": self.template, "respondent": self.respondent}
        return json.dumps(content, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Task":
        """Raises ValueError for a version this program does not know."""
        return cls(**_values(content))


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An entry about a task. `evidence`: labels with what was filled in. `outcome`: the fact that was decided."""

    kind: Kind
    words: str = field(default="", repr=False)
    evidence: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    outcome: str = ""

    def to_bytes(self) -> bytes:
        content = {"v": VERSION, "kind": self.kind, "words": self.words, "outcome": self.outcome}
        return json.dumps({**content, "evidence": self.evidence}, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Note":
        """Raises ValueError for a version this program does not know."""
        values = _values(content)
        evidence = tuple((label, given) for label, given in values.pop("evidence"))
        return cls(**{**values, "kind": Kind(values["kind"]), "evidence": evidence})


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What is known when a case opens. `kinds`: of the report. `centre`: this agency is a reporting centre.

    `contact`: it may contact the person. `learned`: when the first member of staff heard of it.
    """

    area: Area
    kinds: frozenset[str]
    centre: bool
    contact: bool
    urgent: bool
    filed: datetime
    learned: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A task to be made. `warned`: how many of `WARNINGS` are over already, or will never be given."""

    task: Task
    due_at: datetime | None
    warned: int


def planned(
    templates: Iterable[TaskTemplate], opening: Opening, holidays: Collection[date], *, at: datetime
) -> tuple[Planned, ...]:
    """The tasks that a report brings, in the order of the templates."""
    wanted = (template for template in templates if _wanted(template, opening))
    return tuple(_planned(template, opening, holidays, at) for template in wanted)


def _wanted(template: TaskTemplate, opening: Opening) -> bool:
    return (
        bool(template.sets & sets_of(opening.kinds))
        and template.suits(opening.kinds)
        and (opening.centre or not template.centre)
        and (opening.contact or not template.contact)
    )


def _planned(template: TaskTemplate, opening: Opening, holidays: Collection[date], at: datetime) -> Planned:
    start = (opening.learned if template.since is Since.LEARNED else opening.filed).astimezone(UTC)
    # In UTC: hours are added to and taken from it, and those of a zone with summer time are not all real ones.
    due_at = _due(template.clock, start, opening, holidays).astimezone(UTC) if template.clock else None
    warned = warnings_over(due_at, at) if due_at and template.hard else NO_MORE
    return Planned(task=Task(words=template.words, template=template.id), due_at=due_at, warned=warned)


def warnings_over(due_at: datetime, at: datetime) -> int:
    """How many of `WARNINGS` before `due_at` have come by now."""
    return sum(at >= due_at - before for before in WARNINGS)


def _due(clock: TaskClock, start: datetime, opening: Opening, holidays: Collection[date]) -> datetime:
    zone = ZoneInfo(opening.area.time_zone)
    if clock.months:
        return months_later(start, clock.months, zone)
    if clock.deadline:
        return due(_deadline(clock.deadline, opening), start, zone, holidays)
    elapsed = timedelta(hours=clock.hours) if clock.hours else None
    own = Deadline(name="own", elapsed=elapsed, working_days=clock.working_days or None, basis="the template")
    return due(own, start, zone, holidays)


def _deadline(name: str, opening: Opening) -> Deadline:
    """The area's clock of this name, or for urgent reports its faster one."""
    deadlines = {deadline.name: deadline for deadline in opening.area.deadlines}
    faster = deadlines.get(f"{name}-urgent") if opening.urgent else None
    return faster or deadlines[name]


def months_later(start: datetime, months: int, zone: ZoneInfo) -> datetime:
    """The same day and hour so many calendar months later, or the last day of a shorter month."""
    local = start.astimezone(zone)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    day = min(local.day, calendar.monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day)


def learned_at(stored: Any, filed: datetime, zone: ZoneInfo) -> datetime:
    """When staff heard of it, by a recorded `When`: the beginning of a day told without an hour, never after `filed`.

    Where no day was told, it is the moment of filing.
    """
    day = stored.get("day") if isinstance(stored, dict) else None
    if not day or stored.get("precision") in ("month-of", "year"):
        return filed
    at = datetime.fromisoformat(f"{day}T{stored.get('at') or '00:00'}").replace(tzinfo=zone)
    return min(at, filed)


def _values(content: bytes) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(content)
    if values.pop("v") != VERSION:
        raise ValueError("a task of a version this program does not know")
    return values
