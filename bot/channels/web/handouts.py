"""Packs as PDF: written one at a time, and kept for a short while in bounded memory."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.channels.web.leaflet import Leaflet
from bot.channels.web.printing import print_pdf

Write = Callable[[Leaflet, str, datetime], Awaitable[bytes]]
KEPT, MOST_KEPT = timedelta(minutes=10), 24  # files, of some 200 kB each
MOST_WAITING = 6


class Busy(Exception):
    """Too many people wait for a pack already."""


class Handouts:
    """`clock`: aware. `name`: the title of every file. `write`: makes one."""

    def __init__(self, clock: Callable[[], datetime], name: str, write: Write = print_pdf) -> None:
        self._write = write
        self._clock = clock
        self._name = name
        self._one_at_a_time = asyncio.Lock()
        self._waiting = 0
        self._kept: OrderedDict[Leaflet, tuple[datetime, bytes]] = OrderedDict()

    async def pdf(self, leaflet: Leaflet) -> bytes:
        """The file of `leaflet`. Raises `Busy`."""
        if self._waiting >= MOST_WAITING:
            raise Busy
        self._waiting += 1
        try:
            async with self._one_at_a_time:
                return await self._written(leaflet)
        finally:
            self._waiting -= 1

    async def _written(self, leaflet: Leaflet) -> bytes:
        now = self._clock()
        made, file = self._kept.get(leaflet, (now - KEPT, b""))
        if not file or made + KEPT <= now:
            file = await self._write(leaflet, self._name, now)
            self._kept[leaflet] = (now, file)
        self._kept.move_to_end(leaflet)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return file
