"""Adding a task to a case that staff thought of themselves. What is done about a task is in `tasks`."""

from sqlalchemy import Connection
from starlette.responses import Response

from bot.console.case_page import look
from bot.console.console import Deed
from bot.console.pages import HOME
from bot.console.task_forms import MOST_NAME, read_name
from bot.console.tasks import casework, hand
from bot.console.visit import Visit, see, sent_again
from bot.reports.tasks import Task


async def add_task(visit: Visit) -> Response:
    """It belongs to who thought of it; there is none without the reporter's consent."""
    words = read_name(visit.form)
    case = visit.request.path_params["case"]
    if not words:
        return visit.page("task_refused.html", status=422, case=case, most=MOST_NAME, words=visit.form.get("words", ""))
    await visit.console.done(visit.session, lambda c: _add(c, visit, words))
    return see(f"{HOME}/cases/{case}#tasks")


def _add(connection: Connection, visit: Visit, words: str) -> Deed[None] | None:
    looked = look(connection, visit)
    if looked is None or looked.consent is None:
        return None
    case = looked.listed.case.id
    if sent_again(connection, visit):
        return Deed(act="task-again", value=None, case=case)
    casework(visit).add(connection, case, Task(words=words), hand(visit))
    return Deed(act="task-add", value=None, case=case)
