"""What a reporter who came back asks the program to do with their report."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dialogs.inputs import Stored
from dialogs.parts import Package
from dialogs.script import Command, Misfit
from services_directory.routing import Situation

NO_SITUATION = Situation(area="")  # of a report that keeps none: it can go nowhere else
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """An agency that holds the report: what it may open since when, and how far its work has come."""

    agency: str
    package: Package
    since: datetime
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message about the report. `author`: an agency's id, or "reporter". `words` is None where it is damaged."""

    author: str
    sent_at: datetime
    new: bool
    locale: str
    words: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What there is to know about a report. `held_by_law`: it must be kept, and cannot be deleted now.

    `linked`: this chat opens it without the code, and is told of news. `situation`: where it may still go.
    `surveyed`: the agencies of which the reporter has said how it went. `originals`: photos as they were taken, kept
    when copies without place and time were sent.
    """

    holders: tuple[Holder, ...] = ()
    letters: tuple[Letter, ...] = ()
    held_by_law: bool = False
    linked: bool = False
    surveyed: tuple[str, ...] = ()
    originals: int = 0
    situation: Situation = field(default=NO_SITUATION, repr=False)

    @property
    def newest_first(self) -> tuple[Letter, ...]:
        return self.letters[::-1]

    @property
    def unread(self) -> int:
        """Messages that the reporter has not seen."""
        return sum(letter.new for letter in self.letters)


class _OfReport:
    """What every command about an opened report carries."""

    def __init__(self, id: str, opened: Opened) -> None:
        self.id = id
        self.opened = opened


class ReadNews(_OfReport, Command[News]):
    """Who holds the report, and what was written about it."""

    def read(self, stored: Stored) -> News:
        try:
            return News(
                holders=tuple(_holder(holder) for holder in stored["holders"]),
                letters=tuple(_letter(letter) for letter in stored["letters"]),
                held_by_law=stored["held_by_law"],
                linked=stored["linked"],
                surveyed=tuple(stored.get("surveyed", ())),
                originals=stored.get("originals", 0),
                situation=_situation(stored.get("situation")),
            )
        except (KeyError, TypeError, ValueError) as fault:
            raise Misfit from fault

    def examples(self) -> tuple[Stored, ...]:
        day = "2026-11-20T10:00:00+00:00"
        one = {"agency": "bhcds", "package": "account", "since": day, "state": "submitted"}
        two = {"agency": "livewest", "package": "facts", "since": day, "state": "triage"}
        three = {"agency": "bristol-mind", "package": "account", "since": day, "state": "closed"}
        letter = {"author": "bhcds", "sent_at": day, "new": True, "locale": "en", "words": "…"}
        return (
            {"holders": [one], "letters": [], "held_by_law": False, "linked": False, "situation": {"area": "bristol"}},
            {
                "holders": [one, two],
                "letters": [letter, {**letter, "author": "reporter", "new": False}],
                "held_by_law": True,
                "linked": True,
                "originals": 2,
            },
            {
                "holders": [two, three],
                "letters": [],
                "held_by_law": False,
                "linked": True,
                "situation": {"area": "bristol"},
            },
            {"holders": [], "letters": [{**letter, "words": None}], "held_by_law": False, "linked": False},
        )


def _holder(stored: Stored) -> Holder:
    since = datetime.fromisoformat(stored["since"])
    return Holder(agency=stored["agency"], package=Package(stored["package"]), since=since, state=stored["state"])


def _situation(stored: Stored) -> Situation:
    """A situation whose sets were recorded as lists."""
    if stored is None:
        return NO_SITUATION
    values: dict[str, Any] = {n: frozenset(v) if isinstance(v, list) else v for n, v in stored.items()}
    return Situation(**values)


def _letter(stored: Stored) -> Letter:
    return Letter(**{**stored, "sent_at": datetime.fromisoformat(stored["sent_at"])})


class _Done(_OfReport, Command[bool]):
    """A command that is either done or not."""

    def read(self, stored: Stored) -> bool:
        return bool(stored)

    def examples(self) -> tuple[Stored, ...]:
        return (True, False)


class MarkRead(_Done):
    """Note that the reporter has read their messages; the agencies see it."""


class SendLetter(_Done):
    """Send the answer `words` (the id of a question of own words) to these agencies, and to nobody else.

    `originals`: with the photos as they were taken, which the reporter kept.
    """

    def __init__(self, id: str, opened: Opened, *, words: str, to: Sequence[str], originals: bool = False) -> None:
        super().__init__(id, opened)
        self.words = words
        self.to = tuple(to)
        self.originals = originals


class StopSharing(_Done):
    """Take back what was said to `agency`: its keys are deleted."""

    def __init__(self, id: str, opened: Opened, *, agency: str) -> None:
        super().__init__(id, opened)
        self.agency = agency


class ShareWith(_Done):
    """Let `agency` open `package` from now on, more or less than before; `consent`: the question that said so."""

    def __init__(self, id: str, opened: Opened, *, agency: str, package: Package, consent: str) -> None:
        super().__init__(id, opened)
        self.agency = agency
        self.package = package
        self.consent = consent


class DeleteReport(_Done):
    """Delete the report, its messages and files for everybody, and its code; False if the law holds it."""


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


class LinkChat(_Done):
    """Let this chat open the report without its code, and be told of news.

    `words`: "news", "reminder" or the person's own; `hours`: "any", "morning", "afternoon" or "evening".
    """

    def __init__(self, id: str, opened: Opened, *, words: str, hours: str) -> None:
        super().__init__(id, opened)
        self.words = words
        self.hours = hours


class UnlinkChat(_Done):
    """Undo `LinkChat`: from now on only the code opens the report."""
