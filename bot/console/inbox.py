"""The list of an agency's cases: what is urgent first, then what is due first. Nothing of their content."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection
from starlette.responses import Response

from bot.console.console import Deed
from bot.console.visit import Visit
from bot.console.words import STATES, due
from bot.storage import cases, tasks
from bot.storage.cases import Listed
from services_directory.model import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A case in the list. `due`: in words, until somebody has it. `late`: nobody has it and the time is over.

    `next_due`: in words, when the next of its tasks is due; `task_late`: that time is over.
    """

    id: str
    number: str
    urgent: bool
    state: str
    area: str
    opened_at: datetime
    due_at: datetime
    due: str
    late: bool
    taker: str | None = field(repr=False)
    next_due: str = ""
    task_late: bool = False


async def show_inbox(visit: Visit) -> Response:
    """One lot of cases, as many as fit on a page."""
    after, agency = visit.request.query_params.get("after", ""), visit.session.agency
    listing, next_due = await visit.console.done(visit.session, lambda c: _look(c, agency, after))
    now, directory = visit.console.clock(), visit.console.directory
    rows = [row_of(listed, directory, now, next_due.get(listed.case.id)) for listed in listing.cases]
    return visit.page("inbox.html", rows=rows, listing=listing, further=bool(after))


def _look(connection: Connection, agency: str, after: str) -> Deed[tuple[cases.Listing, dict[str, datetime]]]:
    listing = cases.list_cases(connection, agency, after=after)
    next_due = tasks.next_due(connection, [listed.case.id for listed in listing.cases])
    return Deed(act="inbox", value=(listing, next_due))


def row_of(listed: Listed, directory: Directory, now: datetime, next_due: datetime | None = None) -> Row:
    """What is shown of a case at `now`."""
    case = listed.case
    return Row(
        id=case.id,
        number=listed.number,
        urgent=case.urgent,
        state=STATES.get(case.state, case.state),
        area=directory.area(listed.area).name,
        opened_at=case.opened_at,
        due_at=case.due_at,
        due=_due(listed, now),
        late=case.taken_at is None and now >= case.due_at,
        taker=listed.taker,
        next_due=due(next_due, now) if next_due else "",
        task_late=next_due is not None and now >= next_due,
    )


def _due(listed: Listed, now: datetime) -> str:
    """Once somebody has a case, how it was kept is history and no longer changes."""
    case = listed.case
    if case.taken_at is None:
        return due(case.due_at, now)
    return "read in time" if case.taken_at < case.due_at else f"read {due(case.due_at, case.taken_at)}"
