"""The shape of tasks.yaml, checked by pydantic and turned into values of `task_templates` at once."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from services_directory.fields import Line, Slug, Strict
from services_directory.task_templates import Asked, Form, Outcome, Since, TaskClock, TaskTemplate

Length = Annotated[int, Field(ge=1, le=366 * 24)]  # of a clock; a year is the longest
Said = Annotated[str, StringConstraints(pattern=r"^[a-z_]+=[a-z-]+$")]


class ClockEntry(Strict):
    deadline: Slug | None = None
    hours: Length | None = None
    working_days: Length | None = None
    months: Length | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> "ClockEntry":
        self.value()
        return self

    def value(self) -> TaskClock:
        return TaskClock(**_given(self))


class AskedEntry(Strict):
    id: Slug
    label: Line
    form: Form = Form.LINE

    def value(self) -> Asked:
        return Asked(**_given(self))


class OutcomeEntry(Strict):
    fact: Slug
    label: Line
    said: Said | None = None
    warns: Line | None = None

    def value(self) -> Outcome:
        return Outcome(**_given(self))


class TaskEntry(Strict):
    """One task as it stands in the file; whether what it names exists shows beside the others."""

    id: Slug
    sets: frozenset[Slug]
    words: Line
    guidance: Line
    kinds: frozenset[Slug] = frozenset()
    unless_kinds: frozenset[Slug] = frozenset()
    centre: bool = False
    contact: bool = False
    clock: ClockEntry | None = None
    since: Since = Since.FILED
    hard: bool = False
    after: tuple[Slug, ...] = ()
    needs: frozenset[Slug] = frozenset()
    locked_if: frozenset[Slug] = frozenset()
    asks: tuple[AskedEntry, ...] = ()
    outcomes: tuple[OutcomeEntry, ...] = ()
    respondents: bool = False
    optional: bool = False
    source: Line

    def value(self, area: str) -> TaskTemplate:
        """Raises ValueError, naming the field, for a task that could never be done."""
        plain = {name: value for name, value in self if name not in {"clock", "asks", "outcomes"}}
        return TaskTemplate(
            **plain,
            area=area,
            clock=self.clock.value() if self.clock else None,
            asks=tuple(one.value() for one in self.asks),
            outcomes=tuple(one.value() for one in self.outcomes),
        )


def _given(entry: Strict) -> dict[str, Any]:
    return {name: value for name, value in entry if value is not None}
