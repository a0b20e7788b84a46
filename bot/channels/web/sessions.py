"""Who is who in the web chat: a random token in a cookie that dies with the browser, and what proves a form is ours."""

import hmac
import re
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from bot.encryption.keyring import KeyRing
from bot.encryption.purposes import bind
from bot.messages import Address
from bot.randomness import Random, new_id

CHANNEL = "web"
_TOKEN = re.compile(r"[0-9a-f]{64}")
_FORM = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{64})")
_PURPOSE = "web-form"
_OURS = ("same-origin", "none")  # what browsers say of a form that was on our own page


class Sessions:
    """`public_url`: where people reach the pages; with https, the cookie is never sent without."""

    def __init__(self, *, keyring: KeyRing, random: Random, public_url: str) -> None:
        self._keyring = keyring
        self._random = random
        self._origin = public_url.rstrip("/").lower()
        self.secure = self._origin.startswith("https:")
        self._cookie = "__Host-visit" if self.secure else "visit"

    def address(self, request: Request) -> Address | None:
        """Who asks; None without a cookie of ours."""
        token = request.cookies.get(self._cookie, "")
        return Address(channel=CHANNEL, who=token) if _TOKEN.fullmatch(token) else None

    def new(self) -> Address:
        """Somebody who has just pressed Start."""
        return Address(channel=CHANNEL, who=self._random(32).hex())

    def remember(self, response: Response, address: Address) -> None:
        """Without an age, so that the cookie goes when the browser is closed."""
        response.set_cookie(self._cookie, address.who, httponly=True, samesite="strict", secure=self.secure)

    def forget(self, response: Response) -> None:
        response.delete_cookie(self._cookie, httponly=True, samesite="strict", secure=self.secure)

    def new_form(self, address: Address) -> str:
        """What a page's form carries: an id by which it is handled once, and the proof that this person got it."""
        id = new_id(self._random)
        return f"{id}.{_proof(self._keyring.token(_PURPOSE), address, id)}"

    def form_id(self, address: Address, written: str) -> str | None:
        """The id in what a form carried; None if it was not given to this person."""
        found = _FORM.fullmatch(written)
        if found is None:
            return None
        id, proof = found.groups()
        proofs = (_proof(key, address, id) for key in self._keyring.tokens(_PURPOSE))
        return id if any(hmac.compare_digest(ours, proof) for ours in proofs) else None

    def from_elsewhere(self, request: Request) -> bool:
        """Whether the browser says that a form came from a page that is not ours; a browser may say nothing."""
        if request.headers.get("sec-fetch-site", "none") not in _OURS:
            return True
        origin = request.headers.get("origin", "").lower()
        return bool(origin) and origin != self._origin and _host(origin) != request.headers.get("host", "").lower()


def _proof(key: bytes, address: Address, id: str) -> str:
    return hmac.digest(key, bind(address.who, id), "sha256").hex()


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # not an address at all
        return ""
