"""Duties in law as dated values: whom they bind, from when until when, what people are told and what staff do.

Pure: the day is passed in. A duty whose beginning nobody confirmed is in force on no day, so nothing is claimed of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services_directory.sources import Source
from services_directory.wording import Wording


class Binds(StrEnum):
    """Whom a duty binds."""

    RECEIVERS = "receivers"  #: the agencies that receive reports
    WITH_CHILDREN = "with-children"  #: adults who work with children or are in a position of trust
    COUNCILS = "councils"
    JUSTICE = "justice"  #: police, prosecution, courts
    CONTROLLERS = "controllers"  #: whoever decides what becomes of personal data


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty. Raises ValueError, naming the field, for dates that cannot be.

    `in_force_from` is None where no source confirms that it has begun; `until` is its last day, None for no end.
    `told`: what people read of it while it is in force. `task`: the id of the task template that it makes staff's, ""
    for none; that task is made only while the duty is in force.
    """

    id: str
    name: str
    binds: frozenset[Binds]
    in_force_from: date | None
    until: date | None = None
    told: Wording | None = None
    task: str = ""
    sources: tuple[Source, ...]
    checked: date

    def __post_init__(self) -> None:
        if not self.binds:
            raise ValueError("binds: somebody must be bound")
        if not any(source.dated for source in self.sources):
            raise ValueError("sources: no page says of which day it is")
        if self.until and (self.in_force_from is None or self.until < self.in_force_from):
            raise ValueError("until: it ends before it begins")

    def in_force(self, today: date) -> bool:
        """Whether it holds on this day, its first and its last one included."""
        begun = self.in_force_from is not None and self.in_force_from <= today
        return begun and (self.until is None or today <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """All duties of the directory, in the order of its file."""

    all: tuple[Duty, ...] = ()

    def in_force(self, today: date) -> Mapping[str, Duty]:
        """Those that hold on this day, by id."""
        return {duty.id: duty for duty in self.all if duty.in_force(today)}

    def idle_tasks(self, today: date) -> frozenset[str]:
        """The task templates that nobody has to do on this day: every duty behind them waits or has ended."""
        held = {duty.task for duty in self.in_force(today).values()}
        return frozenset(duty.task for duty in self.all if duty.task) - held
