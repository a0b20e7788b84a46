"""A case: everything this agency may read of the report, its files, and "I have it". There is no way to edit."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from bot import correspondence
from bot.asking import asked_in
from bot.console.asked import Asking, rows
from bot.console.console import Deed
from bot.console.held import Holding, events
from bot.console.inbox import row_of
from bot.console.letters import Marks, Shown, thread
from bot.console.opening import Opened, open_report
from bot.console.pages import HOME
from bot.console.task_list import work_for
from bot.console.visit import Visit, see
from bot.console.words import LANGUAGES, NOT_SHARED, PACKAGES, PARTS
from bot.storage import cases, letters, reports, staff, tasks
from bot.storage.cases import Listed
from bot.storage.letters import LockedLetter
from bot.storage.staff import StaffRole
from bot.storage.tasks import Kept
from dialogs.parts import OPENS, Package, Part

Found = dict[str, tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A case as it lies in the database, still locked.

    `manages`: whoever looks is a manager of this agency.
    """

    listed: Listed
    found: Found = field(repr=False)
    consent: reports.GivenConsent | None
    letters: tuple[LockedLetter, ...] = ()
    marks: Marks = field(default_factory=dict)
    manages: bool = False
    kept: Kept = field(default_factory=Kept, repr=False)

    @property
    def may_ask(self) -> bool:
        """Whether this agency may write to the reporter, ask them, or keep it by law: not if it only counts it."""
        return self.consent is not None and self.consent.package != Package.COUNT


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How to reach the person, first of all how not to. `more`: whether the ways stand further down."""

    title: str
    warnings: tuple[str, ...]
    more: bool = False


async def show_case(visit: Visit) -> Response:
    """The case page; that somebody looked is written down before anything is shown."""
    looked = await visit.console.done(visit.session, lambda c: _deed(c, visit, "case"))
    return _page(visit, looked)


async def take_case(visit: Visit) -> Response:
    """ "I have it": of two who say so at once, one has it and the other is told kindly."""
    looked = await visit.console.done(visit.session, lambda c: _take(c, visit))
    case = looked.listed.case
    if case.taken_by == visit.session.staff:
        return see(f"{HOME}/cases/{case.id}")
    return visit.page("taken.html", status=409, listed=looked.listed)


def look(connection: Connection, visit: Visit) -> Looked | None:
    """The case the address names, if it is this agency's."""
    agency = visit.session.agency
    listed = cases.of_agency(connection, visit.request.path_params["case"], agency)
    if listed is None:
        return None
    report = listed.case.report
    consent = reports.consent_of(connection, report, agency)
    return Looked(
        listed=listed,
        found=reports.parts_for(connection, report, agency) if consent else {},
        letters=letters.letters_for(connection, report, agency),
        marks=letters.read_marks(connection, report),
        consent=consent,
        manages=_manages(connection, visit),
        kept=tasks.of_case(connection, listed.case.id, agency),
    )


def _manages(connection: Connection, visit: Visit) -> bool:
    """By now; the session may have begun before somebody's role was changed."""
    member = staff.by_id(connection, visit.session.staff)
    return member is not None and member.role == StaffRole.MANAGER


def opened(visit: Visit, looked: Looked) -> Opened:
    """The parts of the report, opened with the key of whoever looks."""
    session = visit.session
    return open_report(session.key, report=looked.listed.case.report, agency=session.agency, found=looked.found)


def messages(visit: Visit, looked: Looked, *, after: int) -> tuple[Shown, ...]:
    """What reporter and agency wrote to each other; files are numbered from `after` on."""
    session = visit.session
    return thread(looked.letters, looked.marks, agency=session.agency, key=session.key, after=after)


def _deed(connection: Connection, visit: Visit, act: str) -> Deed[Looked] | None:
    looked = look(connection, visit)
    if looked is None:
        return None
    letters.mark_read(connection, looked.listed.case.report, visit.session.agency, visit.console.clock())
    cases.looked(connection, looked.listed.case, visit.console.clock())
    return Deed(act=act, value=looked, case=looked.listed.case.id)


def _take(connection: Connection, visit: Visit) -> Deed[Looked] | None:
    looked = look(connection, visit)
    if looked is None or looked.consent is None:
        return None
    won = cases.take(connection, looked.listed.case, visit.session.staff, visit.console.clock())
    return _deed(connection, visit, "take" if won else "take-too-late")


def _page(visit: Visit, looked: Looked) -> Response:
    read, package = opened(visit, looked), _package(looked)
    return visit.page(
        "case.html",
        row=row_of(looked.listed, visit.console.directory, visit.console.clock()),
        mine=looked.listed.case.taken_by == visit.session.staff,
        taken_at=looked.listed.case.taken_at,
        consent=looked.consent,
        allowed=PACKAGES[package] if package else "",
        opened=read,
        titles=PARTS,
        empty=_empty(read, package),
        missing=tuple(words for part, words in NOT_SHARED.items() if package and part not in OPENS[package]),
        reach=reach(read, package),
        work=work_for(visit, looked.kept, read.answers),
        messages=messages(visit, looked, after=len(read.files)),
        languages=LANGUAGES,
        asking=_asking(visit, looked),
        holding=_holding(visit, looked),
    )


def _letters(visit: Visit, looked: Looked) -> tuple[correspondence.Opened, ...]:
    return correspondence.read(looked.letters, visit.session.agency, visit.session.key)


def _asking(visit: Visit, looked: Looked) -> Asking:
    asked = asked_in(_letters(visit, looked))
    return Asking(rows=rows(asked, looked.marks, visit.console.directory), may_ask=looked.may_ask)


def _holding(visit: Visit, looked: Looked) -> Holding:
    since = looked.listed.case.held_since
    return Holding(
        since=since,
        events=events(_letters(visit, looked)),
        may_set=looked.manages and looked.may_ask and since is None,
        may_lift=looked.manages and since is not None,
    )


def _package(looked: Looked) -> Package | None:
    return Package(looked.consent.package) if looked.consent else None


def _empty(read: Opened, package: Package | None) -> tuple[str, ...]:
    """What the agency may read, but the reporter left out; files also come with their own words."""
    there = {section.part for section in read.sections} | ({Part.EVIDENCE} if read.files else set())
    allowed = OPENS[package] if package else frozenset()
    return tuple(PARTS[part] for part in PARTS if part in allowed and part not in there)


def reach(read: Opened, package: Package | None) -> Reach:
    """What staff must know before they pick up the telephone."""
    answers = read.answers
    if answers.get("contact") == "no":
        return Reach(title="Never contact this person", warnings=("They asked not to be contacted.",))
    if package is None or Part.CONTACT not in OPENS[package]:
        said = "The reporter has not shared how to reach them with you. Please do not look for another way."
        return Reach(title="Do not contact this person", warnings=(said,))
    if not answers.get("contact_where"):
        said = "The reporter gave no safe way. Another way could put them in danger."
        return Reach(title="Do not contact this person", warnings=(said,))
    return Reach(title="Contact this person only in the way they said is safe", warnings=_cautions(answers), more=True)


def _cautions(answers: Any) -> tuple[str, ...]:
    cautions = []
    if answers.get("contact_openly") != "yes":
        cautions.append("Say who you are, and what it is about, to nobody but them.")
    if answers.get("contact_message") != "yes":
        cautions.append("Do not leave a message.")
    return tuple(cautions)
