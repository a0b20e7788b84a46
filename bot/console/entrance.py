"""The pages of coming in and going out. Who may come in is decided in `sign_in`."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.console.console import Console, Deed
from bot.console.pages import HOME
from bot.console.sign_in import Credentials, Refusal
from bot.console.visit import Visit, cookie_name, drop_cookie, form_token, from_outside, read_form, see, set_cookie
from bot.console.words import lasting

_SHORT = 64  # letters of a cookie of ours


async def show_door(console: Console, request: Request) -> Response:
    """The sign-in page."""
    return from_outside(console, request) or _door(console, request, name="", refusal=None)


async def come_in(console: Console, request: Request) -> Response:
    """Check what was typed; the session gets a new id, so that one planted before is worth nothing."""
    fields = await read_form(console, request)
    name = fields.get("name", "").strip()
    given = Credentials(name=name, passphrase=fields.get("passphrase", ""), code=fields.get("code", ""))
    entered = await console.door.enter(given)
    if isinstance(entered, Refusal):
        return _door(console, request, name=name, refusal=entered)
    console.sessions.end(request.cookies.get(cookie_name(console), ""))
    response = see(HOME + "/")
    set_cookie(console, response, console.sessions.begin(entered))
    return response


async def go_out(visit: Visit) -> Response:
    """Sign out: the key is forgotten first, whatever happens to the record of it."""
    console = visit.console
    console.sessions.end(visit.cookie)
    await console.done(visit.session, lambda _: Deed(act="sign-out", value=None))
    page = console.pages.render(
        "message.html",
        title="You are signed out",
        body="Your key is forgotten here. Close the window if others use this computer.",
    )
    response = HTMLResponse(page)
    response.headers["clear-site-data"] = '"cache"'
    drop_cookie(console, response)
    return response


def _door(console: Console, request: Request, *, name: str, refusal: Refusal | None) -> Response:
    cookie = request.cookies.get(cookie_name(console), "")
    known = cookie if len(cookie) == _SHORT else console.sessions.new_id()
    wait = lasting(refusal.wait) if refusal else ""
    page = console.pages.render("sign_in.html", token=form_token(console, known), name=name, refusal=refusal, wait=wait)
    response = HTMLResponse(page, 200 if refusal is None else 429 if refusal.early else 403)
    if known != cookie:
        set_cookie(console, response, known)
    return response
