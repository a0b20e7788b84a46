"""One request: whose it is, that it comes from our own page, and the page it is answered with."""

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.console.console import Console
from bot.console.pages import HOME
from bot.console.session import Session
from bot.storage import conversations

FORM = "console-form"  # what the key ring calls the key of the forms' tokens
SEEN = "seen"  # the field that says how much stood on the page, where a form sent twice would add twice
TOKEN = "token"  # noqa: S105  # the field that carries it


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request of somebody who is signed in."""

    console: Console
    session: Session
    request: Request
    cookie: str = field(repr=False)
    form: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def zone(self) -> ZoneInfo:
        return self.console.zone(self.session.agency)

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        frame = {
            "session": self.session,
            "agency": self.console.directory.agency(self.session.agency).name,
            "token": form_token(self.console, self.cookie),
            "zone": self.zone,
        }
        return HTMLResponse(self.console.pages.render(template, **frame, **values), status)


Handler = Callable[[Visit], Awaitable[Response]]


async def signed_in(console: Console, handler: Handler, request: Request) -> Response:
    """Let `handler` answer those who are signed in; all others are shown the door."""
    cookie = request.cookies.get(cookie_name(console), "")
    session = console.sessions.find(cookie, console.clock())
    if session is None:
        return from_outside(console, request) or see(HOME + "/sign-in")
    form = await read_form(console, request) if request.method == "POST" else {}
    return await handler(Visit(console=console, session=session, request=request, cookie=cookie, form=form))


def from_outside(console: Console, request: Request) -> Response | None:
    """A page that leads on to itself, for who comes by a link elsewhere, such as an alert's; None for all others.

    The cookie is strict: browsers withhold it on such a visit, which must not end a session that goes on.
    """
    outside = request.headers.get("sec-fetch-site", "") in ("cross-site", "same-site")
    if not outside or request.method == "POST" or cookie_name(console) in request.cookies:
        return None
    return HTMLResponse(console.pages.render("outside.html"))


async def read_form(console: Console, request: Request) -> Mapping[str, str]:
    """The fields of a form of ours. Raises HTTPException 403 if it may come from anywhere else."""
    if not _from_here(request):
        raise HTTPException(403)
    async with request.form(max_files=0, max_fields=20) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
    cookie = request.cookies.get(cookie_name(console), "")
    given = fields.get(TOKEN, "").encode("utf-8", "surrogatepass")
    signed = [_token(key, cookie).encode() for key in console.keyring.tokens(FORM)]
    if not cookie or not any([hmac.compare_digest(given, token) for token in signed]):
        raise HTTPException(403)
    return fields


def sent_again(connection: Connection, visit: Visit) -> bool:
    """Whether the very same form, off a page on which as much stood, was handled before: a button was pressed twice.

    What is remembered of it is a keyed hash, for as long as updates are.
    """
    if SEEN not in visit.form:
        return False
    whole = json.dumps([visit.session.staff, visit.request.url.path, sorted(visit.form.items())])
    id = hmac.digest(visit.console.keyring.token(FORM), whole.encode(), "sha256").hex()
    return not conversations.first_time(connection, "console", id, visit.console.clock())


def form_token(console: Console, cookie: str) -> str:
    """What a form must carry: bound to the browser's cookie, so that nobody else's form has it."""
    return _token(console.keyring.token(FORM), cookie)


def _token(key: bytes, cookie: str) -> str:
    return hmac.digest(key, cookie.encode("utf-8", "surrogatepass"), "sha256").hex()


def _from_here(request: Request) -> bool:
    """What the browser itself says; old ones say nothing, and "null" is what no-referrer makes of our own pages."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.headers.get("host", "")


def cookie_name(console: Console) -> str:
    """`__Host-` keeps other hosts of the domain from setting it; it demands https and the path "/"."""
    return "__Host-console" if console.secure else "console"


def set_cookie(console: Console, response: Response, value: str) -> None:
    """Until the browser closes; the session behind it ends sooner."""
    response.set_cookie(cookie_name(console), value, path="/", secure=console.secure, httponly=True, samesite="strict")


def drop_cookie(console: Console, response: Response) -> None:
    response.delete_cookie(cookie_name(console), path="/", secure=console.secure, httponly=True, samesite="strict")


def see(address: str) -> Response:
    """Go there and look, whatever the method was."""
    return RedirectResponse(address, 303)
