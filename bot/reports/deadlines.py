"""When staff must have looked: the area's clocks, in elapsed time or working days. Pure.

Working days need a calendar of bank holidays, which is passed in.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from holidays import country_holidays

from services_directory.model import Area, Deadline

ENGLAND = ("GB", "ENG")  # whose bank holidays are no working days
READ_URGENT, READ = "alert-read-urgent", "alert-read"


def due(deadline: Deadline, start: datetime, zone: ZoneInfo, holidays: Collection[date]) -> datetime:
    """When `deadline` is reached, counted from the aware time `start`.

    Elapsed time is counted in real hours, through changes of the clock; working days end at midnight in `zone`.
    """
    if deadline.elapsed is not None:
        return start + deadline.elapsed
    day = start.astimezone(zone).date()
    left = deadline.working_days or 0
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in holidays
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)


def read_by(area: Area, *, urgent: bool, start: datetime) -> datetime:
    """When an alert must have been read (design 10; the area's file says how long)."""
    return due(area.deadline(READ_URGENT if urgent else READ), start, ZoneInfo(area.time_zone), ())


def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in this year and the next, as far as they are announced."""
    country, part = ENGLAND
    return frozenset(country_holidays(country, subdiv=part, years=(year, year + 1)))
