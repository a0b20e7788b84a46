"""What holds for every answer of the web chat: headers that keep it private, and a kind page when something breaks."""

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.logs import Log

AWAY = "https://www.bbc.co.uk/weather"
# Chromium holds `form-action` against every redirect after a form too, and abroad the BBC redirects to its .com.
_FORMS_MAY_LEAD_TO = "'self' https://www.bbc.co.uk https://www.bbc.com"


def headers_for(style: str, *, secure: bool) -> dict[str, str]:
    """`style`: the pages' only style sheet, which stands in them. `secure`: they are served with https."""
    fingerprint = b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{fingerprint}'; img-src data:; form-action {_FORMS_MAY_LEAD_TO}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    always = {
        "cache-control": "no-store",
        "content-security-policy": policy,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "browsing-topics=(), interest-cohort=()",
        # Not "no-referrer": with it browsers hide the origin of our own forms even from us. Others get nothing.
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }
    return always | ({"strict-transport-security": "max-age=63072000"} if secure else {})


class Guard:
    """Around the whole of the web chat."""

    def __init__(self, app: ASGIApp, *, headers: dict[str, str], log: Log, sorry: Callable[[Scope], Response]) -> None:
        self._app = app
        self._headers = headers
        self._log = log
        self._sorry = sorry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = False

        async def guarded(message: Message) -> None:
            nonlocal began
            if message["type"] == "http.response.start":
                began = True
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except ClientDisconnect:  # they went away while sending: nobody is there to be answered
            return
        except Exception as fault:
            self._log.failure("page-failed", fault)
            if not began:
                await self._sorry(scope)(scope, receive, guarded)
