"""Tasks of a case, sealed to its agency: made when the case opens, opened again by who holds the agency's key.

Which tasks there are, and by when, is decided in `reports/tasks.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.encryption.errors import CannotOpen
from bot.encryption.keys import PrivateKey, PublicKey
from bot.encryption.purposes import bind
from bot.encryption.sealing import Purpose, open_sealed, seal
from bot.randomness import Random, new_id
from bot.reports.deadlines import bank_holidays
from bot.reports.tasks import NO_MORE, Note, Opening, Planned, Task, planned
from bot.storage import agencies, tasks
from bot.storage.cases import Case
from bot.storage.tasks import SealedNote, SealedTask
from dialogs.parts import Package
from services_directory.codes import Role
from services_directory.model import Directory
from services_directory.routing import Situation

FILLED = 32  # as many rows as the kind of report with the most tasks needs: their number tells no kind
_NOTHING = Planned(task=Task(words=""), due_at=None, warned=NO_MORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """How a case came to an agency. `learned`: when the first member of staff heard of what was reported.

    `before`: every package the agency could open at some time until then.
    """

    package: Package
    before: frozenset[Package] = frozenset()
    filed: datetime
    learned: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who writes: an id of staff, their agency's public key, and the moment."""

    staff: str
    key: PublicKey
    at: datetime


class Casework:
    """Makes the tasks of a case, in the transaction that opens it."""

    def __init__(self, *, random: Random, directory: Directory) -> None:
        self._random = random
        self._directory = directory

    def begin(self, connection: Connection, case: Case, situation: Situation, begun: Begun) -> None:
        """The tasks that this kind of report brings, each once; none for who only counts it.

        Those that need a way to reach the person come with the first package that tells it.
        """
        worked = bool(begun.before - {Package.COUNT})
        if begun.package is Package.COUNT or (worked and not _reaches_now(begun)):
            return
        agency = self._directory.agency(case.agency)
        area = self._directory.area(agency.area)
        opening = Opening(
            area=area,
            kinds=situation.kinds,
            centre=Role.REPORTING_CENTRE in agency.roles,
            contact=situation.contactable and begun.package is Package.FULL,
            urgent=case.urgent,
            filed=begun.filed,
            learned=begun.learned,
        )
        at = max(begun.filed, begun.learned)
        today = at.astimezone(ZoneInfo(area.time_zone)).date()
        templates = [one for one in self._directory.tasks_for(area.id, today) if one.contact or not worked]
        wanted = planned(templates, opening, bank_holidays(at.year), at=at)
        key = PublicKey.from_bytes(agencies.joined(connection)[case.agency].public_key)
        tasks.make(connection, (self._sealed(one, case.id, key, at) for one in _filled(wanted)))

    def add(self, connection: Connection, case: str, task: Task, hand: Hand) -> str:
        """One more task, which staff thought of, in the hands of who did; its id."""
        made = self._sealed(Planned(task=task, due_at=None, warned=NO_MORE), case, hand.key, hand.at)
        tasks.make(connection, (replace(made, owner=hand.staff),))
        return made.id

    def write(self, connection: Connection, task: str, note: Note, hand: Hand) -> None:
        """An entry about a task by a member of staff."""
        id = new_id(self._random)
        sealed = seal(note.to_bytes(), hand.key, Purpose.TASK_NOTE, context=bind(task, id))
        tasks.write(connection, SealedNote(id=id, task=task, author=hand.staff, sealed=sealed, at=hand.at))

    def _sealed(self, one: Planned, case: str, key: PublicKey, at: datetime) -> SealedTask:
        id = new_id(self._random)
        sealed = seal(one.task.to_bytes(), key, Purpose.TASK, context=bind(case, id))
        return SealedTask(id=id, case=case, sealed=sealed, made_at=at, due_at=one.due_at, warned=one.warned)


def open_task(sealed: SealedTask, key: PrivateKey) -> Task | None:
    """What there is to do; None where it is damaged."""
    try:
        return Task.from_bytes(open_sealed(sealed.sealed, key, Purpose.TASK, context=bind(sealed.case, sealed.id)))
    except (CannotOpen, ValueError, KeyError, TypeError):
        return None


def open_note(sealed: SealedNote, key: PrivateKey) -> Note | None:
    """An entry about a task; None where it is damaged."""
    context = bind(sealed.task, sealed.id)
    try:
        return Note.from_bytes(open_sealed(sealed.sealed, key, Purpose.TASK_NOTE, context=context))
    except (CannotOpen, ValueError, KeyError, TypeError):
        return None


def _reaches_now(begun: Begun) -> bool:
    return begun.package is Package.FULL and Package.FULL not in begun.before


def _filled(wanted: tuple[Planned, ...]) -> Iterable[Planned]:
    """Filled up with what is no task, and never shown; also where there is no task at all."""
    return (*wanted, *(_NOTHING for _ in range(-len(wanted) % FILLED if wanted else FILLED)))
