"""The shape of duties.yaml, checked by pydantic and turned into values of `duties`; and whether its names exist."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

from services_directory.drafts import Draft
from services_directory.duties import Binds, Duty
from services_directory.faults import Fault
from services_directory.fields import Day, Line, Slug, Sources, Strict, Words

NOT_CONFIRMED = "null"  # in the file, where a date would stand


def _day_or_null(value: object) -> date | None:
    if value == NOT_CONFIRMED:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("is neither a date like 2026-11-21 nor null") from None


DayOrNull = Annotated[date | None, BeforeValidator(_day_or_null)]


class DutyEntry(Strict):
    """One duty as it stands in the file. `in_force_from` must be there, if only as null."""

    id: Slug
    name: Line
    binds: frozenset[Binds]
    in_force_from: DayOrNull
    until: DayOrNull = None
    told: Words | None = None
    task: Slug = ""
    sources: Sources
    checked: Day

    def value(self) -> Duty:
        """Raises ValueError, naming the field, for dates that cannot be."""
        return Duty(**dict(self))


def duty_faults(drafts: Iterable[Draft]) -> Iterator[Fault]:
    """Ids that stand twice, and tasks that are no template of the national layer."""
    for draft in drafts:
        lines: dict[str, int] = {}
        templates = {one.value.id for one in draft.tasks} | draft.broken
        for one in draft.duties:
            duty = one.value
            if duty.id in lines:
                yield one.entry.fault(f"id: {duty.id} is used already on line {lines[duty.id]}", "id")
            lines.setdefault(duty.id, one.entry.line("id"))
            if duty.task and duty.task not in templates:
                yield one.entry.fault(f"task: {duty.task} is no task of the national layer", "task")
