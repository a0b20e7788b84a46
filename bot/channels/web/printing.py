"""Has a leaflet written as PDF by a process of its own.

What writes it takes a second and tens of megabytes, and must not hold up those who need help meanwhile.
"""

import asyncio
import sys
from datetime import datetime

from pydantic import TypeAdapter

from bot.channels.web.leaflet import Leaflet, ToPrint
from bot.errors import SaysafeError

LONGEST = 60.0  # seconds
PROGRAM = "bot.channels.web.paper"
_WORK = TypeAdapter(ToPrint)


class NotPrinted(SaysafeError):
    """The process that writes files failed or took too long."""


async def print_pdf(leaflet: Leaflet, name: str, made: datetime) -> bytes:
    """The bytes of the file. `name`: its title. Raises `NotPrinted`."""
    work = _WORK.dump_json(ToPrint(leaflet=leaflet, name=name, made=made))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", PROGRAM, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    try:
        async with asyncio.timeout(LONGEST):
            file, _ = await process.communicate(work)
    except TimeoutError:
        raise NotPrinted from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode or not file:
        raise NotPrinted
    return file
