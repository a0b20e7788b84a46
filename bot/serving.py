"""What runs beside the web server for as long as the program does; a fault in one of them ends none of the others."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from bot.logs import Log

PAUSE = 5.0  # seconds before work that failed is taken up again

Work = Callable[[], Awaitable[object]]


@asynccontextmanager
async def running(works: tuple[Work, ...], log: Log) -> AsyncIterator[None]:
    """Run all of `works` until the block ends."""
    tasks = [asyncio.create_task(_forever(work, log)) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def _forever(work: Work, log: Log) -> None:
    while True:
        try:
            await work()
        except Exception as fault:  # whatever it was, the work must go on
            log.failure("work-failed", fault)
            await asyncio.sleep(PAUSE)


def every(seconds: float, work: Work) -> Work:
    """`work`, again and again."""

    async def repeat() -> None:
        while True:
            await work()
            await asyncio.sleep(seconds)

    return repeat
