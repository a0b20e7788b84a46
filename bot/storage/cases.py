"""Cases, and the alerts that say one waits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.storage.tables import alerts, cases, reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One agency's work on a report. `due_at`: when somebody must have looked."""

    id: str
    agency: str
    report: str
    state: str
    urgent: bool
    opened_at: datetime
    due_at: datetime
    taken_by: str | None = None
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """That something waits. `step`: how often it was passed on. No content, no kind, no name."""

    number: str
    case: str
    agency: str
    urgent: bool
    due_at: datetime
    step: int = 0
    seen_at: datetime | None = None


def open_case(connection: Connection, case: Case) -> None:
    connection.execute(insert(cases).values(**_values(case)))


def raise_alert(connection: Connection, alert: Alert) -> None:
    connection.execute(insert(alerts).values(**_values(alert)))


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


def area_of(connection: Connection, case: Case) -> str:
    """The id of the area the case's report belongs to."""
    return str(connection.execute(select(reports.c.area).where(reports.c.id == case.report)).scalar_one())


def _values(value: Case | Alert) -> dict[str, object]:
    return {name: getattr(value, name) for name in type(value).__dataclass_fields__}
