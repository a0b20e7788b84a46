"""What a reporter who came back asks the program to do with their report."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dialogs.inputs import Stored
from dialogs.my_report_news import EXAMPLES, News, read_news
from dialogs.script import Command, Misfit

_KEY = "00" * 97  # as long as a reporter's key


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A report opened with its code: its id and its reporter's key. Falsy if no report has that code.

    `wait`: too many wrong codes were tried; nothing was looked up.
    """

    report: str = ""
    key: str = field(default="", repr=False)
    wait: bool = False

    def __bool__(self) -> bool:
        return bool(self.report)


class OpenReport(Command[Opened]):
    """Open the report with this code of 20 digits."""

    def __init__(self, id: str, *, code: str) -> None:
        self.id = id
        self.code = code

    def read(self, stored: Stored) -> Opened:
        if not isinstance(stored, dict) or not isinstance(stored.get("report"), str):
            raise Misfit
        return Opened(report=stored["report"], key=stored.get("key", ""), wait=bool(stored.get("wait")))

    def examples(self) -> tuple[Stored, ...]:
        return ({"report": ""}, {"report": "", "wait": True}, {"report": "r" * 32, "key": _KEY})


class _OfReport:
    """What every command about an opened report carries."""

    def __init__(self, id: str, opened: Opened) -> None:
        self.id = id
        self.opened = opened


class ReadNews(_OfReport, Command[News]):
    """Who holds the report, and what was written about it."""

    def read(self, stored: Stored) -> News:
        return read_news(stored)

    def examples(self) -> tuple[Stored, ...]:
        return EXAMPLES


class Done(_OfReport, Command[bool]):
    """A command that is either done or not."""

    def read(self, stored: Stored) -> bool:
        return bool(stored)

    def examples(self) -> tuple[Stored, ...]:
        return (True, False)


class MarkRead(Done):
    """Note that the reporter has read their messages, or `only` one of them; the agencies see it."""

    def __init__(self, id: str, opened: Opened, *, only: str = "") -> None:
        super().__init__(id, opened)
        self.only = only


class SendLetter(Done):
    """Send the answer `words` (the id of a question of own words) to these agencies, and to nobody else.

    `originals`: with the photos as they were taken, which the reporter kept.
    """

    def __init__(self, id: str, opened: Opened, *, words: str, to: Sequence[str], originals: bool = False) -> None:
        super().__init__(id, opened)
        self.words = words
        self.to = tuple(to)
        self.originals = originals


class SendCorrection(SendLetter):
    """The same, about what in the report is not right."""


class FindLinks(Command[tuple[Opened, ...]]):
    """The reports that this chat was linked to, opened without their codes."""

    def __init__(self, id: str) -> None:
        self.id = id

    def read(self, stored: Stored) -> tuple[Opened, ...]:
        if not isinstance(stored, list):
            raise Misfit
        return tuple(Opened(report=found["report"], key=found["key"]) for found in stored)

    def examples(self) -> tuple[Stored, ...]:
        linked = {"report": "r" * 32, "key": _KEY}
        return ([], [linked], [linked, linked])


class LinkChat(Done):
    """Let this chat open the report without its code, and be told of news.

    `words`: "news", "reminder" or the person's own; `hours`: "any", "morning", "afternoon" or "evening".
    """

    def __init__(self, id: str, opened: Opened, *, words: str, hours: str) -> None:
        super().__init__(id, opened)
        self.words = words
        self.hours = hours


class UnlinkChat(Done):
    """Undo `LinkChat`: from now on only the code opens the report."""
