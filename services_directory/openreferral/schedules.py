"""Opening hours as schedules that repeat every week, and schedules of a feed as opening hours.

A schedule that says less or more than a week's hours is refused whole: half the hours are worse than none.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time

from services_directory.hours import MIDNIGHT, Hours, Opening
from services_directory.openreferral.ids import uid
from services_directory.openreferral.terms import Record

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NIGHT_AND_DAY = "Day and night, every day."
_CLOCK = re.compile(r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(:[0-9]{2})?(Z|[+]0[01]:?00)?")
_LATEST = ("23:59", "24:00", "00:00")  # how feeds write that a day is over


def schedule_records(service: str, hours: Hours | None) -> list[Record]:
    """The schedules of the service with the UUID `service`."""
    if hours is None:
        return []
    if hours.always:
        return [_record(service, 0, DAYS) | {"opens_at": "00:00", "closes_at": "23:59", "description": NIGHT_AND_DAY}]
    return [_opening(service, number, opening) for number, opening in enumerate(hours.openings)]


def _opening(service: str, number: int, opening: Opening) -> Record:
    opens, closes = f"{opening.opens:%H:%M}", f"{opening.closes:%H:%M}"
    words = f"From {opens} to {closes}, as clocks in England show."
    days = [DAYS[day] for day in sorted(opening.days)]
    return _record(service, number, days) | {"opens_at": opens, "closes_at": closes, "description": words}


def _record(service: str, number: int, days: Sequence[str]) -> Record:
    own = uid("schedule", service, str(number))
    return {"id": own, "service_id": service, "freq": "WEEKLY", "interval": 1, "wkst": "MO", "byday": ",".join(days)}


def read_hours(schedules: Sequence[Mapping[str, object]], today: date, *, ours: bool = False) -> Hours | None:
    """The hours that `schedules` give; None where there are none. Raises ValueError, saying why, for all others.

    `ours`: they are of our own export, which says in its own way that somebody is always there.
    """
    if not schedules:
        return None
    for schedule in schedules:
        _refuse_unusual(schedule, today)
    if not ours and len(schedules) == 1 and _is_always(schedules[0]):
        return Hours(always=True)
    return Hours(openings=tuple(_read_opening(schedule) for schedule in schedules))


def _refuse_unusual(schedule: Mapping[str, object], today: date) -> None:
    if schedule.get("freq", "WEEKLY") != "WEEKLY" or schedule.get("interval", 1) not in (None, 1):
        raise ValueError("not the same every week")
    if any(schedule.get(key) for key in ("byweekno", "bymonthday", "byyearday", "count", "until", "timezone")):
        raise ValueError("more than days and times")
    if str(schedule.get("valid_to") or today) < today.isoformat():
        raise ValueError("they have ended")
    if str(schedule.get("valid_from") or today) > today.isoformat():
        raise ValueError("they have not begun")


def _days(schedule: Mapping[str, object]) -> frozenset[int]:
    named = str(schedule.get("byday") or "").replace(" ", "").split(",")
    if not set(named) <= set(DAYS):
        raise ValueError("no days of the week")
    return frozenset(DAYS.index(day) for day in named)


def _is_always(schedule: Mapping[str, object]) -> bool:
    opens, closes = (str(schedule.get(key) or "")[:5] for key in ("opens_at", "closes_at"))
    return len(_days(schedule)) == len(DAYS) and opens == "00:00" and closes in _LATEST


def _read_opening(schedule: Mapping[str, object]) -> Opening:
    opens, closes = _clock(schedule.get("opens_at")), _clock(schedule.get("closes_at"))
    return Opening(days=_days(schedule), opens=opens, closes=closes)


def _clock(value: object) -> time:
    found = _CLOCK.fullmatch(str(value or ""))
    if found is None:
        raise ValueError("no times like 09:30")
    if (found["hour"], found["minute"]) == ("24", "00"):
        return MIDNIGHT
    try:
        return time(int(found["hour"]), int(found["minute"]))
    except ValueError:
        raise ValueError("no times like 09:30") from None
