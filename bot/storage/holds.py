"""Which agencies must keep a report by law. Each one's hold is its own; a report may go once the last is lifted."""

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from bot.storage.cases import Case
from bot.storage.tables import cases, reports


def keep(connection: Connection, case: Case, at: datetime) -> bool:
    """The agency of this case must keep the report; False if it has said so already."""
    free = (cases.c.id == case.id) & cases.c.held_since.is_(None)
    kept = connection.execute(update(cases).where(free).values(held_since=at)).rowcount == 1
    _sum_up(connection, case.report)
    return kept


def let_go(connection: Connection, case: Case) -> bool:
    """It need not keep it any longer; False if it did not have to. Others may still have to."""
    held = (cases.c.id == case.id) & cases.c.held_since.is_not(None)
    lifted = connection.execute(update(cases).where(held).values(held_since=None)).rowcount == 1
    _sum_up(connection, case.report)
    return lifted


def _sum_up(connection: Connection, report: str) -> None:
    first = select(func.min(cases.c.held_since)).where(cases.c.report == report).scalar_subquery()
    connection.execute(update(reports).where(reports.c.id == report).values(held_since=first))
