"""Forgets by itself what need not be kept, and wipes it from the journal too."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.errors import StorageError
from bot.logs import Log
from bot.storage.database import Database
from bot.storage.retention import forget

EVERY = 600.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Call `sweep`, or let it `run`."""

    database: Database
    clock: Callable[[], datetime]
    log: Log

    async def run(self) -> None:
        """Sweep for ever."""
        while True:
            try:
                await self.sweep()
            except StorageError:
                self.log.warning("retention-waits")
            await asyncio.sleep(EVERY)

    async def sweep(self) -> int:
        """Forget what is due, and empty the journal, which would still hold that and what was overwritten since."""
        now = self.clock()
        gone = await self.database.unit(lambda connection: forget(connection, now))
        if gone:
            self.log.info("forgotten", count=gone)
        if not await self.database.empty_journal():
            self.log.warning("journal-in-use")
        return gone
