"""What staff ask a reporter about sharing, and what became of it, as the answers of a letter carry them. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from bot.reports.letter import REQUEST, REQUEST_ANSWER, REQUEST_ENDED, Letter
from bot.reports.report import Entry
from dialogs.parts import Package

_AGENCY, _PACKAGE, _ABOUT, _SAID = "agency", "package", "request", "said"


class Said(StrEnum):
    """What became of a request."""

    YES = "yes"
    NO = "no"
    STOPPED = "stopped"  #: a yes that its reporter has taken back since
    ENDED = "ended"  #: taken back by those who asked, before there was an answer


SHOWN = {Said.YES: "Yes", Said.NO: "No", Said.STOPPED: "No longer", Said.ENDED: "Taken back by you"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """That `agency`, an agency's id, may open `package` of the report."""

    agency: str
    package: Package


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of the request in the letter `about`, a letter's id."""

    about: str
    said: Said


def asking(request: Request, *, name: str, opens: str) -> tuple[Entry, ...]:
    """What a request carries. `name`: of the agency. `opens`: the package in words, as staff chose it."""
    return (
        Entry(id=_AGENCY, label="Asked about", stored=request.agency, shown=(name,)),
        Entry(id=_PACKAGE, label="What they would open", stored=request.package.value, shown=(opens,)),
    )


def telling(told: Told, *, name: str) -> tuple[Entry, ...]:
    """What an answer carries: yes or no, and nothing else. `name`: of the agency that was asked about."""
    return (
        Entry(id=_ABOUT, label="Asked about", stored=told.about, shown=(name,)),
        Entry(id=_SAID, label="The reporter said", stored=told.said.value, shown=(SHOWN[told.said],)),
    )


def request_in(letter: Letter | None) -> Request | None:
    """What a letter asks for; None if it asks for nothing this program knows."""
    if letter is None or letter.kind != REQUEST:
        return None
    values = {entry.id: entry.stored for entry in letter.answers}
    try:
        return Request(agency=values[_AGENCY], package=Package(values[_PACKAGE]))
    except (KeyError, ValueError):
        return None


def told_in(letter: Letter | None) -> Told | None:
    """What a letter tells about a request; None if it tells nothing about one."""
    if letter is None or letter.kind not in (REQUEST_ANSWER, REQUEST_ENDED):
        return None
    values = {entry.id: entry.stored for entry in letter.answers}
    try:
        return Told(about=values[_ABOUT], said=Said(values[_SAID]))
    except (KeyError, ValueError):
        return None
