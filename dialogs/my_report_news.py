"""What there is to know about a report its reporter has come back to, as a value; who asks for it is a command."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dialogs.inputs import Stored
from dialogs.parts import Package
from dialogs.script import Misfit
from services_directory.routing import Situation

NO_SITUATION = Situation(area="")  # of a report that keeps none: it can go nowhere else


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """An agency that holds the report: what it may open since when, and how far its work has come.

    `until`: when the reporter took that back, with the state "withdrawn"; None while it may open it. `held_since`: the
    law makes it keep the report, as it says.
    """

    agency: str
    package: Package
    since: datetime
    state: str
    until: datetime | None = None
    held_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """That another `agency` may open `package`, as the author of a letter asks. `said`: what became of it.

    "" while it waits, then "yes", "no", "stopped" for a yes that was taken back, or "ended": it need not be answered.
    """

    agency: str
    package: Package
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message about the report. `author`: an agency's id, or "reporter". `words` is None where it is damaged.

    `correction`: it says what in the report is not right.
    """

    id: str
    author: str
    sent_at: datetime
    new: bool
    locale: str
    words: str | None = field(repr=False)
    correction: bool = False
    request: Request | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What there is to know about a report. `held_by_law`: it must be kept, and cannot be deleted now.

    `linked`: this chat opens it without the code, and is told of news. `situation`: where it may still go.
    `surveyed`: the agencies of which the reporter has said how it went. `originals`: photos as they were taken, kept
    when copies without place and time were sent. `deleted`: there is nothing left, as they deleted it elsewhere.
    """

    holders: tuple[Holder, ...] = ()
    letters: tuple[Letter, ...] = ()
    held_by_law: bool = False
    linked: bool = False
    surveyed: tuple[str, ...] = ()
    originals: int = 0
    deleted: bool = False
    situation: Situation = field(default=NO_SITUATION, repr=False)

    @property
    def newest_first(self) -> tuple[Letter, ...]:
        return self.letters[::-1]

    @property
    def unread(self) -> int:
        """Messages that the reporter has not seen, beside questions that wait."""
        return sum(letter.new for letter in self.letters if letter not in self.requests)

    @property
    def requests(self) -> tuple[Letter, ...]:
        """Questions of agencies that wait for an answer, oldest first."""
        return tuple(letter for letter in self.letters if letter.request and not letter.request.said)

    @property
    def sharing(self) -> tuple[Holder, ...]:
        """Those who hold the report now."""
        return tuple(holder for holder in self.holders if holder.until is None)

    @property
    def reading(self) -> tuple[Holder, ...]:
        """Those of them who may read it, and so can be written to; not those who only count it."""
        return tuple(holder for holder in self.sharing if holder.package is not Package.COUNT)


def read_news(stored: Stored) -> News:
    """News as the program recorded it. Raises `Misfit`."""
    try:
        return News(
            holders=tuple(_holder(holder) for holder in stored["holders"]),
            letters=tuple(_letter(letter) for letter in stored["letters"]),
            held_by_law=stored["held_by_law"],
            linked=stored["linked"],
            surveyed=tuple(stored.get("surveyed", ())),
            originals=stored.get("originals", 0),
            deleted=stored.get("deleted", False),
            situation=_situation(stored.get("situation")),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise Misfit from fault


def _holder(stored: Stored) -> Holder:
    days = {name: datetime.fromisoformat(stored[name]) for name in ("since", "until", "held_since") if stored.get(name)}
    return Holder(agency=stored["agency"], package=Package(stored["package"]), state=stored["state"], **days)


def _situation(stored: Stored) -> Situation:
    """A situation whose sets were recorded as lists."""
    if stored is None:
        return NO_SITUATION
    values: dict[str, Any] = {n: frozenset(v) if isinstance(v, list) else v for n, v in stored.items()}
    return Situation(**values)


def _letter(stored: Stored) -> Letter:
    asked = stored.get("request")
    request = Request(**{**asked, "package": Package(asked["package"])}) if asked else None
    return Letter(**{**stored, "sent_at": datetime.fromisoformat(stored["sent_at"]), "request": request})


_DAY = "2026-11-20T10:00:00+00:00"
_HERE = {"agency": "bhcds", "package": "account", "since": _DAY, "state": "submitted"}
_KEEPS = {**_HERE, "held_since": _DAY}
_PAST = {"agency": "livewest", "package": "facts", "since": _DAY, "until": _DAY, "state": "withdrawn"}
_FACTS = {"agency": "livewest", "package": "facts", "since": _DAY, "state": "triage"}
_DONE = {"agency": "bristol-mind", "package": "account", "since": _DAY, "state": "closed"}
_SAID = {"id": "l", "author": "bhcds", "sent_at": _DAY, "new": True, "locale": "en", "words": "…"}
_ASKS = {**_SAID, "id": "q", "request": {"agency": "bristol-city-council", "package": "full"}}
_ASKED = {**_ASKS, "new": False, "request": {"agency": "livewest", "package": "account", "said": "yes"}}
_ASKS_MORE = {**_ASKS, "id": "r", "request": {"agency": "livewest", "package": "account"}}
_NOTHING: dict[str, Any] = {"holders": [], "letters": [], "held_by_law": False, "linked": False}
_BRISTOL = {"area": "bristol", "accused": ["bristol-city-council"]}
EXAMPLES: tuple[Stored, ...] = (
    {**_NOTHING, "holders": [_HERE], "situation": {"area": "bristol"}},
    {
        **_NOTHING,
        "holders": [_KEEPS, _FACTS],
        "letters": [_SAID, {**_SAID, "author": "reporter", "new": False, "correction": True}],
        "held_by_law": True,
        "linked": True,
        "originals": 2,
    },
    {**_NOTHING, "holders": [_FACTS, _DONE], "letters": [_ASKED], "linked": True, "situation": {"area": "bristol"}},
    {**_NOTHING, "letters": [{**_SAID, "words": None}]},
    {**_NOTHING, "holders": [_HERE, _PAST], "letters": [_ASKS], "situation": _BRISTOL},
    {**_NOTHING, "holders": [_HERE, _FACTS], "letters": [_ASKS, _ASKS_MORE]},
    {**_NOTHING, "deleted": True},
)  # such as the program records, for explorers and previews
