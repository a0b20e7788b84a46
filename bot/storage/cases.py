"""Cases, and the alerts that say one waits."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, insert, or_, select, update

from bot.storage.tables import alerts, cases, reports, staff

SUBMITTED = "submitted"  # the state of a case nobody has taken yet
WITHDRAWN = "withdrawn"  # the state of a case whose reporter took back their consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One agency's work on a report. `due_at`: when somebody must have looked. `held_since`: it must keep it by law."""

    id: str
    agency: str
    report: str
    state: str
    urgent: bool
    opened_at: datetime
    due_at: datetime
    taken_by: str | None = None
    taken_at: datetime | None = None
    held_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """That something waits. `step`: how often it was passed on. No content, no kind, no name.

    `case`: None where what waits belongs to no case.
    """

    number: str
    case: str | None = None
    agency: str
    urgent: bool
    due_at: datetime
    step: int = 0
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A case as its agency's list shows it. `number`: of its alert. `taker`: the name of who has it."""

    case: Case
    number: str
    area: str
    taker: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Some cases of one agency, in order of work. `after`: where the next lot begins, "" at the end."""

    cases: tuple[Listed, ...]
    after: str
    all: int


def open_case(connection: Connection, case: Case) -> None:
    connection.execute(insert(cases).values(**_values(case)))


def raise_alert(connection: Connection, alert: Alert) -> None:
    connection.execute(insert(alerts).values(**_values(alert)))


def raise_again(connection: Connection, case: str, due_at: datetime) -> Alert | None:
    """Something new waits in a case: its alert is unread again, and begins anew with the first way."""
    anew = update(alerts).where(alerts.c.case == case).values(seen_at=None, step=0, due_at=due_at)
    connection.execute(anew)
    row = connection.execute(select(alerts).where(alerts.c.case == case)).first()
    return None if row is None else Alert(**row._mapping)


def set_state(connection: Connection, case: str, state: str) -> None:
    connection.execute(update(cases).where(cases.c.id == case).values(state=state))


def begin_again(connection: Connection, case: str, due_at: datetime) -> None:
    """A case that was taken back is given again: nobody has it, and it keeps the day it first came."""
    anew = {"state": SUBMITTED, "taken_by": None, "taken_at": None, "due_at": due_at}
    connection.execute(update(cases).where(cases.c.id == case).values(**anew))


def of(connection: Connection, report: str, agency: str) -> Case | None:
    """This agency's case of a report."""
    found = select(cases).where(cases.c.report == report, cases.c.agency == agency)
    row = connection.execute(found).first()
    return None if row is None else Case(**row._mapping)


def alert(connection: Connection, number: str) -> Alert | None:
    row = connection.execute(select(alerts).where(alerts.c.number == number)).first()
    return None if row is None else Alert(**row._mapping)


def unread(connection: Connection, now: datetime) -> tuple[Alert, ...]:
    """Alerts that nobody has read in time."""
    found = select(alerts).where(alerts.c.seen_at.is_(None), alerts.c.due_at <= now)
    return tuple(Alert(**row._mapping) for row in connection.execute(found))


def pass_on(connection: Connection, alert: Alert, due_at: datetime) -> bool:
    """Count one step of escalation; False if another process did it first."""
    statement = (
        update(alerts)
        .where(alerts.c.number == alert.number, alerts.c.step == alert.step, alerts.c.seen_at.is_(None))
        .values(step=alert.step + 1, due_at=due_at)
    )
    return connection.execute(statement).rowcount == 1


def seen(connection: Connection, number: str, agency: str, at: datetime) -> bool:
    """Record "I have it" for an alert of this agency; False if it is another's, or does not exist."""
    mine = (alerts.c.number == number) & (alerts.c.agency == agency)
    connection.execute(update(alerts).where(mine, alerts.c.seen_at.is_(None)).values(seen_at=at))
    return connection.execute(select(alerts.c.number).where(mine)).first() is not None


def looked(connection: Connection, case: Case, at: datetime) -> None:
    """Somebody has seen what is new in a case that somebody has, or that was taken back.

    One that nobody has waits for "I have it".
    """
    unread = (alerts.c.case == case.id) & alerts.c.seen_at.is_(None)
    if case.taken_by is not None or case.state == WITHDRAWN:
        connection.execute(update(alerts).where(unread).values(seen_at=at))


def seen_outside_cases(connection: Connection, agency: str, at: datetime) -> None:
    """This agency has looked at what waits and belongs to no case."""
    unread = (alerts.c.agency == agency) & alerts.c.case.is_(None) & alerts.c.seen_at.is_(None)
    connection.execute(update(alerts).where(unread).values(seen_at=at))


def of_report(connection: Connection, report: str) -> tuple[Case, ...]:
    """All cases of a report, as only its reporter may see them together."""
    found = select(cases).where(cases.c.report == report).order_by(cases.c.opened_at, cases.c.agency)
    return tuple(Case(**row._mapping) for row in connection.execute(found))


def numbers_of(connection: Connection, report: str) -> dict[str, str]:
    """The number each agency knows its case of a report by; none of cases that were taken back."""
    found = select(cases.c.agency, alerts.c.number).join(alerts, alerts.c.case == cases.c.id)
    rows = connection.execute(found.where(cases.c.report == report, cases.c.state != WITHDRAWN))
    return {row.agency: row.number for row in rows}


def list_cases(connection: Connection, agency: str, *, after: str = "", most: int = 50) -> Listing:
    """This agency's cases: urgent ones first, then by when they are due; those that follow the case `after`."""
    statement = _listed().where(cases.c.agency == agency, _follows(connection, agency, after))
    ordered = statement.order_by(cases.c.urgent.desc(), cases.c.due_at, cases.c.id).limit(most + 1)
    found = [_read(row) for row in connection.execute(ordered)]
    count = select(func.count()).select_from(cases).where(cases.c.agency == agency)
    return Listing(
        cases=tuple(found[:most]),
        after=found[most - 1].case.id if len(found) > most else "",
        all=connection.execute(count).scalar_one(),
    )


def of_agency(connection: Connection, id: str, agency: str) -> Listed | None:
    """A case, if it is this agency's; None if it is another's, or does not exist."""
    row = connection.execute(_listed().where(cases.c.id == id, cases.c.agency == agency)).first()
    return None if row is None else _read(row)


def take(connection: Connection, case: Case, taker: str, at: datetime) -> bool:
    """Give the case to a member of staff and mark its alerts read.

    False if somebody has it already, or its reporter has taken it back.
    """
    free = (cases.c.id == case.id) & cases.c.taken_by.is_(None) & (cases.c.state != WITHDRAWN)
    taken = connection.execute(update(cases).where(free).values(taken_by=taker, taken_at=at, state="triage"))
    unread = (alerts.c.case == case.id) & alerts.c.seen_at.is_(None)
    connection.execute(update(alerts).where(unread).values(seen_at=at))
    return taken.rowcount == 1


def _listed() -> Select[Any]:
    number = select(func.min(alerts.c.number)).where(alerts.c.case == cases.c.id).scalar_subquery()
    columns = (*cases.c, number.label("number"), reports.c.area, staff.c.name.label("taker"))
    joined = cases.join(reports, reports.c.id == cases.c.report).outerjoin(staff, staff.c.id == cases.c.taken_by)
    return select(*columns).select_from(joined)


def _read(row: Row[Any]) -> Listed:
    case = Case(**{name: getattr(row, name) for name in Case.__dataclass_fields__})
    return Listed(case=case, number=row.number or "", area=row.area, taker=row.taker)


def _follows(connection: Connection, agency: str, after: str) -> Any:
    """The condition of coming after a case of this agency; any other id is no condition."""
    listed = of_agency(connection, after, agency)
    if listed is None:
        return cases.c.agency == agency
    last = listed.case
    later = or_(cases.c.due_at > last.due_at, and_(cases.c.due_at == last.due_at, cases.c.id > last.id))
    alike = and_(cases.c.urgent.is_(last.urgent), later)
    return or_(alike, cases.c.urgent.is_(False)) if last.urgent else alike


def _values(value: Case | Alert) -> dict[str, object]:
    return {name: getattr(value, name) for name in type(value).__dataclass_fields__}
