"""Asking a reporter whether another agency may open their report, and taking that question back.

The reporter alone decides. Staff learn yes or no; nothing here looks at who holds the report or who is part of it.
"""

from dataclasses import dataclass, field

from sqlalchemy import Connection
from starlette.responses import Response

from bot import correspondence
from bot.asking import Asked, asked_in
from bot.console.asked import OPENS, can_be_asked_about
from bot.console.case_page import Looked, look
from bot.console.console import Deed
from bot.console.pages import HOME
from bot.console.visit import Visit, see
from bot.console.words import LANGUAGES
from bot.correspondence import REPORTER, Envelope
from bot.encryption.keys import PublicKey
from bot.linking import Linking
from bot.reports.letter import REQUEST, REQUEST_ENDED, Letter
from bot.reports.request import Request, Said, Told, asking, telling
from bot.storage import agencies, reports
from bot.storage.cases import Listed
from dialogs.parts import Package
from services_directory.model import Agency

MOST = 600  # characters of a reason: it stands on one screen of a telephone, with the question
_NO_WORDS = (
    f"It needs an agency, what they would open, a reason of at most {MOST} letters, and a language from the lists."
)
_ASKED_ALREADY = "You have asked about this agency already, and there is no answer yet. Wait for it, or take it back."


class AskedAlready(Exception):
    """The reporter has not answered the same question yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a form asks."""

    request: Request
    words: str = field(repr=False)
    locale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Whose case it is, and whom one can ask about."""

    listed: Listed
    agencies: tuple[Agency, ...]


async def show_form(visit: Visit) -> Response:
    """A page of its own: the case page names no other agency, so that nothing there can tell who has the report."""
    form = await visit.console.done(visit.session, lambda c: _form(c, visit))
    return visit.page(
        "ask.html", listed=form.listed, agencies=form.agencies, opens=OPENS, languages=LANGUAGES, most=MOST
    )


async def ask_reporter(visit: Visit) -> Response:
    """Send the question to the reporter; they are nudged if they asked for it."""
    case, question = visit.request.path_params["case"], _question(visit)
    if question is None:
        return _refused(visit, _NO_WORDS)
    try:
        await visit.console.done(visit.session, lambda c: _ask(c, visit, question))
    except AskedAlready:
        return _refused(visit, _ASKED_ALREADY)
    return see(f"{HOME}/cases/{case}#asking-title")


async def end_question(visit: Visit) -> Response:
    """Take back a question that has no answer yet; one that has been answered a moment ago stays answered."""
    await visit.console.done(visit.session, lambda c: _end(c, visit))
    return see(f"{HOME}/cases/{visit.request.path_params['case']}#asking-title")


def _form(connection: Connection, visit: Visit) -> Deed[Form] | None:
    looked = look(connection, visit)
    if looked is None or not looked.may_ask:
        return None
    form = Form(listed=looked.listed, agencies=_agencies(connection, visit, looked))
    return Deed(act="ask-form", value=form, case=looked.listed.case.id)


def _agencies(connection: Connection, visit: Visit, looked: Looked) -> tuple[Agency, ...]:
    joined, asker = agencies.joined_ids(connection), visit.session.agency
    return can_be_asked_about(visit.console.directory, looked.listed.area, joined=joined, asker=asker)


def _question(visit: Visit) -> Question | None:
    form = visit.form
    words, locale, package = form.get("reason", "").strip(), form.get("language", ""), form.get("package", "")
    if not words or len(words) > MOST or locale not in LANGUAGES or package not in OPENS or not form.get("agency"):
        return None
    return Question(request=Request(agency=form["agency"], package=Package(package)), words=words, locale=locale)


def _refused(visit: Visit, why: str) -> Response:
    case, words = visit.request.path_params["case"], visit.form.get("reason", "")
    return visit.page("words_refused.html", status=422, title="not asked", why=why, words=words, case=case)


def _ask(connection: Connection, visit: Visit, question: Question) -> Deed[None] | None:
    """Raises AskedAlready. An agency outside the list is refused as one that does not exist."""
    looked = look(connection, visit)
    if looked is None or not looked.may_ask:
        return None
    request, listed = question.request, {one.id: one.name for one in _agencies(connection, visit, looked)}
    if request.agency not in listed:
        return None
    if any(one.said is None and one.request.agency == request.agency for one in _mine(visit, looked)):
        raise AskedAlready
    answers = asking(request, name=listed[request.agency], opens=OPENS[request.package])
    item = {"words": question.words, "locale": question.locale, "ref": ""}
    _send(connection, visit, looked, Letter(locale=question.locale, items=(item,), kind=REQUEST, answers=answers))
    Linking(visit.console.keyring, visit.console.random).nudge(
        connection, looked.listed.case.report, visit.console.clock()
    )
    return Deed(act="ask", value=None, case=looked.listed.case.id)


def _end(connection: Connection, visit: Visit) -> Deed[None] | None:
    looked = look(connection, visit)
    if looked is None or looked.consent is None:
        return None
    asked = next((one for one in _mine(visit, looked) if one.id == visit.request.path_params["question"]), None)
    if asked is None:
        return None
    if asked.said is not None:
        return Deed(act="ask-end-too-late", value=None, case=looked.listed.case.id)
    name = visit.console.directory.agency(asked.request.agency).name
    answers = telling(Told(about=asked.id, said=Said.ENDED), name=name)
    _send(connection, visit, looked, Letter(locale="en", items=(), kind=REQUEST_ENDED, answers=answers))
    return Deed(act="ask-end", value=None, case=looked.listed.case.id)


def _mine(visit: Visit, looked: Looked) -> tuple[Asked, ...]:
    return asked_in(correspondence.read(looked.letters, visit.session.agency, visit.session.key))


def _send(connection: Connection, visit: Visit, looked: Looked, letter: Letter) -> None:
    console, session, report = visit.console, visit.session, looked.listed.case.report
    reporter = PublicKey.from_bytes(reports.reporter_of(connection, report))
    envelope = Envelope(
        report=report, author=session.agency, to={REPORTER: reporter, session.agency: session.key.public}
    )
    correspondence.write(connection, letter, envelope, at=console.clock(), random=console.random)
