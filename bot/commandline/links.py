"""Looks whether pages are still there, politely: one request at a time to each host, and no more than is needed."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

import aiohttp

AGENT = "Saysafe directory check (one request at a time)"
AT_ONCE = 6  # hosts
PATIENCE = 20.0  # seconds for one page
PAUSE = 1.0  # seconds between two requests to one host
NOT_BY_HEAD = frozenset({400, 403, 404, 405, 406, 429, 500, 501, 503})  # many servers answer GET alone
GONE = frozenset({404, 410})
UNTOLD = frozenset({401, 403, 406, 429})


class Link(StrEnum):
    """What became of a page."""

    FINE = "is there"
    MOVED = "leads to another host now"
    GONE = "is gone"
    BROKEN = "answers with an error"
    CLOSED = "does not let programs in; look by hand"
    SILENT = "cannot be reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A page, and what became of it. `leads_to`: the host it leads to now."""

    page: str
    link: Link
    leads_to: str = ""

    def __str__(self) -> str:
        return f"{self.page} {self.link.value}{f': {self.leads_to}' if self.leads_to else ''}"


async def look_at(pages: Iterable[str], *, pause: float = PAUSE, patience: float = PATIENCE) -> tuple[Looked, ...]:
    """Every page once, in the order of their addresses. `patience`: seconds for one answer."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for page in sorted(set(pages)):
        by_host[urlsplit(page).netloc].append(page)
    timeout = aiohttp.ClientTimeout(total=patience)
    places = asyncio.Semaphore(AT_ONCE)
    async with aiohttp.ClientSession(timeout=timeout, headers={"user-agent": AGENT}) as session:
        hosts = [_host(session, places, pages=held, pause=pause) for held in by_host.values()]
        looked = [one for host in await asyncio.gather(*hosts) for one in host]
    return tuple(sorted(looked, key=lambda one: one.page))


async def _host(
    session: aiohttp.ClientSession, places: asyncio.Semaphore, *, pages: list[str], pause: float
) -> list[Looked]:
    looked = []
    async with places:
        for number, page in enumerate(pages):
            await asyncio.sleep(pause if number else 0)
            looked.append(await _look(session, page))
    return looked


async def _look(session: aiohttp.ClientSession, page: str) -> Looked:
    try:
        status, host = await _ask(session, "HEAD", page)
        if status in NOT_BY_HEAD:
            status, host = await _ask(session, "GET", page)
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return Looked(page=page, link=Link.SILENT)
    if status < 400 and _bare(host) != _bare(urlsplit(page).hostname or ""):
        return Looked(page=page, link=Link.MOVED, leads_to=host)
    return Looked(page=page, link=_meaning(status))


async def _ask(session: aiohttp.ClientSession, method: str, page: str) -> tuple[int, str]:
    async with session.request(method, page, allow_redirects=True, max_redirects=5) as answer:
        return answer.status, answer.url.host or ""


def _meaning(status: int) -> Link:
    if status < 400:
        return Link.FINE
    if status in GONE:
        return Link.GONE
    return Link.CLOSED if status in UNTOLD else Link.BROKEN


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
