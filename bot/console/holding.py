"""Keeping a report by law: a manager says so, with a reason that only their own agency can read, and lifts it again."""

from collections.abc import Callable

from sqlalchemy import Connection
from starlette.responses import Response

from bot import correspondence
from bot.console.case_page import look
from bot.console.console import Deed
from bot.console.held import signed
from bot.console.pages import HOME
from bot.console.visit import Visit, see
from bot.correspondence import Envelope
from bot.reports.letter import HOLD, HOLD_LIFTED, Letter
from bot.storage import holds
from bot.storage.cases import Case

MOST = 1_000  # characters of a reason
_NO_REASON = f"It needs a reason, at most {MOST} letters of it."
_TOO_LATE = "-too-late"  # somebody else did it a moment before


async def keep_by_law(visit: Visit) -> Response:
    """From now on the reporter cannot delete the report."""
    return await _with_reason(visit, lambda c: _keep(c, visit))


async def lift_hold(visit: Visit) -> Response:
    """This agency need not keep it any longer."""
    return await _with_reason(visit, lambda c: _lift(c, visit))


async def _with_reason(visit: Visit, work: Callable[[Connection], Deed[None] | None]) -> Response:
    case, reason = visit.request.path_params["case"], _reason(visit)
    if not reason or len(reason) > MOST:
        return visit.page("words_refused.html", status=422, title="not done", why=_NO_REASON, words=reason, case=case)
    await visit.console.done(visit.session, work)
    return see(f"{HOME}/cases/{case}#hold-title")


def _reason(visit: Visit) -> str:
    return visit.form.get("reason", "").strip()


def _keep(connection: Connection, visit: Visit) -> Deed[None] | None:
    looked = look(connection, visit)
    if looked is None or not looked.manages or not looked.may_ask:
        return None
    kept = holds.keep(connection, looked.listed.case, visit.console.clock())
    return _written(connection, visit, looked.listed.case, HOLD if kept else HOLD + _TOO_LATE)


def _lift(connection: Connection, visit: Visit) -> Deed[None] | None:
    """Also by those who may no longer open the report: somebody must be able to."""
    looked = look(connection, visit)
    if looked is None or not looked.manages:
        return None
    lifted = holds.let_go(connection, looked.listed.case)
    return _written(connection, visit, looked.listed.case, HOLD_LIFTED if lifted else HOLD_LIFTED + _TOO_LATE)


def _written(connection: Connection, visit: Visit, case: Case, act: str) -> Deed[None]:
    """The reason, sealed to this agency alone; nothing of it stands in the record of acts."""
    if not act.endswith(_TOO_LATE):
        session, item = visit.session, {"words": _reason(visit), "locale": "en", "ref": ""}
        letter = Letter(locale="en", items=(item,), kind=act, answers=signed(session.staff, session.name))
        envelope = Envelope(report=case.report, author=session.agency, to={session.agency: session.key.public})
        correspondence.write(connection, letter, envelope, at=visit.console.clock(), random=visit.console.random)
    return Deed(act=act, value=None, case=case.id)
