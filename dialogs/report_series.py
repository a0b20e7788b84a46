"""A series: the days on which it happened before, an earlier report, and the case review that follows from a series.

The dates stand in the report, so that staff have the dated list a review asks for.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from dialogs.beginning import rest
from dialogs.choices import YES_NO_UNSURE, Choice
from dialogs.code import Code
from dialogs.parts import Part
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import Text, counted, text
from dialogs.when import Moment, When
from services_directory.model import Area

MANY = "many"
MOST_EARLIER = 5  # earlier times that are asked for one by one
_REVIEW = 3  # times in `_HALF_A_YEAR`, as most areas ask (domain: ASB Case Review)
_HALF_A_YEAR = timedelta(days=183)
_SOON = timedelta(days=20)  # from here on the end of the month is near: it must be sent before day 25
_ROUGHLY_NOW = ("week", "month")  # no day, but not long ago
_NO_MORE = frozenset({"longer", MANY, "unsure"})  # nothing more exact will be known of the times before
_OFTEN = frozenset({"daily", "weekly", "monthly"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When it happened: the time that was told first, those before it, and how often ("" if nobody said)."""

    last: Moment = field(default=Moment(), repr=False)
    earlier: tuple[Moment, ...] = field(default=(), repr=False)
    repeated: bool = False
    how_often: str = ""

    @property
    def days(self) -> tuple[date, ...]:
        """The days that are known as such, oldest first."""
        told = (moment.known_day() for moment in (self.last, *self.earlier))
        return tuple(sorted({day for day in told if day is not None}))

    def enough_for_review(self, today: date) -> bool:
        """Whether it happened three times in six months, as far as it was told."""
        recent = [moment for moment in (self.last, *self.earlier) if _is_recent(moment, today)]
        return len(recent) >= _REVIEW or (self.how_often in _OFTEN and len(recent) > 0)


def _is_recent(moment: Moment, today: date) -> bool:
    """In the last six months. What is told as "many times" is told of now."""
    return moment.precision in (*_ROUGHLY_NOW, MANY) or moment.surely_since(today - _HALF_A_YEAR)


async def earlier_times(last: Moment) -> tuple[Moment, ...]:
    """One earlier time after another, until a time is skipped or is no day any more."""
    found: list[Moment] = []
    for number in range(1, MOST_EARLIER + 1):
        moment = await When(
            f"earlier[{number}]",
            _which_time(last, number),
            hint=text("Staff make a list of the days. Skip this when there are no more."),
            part=Part.FACTS,
            label=text("Also happened ({number})", number=number),
        )
        if not moment:
            break
        found.append(moment)
        if moment.precision in _NO_MORE:
            break
    return tuple(found)


def _which_time(last: Moment, number: int) -> Text:
    if number == 1 and last.precision == MANY:
        return text("When was the last time?")
    return text("When was the time before that?")


async def earlier_report(start: Start) -> str:
    """The code of an earlier report, to put both together; "" if there is none. It never stands in a report."""
    told = await Choice(
        "told_us", "Have you sent us a report of it before?", YES_NO_UNSURE, part=Part.FACTS, label=text("Told before")
    )
    if told != "yes":
        return ""
    return await Code(
        "earlier_code",
        "What is the code of that report?",
        start.read_code,
        hint=text("Only those who have both reports then see that they belong together. You can skip this."),
    )


async def case_review(start: Start, area: Area, times: Times, told: Iterable[Moment]) -> None:
    """The right to have it looked at again, with the days, and the month within which each must be told.

    `told`: when offices were told of it.
    """
    if area.case_review is None or not times.enough_for_review(start.today):
        return
    await Say("That is three times or more. You may have a case review.")
    await Say(text("{rule}", rule=area.case_review))
    for line in _days_listed(times.days):
        await Say(line)
    near = near_its_end(times.days, told, start.today)
    if near is not None:
        await Say(_hurry(near, start.today))
    await rest("case-review")


def _days_listed(days: tuple[date, ...]) -> Iterator[Text]:
    for number, day in enumerate(days, start=1):
        yield text("{number}. {day}", number=number, day=day)


def near_its_end(days: Iterable[date], told: Iterable[Moment], today: date) -> date | None:
    """The oldest day whose month is nearly over and of which no office was told in time; None if there is none."""
    heard = [moment.known_day() for moment in told]
    for day in sorted(days):
        in_time = any(day <= one <= month_after(day) for one in heard if one is not None)
        if not in_time and day + _SOON <= today <= month_after(day):
            return day
    return None


def month_after(day: date) -> date:
    """The same day of the next month, or its last day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _hurry(day: date, today: date) -> Text:
    last = month_after(day)
    left = (last - today).days
    if not left:
        return text("Often each time must be told within a month. For {day}, today is the last day.", day=day)
    return counted(
        "Often each time must be told within a month. For {day}, that is {count} more day, until {last}.",
        "Often each time must be told within a month. For {day}, that is {count} more days, until {last}.",
        left,
        day=day,
        last=last,
    )
