"""Opening hours in words: open now, opens tomorrow at 9, and the week. `services_directory.hours` works it out."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from dialogs.texts import NOTHING, Text, Weekday, text
from services_directory.hours import LONDON, Hours, Open, Opening, OpenState, Unsure

_WEEK = 7  # days


def opening_words(state: OpenState, now: datetime) -> Text:
    """Whether somebody is there at the aware moment `now`; NOTHING where nobody knows."""
    if isinstance(state, Unsure):
        return NOTHING if state.why == "no-hours" else text("Today is a holiday. They may be closed.")
    if isinstance(state, Open):
        return _until(state.until)
    return _opens(state.opens, now) if state.opens else text("Closed now.")


def _until(until: datetime | None) -> Text:
    if until is None:
        return text("Open day and night.")
    return text("Open now, until {time}.", time=until.time())


def _opens(opens: datetime, now: datetime) -> Text:
    today = now.astimezone(LONDON).date()
    days = (opens.date() - today) // timedelta(days=1)
    if days == 0:
        return text("Closed now. Opens today at {time}.", time=opens.time())
    if days == 1:
        return text("Closed now. Opens tomorrow at {time}.", time=opens.time())
    if days < _WEEK:
        return text("Closed now. Opens again: {weekday}, {time}.", weekday=Weekday(opens.weekday()), time=opens.time())
    return text("Closed now. Opens again: {day}.", day=opens.date())


def week_of(hours: Hours | None) -> tuple[Text, ...]:
    """The usual week, a line for each opening; nothing where somebody is there day and night."""
    return tuple(_line(opening, first, last) for opening in _openings(hours) for first, last in _runs(opening.days))


def _openings(hours: Hours | None) -> tuple[Opening, ...]:
    return hours.openings if hours else ()


def _runs(days: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Days next to each other, as the first and the last of them: Monday to Friday."""
    for day in sorted(days):
        if day - 1 not in days:
            last = day
            while last + 1 in days:
                last += 1
            yield day, last


def _line(opening: Opening, first: int, last: int) -> Text:
    times = {"opens": opening.opens, "closes": opening.closes}
    if first == last:
        return text("{day}: {opens} to {closes}.", day=Weekday(first), **times)
    return text("{first} to {last}: {opens} to {closes}.", first=Weekday(first), last=Weekday(last), **times)
