"""What a case page shows about asking the reporter to share: the questions so far, and whom one can ask about.

Whom one can ask about does not depend on the report: the list tells neither who holds it nor who is part of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.asking import Asked
from bot.console.letters import Marks
from bot.correspondence import REPORTER
from bot.reports.request import SHOWN
from dialogs.parts import Package
from services_directory.codes import Role
from services_directory.model import Agency, Directory

OPENS: Mapping[Package, str] = {
    Package.FACTS: "Only the facts",
    Package.ACCOUNT: "Facts, own words and files",
    Package.FULL: "All, and how to reach them",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question. `answer`: in words, "" while there is none. `open`: it can still be taken back."""

    id: str
    agency: str
    opens: str
    asked_at: datetime
    seen_at: datetime | None
    answer: str
    answered_at: datetime | None
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The questions, and whether this agency may ask another one."""

    rows: tuple[Row, ...]
    may_ask: bool


def can_be_asked_about(directory: Directory, area: str, *, joined: frozenset[str], asker: str) -> tuple[Agency, ...]:
    """Every other agency of the report's area that has joined and reads reports, by name."""
    found = (one for one in directory.area(area).agencies if one.id in joined - {asker})
    return tuple(sorted((one for one in found if one.roles != {Role.MONITORING}), key=lambda one: one.name))


def rows(asked: tuple[Asked, ...], marks: Marks, directory: Directory) -> tuple[Row, ...]:
    """The questions, the newest first."""
    return tuple(_row(one, marks, directory) for one in reversed(asked))


def _row(asked: Asked, marks: Marks, directory: Directory) -> Row:
    return Row(
        id=asked.id,
        agency=directory.agency(asked.request.agency).name,
        opens=OPENS.get(asked.request.package, ""),
        asked_at=asked.asked_at,
        seen_at=marks.get(asked.id, {}).get(REPORTER),
        answer=SHOWN[asked.said] if asked.said else "",
        answered_at=asked.said_at,
        open=asked.said is None,
    )
