"""When something happened, as exactly or as roughly as the person says it, and never more exactly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, ClassVar

from dateparser.date import DateDataParser

from dialogs.inputs import Accepted, Input, Reader, Refused, Stored, Tapped, Typed, Verdict
from dialogs.script import Misfit, Offer, Question
from dialogs.texts import Text, text

MOST = 100  # characters of a typed date
_EXAMPLES = text("Please tap a button, or type a day. For example: 5 May, or last Friday.")
_FUTURE = text("That day has not come yet. Please type another day.")

ROUGHLY = {
    "today": text("Today"),
    "yesterday": text("Yesterday"),
    "week": text("In the last 7 days"),
    "month": text("In the last month"),
    "longer": text("Longer ago"),
    "many": text("Many times"),
    "unsure": text("I am not sure"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time with the precision it was told. Falsy when nothing was said.

    `precision`: a key of `ROUGHLY`, or one of "year", "month-of", "day", "minute", which have a `day`.
    """

    precision: str = ""
    day: date | None = field(default=None, repr=False)
    at: time | None = field(default=None, repr=False)

    def __bool__(self) -> bool:
        return bool(self.precision)

    def known_day(self) -> date | None:
        """The day, where it was told as a day, and not only its month or year."""
        return None if self.precision in ("month-of", "year") else self.day

    def surely_since(self, first: date) -> bool:
        """Whether it was on the day `first` or later, as far as a day, a month or a year was told."""
        return self.day is not None and self.day >= first


class When(Question[Moment]):
    """A day or a rough time, tapped or typed in the person's language; never forced to be exact."""

    kind = "when"
    roughly: ClassVar[Mapping[str, Text]] = ROUGHLY  # the rough times it offers

    def accept(self, given: Input, recorded: Stored, reader: Reader) -> Verdict:
        if isinstance(given, Tapped) and given.option in self.roughly:
            return Accepted(_roughly(given.option, reader.today))
        if isinstance(given, Typed):
            return _typed(given.words, reader)
        return Refused(_EXAMPLES)

    def read(self, stored: Stored) -> Moment:
        try:
            return Moment(
                precision=stored["precision"],
                day=date.fromisoformat(stored["day"]) if stored.get("day") else None,
                at=time.fromisoformat(stored["at"]) if stored.get("at") else None,
            )
        except (TypeError, KeyError, ValueError) as fault:
            raise Misfit from fault

    def nothing(self) -> Moment:
        return Moment()

    def shown(self, stored: Stored) -> tuple[Text, ...]:
        moment = self.read(stored)
        if moment.precision in ROUGHLY:
            return (ROUGHLY[moment.precision],)
        if moment.day is None:
            raise Misfit
        if moment.precision == "minute" and moment.at is not None:
            return (text("{moment}", moment=datetime.combine(moment.day, moment.at)),)
        return (text("{day}", day=_shown_day(moment)),)

    def choices(self) -> tuple[str, ...]:
        return tuple(self.roughly)

    def offers(self, recorded: Stored) -> tuple[Offer, ...]:
        said = recorded["precision"] if isinstance(recorded, dict) else ""
        return tuple(Offer(option=code, label=label, marked=code == said) for code, label in self.roughly.items())

    def takes(self) -> frozenset[str]:
        return frozenset({"words"})

    def examples(self) -> tuple[Stored, ...]:
        rough = tuple({"precision": code} for code in self.roughly)
        exact = {"precision": "minute", "day": "2026-05-05", "at": "21:30"}
        return (*rough, exact) if self.required else (*rough, exact, None)


class Once(When):
    """The time of what can only have been once."""

    roughly = {code: label for code, label in ROUGHLY.items() if code != "many"}


def _roughly(code: str, today: date) -> dict[str, Any]:
    """ "Today" is kept with its date, since tomorrow it would mean another day."""
    if code == "today":
        return {"precision": code, "day": today.isoformat()}
    if code == "yesterday":
        return {"precision": code, "day": date.fromordinal(today.toordinal() - 1).isoformat()}
    return {"precision": code}


def _shown_day(moment: Moment) -> object:
    if moment.day is not None and moment.precision in ("year", "month-of"):
        return Rough(moment.day, moment.precision)
    return moment.day


@dataclass(frozen=True, slots=True)
class Rough:
    """A month or a year, to be written without the parts nobody said."""

    day: date
    precision: str  # "month-of" or "year"


def _typed(words: str, reader: Reader) -> Verdict:
    if len(words) > MOST:
        return Refused(_EXAMPLES)
    found = _read_date(words, reader)
    if found is None:
        return Refused(_EXAMPLES)
    if found.day is not None and found.day > reader.today:
        return Refused(_FUTURE)
    stored = {"precision": found.precision, "day": found.day.isoformat() if found.day else None}
    return Accepted({**stored, "at": found.at.isoformat("minutes")} if found.at else stored)


_PERIODS = {"year": "year", "month": "month-of", "week": "day", "day": "day", "time": "minute"}


def _read_date(words: str, reader: Reader) -> Moment | None:
    """The day in `words`, read in the reader's language or in English, looking back from their today."""
    language = reader.locale.partition("-")[0].partition("@")[0]
    languages = [language] if language == "en" else [language, "en"]
    settings: dict[str, Any] = {
        "RELATIVE_BASE": datetime.combine(reader.today, time(23, 59)),
        "PREFER_DATES_FROM": "past",
        "DATE_ORDER": "DMY",
        "RETURN_TIME_AS_PERIOD": True,
        "TIMEZONE": "UTC",
    }
    try:
        found = DateDataParser(languages=languages, settings=settings).get_date_data(words)
    except (ValueError, OverflowError):  # a language it does not know, a year beyond its calendar
        return None
    if found is None or found.date_obj is None:
        return None
    precision = _PERIODS.get(found.period or "day", "day")
    at = found.date_obj.time().replace(second=0, microsecond=0) if precision == "minute" else None
    return Moment(precision=precision, day=found.date_obj.date(), at=at)
