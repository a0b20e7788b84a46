"""Writing to the reporter of a case."""

from sqlalchemy import Connection
from starlette.responses import Response

from bot import correspondence
from bot.console.case_page import look
from bot.console.console import Deed
from bot.console.pages import HOME
from bot.console.visit import Visit, see, sent_again
from bot.console.words import LANGUAGES
from bot.correspondence import REPORTER, Envelope
from bot.encryption.keys import PublicKey
from bot.linking import Linking
from bot.reports.letter import Letter
from bot.storage import reports

MOST = 4_000  # characters of one message


async def write_letter(visit: Visit) -> Response:
    """Send a message to the reporter; they are nudged if they asked for it."""
    words, locale = visit.form.get("words", "").strip(), visit.form.get("language", "")
    case = visit.request.path_params["case"]
    if not words or len(words) > MOST or locale not in LANGUAGES:
        return visit.page("letter_refused.html", status=422, words=words, most=MOST, case=case)
    letter = Letter(locale=locale, items=({"words": words, "locale": locale, "ref": ""},))
    await visit.console.done(visit.session, lambda c: _write(c, visit, letter))
    return see(f"{HOME}/cases/{case}#messages")


def _write(connection: Connection, visit: Visit, letter: Letter) -> Deed[None] | None:
    looked = look(connection, visit)
    if looked is None or not looked.may_ask:
        return None
    if sent_again(connection, visit):
        return Deed(act="message-again", value=None, case=looked.listed.case.id)
    console, session, report = visit.console, visit.session, looked.listed.case.report
    to = {
        REPORTER: PublicKey.from_bytes(reports.reporter_of(connection, report)),
        session.agency: session.key.public,
    }
    envelope = Envelope(report=report, author=session.agency, to=to)
    correspondence.write(connection, letter, envelope, at=console.clock(), random=console.random)
    Linking(console.keyring, console.random).nudge(connection, report, console.clock())
    return Deed(act="message", value=None, case=looked.listed.case.id)
