"""Opening hours as data, and whether somebody is there at a given moment. Pure: the moment is passed in.

Hours are what a clock on a wall in England shows, through both changes of the clock.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain, pairwise
from typing import Literal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
LOOK_AHEAD = 35  # days; beyond the longest run of bank holidays on one weekday
MIDNIGHT = time()
_DAY = timedelta(days=1)
_WEEK = 7 * 24 * 60  # minutes


class BankHolidays(StrEnum):
    """What the usual hours are worth on a bank holiday."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """From `opens` to `closes` on each of `days` (0 is Monday); where `closes` is not later, it is on the next day.

    Midnight to midnight is the whole day. Raises ValueError for hours that cannot be.
    """

    days: frozenset[int]
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if not self.days or not self.days <= frozenset(range(7)):
            raise ValueError("an opening needs days of the week")
        if self.opens.tzinfo or self.closes.tzinfo:
            raise ValueError("opening hours are those of the clock on the wall")
        if any(moment.second or moment.microsecond for moment in (self.opens, self.closes)):
            raise ValueError("opening hours are given to the minute")
        if self.opens == self.closes != MIDNIGHT:
            raise ValueError("it closes in the minute in which it opens")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A week of openings, or `always`: day and night, every day. Raises ValueError where they contradict each other."""

    openings: tuple[Opening, ...] = ()
    always: bool = False
    bank_holidays: BankHolidays = BankHolidays.UNKNOWN

    def __post_init__(self) -> None:
        if self.always == bool(self.openings):
            raise ValueError("hours are either always or a list of openings")
        spans = sorted(span for opening in self.openings for span in _spans(opening))
        if any(later < end for (_, end), (later, _) in pairwise(spans)):
            raise ValueError("two openings overlap")
        if spans and spans[-1][1] > spans[0][0] + _WEEK:
            raise ValueError("two openings overlap")


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Somebody is there until then (London time); None: for weeks, day and night."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Nobody is there. `opens` is the next time for certain (London time); None: none within weeks."""

    opens: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """Nobody knows: there are no hours, or it is a bank holiday and no page says what that means."""

    why: Literal["bank-holiday", "no-hours"]


OpenState = Open | Closed | Unsure


@dataclass(frozen=True, slots=True)
class _Interval:
    start: datetime
    end: datetime
    certain: bool

    def holds(self, at: datetime) -> bool:
        return self.start <= at < self.end


def state_at(hours: Hours | None, at: datetime, holidays: Container[date]) -> OpenState:
    """Whether somebody is there at the aware moment `at`. Raises ValueError for a moment without a time zone.

    An opening belongs to the day on which it begins, also past midnight; so does the question of a bank holiday.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    if hours is None:
        return Unsure(why="no-hours")
    if hours.always:
        return Open()
    moment, today = at.astimezone(UTC), at.astimezone(LONDON).date()
    near = list(_intervals(hours, today, range(-1, 1), holidays))
    later = _intervals(hours, today, range(1, LOOK_AHEAD), holidays)
    certain = (one for one in chain(near, later) if one.certain)
    if any(one.certain and one.holds(moment) for one in near):
        return _open(certain, moment)
    if any(not one.certain and (one.holds(moment) or _wall(one.start).date() == today) for one in near):
        return Unsure(why="bank-holiday")
    return Closed(opens=next((_wall(one.start) for one in certain if one.start > moment), None))


def _open(certain: Iterable[_Interval], at: datetime) -> Open:
    until = at
    for one in certain:
        if one.holds(until):
            until = one.end
        elif one.start > until:
            break
    return Open(until=None if until - at > (LOOK_AHEAD - 2) * _DAY else _wall(until))


def _intervals(hours: Hours, today: date, days: range, holidays: Container[date]) -> Iterator[_Interval]:
    """What is open on these days from today, in the order of time."""
    openings = sorted(hours.openings, key=lambda opening: opening.opens)
    for day in (today + number * _DAY for number in days):
        certain = day not in holidays or hours.bank_holidays is BankHolidays.OPEN
        if not certain and hours.bank_holidays is BankHolidays.CLOSED:
            continue
        for opening in (one for one in openings if day.weekday() in one.days):
            interval = _interval(opening, day, certain=certain)
            if interval.start < interval.end:  # else the clock leaps over all of it
                yield interval


def _interval(opening: Opening, day: date, *, certain: bool) -> _Interval:
    last = day if opening.closes > opening.opens else day + _DAY
    return _Interval(_moment(day, opening.opens), _moment(last, opening.closes), certain)


def _moment(day: date, shown: time) -> datetime:
    """The first moment at which the clock on the wall shows this time or a later one."""
    moment = datetime.combine(day, shown, tzinfo=LONDON).astimezone(UTC)
    skipped = moment.astimezone(LONDON).time() != shown
    return moment.replace(minute=0) if skipped else moment  # the clock leaps at 1:00 UTC, over a full hour


def _wall(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)


def _spans(opening: Opening) -> Iterator[tuple[int, int]]:
    start, end = _minutes(opening.opens), _minutes(opening.closes)
    length = end - start if end > start else end - start + 24 * 60
    for day in opening.days:
        yield day * 24 * 60 + start, day * 24 * 60 + start + length


def _minutes(shown: time) -> int:
    return shown.hour * 60 + shown.minute
