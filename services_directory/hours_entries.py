"""Opening hours as they stand in a file: `always`, or a list of days with the times from and to."""

from collections.abc import Iterator
from datetime import time
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from services_directory.fields import Strict
from services_directory.hours import BankHolidays, Hours, Opening

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ALWAYS = "always"


def _days(value: object) -> frozenset[int]:
    return frozenset(day for part in str(value).split(",") for day in _run(part.strip()))


def _run(part: str) -> Iterator[int]:
    """The days of "Mon" or "Mon-Fri"; a run may go over Sunday."""
    first, _, last = part.partition("-")
    if first not in DAYS or (last or first) not in DAYS:
        raise ValueError(f"{part} is not a day or a run of days like Mon-Fri")
    day, end = DAYS.index(first), DAYS.index(last or first)
    yield day
    while day != end:
        day = (day + 1) % len(DAYS)
        yield day


def _time(value: object) -> time:
    text = str(value)
    try:
        moment = time.fromisoformat(text) if len(text) == len("08:30") else None
    except ValueError:
        moment = None
    if moment is None:
        raise ValueError("is not a time like 08:30")
    return moment


def _closing(value: object) -> time:
    return time() if value == "24:00" else _time(value)


class OpeningEntry(Strict):
    days: Annotated[frozenset[int], BeforeValidator(_days)]
    opens: Annotated[time, BeforeValidator(_time)] = Field(alias="from")
    closes: Annotated[time, BeforeValidator(_closing)] = Field(alias="to")

    @model_validator(mode="after")
    def _makes_sense(self) -> "OpeningEntry":
        self.value()
        return self

    def value(self) -> Opening:
        return Opening(days=self.days, opens=self.opens, closes=self.closes)


class HoursEntry(Strict):
    """In the file only what `openings` holds, or the word `always`."""

    always: bool = False
    openings: tuple[OpeningEntry, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _always_or_openings(cls, value: object) -> object:
        if value == ALWAYS:
            return {"always": True}
        if not isinstance(value, list) or not value:
            raise ValueError("is neither always nor a list of days with from and to")
        return {"openings": value}

    @model_validator(mode="after")
    def _makes_sense(self) -> "HoursEntry":
        self.value(BankHolidays.UNKNOWN)
        return self

    def value(self, bank_holidays: BankHolidays) -> Hours:
        openings = tuple(opening.value() for opening in self.openings)
        return Hours(openings=openings, always=self.always, bank_holidays=bank_holidays)
