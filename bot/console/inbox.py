"""The list of an agency's cases: what is urgent first, then what is due first. Nothing of their content."""

from dataclasses import dataclass, field
from datetime import datetime

from starlette.responses import Response

from bot.console.console import Deed
from bot.console.visit import Visit
from bot.console.words import STATES, due
from bot.storage import cases
from bot.storage.cases import Listed
from services_directory.model import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A case in the list. `due`: in words, until somebody has it. `late`: nobody has it and the time is over."""

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


async def show_inbox(visit: Visit) -> Response:
    """One lot of cases, as many as fit on a page."""
    after, agency = visit.request.query_params.get("after", ""), visit.session.agency
    listing = await visit.console.done(
        visit.session, lambda c: Deed(act="inbox", value=cases.list_cases(c, agency, after=after))
    )
    now, directory = visit.console.clock(), visit.console.directory
    rows = [row_of(listed, directory, now) for listed in listing.cases]
    return visit.page("inbox.html", rows=rows, listing=listing, further=bool(after))


def row_of(listed: Listed, directory: Directory, now: datetime) -> Row:
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
    )


def _due(listed: Listed, now: datetime) -> str:
    """Once somebody has a case, how it was kept is history and no longer changes."""
    case = listed.case
    if case.taken_at is None:
        return due(case.due_at, now)
    return "read in time" if case.taken_at < case.due_at else f"read {due(case.due_at, case.taken_at)}"
