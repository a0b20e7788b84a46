"""What staff have to do about a report, as templates: which, by when, and what must come first.

Values only: the tasks of one case are made from them in `bot/reports/tasks.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

TOLD, SEXUAL, HOME, HATE = "told", "sexual", "home", "hate"
CHILD = "child"  # beside one of the others: it happened to a child, or a child is in danger
SETS = frozenset({TOLD, SEXUAL, HOME, HATE, CHILD})  # kinds of report that have tasks of their own
LONGEST_MONTHS = 24


class Since(StrEnum):
    """When a task's clock starts."""

    FILED = "filed"  #: when the report reached the agency
    LEARNED = "learned"  #: when the first member of staff heard of it, which may be before that


class Form(StrEnum):
    """How something that is asked for is filled in."""

    LINE = "line"
    WORDS = "words"
    MOMENT = "moment"  #: a day and a time
    YES_NO = "yes-no"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskClock:
    """By when: the area's own deadline of that name, or elapsed hours, working days or calendar months.

    Raises ValueError unless it is exactly one of these.
    """

    deadline: str = ""
    hours: int = 0
    working_days: int = 0
    months: int = 0

    def __post_init__(self) -> None:
        given = [length for length in (self.hours, self.working_days, self.months) if length]
        if len(given) + bool(self.deadline) != 1:
            raise ValueError("a clock is one of deadline, hours, working_days and months")
        if any(length < 0 for length in given) or self.months > LONGEST_MONTHS:
            raise ValueError("a clock is longer than nothing and shorter than two years")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Something to fill in when a task is done: a reference number, the time it was sent."""

    id: str
    label: str
    form: Form = Form.LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One way a decision can go. `fact`: its name among the conditions of other tasks.

    `said`: the report's question and answer that say so already, as "question=answer". `warns`: what all staff must
    then read before they visit anybody.
    """

    fact: str
    label: str
    said: str = ""
    warns: str = ""

    def __post_init__(self) -> None:
        if self.said and not all(self.said.partition("=")):
            raise ValueError("said: must be like question=answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTemplate:
    """One thing to do. Raises ValueError, naming the field, for one that could never be done.

    `sets`: the kinds of report it belongs to; `kinds`: further, any of these kinds or incident types, where types
    were given at all; `unless_kinds`: none of these kinds. `centre`: only for reporting centres; which agency had a
    report first decides nothing, or agencies would learn of each other. `contact`: only where the person may be
    contacted. `hard`: staff are warned before it is due. `after`: tasks to be closed before it. `needs`: any of these
    facts; `locked_if`: none of these. `respondents`: to be done with each person accused, each with a record of their
    own. `optional`: a question to consider.
    """

    id: str
    area: str
    sets: frozenset[str]
    words: str
    guidance: str
    kinds: frozenset[str] = frozenset()
    unless_kinds: frozenset[str] = frozenset()
    centre: bool = False
    contact: bool = False
    clock: TaskClock | None = None
    since: Since = Since.FILED
    hard: bool = False
    after: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    locked_if: frozenset[str] = frozenset()
    asks: tuple[Asked, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    respondents: bool = False
    optional: bool = False
    source: str

    def __post_init__(self) -> None:
        unknown = sorted(self.sets - SETS)
        if unknown or not self.sets:
            raise ValueError(f"sets: must be some of {', '.join(sorted(SETS))}")
        if self.clock and (self.needs or self.locked_if):
            raise ValueError("clock: nobody can be late with what may be locked")
        if self.unless_kinds - SETS:
            raise ValueError(f"unless_kinds: must be some of {', '.join(sorted(SETS))}")
        if self.hard and not self.clock:
            raise ValueError("hard: there is no clock to warn of")
        for field, names in (("asks", [one.id for one in self.asks]), ("outcomes", [o.fact for o in self.outcomes])):
            if len(set(names)) != len(names):
                raise ValueError(f"{field}: one of them stands here twice")
        if len(self.outcomes) == 1:
            raise ValueError("outcomes: a decision has at least two")

    def suits(self, kinds: frozenset[str]) -> bool:
        """Whether it belongs to a report of these kinds; what was not said hides no task."""
        types = kinds - SETS
        if self.unless_kinds & kinds:
            return False
        return not self.kinds or bool(self.kinds & kinds) or bool(self.kinds - SETS and not types)


def sets_of(kinds: frozenset[str]) -> frozenset[str]:
    """The sets of tasks for a report of these kinds. What a worker was told of a partner or family has both sets."""
    child = kinds & {CHILD}
    if TOLD in kinds:
        return frozenset({TOLD}) | kinds & {HOME} | child
    return (kinds & {SEXUAL, HOME} or frozenset({HATE})) | child


def layered(templates: Iterable[TaskTemplate], areas: Iterable[str]) -> tuple[TaskTemplate, ...]:
    """The templates of all `areas`; one of a later area takes the place of an earlier one with the same id."""
    listed = tuple(templates)
    found: dict[str, TaskTemplate] = {}
    for area in areas:
        found |= {template.id: template for template in listed if template.area == area}
    return tuple(found.values())
