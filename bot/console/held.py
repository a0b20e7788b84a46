"""What a case page shows about a hold: since when this agency must keep the report by law, who said so, and the reason.

Holds of other agencies are never shown: that there is one would tell that they hold the report.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.console.opening import Words
from bot.correspondence import Opened
from bot.reports.letter import HOLD, HOLD_LIFTED, Letter
from bot.reports.report import Entry

_BY = "by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """That somebody set or lifted the hold. `by`: their name."""

    lifted: bool
    at: datetime
    by: str = field(repr=False)
    reason: tuple[Words, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """`since`: None where this agency need not keep it. `may_set`, `may_lift`: whoever looks may do so."""

    since: datetime | None
    events: tuple[Event, ...]
    may_set: bool = False
    may_lift: bool = False


def signed(staff: str, name: str) -> tuple[Entry, ...]:
    """Who it was, inside the letter that holds the reason."""
    return (Entry(id=_BY, label="By", stored=staff, shown=(name,)),)


def events(found: Iterable[Opened]) -> tuple[Event, ...]:
    """Every time it was set or lifted, oldest first."""
    return tuple(_event(one.letter, one.sent_at) for one in found if one.letter and one.letter.kind in _KINDS)


_KINDS = (HOLD, HOLD_LIFTED)


def _event(letter: Letter, at: datetime) -> Event:
    by = next((entry.shown[0] for entry in letter.answers if entry.id == _BY and entry.shown), "")
    reason = tuple(Words(text=item["words"], locale=letter.locale, own=True) for item in letter.items)
    return Event(lifted=letter.kind == HOLD_LIFTED, at=at, by=by, reason=reason)
