"""Clocks that tests move by hand. Nothing here waits: the program under test only ever asks what time it is."""

from datetime import UTC, datetime, timedelta

#: A Monday morning in winter, when London and UTC agree.
A_MONDAY = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is told to move; calling it gives an aware datetime.

    Raises ValueError for a start without time zone and for a step backwards.
    """

    def __init__(self, start: datetime = A_MONDAY) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs a start with a time zone")
        self._now = start

    def __call__(self) -> datetime:
        return self._now

    def advance(self, **by: float) -> datetime:
        """Move forward; the names are those of `timedelta`, as in `advance(hours=47, minutes=59)`."""
        step = timedelta(**by)
        if step < timedelta(0):
            raise ValueError("a clock does not go back")
        self._now += step
        return self()


class RunningClock(Clock):
    """The machine's own time, plus every step that it was told to take."""

    def __init__(self) -> None:
        self._began = datetime.now(UTC)
        super().__init__(self._began)

    def __call__(self) -> datetime:
        return self._now + (datetime.now(UTC) - self._began)
