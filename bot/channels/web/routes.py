"""The addresses of the web chat. A form is answered with a redirect to the one page `/chat`, which shows the screen.

Only what belongs to the answer itself is shown in answer to the form: a notice, and with it the words that were not
taken. They may be a whole story, so no cookie holds them, and nothing unsealed is kept for the next request. Loading
such a page again posts the same form, whose id is known by then: it changes nothing and leads to the current screen.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Scope

from bot.channels.web.guard import AWAY, Guard, headers_for
from bot.channels.web.handouts import Handouts
from bot.channels.web.pages import ENDED, NAME, NOT_HERE, NOT_OURS, SORRY, TOO_MUCH, Beside, Pages, anchor
from bot.channels.web.parts import Parts, WebChat, known, over, parts_of, reader, room_for, says
from bot.channels.web.public import public_routes
from bot.channels.web.sessions import CHANNEL, Sessions
from bot.channels.web.taking import NOT_KEPT, OLD_PAGE, Outcome, Taking, Visit, option_of
from bot.channels.web.uploads import Sent, TooMuch, TooSlow, reading
from bot.errors import StorageError
from bot.messages import Address, Asked, Shown, Tap, Update
from bot.randomness import new_id
from bot.taps import write_tap
from dialogs.overlays import GONE, LOCALE

RESUME = "!resume"  # what is shown after Exit to who chose to keep the draft
POSTER = 40  # letters of a poster's code
_ROBOTS = "User-agent: *\nDisallow: /chat\n"


def routes(web: WebChat) -> list[Route | Mount]:
    """All pages, to be served at "/", after every route of anybody else's: what is not here gets a kind page."""
    sessions = Sessions(keyring=web.keyring, random=web.random, public_url=web.public_url)
    pages = Pages(web.voices, web.operator)
    taking = Taking(web.conversations, web.attachments, voices=web.voices, clock=web.clock, random=web.random)

    def sorry(scope: Scope) -> Response:
        return HTMLResponse(pages.message(reader(pages, Request(scope)), SORRY), 500)

    headers = headers_for(pages.style, secure=sessions.secure)
    app = Starlette(
        routes=[
            Route("/", landing),
            Route("/start", start, methods=["POST"]),
            Route("/chat", chat),
            Route("/chat", answer, methods=["POST"]),
            Route("/exit", leave, methods=["POST"]),
            Route("/health", health),
            *public_routes(),
            Route("/robots.txt", robots),
        ],
        middleware=[Middleware(Guard, headers=headers, log=web.log, sorry=sorry)],
        exception_handlers={HTTPException: _elsewhere},
    )
    app.state.parts = Parts(web=web, sessions=sessions, taking=taking, pages=pages, handouts=Handouts(web.clock, NAME))
    return [Mount("/", app=app)]


async def landing(request: Request) -> Response:
    """The first page. It stores nothing, neither here nor in the browser."""
    pages, notice = parts_of(request).pages, GONE if await over(request) else None
    poster = _poster(request.query_params.get("p", ""))
    return HTMLResponse(pages.landing(reader(pages, request), notice=notice, poster=poster))


async def start(request: Request) -> Response:
    """A language was pressed: the conversation begins, or is found again."""
    return await _posted(request, _started)


async def _started(request: Request, sent: Sent) -> Response:
    parts = parts_of(request)
    address = await known(request) or parts.sessions.new()
    chosen = Tap(data=write_tap("", "!language", f"{LOCALE}{sent.locale[:POSTER]}"))
    for did in (chosen, Asked(command="start", payload=_poster(sent.poster))):
        id = new_id(parts.web.random)
        await parts.web.conversations.turn(Update(id=id, address=address, did=did, at=parts.web.clock()))
    response = RedirectResponse("/chat", 303)
    parts.sessions.remember(response, address)
    return response


async def chat(request: Request) -> Response:
    """The screen where the person is."""
    parts = parts_of(request)
    address = parts.sessions.address(request)
    shown = await _look(parts, address) if address else None
    if address is None or shown is None:
        return await _ended(request)
    return _page(parts, address, Outcome(shown=shown))


async def answer(request: Request) -> Response:
    """A form of a screen."""
    return await _posted(request, _answered)


async def _posted(request: Request, then: Callable[[Request, Sent], Awaitable[Response]]) -> Response:
    """What `then` answers to the form; who may send it is asked before any of it is read."""
    if parts_of(request).sessions.from_elsewhere(request):
        return says(request, NOT_OURS, 403)
    try:
        async with reading(request, await room_for(request)) as sent:
            return await then(request, sent)
    except TooMuch:
        return says(request, TOO_MUCH, 413)
    except TooSlow:
        return says(request, NOT_KEPT, 408)


async def _answered(request: Request, sent: Sent) -> Response:
    parts = parts_of(request)
    try:
        visit = await _visit(request)
    except StorageError:
        return says(request, SORRY, 503, words=sent.words)
    if visit is None:
        return await _ended(request, sent.words)
    outcome = await _outcome(parts, visit, sent)
    if outcome.left:
        return await _left(parts, visit.address)
    if outcome.shown is not None:
        return _page(parts, visit.address, outcome)
    return RedirectResponse(f"/chat{_place(sent)}", 303)


async def leave(request: Request) -> Response:
    """Exit. It asks for no proof of anything: nobody is to be held up here."""
    parts = parts_of(request)
    if parts.sessions.from_elsewhere(request):
        return says(request, NOT_OURS, 403)
    address = parts.sessions.address(request)
    if address is not None:
        outcome = await parts.taking.leave(address)
        if outcome.trouble:
            parts.web.log.warning("exit-not-kept")
    return await _left(parts, address)


async def health(request: Request) -> Response:
    """Whether the database answers, for the container."""
    try:
        await parts_of(request).web.conversations.conversation_id(Address(channel=CHANNEL, who="health"))
    except StorageError:
        return PlainTextResponse("the database does not answer", 503)
    return PlainTextResponse("ok")


async def robots(_request: Request) -> Response:
    """The first page may be found; a conversation not."""
    return PlainTextResponse(_ROBOTS)


async def _outcome(parts: Parts, visit: Visit, sent: Sent) -> Outcome:
    form = parts.sessions.form_id(visit.address, sent.form)
    if form is None:
        notice = parts.web.voices[visit.before.locale].say(OLD_PAGE)
        return Outcome(shown=visit.before, notice=notice, words=sent.words)
    return await parts.taking.take(visit, replace(sent, form=form))


async def _left(parts: Parts, address: Address | None) -> Response:
    """Away. Who chose to keep the draft keeps the cookie that finds it, for as long as the browser is open."""
    response = RedirectResponse(AWAY, 303)
    if address is not None and await _keeps(parts, address):
        response.headers["clear-site-data"] = '"cache", "storage"'
        return response
    response.headers["clear-site-data"] = '"cache", "cookies", "storage"'
    parts.sessions.forget(response)
    return response


async def _keeps(parts: Parts, address: Address) -> bool:
    try:
        shown = await parts.web.conversations.look(address)
    except StorageError:
        return False
    return shown is not None and shown.key == RESUME


async def _look(parts: Parts, address: Address) -> Shown | None:
    """The screen; if its dialog is at fault, one more turn leads out of it, to the menu."""
    conversations = parts.web.conversations
    try:
        return await conversations.look(address)
    except StorageError:
        raise
    except Exception as fault:
        parts.web.log.failure("screen-failed", fault)
    did = Asked(command="help")
    await conversations.turn(Update(id=new_id(parts.web.random), address=address, did=did, at=parts.web.clock()))
    return await conversations.look(address)


async def _visit(request: Request) -> Visit | None:
    parts = parts_of(request)
    address = parts.sessions.address(request)
    if address is None:
        return None
    conversation = await parts.web.conversations.conversation_id(address)
    before = await _look(parts, address)
    if conversation is None or before is None:
        return None
    return Visit(address=address, conversation=conversation, before=before)


def _page(parts: Parts, address: Address, outcome: Outcome) -> Response:
    shown: Shown | None = outcome.shown
    if shown is None:
        raise ValueError("an outcome without a screen is a redirect")
    beside = Beside(form=parts.sessions.new_form(address), notice=outcome.notice, words=outcome.words)
    status = 503 if outcome.trouble else 422 if outcome.notice else 200
    return HTMLResponse(parts.pages.screen(shown, beside), status, headers={"x-robots-tag": "noindex"})


def _place(sent: Sent) -> str:
    """After choosing one of several answers, the page is shown at that answer."""
    option = option_of(sent.tap)
    return f"#{anchor(option)}" if option[:1] in ("+", "-") else ""


async def _ended(request: Request, words: str = "") -> Response:
    """There is no conversation, or not any more: it was left, or a day has passed."""
    pages, notice = parts_of(request).pages, GONE if await over(request) else ENDED
    return HTMLResponse(pages.landing(reader(pages, request), notice=notice, words=words))


async def _elsewhere(request: Request, fault: Exception) -> Response:
    """An address that does not exist, or not with this method."""
    response = says(request, NOT_HERE, fault.status_code if isinstance(fault, HTTPException) else 404)
    response.headers.update(getattr(fault, "headers", None) or {})
    return response


def _poster(written: str) -> str:
    return "".join(letter for letter in written[:POSTER] if letter.isascii() and (letter.isalnum() or letter in "-_"))
