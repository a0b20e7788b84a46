"""Tasks of cases and what staff wrote down about them, sealed to the agency; and which of them will soon be due."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from bot.storage.cases import WITHDRAWN, Case
from bot.storage.staff import StaffRole
from bot.storage.tables import cases, staff, task_entries, tasks

WORKERS = frozenset({StaffRole.CASEWORKER, StaffRole.MANAGER, StaffRole.DUTY, StaffRole.ADVOCATE})  # on cases


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedTask:
    """A task as it lies in the database. `owner`: an id of staff. `warned`: how many warnings have gone out."""

    id: str
    case: str
    sealed: bytes = field(repr=False)
    made_at: datetime
    due_at: datetime | None = None
    owner: str | None = None
    closed_at: datetime | None = None
    warned: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedNote:
    """An entry about a task as it lies in the database. `author`: an id of staff, None if they have left."""

    id: str
    task: str
    author: str | None
    sealed: bytes = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All there is of a case's tasks; the names of who works at the agency, by id, and who of them works on cases."""

    tasks: tuple[SealedTask, ...] = ()
    notes: tuple[SealedNote, ...] = ()
    names: dict[str, str] = field(default_factory=dict, repr=False)
    workers: frozenset[str] = frozenset()


def make(connection: Connection, made: Iterable[SealedTask]) -> None:
    """Keep new tasks, in the order of their random ids: the order in which they come would tell which is which."""
    ordered = sorted(made, key=lambda task: task.id)
    rows = [{name: getattr(task, name) for name in _TASK} for task in ordered]
    if rows:
        connection.execute(insert(tasks), rows)


def of_case(connection: Connection, case: str, agency: str) -> Kept:
    """The tasks of a case, those that are due first and in the order they were made; with the agency's staff."""
    last = tasks.c.due_at.is_(None)
    found = select(tasks).where(tasks.c.case == case).order_by(last, tasks.c.due_at, tasks.c.made_at, tasks.c.id)
    written = (
        select(task_entries)
        .join(tasks, tasks.c.id == task_entries.c.task)
        .where(tasks.c.case == case)
        .order_by(task_entries.c.at, task_entries.c.id)
    )
    people = select(staff.c.id, staff.c.name, staff.c.role).where(staff.c.agency == agency).order_by(staff.c.name)
    colleagues = connection.execute(people).all()
    return Kept(
        tasks=tuple(SealedTask(**row._mapping) for row in connection.execute(found)),
        notes=tuple(SealedNote(**row._mapping) for row in connection.execute(written)),
        names={one.id: one.name for one in colleagues},
        workers=frozenset(one.id for one in colleagues if one.role in WORKERS),
    )


def write(connection: Connection, note: SealedNote) -> None:
    """Add an entry; there is no way to change one."""
    connection.execute(insert(task_entries).values(**{name: getattr(note, name) for name in _NOTE}))


def take(connection: Connection, id: str, owner: str, before: str | None) -> bool:
    """Make somebody the owner; False if `before` is the owner no more."""
    free = tasks.c.owner.is_(None) if before is None else tasks.c.owner == before
    return connection.execute(update(tasks).where(tasks.c.id == id, free).values(owner=owner)).rowcount == 1


def close(connection: Connection, id: str, at: datetime) -> bool:
    """Close an open task; False if somebody has closed it already."""
    statement = update(tasks).where(tasks.c.id == id, tasks.c.closed_at.is_(None)).values(closed_at=at)
    return connection.execute(statement).rowcount == 1


def reopen(connection: Connection, id: str) -> bool:
    """Open a closed task again; False if it is open."""
    statement = update(tasks).where(tasks.c.id == id, tasks.c.closed_at.is_not(None)).values(closed_at=None)
    return connection.execute(statement).rowcount == 1


def next_due(connection: Connection, case_ids: Collection[str]) -> dict[str, datetime]:
    """When the next open task of each of these cases is due, or was; cases that were taken back have none."""
    found = (
        select(tasks.c.case, func.min(tasks.c.due_at).label("due_at"))
        .join(cases, cases.c.id == tasks.c.case)
        .where(tasks.c.case.in_(case_ids), tasks.c.closed_at.is_(None), tasks.c.due_at.is_not(None))
        .where(cases.c.state != WITHDRAWN)
        .group_by(tasks.c.case)
    )
    return {row.case: row.due_at for row in connection.execute(found)}


def to_warn_of(connection: Connection, before: datetime, most: int) -> tuple[tuple[SealedTask, Case], ...]:
    """Open tasks due before then, of which fewer than `most` warnings went out, with their cases."""
    found = (
        select(*(tasks.c[name].label(f"task_{name}") for name in _TASK), *cases.c)
        .join(cases, cases.c.id == tasks.c.case)
        .where(tasks.c.closed_at.is_(None), tasks.c.due_at <= before, tasks.c.warned < most)
        .where(cases.c.state != WITHDRAWN)
        .order_by(tasks.c.due_at)
    )
    return tuple((_task(row), _case(row)) for row in connection.execute(found))


def warned(connection: Connection, task: SealedTask, count: int) -> bool:
    """Count a warning; False if another process did it first."""
    statement = update(tasks).where(tasks.c.id == task.id, tasks.c.warned == task.warned).values(warned=count)
    return connection.execute(statement).rowcount == 1


def forget(connection: Connection, report: str) -> None:
    """Delete the tasks of every case of a report, with all that was written about them."""
    mine = select(cases.c.id).where(cases.c.report == report)
    connection.execute(delete(tasks).where(tasks.c.case.in_(mine)))


def _task(row: Row[Any]) -> SealedTask:
    return SealedTask(**{name: getattr(row, f"task_{name}") for name in _TASK})


def _case(row: Row[Any]) -> Case:
    return Case(**{name: getattr(row, name) for name in Case.__dataclass_fields__})


_TASK = tuple(SealedTask.__dataclass_fields__)
_NOTE = tuple(SealedNote.__dataclass_fields__)
