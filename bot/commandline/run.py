"""The commands that open the program: `run`, `demo`, `init`, `link`, `talk`, `preview`."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import uvicorn

from bot.app import OUTSIDE, App, World, now, open_app
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.terminal import Terminal
from bot.commandline.demo import PrintedAlerts, demo_config, furnish, tell_codes_on_enter, welcome
from bot.commandline.init import FirstStaff
from bot.commandline.init import initialise as initialise_app
from bot.config import Config
from bot.errors import ConfigurationError
from bot.logs import set_up_logs
from bot.meanings import meanings_of, write_lock
from bot.preview.page import write_preview
from bot.preview.walked import asked_in
from bot.rendering import ENDONYMS, load_voices
from bot.serving import running
from dialogs.registry import DIALOGS
from dialogs.start import Start
from services_directory.calendar import england
from services_directory.load import load

Write = Callable[[str], None]


async def serve(config: Config, world: World = OUTSIDE) -> None:
    """Run until told to stop."""
    log = set_up_logs()
    async with open_app(config, log, world) as app:
        await _serve(app)


async def _serve(app: App) -> None:
    settings = uvicorn.Config(
        app.asgi,
        host=app.config.host,
        port=app.config.port,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
    )
    async with running(app.works, app.house.log):
        app.house.log.info("started", port=app.config.port)
        await uvicorn.Server(settings).serve()


async def demo(environ: Mapping[str, str], port: int, write: Write) -> None:
    """Everything on this machine, with people to play."""
    log = set_up_logs()
    async with demo_config({**environ, "SAYSAFE_PORT": str(port)}) as config:
        here = replace(config, public_url=f"http://127.0.0.1:{port}")
        async with open_app(here, log, senders={"screen": PrintedAlerts(write)}) as app:
            logins = await furnish(app)
            for line in welcome(here.public_url, logins, telegram=app.telegram is not None):
                write(line)
            tell_codes_on_enter(logins, write)
            await _serve(app)


async def initialise(config: Config, first: FirstStaff, write: Write) -> None:
    """The first agency and its first member of staff."""
    async with open_app(config, set_up_logs()) as app:
        await initialise_app(app, first, write)


async def link(config: Config, agency: str, write: Write) -> None:
    """A code for a staff chat."""
    async with open_app(config, set_up_logs()) as app:
        if agency not in {known.id for known in app.house.directory.all_agencies}:
            raise ConfigurationError(("there is no such agency",))
        write(f"/link {await app.joining.staff_chat_code(agency)}")


async def talk(dialog: str, lang: str, write: Write) -> None:
    """A dialog in the terminal, with agencies that receive into a database that is deleted afterwards."""
    faults = [] if dialog in DIALOGS else [f"There is no such dialog. There are: {', '.join(DIALOGS)}"]
    faults += [] if lang in ENDONYMS else [f"There is no such language. There are: {', '.join(ENDONYMS)}"]
    if faults:
        raise ConfigurationError(tuple(faults))
    async with demo_config({}) as config, open_app(config, set_up_logs(), World(front=dialog)) as app:
        await furnish(app)
        terminal = Terminal(
            conversations=app.conversations, clock=app.house.clock, random=app.house.random, read=_line, write=write
        )
        await terminal.talk(lang)


def _line() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\n")


def preview(folder: Path, note: str) -> Iterator[str]:
    """Write the preview, and accept changed questions where a note says why; what there is to say of it."""
    directory = load()
    start = Start(
        directory=directory,
        joined=frozenset(agency.id for agency in directory.all_agencies),
        today=now().date(),
        now=now(),
        holidays=england((now().year, now().year + 1)),
        channel=TelegramChannel.name,
        operator="Saysafe",
    )
    summary = write_preview(folder, start, load_voices())
    if note:
        yield from write_lock(meanings_of(asked_in(summary.walks.values())), note)
    yield from summary.lines
