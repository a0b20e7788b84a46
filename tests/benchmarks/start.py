"""From the start of `saysafe run` to the first reply on Telegram, and the memory it then holds."""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from bot.storage.database import bring_up_to_date
from tests.benchmarks.updates import memory_of
from tests.telegram_world.people import until
from tests.telegram_world.server import TOKEN, TelegramWorld

RUNS = 5


async def main() -> None:
    """Each start finds a database that is up to date, and a person who has written meanwhile."""
    starts = sorted([await _in_a_new_house() for _ in range(RUNS)])
    seconds, memory = starts[RUNS // 2]
    sys.stdout.write(f"start to first reply: {seconds:.2f} s (median of {RUNS}), then {memory:.0f} MiB\n")


async def _in_a_new_house() -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        bring_up_to_date(Path(folder, "start.sqlite3"))
        return await _start(folder)


async def _start(folder: str) -> tuple[float, float]:
    async with TelegramWorld.start() as world:
        world.patience = 60
        environ = {
            "PATH": os.environ["PATH"],
            "SAYSAFE_SECRET": "3f9c2a71d08b5e64" * 4,
            "SAYSAFE_DATABASE": str(Path(folder, "start.sqlite3")),
            "SAYSAFE_TELEGRAM_TOKEN": TOKEN,
            "SAYSAFE_TELEGRAM_API": world.url,
            "SAYSAFE_PORT": "0",
        }
        amina = world.person("Amina")
        await amina.says("/start")
        began = time.perf_counter()
        program = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=environ, stdout=asyncio.subprocess.DEVNULL
        )
        await until(world, lambda: any(message.by_bot for message in amina.chat), lambda: "no reply")
        seconds, memory = time.perf_counter() - began, memory_of(program.pid)
        program.terminate()
        await program.wait()
        return seconds, memory


if __name__ == "__main__":
    asyncio.run(main())
