"""The tasks of a case as staff see them: what is due when, who has it, what is locked and why, what was written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.casework import open_note, open_task
from bot.console.visit import Visit
from bot.console.words import due
from bot.encryption.keys import PrivateKey
from bot.reports.task_rules import Answers, Standing, causes, said_in, standing
from bot.reports.tasks import Kind, Note, Task
from bot.storage.tasks import Kept, SealedTask
from services_directory.task_templates import TaskTemplate

ENTRIES = {
    Kind.SAID: "What was said",
    Kind.OBSERVED: "What was seen or heard",
    Kind.ACTION: "What was done",
    Kind.DONE: "Done",
    Kind.NOT_NEEDED: "Not needed",
    Kind.REOPENED: "Opened again",
    Kind.GIVEN: "Given to",
}
_DAMAGED = Task(words="This task is damaged and cannot be opened")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry about a task. `note` is None where it is damaged. `outcome`: what was decided, in words."""

    author: str = field(repr=False)
    at: datetime
    note: Note | None = field(repr=False)
    title: str
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A task. `due`: in words. `late`: it is open, and over. `causes`: what keeps it locked, in words.

    `said`: the outcome that the report tells already. `hidden`: another's record about a person accused, whose entries
    are not here.
    """

    id: str
    task: Task = field(repr=False)
    template: TaskTemplate | None
    due_at: datetime | None
    due: str
    late: bool
    owner: str | None
    owned_by: str = field(repr=False)
    closed_at: datetime | None
    state: str
    causes: tuple[str, ...]
    said: str
    hidden: bool
    notes: tuple[Written, ...] = field(repr=False)

    @property
    def open(self) -> bool:
        return self.closed_at is None

    @property
    def locked(self) -> bool:
        return self.open and bool(self.causes)

    @property
    def optional(self) -> bool:
        return self.template is not None and self.template.optional


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """All tasks of a case: those due first stand first, questions to consider last.

    `warns`: what all staff must read before they visit anybody.
    """

    rows: tuple[Row, ...]
    warns: tuple[str, ...]
    names: dict[str, str] = field(repr=False)  # of those who may have a task, by id

    @property
    def waiting(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.open and not row.locked)

    @property
    def locked(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.locked)

    @property
    def closed(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.open)

    @property
    def respondents(self) -> int:
        """How many people accused have a record of their own."""
        return max((row.task.respondent for row in self.rows), default=0)

    def find(self, id: str) -> Row | None:
        return next((row for row in self.rows if row.id == id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who looks, with what key, at which moment; and what the report says, as far as they may read it."""

    staff: str
    key: PrivateKey = field(repr=False)
    now: datetime
    answers: Answers = field(repr=False)


def work_for(visit: Visit, kept: Kept, answers: Answers) -> Work:
    """The tasks of a case as whoever visits may see them."""
    session, directory = visit.session, visit.console.directory
    reader = Reader(staff=session.staff, key=session.key, now=visit.console.clock(), answers=answers)
    return lay_out(kept, directory.tasks_for(directory.agency(session.agency).area), reader)


def lay_out(kept: Kept, templates: Iterable[TaskTemplate], reader: Reader) -> Work:
    """Open everything there is and put it in order."""
    order = {template.id: (place, template) for place, template in enumerate(templates)}
    opened = [(sealed, open_task(sealed, reader.key) or _DAMAGED) for sealed in kept.tasks]
    real = [(sealed, task) for sealed, task in opened if task.words]
    notes = _notes(kept, reader.key)
    now = standing(
        (template for _, template in order.values()),
        open=frozenset(task.template for sealed, task in real if sealed.closed_at is None),
        decided=_decided(real, notes),
        answers=reader.answers,
    )
    rows = [_row(sealed, task, notes.get(sealed.id, ()), _Scene(kept, now, reader)) for sealed, task in real]
    places = {template: place for template, (place, _) in order.items()}
    last = len(places)
    rows.sort(
        key=lambda row: (
            row.optional,
            row.due_at is None,
            row.due_at or reader.now,
            places.get(row.task.template, last),
        )
    )
    return Work(
        rows=tuple(rows),
        warns=now.warns,
        names={id: name for id, name in kept.names.items() if id in kept.workers},
    )


@dataclass(frozen=True, slots=True)
class _Scene:
    kept: Kept
    standing: Standing
    reader: Reader


Notes = tuple[tuple[str | None, datetime, Note | None], ...]


def _notes(kept: Kept, key: PrivateKey) -> dict[str, Notes]:
    found: dict[str, Notes] = {}
    for sealed in kept.notes:
        found[sealed.task] = (*found.get(sealed.task, ()), (sealed.author, sealed.at, open_note(sealed, key)))
    return found


def _decided(real: Iterable[tuple[SealedTask, Task]], notes: dict[str, Notes]) -> dict[str, str]:
    """What was decided by tasks that are closed now."""
    last = {task.template: _closing(notes.get(sealed.id, ())) for sealed, task in real if sealed.closed_at}
    return {template: note.outcome for template, note in last.items() if note and note.outcome}


def _closing(notes: Notes) -> Note | None:
    """The entry that closed a task last."""
    closing = [note for _, _, note in notes if note and note.kind in (Kind.DONE, Kind.NOT_NEEDED)]
    return closing[-1] if closing else None


def _row(sealed: SealedTask, task: Task, notes: Notes, scene: _Scene) -> Row:
    now, reader = scene.standing, scene.reader
    template, closing = now.templates.get(task.template), _closing(notes)
    hidden = bool(task.respondent) and sealed.owner != reader.staff
    optional = template is not None and template.optional
    return Row(
        id=sealed.id,
        task=task,
        template=template,
        due_at=sealed.due_at,
        due=_due(sealed, reader.now),
        late=sealed.closed_at is None and sealed.due_at is not None and reader.now >= sealed.due_at and not optional,
        owner=sealed.owner,
        owned_by=scene.kept.names.get(sealed.owner or "", ""),
        closed_at=sealed.closed_at,
        state="Open" if sealed.closed_at is None else ENTRIES[closing.kind if closing else Kind.DONE],
        causes=causes(task.template, now) if sealed.closed_at is None else (),
        said=said_in(template, reader.answers) if template else "",
        hidden=hidden,
        notes=() if hidden else tuple(_written(*note, template, scene) for note in notes),
    )


def _written(
    author: str | None, at: datetime, note: Note | None, template: TaskTemplate | None, scene: _Scene
) -> Written:
    labels = {outcome.fact: outcome.label for outcome in template.outcomes} if template else {}
    return Written(
        author=scene.kept.names.get(author or "", "Somebody who has left"),
        at=at,
        note=note,
        title=ENTRIES[note.kind] if note else "This entry is damaged and cannot be opened",
        outcome=labels.get(note.outcome, note.outcome) if note else "",
    )


def _due(sealed: SealedTask, now: datetime) -> str:
    """Once it is closed, how it was kept is history and no longer changes."""
    if sealed.due_at is None:
        return ""
    if sealed.closed_at is None:
        return due(sealed.due_at, now)
    return f"closed {'in time' if sealed.closed_at < sealed.due_at else due(sealed.due_at, sealed.closed_at)}"
