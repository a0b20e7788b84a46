"""One task of a case: its page, and everything staff do about it. What a task is made of is in `task_list`;
one that staff think of themselves is added in `task_adding`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection
from starlette.responses import Response

from bot.casework import Casework, Hand
from bot.console.case_page import Looked, look, opened
from bot.console.console import Deed
from bot.console.inbox import row_of
from bot.console.pages import HOME
from bot.console.task_forms import (
    MOST,
    NOTES,
    YES_NO,
    Filled,
    Problem,
    read_done,
    read_note,
    read_reason,
)
from bot.console.task_list import Row, Work, work_for
from bot.console.visit import Visit, see, sent_again
from bot.reports.tasks import Kind, Note, Task
from bot.storage import tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The task the address names, among the others of its case."""

    looked: Looked
    work: Work
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What came of it: where to look next, or why it was not done. `act`: for the record."""

    act: str
    go: str = ""
    problems: tuple[Problem, ...] = ()
    notice: str = ""
    scene: Scene | None = field(default=None, repr=False)


Act = Callable[[Connection, Visit, Scene], Acted]


async def show_task(visit: Visit) -> Response:
    """The task's page; that somebody looked is written down before anything is shown."""
    scene = await visit.console.done(visit.session, lambda c: _looked_at(c, visit))
    return _page(visit, scene)


async def act_on_task(visit: Visit) -> Response:
    """Take it, give it, write something down, close it. What was typed stands there again if it was not done."""
    act = ACTS.get(visit.request.path_params["act"])
    acted = await visit.console.done(visit.session, lambda c: _act(c, visit, act))
    if acted.scene is None:
        return see(acted.go)
    status = 422 if acted.problems else 409
    return _page(visit, acted.scene, status=status, problems=acted.problems, notice=acted.notice)


def _scene(connection: Connection, visit: Visit) -> Scene | None:
    looked = look(connection, visit)
    if looked is None:
        return None
    work = work_for(visit, looked.kept, opened(visit, looked).answers)
    row = work.find(visit.request.path_params["task"])
    return Scene(looked=looked, work=work, row=row) if row else None


def _looked_at(connection: Connection, visit: Visit) -> Deed[Scene] | None:
    scene = _scene(connection, visit)
    if scene is None:
        return None
    return Deed(act="task", value=scene, case=scene.looked.listed.case.id)


def _act(connection: Connection, visit: Visit, act: Act | None) -> Deed[Acted] | None:
    scene = _scene(connection, visit)
    if scene is None or scene.looked.consent is None or act is None:
        return None
    acted = act(connection, visit, scene)
    return Deed(act=acted.act, value=acted, case=scene.looked.listed.case.id)


def _take(connection: Connection, visit: Visit, scene: Scene) -> Acted:
    """Of two who take it at once, one has it and the other is told: the form says whose it was."""
    before = visit.form.get("owner") or None
    if not tasks.take(connection, scene.row.id, visit.session.staff, before):
        return Acted(act="task-too-late", notice="Somebody was a moment quicker.", scene=scene)
    return _done(connection, visit, scene, Note(kind=Kind.GIVEN, words=visit.session.name), act="task-take")


def _give(connection: Connection, visit: Visit, scene: Scene) -> Acted:
    """By who may read it; the form says whose it was, and nobody else may have taken it since."""
    if scene.row.hidden:
        return _not_yours(scene)
    owner = visit.form.get("owner", "")
    if owner not in scene.work.names:
        problem = Problem(field="owner", words="Choose who should have it.")
        return Acted(act="task-refused", problems=(problem,), scene=scene)
    if not tasks.take(connection, scene.row.id, owner, visit.form.get("before") or None):
        return Acted(act="task-too-late", notice="Somebody was a moment quicker.", scene=scene)
    return _done(connection, visit, scene, Note(kind=Kind.GIVEN, words=scene.work.names[owner]), act="task-give")


def _write(connection: Connection, visit: Visit, scene: Scene) -> Acted:
    if scene.row.hidden:
        return _not_yours(scene)

    def write(note: Note) -> Acted:
        if sent_again(connection, visit):
            return Acted(act="task-again", go=_address(scene))
        return _done(connection, visit, scene, note, act="task-note")

    return _with(scene, read_note(visit.form), write)


def _finish(connection: Connection, visit: Visit, scene: Scene) -> Acted:
    template = None if scene.row.task.respondent else scene.row.template  # what is asked is asked of the whole task
    filled = read_done(visit.form, template, visit.zone)
    return _close(connection, visit, scene, filled, act="task-done")


def _drop(connection: Connection, visit: Visit, scene: Scene) -> Acted:
    return _close(connection, visit, scene, read_reason(visit.form, Kind.NOT_NEEDED), act="task-not-needed")


def _close(connection: Connection, visit: Visit, scene: Scene, filled: Filled, *, act: str) -> Acted:
    """Once, and never while it is locked."""
    if scene.row.hidden:
        return _not_yours(scene)
    if scene.row.locked and act == "task-done":
        return Acted(act="task-locked", notice="This task is locked. Nothing was changed.", scene=scene)

    def close(note: Note) -> Acted:
        if not tasks.close(connection, scene.row.id, visit.console.clock()):
            return Acted(act="task-too-late", notice="It is closed already. Nothing was changed.", scene=scene)
        return _done(connection, visit, scene, note, act=act)

    return _with(scene, filled, close)


def _reopen(connection: Connection, visit: Visit, scene: Scene) -> Acted:
    """Something new is known: a decision can be made again."""
    if scene.row.hidden:
        return _not_yours(scene)

    def reopen(note: Note) -> Acted:
        if not tasks.reopen(connection, scene.row.id):
            return Acted(act="task-too-late", notice="It is open already.", scene=scene)
        return _done(connection, visit, scene, note, act="task-open-again")

    return _with(scene, read_reason(visit.form, Kind.REOPENED), reopen)


def _respondent(connection: Connection, visit: Visit, scene: Scene) -> Acted:
    """A record of its own for one more person accused."""
    template = scene.row.template
    if template is None or not template.respondents or scene.row.locked:
        return Acted(act="task-locked", notice="This task is locked. Nothing was changed.", scene=scene)
    if sent_again(connection, visit):
        return Acted(act="task-again", go=_address(scene))
    number = scene.work.respondents + 1
    task = Task(words=f"Respondent {number}", template=template.id, respondent=number)
    case = scene.looked.listed.case.id
    made = casework(visit).add(connection, case, task, hand(visit))
    return Acted(act="task-respondent", go=f"{HOME}/cases/{case}/tasks/{made}")


ACTS: Mapping[str, Act] = {
    "take": _take,
    "give": _give,
    "note": _write,
    "done": _finish,
    "not-needed": _drop,
    "open-again": _reopen,
    "respondent": _respondent,
}


def _not_yours(scene: Scene) -> Acted:
    return Acted(act="task-refused", notice="Somebody else has this record. Nothing was changed.", scene=scene)


def _with(scene: Scene, filled: Filled, act: Callable[[Note], Acted]) -> Acted:
    """Do it with what was filled in, or say what is wrong with that."""
    if filled.note is None:
        return Acted(act="task-refused", problems=filled.problems, scene=scene)
    return act(filled.note)


def _done(connection: Connection, visit: Visit, scene: Scene, note: Note, *, act: str) -> Acted:
    """Keep the entry, and go back to the task."""
    casework(visit).write(connection, scene.row.id, note, hand(visit))
    return Acted(act=act, go=_address(scene))


def _address(scene: Scene) -> str:
    return f"{HOME}/cases/{scene.looked.listed.case.id}/tasks/{scene.row.id}"


def casework(visit: Visit) -> Casework:
    return Casework(random=visit.console.random, directory=visit.console.directory)


def hand(visit: Visit) -> Hand:
    return Hand(staff=visit.session.staff, key=visit.session.key.public, at=visit.console.clock())


def _page(
    visit: Visit, scene: Scene, *, status: int = 200, problems: tuple[Problem, ...] = (), notice: str = ""
) -> Response:
    console = visit.console
    return visit.page(
        "task.html",
        status=status,
        case=row_of(scene.looked.listed, console.directory, console.clock()),
        row=scene.row,
        work=scene.work,
        mine=scene.row.owner == visit.session.staff,
        may_act=scene.looked.consent is not None,
        problems=problems,
        wrong={problem.field for problem in problems},
        notice=notice,
        typed=visit.form if problems or notice else {},
        kinds=NOTES,
        yes_no=YES_NO,
        most=MOST,
    )
