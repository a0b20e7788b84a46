"""Pages for everybody: who can help, and information packs. Nothing is asked of anyone, nothing is kept, no cookie."""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.channels.web.handouts import Busy
from bot.channels.web.leaflet import leaflet
from bot.channels.web.parts import parts_of, reader, says
from bot.channels.web.printing import NotPrinted
from bot.channels.web.public_pages import BUSY, Asked, PublicPages
from bot.rendering import Voice
from dialogs.pack import Maker, Order, Pack, asked_for, assemble
from services_directory.calendar import england
from services_directory.hours import LONDON

MOST_QUERY = 2_000  # characters of an address that are read
LISTED = 40  # names in one parameter


def public_routes() -> list[Route]:
    """To be served beside the chat."""
    return [
        Route("/help", help_page),
        Route("/help/{need}", need_page),
        Route("/pack", pack_page),
        Route("/pack.pdf", pack_file),
    ]


async def help_page(request: Request) -> Response:
    """What people look for, as links."""
    return HTMLResponse(_public(request).needs(_asked(request)))


async def need_page(request: Request) -> Response:
    """Who can help with it, now."""
    asked, public = _asked(request), _public(request)
    need = public.need(request.path_params["need"])
    if need is None:
        return HTMLResponse(public.needs(asked), 404)
    return HTMLResponse(public.helpers(asked, need, parts_of(request).web.clock(), _maker(request).holidays))


async def pack_page(request: Request) -> Response:
    """A pack; without a word of what should be in it, the page on which to choose."""
    asked, public = _asked(request), _public(request)
    if not {"area", "topics", "needs"} & request.query_params.keys():
        return HTMLResponse(public.choose(asked))
    return HTMLResponse(public.pack(asked, leaflet(_pack(request, asked), asked.voice)))


async def pack_file(request: Request) -> Response:
    """The same pack on paper."""
    asked = _asked(request)
    try:
        file = await parts_of(request).handouts.pdf(leaflet(_pack(request, asked), asked.voice))
    except (Busy, NotPrinted):
        return says(request, BUSY, 503)
    headers = {"content-disposition": 'attachment; filename="saysafe.pdf"', "x-robots-tag": "noindex"}
    return Response(file, media_type="application/pdf", headers=headers)


def _public(request: Request) -> PublicPages:
    parts = parts_of(request)
    return PublicPages(parts.pages, parts.web)


def _maker(request: Request) -> Maker:
    web = parts_of(request).web
    day = web.clock().astimezone(LONDON).date()
    return Maker(
        directory=web.directory,
        operator=web.operator,
        day=day,
        holidays=england(range(day.year - 1, day.year + 2)),
    )


def _pack(request: Request, asked: Asked) -> Pack:
    return assemble(_maker(request), asked.order, asked.voice.tag)


def _asked(request: Request) -> Asked:
    """What the address asks for, as far as it is known here; anything else in it is left out."""
    query = request.query_params
    order: Order = asked_for(
        parts_of(request).web.directory,
        area=query.get("area", "")[:LISTED],
        topics=_listed(query.getlist("topics")),
        needs=_listed(query.getlist("needs")),
    )
    return Asked(order=order, voice=_voice(request))


def _listed(given: Iterable[str]) -> list[str]:
    """Names behind each other with commas, or in parameters of their own, as a form sends them."""
    return ",".join(list(given)[:LISTED])[:MOST_QUERY].split(",")[:LISTED]


def _voice(request: Request) -> Voice:
    parts = parts_of(request)
    chosen = parts.web.voices.get(request.query_params.get("lang", ""))
    return chosen or reader(parts.pages, request)
