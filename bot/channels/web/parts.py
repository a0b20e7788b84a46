"""What the pages of the web chat are made with, and the small answers that several of them give."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.attachments import Attachments
from bot.channels.web.handouts import Handouts
from bot.channels.web.pages import Pages
from bot.channels.web.room import Room
from bot.channels.web.sessions import Sessions
from bot.channels.web.taking import Taking
from bot.conversations import Conversations
from bot.encryption.keyring import KeyRing
from bot.errors import StorageError
from bot.logs import Log
from bot.messages import Address
from bot.randomness import Random
from bot.rendering import Voice
from dialogs.texts import Text
from services_directory.model import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class WebChat:
    """What the pages need, from the composition root. `public_url`: where people reach them; `operator`: who runs."""

    conversations: Conversations
    attachments: Attachments
    keyring: KeyRing
    clock: Callable[[], datetime]
    random: Random
    log: Log
    public_url: str
    operator: str
    voices: Mapping[str, Voice] = field(repr=False)
    directory: Directory = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The web chat put together."""

    web: WebChat
    sessions: Sessions
    taking: Taking
    pages: Pages
    handouts: Handouts
    room: Room = field(default_factory=Room)


def parts_of(request: Request) -> Parts:
    """Whatever the request is for."""
    parts: Parts = request.app.state.parts
    return parts


def reader(pages: Pages, request: Request) -> Voice:
    """The language of somebody who has not chosen one here."""
    return pages.voice_for(request.headers.get("accept-language", ""))


async def over(request: Request) -> bool:
    """Whether answers that somebody began here were deleted, since a day has passed; False if that cannot be known."""
    parts = parts_of(request)
    address = parts.sessions.address(request)
    try:
        return address is not None and await parts.web.conversations.over(address)
    except StorageError:
        return False


async def known(request: Request) -> Address | None:
    """Who asks, if there is a conversation with them."""
    parts = parts_of(request)
    address = parts.sessions.address(request)
    if address is None or await parts.web.conversations.conversation_id(address) is None:
        return None
    return address


async def room_for(request: Request) -> Room:
    """For files of somebody in a conversation. A stranger's take none, but words are read, to be given back."""
    try:
        somebody = await known(request)
    except StorageError:  # nothing could be kept now
        somebody = None
    return parts_of(request).room if somebody else Room(0)


def says(request: Request, said: Text, status: int, *, words: str = "") -> Response:
    """A page that says one thing."""
    pages = parts_of(request).pages
    return HTMLResponse(pages.message(reader(pages, request), said, words=words), status)
