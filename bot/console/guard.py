"""What holds for every answer of the console: its headers, how much it takes in, and errors that tell nothing."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.console.pages import Pages
from bot.errors import NotAllowed
from bot.logs import Log

MOST_TAKEN = 64 * 1024  # bytes of a form
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
TWO_YEARS = {"strict-transport-security": "max-age=63072000"}
SORRY = {
    403: ("This form could not be used", "It was too old, or it came from somewhere else. Nothing was changed."),
    404: ("There is nothing here", "This page does not exist, or it is not for you."),
    405: ("This page cannot do that", "Nothing was changed."),
    413: ("That was too much at once", "Nothing was changed. Please send less."),
    500: ("Something went wrong on our side", "It was not your fault. Please try again in a moment."),
}


class Guard:
    """Puts the headers on every answer, unless a page says otherwise, and stops reading what is too long."""

    def __init__(self, app: ASGIApp, *, secure: bool, log: Log) -> None:
        self._app = app
        self._headers = HEADERS | (TWO_YEARS if secure else {})
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            await self._app(scope, _limited(receive), self._with_headers(send))
        except Exception as fault:  # an answer that broke off; the server's own logger would print its words
            self._log.failure("console-answer-broke-off", fault)

    def _with_headers(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        return sending


def _limited(receive: Receive) -> Receive:
    taken = 0

    async def receiving() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_TAKEN:
            raise HTTPException(413)
        return message

    return receiving


def faults(pages: Pages, log: Log) -> dict[Any, Callable[[Request, Exception], Awaitable[Response]]]:
    """What to answer for each kind of fault."""

    def sorry(status: int, headers: Any = None) -> Response:
        title, body = SORRY.get(status, SORRY[403])
        return HTMLResponse(pages.render("message.html", title=title, body=body), status, headers)

    async def refused(request: Request, fault: Exception) -> Response:
        status = fault.status_code if isinstance(fault, HTTPException) else 404
        return sorry(status, getattr(fault, "headers", None))

    async def broken(request: Request, fault: Exception) -> Response:
        log.failure("console-page-failed", fault)
        return sorry(500)

    async def gone(request: Request, fault: Exception) -> Response:
        return Response(status_code=400)

    return {HTTPException: refused, NotAllowed: refused, ClientDisconnect: gone, Exception: broken}
