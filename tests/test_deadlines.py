"""When staff must have looked: real hours through changes of the clock, and working days between holidays."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.deadlines import due, read_by
from services_directory.load import load
from services_directory.model import Deadline

LONDON = ZoneInfo("Europe/London")
CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 28)}  # Boxing Day 2026 is a Saturday, so Monday is a holiday


def hours(number: float) -> Deadline:
    return Deadline(name="test", elapsed=timedelta(hours=number), basis="test")


def working(days: int) -> Deadline:
    return Deadline(name="test", working_days=days, basis="test")


def london(year: int, month: int, day: int, *, at: str) -> datetime:
    return datetime.combine(date(year, month, day), time.fromisoformat(at), tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (london(2027, 3, 27, at="12:00"), london(2027, 3, 28, at="13:00")),  # the clock goes forward that night
        (london(2026, 10, 24, at="12:00"), london(2026, 10, 25, at="11:00")),  # and back
        (london(2026, 12, 24, at="12:00"), london(2026, 12, 25, at="12:00")),  # holidays do not stop it
    ],
)
def test_a_day_is_twenty_four_real_hours(start: datetime, end: datetime) -> None:
    reached = due(hours(24), start.astimezone(UTC), LONDON, CHRISTMAS)

    assert reached == end.astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "days", "last_day"),
    [
        (london(2026, 11, 20, at="09:00"), 1, date(2026, 11, 23)),  # from Friday to Monday
        (london(2026, 11, 21, at="09:00"), 1, date(2026, 11, 23)),  # from Saturday
        (london(2026, 11, 16, at="00:30"), 2, date(2026, 11, 18)),
        (london(2026, 12, 24, at="09:00"), 1, date(2026, 12, 29)),  # over Christmas and the Monday given for Boxing Day
        (london(2026, 12, 24, at="09:00"), 2, date(2026, 12, 30)),
        (london(2027, 7, 1, at="23:30"), 1, date(2027, 7, 2)),  # half past eleven at night, and still today in London
    ],
)
def test_working_days_end_at_midnight_of_the_last(start: datetime, days: int, last_day: date) -> None:
    reached = due(working(days), start.astimezone(UTC), LONDON, CHRISTMAS)

    midnight = datetime.combine(last_day + timedelta(days=1), datetime.min.time(), tzinfo=LONDON)
    assert reached == midnight


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # bounds
    st.integers(1, 30),
    st.sets(st.dates(date(2026, 1, 1), date(2030, 1, 1)), max_size=20),
)
def test_exactly_so_many_working_days_lie_before_the_end(start: datetime, days: int, holidays: set[date]) -> None:
    reached = due(working(days), start, LONDON, holidays).astimezone(LONDON)

    day, counted = start.astimezone(LONDON).date() + timedelta(days=1), 0
    while day < reached.date():
        counted += day.weekday() < 5 and day not in holidays
        day += timedelta(days=1)
    assert counted == days
    assert (reached.hour, reached.minute) == (0, 0)


def test_an_urgent_alert_must_be_read_sooner() -> None:
    start = london(2026, 11, 20, at="23:50").astimezone(UTC)

    for area in load().areas:
        assert start < read_by(area, urgent=True, start=start) < read_by(area, urgent=False, start=start)
        assert read_by(area, urgent=True, start=start) == start + timedelta(minutes=15)
