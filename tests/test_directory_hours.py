"""Whether somebody is there: by the clock on the wall, past midnight, when the clocks change, on holidays."""

from bisect import bisect_left
from collections.abc import Container
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import accumulate

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services_directory.calendar import england
from services_directory.hours import (
    LONDON,
    BankHolidays,
    Closed,
    Hours,
    Open,
    Opening,
    OpenState,
    Unsure,
    state_at,
)
from tests.properties import PROPERTY

HOLIDAYS = england(range(2026, 2029))
NONE: frozenset[date] = frozenset()
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WEEKDAYS = frozenset(range(5))
OFFICE = Hours(openings=(Opening(days=WEEKDAYS, opens=time(9), closes=time(17)),), bank_holidays=BankHolidays.CLOSED)
NIGHTS = Hours(openings=(Opening(days=frozenset({4, 5}), opens=time(22), closes=time(2)),))  # Friday and Saturday
CLOCKS_GO_FORWARD, CLOCKS_GO_BACK = date(2027, 3, 28), date(2027, 10, 31)


def london(*moment: int, fold: int = 0) -> datetime:
    return datetime(*moment, tzinfo=LONDON, fold=fold)  # type: ignore[misc, arg-type]  # year, month, day, hour, minute


def same(one: OpenState, other: OpenState) -> bool:
    """Whether both mean the same moments; two times of one clock are compared by what it shows, not by when that is."""
    return _in_utc(one) == _in_utc(other)


def _in_utc(state: OpenState) -> OpenState:
    if isinstance(state, Open) and state.until:
        return replace(state, until=state.until.astimezone(UTC))
    if isinstance(state, Closed) and state.opens:
        return replace(state, opens=state.opens.astimezone(UTC))
    return state


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (london(2026, 11, 23, 9), Open(until=london(2026, 11, 23, 17))),
        (london(2026, 11, 23, 16, 59), Open(until=london(2026, 11, 23, 17))),
        (london(2026, 11, 23, 17), Closed(opens=london(2026, 11, 24, 9))),
        (london(2026, 11, 23, 8, 59), Closed(opens=london(2026, 11, 23, 9))),
        (london(2026, 11, 27, 18), Closed(opens=london(2026, 11, 30, 9))),  # Friday evening
        (london(2026, 12, 24, 18), Closed(opens=london(2026, 12, 29, 9))),  # over Christmas, with a day in lieu
        (london(2026, 12, 25, 12), Closed(opens=london(2026, 12, 29, 9))),
        (datetime(2026, 7, 6, 8, tzinfo=UTC), Open(until=london(2026, 7, 6, 17))),  # nine o'clock in summer
    ],
)
def test_an_office_is_open_in_its_hours_and_says_when_it_opens_next(at: datetime, state: OpenState) -> None:
    assert state_at(OFFICE, at, HOLIDAYS) == state


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (london(2026, 11, 28, 1), Open(until=london(2026, 11, 28, 2))),  # the night after Friday
        (london(2026, 11, 27, 23), Open(until=london(2026, 11, 28, 2))),
        (london(2026, 11, 28, 2), Closed(opens=london(2026, 11, 28, 22))),
        (london(2026, 11, 29, 1, 59), Open(until=london(2026, 11, 29, 2))),
        (london(2026, 11, 29, 2), Closed(opens=london(2026, 12, 4, 22))),
        (london(2026, 11, 27, 1), Closed(opens=london(2026, 11, 27, 22))),  # the night after Thursday
    ],
)
def test_hours_past_midnight_belong_to_the_evening_they_began(at: datetime, state: OpenState) -> None:
    assert state_at(NIGHTS, at, NONE) == state


def test_a_listening_line_that_never_closes_is_open_on_christmas_night() -> None:
    assert state_at(Hours(always=True), london(2026, 12, 25, 3), HOLIDAYS) == Open(until=None)


def test_without_hours_nobody_says_open_or_closed() -> None:
    assert state_at(None, london(2026, 11, 23, 12), HOLIDAYS) == Unsure(why="no-hours")


@pytest.mark.parametrize("hour", [7, 12, 20])
def test_on_a_bank_holiday_nobody_guesses(hour: int) -> None:
    hours = replace(OFFICE, bank_holidays=BankHolidays.UNKNOWN)

    assert state_at(hours, london(2027, 5, 3, hour), HOLIDAYS) == Unsure(why="bank-holiday")


def test_a_bank_holiday_changes_nothing_where_nobody_works_that_day_anyway() -> None:
    hours = replace(OFFICE, bank_holidays=BankHolidays.UNKNOWN)

    assert state_at(hours, london(2027, 12, 25, 12), HOLIDAYS) == Closed(opens=london(2027, 12, 29, 9))


def test_no_doubtful_day_is_promised_as_the_next_opening() -> None:
    hours = replace(OFFICE, bank_holidays=BankHolidays.UNKNOWN)

    assert state_at(hours, london(2027, 5, 2, 12), HOLIDAYS) == Closed(opens=london(2027, 5, 4, 9))


def test_those_who_work_on_bank_holidays_are_open_then() -> None:
    hours = replace(OFFICE, bank_holidays=BankHolidays.OPEN)

    assert state_at(hours, london(2027, 5, 3, 12), HOLIDAYS) == Open(until=london(2027, 5, 3, 17))


def test_the_night_after_a_bank_holiday_is_as_doubtful_as_its_evening() -> None:
    christmas = london(2026, 12, 25, 23)  # a Friday; Boxing Day is a holiday as well

    assert state_at(NIGHTS, christmas, frozenset({date(2026, 12, 25)})) == Unsure(why="bank-holiday")
    assert state_at(NIGHTS, christmas + 2 * timedelta(hours=1), frozenset({date(2026, 12, 25)})) == Unsure(
        why="bank-holiday"
    )
    closed = replace(NIGHTS, bank_holidays=BankHolidays.CLOSED)
    assert state_at(closed, christmas, HOLIDAYS) == Closed(opens=london(2027, 1, 2, 22))


@pytest.mark.parametrize(
    ("opens", "closes", "hours"), [("00:30", "04:00", 2.5), ("01:30", "04:00", 2.0), ("22:00", "01:30", 3.0)]
)
def test_the_night_in_spring_is_an_hour_shorter(opens: str, closes: str, hours: float) -> None:
    assert _length(opens, closes, CLOCKS_GO_FORWARD) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("opens", "closes", "hours"), [("00:30", "04:00", 4.5), ("01:30", "04:00", 3.5), ("22:00", "01:30", 3.5)]
)
def test_the_night_in_autumn_is_an_hour_longer(opens: str, closes: str, hours: float) -> None:
    assert _length(opens, closes, CLOCKS_GO_BACK) == timedelta(hours=hours)


def _length(opens: str, closes: str, night: date) -> timedelta:
    """How many minutes somebody is there in the night that ends on this Sunday."""
    every_day = Opening(days=frozenset(range(7)), opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))
    evening = datetime.combine(night - DAY, time(18), tzinfo=LONDON).astimezone(UTC)
    states = (state_at(Hours(openings=(every_day,)), evening + number * MINUTE, NONE) for number in range(14 * 60))
    return sum(isinstance(state, Open) for state in states) * MINUTE


def test_an_hour_that_the_clock_leaps_over_is_not_opened_at_all() -> None:
    skipped = Hours(openings=(Opening(days=frozenset({6}), opens=time(1, 10), closes=time(1, 50)),))
    before = london(2027, 3, 28, 0, 30)

    assert state_at(skipped, before, NONE) == Closed(opens=london(2027, 4, 4, 1, 10))


def test_days_that_meet_at_midnight_are_one_opening() -> None:
    all_day = Hours(openings=(Opening(days=WEEKDAYS, opens=time(), closes=time()),))

    assert state_at(all_day, london(2026, 11, 24, 3), NONE) == Open(until=london(2026, 11, 28))
    assert state_at(all_day, london(2026, 11, 28), NONE) == Closed(opens=london(2026, 11, 30))


def test_a_week_without_a_gap_has_no_end() -> None:
    week = Hours(openings=(Opening(days=frozenset(range(7)), opens=time(), closes=time()),))

    assert state_at(week, london(2026, 11, 24, 3), NONE) == Open(until=None)


def test_one_who_is_never_there_has_no_next_opening() -> None:
    every_day = frozenset(date(2026, 11, 1) + number * DAY for number in range(120))

    assert state_at(OFFICE, london(2026, 11, 24, 12), every_day) == Closed(opens=None)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        state_at(OFFICE, datetime(2026, 11, 23, 12), HOLIDAYS)  # noqa: DTZ001  # the mistake in question


@pytest.mark.parametrize(
    ("days", "opens", "closes", "what"),
    [
        (frozenset(), time(9), time(17), "needs days"),
        ({7}, time(9), time(17), "needs days"),
        ({0}, time(9), time(9), "closes in the minute"),
        ({0}, time(9, tzinfo=UTC), time(17), "clock on the wall"),
        ({0}, time(9), time(17, 0, 1), "to the minute"),
    ],
)
def test_an_opening_that_cannot_be_is_refused(days: set[int], opens: time, closes: time, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        Opening(days=frozenset(days), opens=opens, closes=closes)


@pytest.mark.parametrize(
    "openings",
    [
        ((0, 9, 12), (0, 11, 14)),
        ((0, 9, 12), (0, 9, 12)),
        ((0, 22, 2), (1, 1, 3)),
        ((6, 22, 2), (0, 1, 3)),  # Sunday's night reaches into Monday
        ((0, 0, 0), (0, 9, 12)),
    ],
)
def test_two_openings_at_one_time_are_refused(openings: tuple[tuple[int, int, int], ...]) -> None:
    with pytest.raises(ValueError, match="overlap"):
        Hours(openings=tuple(_opening(*one) for one in openings))


def _opening(day: int, opens: int, closes: int) -> Opening:
    return Opening(days=frozenset({day}), opens=time(opens), closes=time(closes))


def test_hours_are_either_always_or_a_list() -> None:
    for always, openings in ((True, OFFICE.openings), (False, ())):
        with pytest.raises(ValueError, match="either always or a list"):
            Hours(openings=openings, always=always)


def test_england_keeps_eight_bank_holidays_and_the_days_in_lieu() -> None:
    assert {date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 8, 31), date(2026, 12, 28)} <= HOLIDAYS
    assert date(2026, 3, 17) not in HOLIDAYS  # Saint Patrick's Day is not one of England's
    assert date(2026, 11, 30) not in HOLIDAYS  # nor Saint Andrew's
    assert {2026, 2027, 2028} == {day.year for day in HOLIDAYS}


# The oracle walks over every minute and looks at the clock on the wall; it does not calculate.

NEAR_CHANGES = [datetime.combine(day, time(), tzinfo=UTC) for day in (CLOCKS_GO_FORWARD, CLOCKS_GO_BACK)]
quarters = st.builds(time, st.integers(0, 23), st.sampled_from((0, 10, 30, 45)))
openings = st.builds(
    lambda days, opens, closes: (days, opens, closes), st.frozensets(st.integers(0, 6)), quarters, quarters
)


@st.composite
def weeks(draw: st.DrawFn) -> Hours:
    drawn = draw(st.lists(openings, min_size=1, max_size=3))
    try:
        built = tuple(Opening(days=days, opens=opens, closes=closes) for days, opens, closes in drawn)
        return Hours(openings=built, bank_holidays=draw(st.sampled_from(BankHolidays)))
    except ValueError:
        assume(condition=False)
        raise


@cache
def _walk(night: datetime) -> tuple[list[datetime], list[datetime], list[datetime]]:
    """Every minute from four days before to eleven days after; what the clock shows; the latest it has shown yet."""
    minutes = [night - 4 * DAY + number * MINUTE for number in range(15 * 24 * 60)]
    shown = [minute.astimezone(LONDON).replace(tzinfo=None) for minute in minutes]
    return minutes, shown, list(accumulate(shown, max))


def walked(hours: Hours, at: datetime, night: datetime, holidays: Container[date]) -> OpenState:
    """What `state_at` must say, found by looking at the clock in every minute around this night."""
    minutes, shown, latest = _walk(night)
    there = {True: [False] * len(minutes), False: [False] * len(minutes)}  # by whether it is certain
    doubtful_days = set()
    for day in (shown[0].date() + number * DAY for number in range(1, 17)):
        certain = day not in holidays or hours.bank_holidays is BankHolidays.OPEN
        if not certain and hours.bank_holidays is BankHolidays.CLOSED:
            continue
        for opening in (one for one in hours.openings if day.weekday() in one.days):
            last = day if opening.closes > opening.opens else day + DAY
            first = bisect_left(latest, datetime.combine(day, opening.opens))
            end = bisect_left(latest, datetime.combine(last, opening.closes))
            there[certain][first:end] = [True] * (end - first)
            doubtful_days |= {day} if not certain and end > first else set()
    now = minutes.index(at)
    if there[True][now]:
        return Open(until=_next(minutes, there[True], now, wanted=False))
    if there[False][now] or shown[now].date() in doubtful_days:
        return Unsure(why="bank-holiday")
    return Closed(opens=_next(minutes, there[True], now, wanted=True))


def _next(minutes: list[datetime], there: list[bool], now: int, *, wanted: bool) -> datetime | None:
    return next((minutes[number] for number in range(now, len(minutes)) if there[number] is wanted), None)


@PROPERTY
@given(weeks(), st.sampled_from(NEAR_CHANGES), st.integers(-36 * 60, 36 * 60), st.sets(st.integers(-1, 8), max_size=3))
def test_it_says_what_the_clock_on_the_wall_says(
    hours: Hours, night: datetime, offset: int, holidays: set[int]
) -> None:
    at = night + offset * MINUTE
    days = frozenset(night.date() + number * DAY for number in holidays)

    said, found = state_at(hours, at, days), walked(hours, at, night, days)
    if isinstance(found, Closed) and found.opens is None:
        assert isinstance(said, Closed)
        assert said.opens is None or said.opens.astimezone(UTC) >= at + 8 * DAY
    elif isinstance(found, Open) and found.until is None:
        assert isinstance(said, Open)
        assert said.until is None or said.until.astimezone(UTC) >= at + 8 * DAY
    else:
        assert same(said, found)


@PROPERTY
@given(weeks(), st.datetimes(datetime(2026, 1, 2), datetime(2028, 11, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_what_it_promises_comes_true(hours: Hours, at: datetime) -> None:
    said = state_at(hours, at, HOLIDAYS)

    if isinstance(said, Open) and said.until:
        assert said.until > at
        assert isinstance(state_at(hours, said.until - timedelta(seconds=1), HOLIDAYS), Open)
        assert not isinstance(state_at(hours, said.until, HOLIDAYS), Open)
    if isinstance(said, Closed) and said.opens:
        assert said.opens > at
        assert isinstance(state_at(hours, said.opens, HOLIDAYS), Open)
        assert not isinstance(state_at(hours, said.opens - timedelta(seconds=1), HOLIDAYS), Open)
