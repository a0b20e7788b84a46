"""The program as it runs, with the demo's agencies, polling the Bot API server it is given."""

import asyncio
import sys
from pathlib import Path

import uvloop

from bot.app import open_app
from bot.commandline.demo import furnish
from bot.config import Config
from bot.logs import set_up_logs
from bot.serving import running


async def main(api: str, token: str, folder: str) -> None:
    """Run until ended."""
    environ = {
        "SAYSAFE_SECRET": "3f9c2a71d08b5e64" * 4,
        "SAYSAFE_DATABASE": str(Path(folder, "ours.sqlite3")),
        "SAYSAFE_TELEGRAM_TOKEN": token,
        "SAYSAFE_TELEGRAM_API": api,
    }
    log = set_up_logs()
    async with open_app(Config.from_env(environ), log) as app:
        await furnish(app)
        async with running(app.works, log):
            await asyncio.Event().wait()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(*sys.argv[1:4]))
