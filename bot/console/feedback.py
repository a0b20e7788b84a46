"""What people say about this agency: complaints with their clocks, thanks and surveys."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection
from starlette.responses import Response

from bot.console.console import Deed
from bot.console.opening import Words
from bot.console.pages import HOME
from bot.console.visit import Visit, see
from bot.console.words import FEEDBACK, due
from bot.encryption.keys import PrivateKey
from bot.feedback import open_feedback
from bot.reports.letter import Letter
from bot.reports.report import Entry
from bot.storage import cases
from bot.storage import feedback as kept
from bot.storage.feedback import Listed
from dialogs.feedback_commands import Kind

MOST = 200  # on the page; what waits for an answer comes first
_MARKS = {"acknowledged": kept.acknowledge, "answered": kept.answer}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A deadline in words: "in 3 days", "2 days late", or when it was met. `late`: it is not met, and over."""

    title: str
    words: str
    by: datetime
    met_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that was said. `words` is None where it is damaged. `case`: of the report it belongs to, or ""."""

    id: str
    kind: str
    sent_at: datetime
    case: str
    clocks: tuple[Clock, ...]
    words: tuple[Words, ...] | None = field(repr=False)
    answers: tuple[Entry, ...] = field(repr=False)
    files: int = 0

    @property
    def waits(self) -> bool:
        return any(clock.met_at is None for clock in self.clocks)


async def show_feedback(visit: Visit) -> Response:
    """The whole list, opened; that somebody looked is written down before anything is shown."""
    listed = await visit.console.done(visit.session, lambda c: _look(c, visit))
    now = visit.console.clock()
    rows = [_row(one, visit.session.key, now) for one in listed]
    complaints = [row for row in rows if row.clocks]
    sections = {
        "Complaints": complaints,
        "Thanks": [row for row in rows if row.kind == FEEDBACK[Kind.COMPLIMENT]],
        "Surveys": [row for row in rows if row.kind == FEEDBACK[Kind.SURVEY]],
    }
    return visit.page("feedback.html", sections=sections, cut=len(rows) == MOST, most=MOST)


async def mark_feedback(visit: Visit) -> Response:
    """Write down that the person was told it has come, or has their answer."""
    await visit.console.done(visit.session, lambda c: _mark(c, visit))
    return see(f"{HOME}/feedback")


def _look(connection: Connection, visit: Visit) -> Deed[Sequence[Listed]]:
    agency = visit.session.agency
    cases.seen_outside_cases(connection, agency, visit.console.clock())
    return Deed(act="feedback", value=kept.of_agency(connection, agency, most=MOST))


def _mark(connection: Connection, visit: Visit) -> Deed[None] | None:
    path = visit.request.path_params
    listed, mark = kept.by_id(connection, path["id"], visit.session.agency), _MARKS.get(path["mark"])
    if listed is None or mark is None:
        return None
    mark(connection, listed.feedback.id, visit.console.clock())
    return Deed(act=f"feedback-{path['mark']}", value=None, case=listed.case)


def _row(listed: Listed, key: PrivateKey, now: datetime) -> Row:
    letter, row = open_feedback(listed, key), listed.feedback
    return Row(
        id=row.id,
        kind=FEEDBACK[Kind(row.kind)],
        sent_at=row.sent_at,
        case=listed.case,
        clocks=(
            *_clock("To be acknowledged", row.acknowledge_by, row.acknowledged_at, now),
            *_clock("To be answered", row.due_at, row.answered_at, now),
        ),
        words=None if letter is None else _words(letter),
        answers=letter.answers if letter else (),
        files=sum(bool(item.get("blob")) for item in letter.items) if letter else 0,
    )


def _clock(title: str, by: datetime | None, met_at: datetime | None, now: datetime) -> tuple[Clock, ...]:
    """Once it was met, how it was kept is history and no longer changes."""
    if by is None:
        return ()
    if met_at is None:
        return (Clock(title=title, words=due(by, now), by=by, met_at=None, late=now >= by),)
    words = "done in time" if met_at < by else f"done {due(by, met_at)}"
    return (Clock(title=title, words=words, by=by, met_at=met_at, late=False),)


def _words(letter: Letter) -> tuple[Words, ...]:
    said = (item for item in letter.items if item.get("words"))
    return tuple(Words(text=i["words"], locale=i.get("locale") or letter.locale, own=True) for i in said)
