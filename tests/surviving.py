"""A house whose program dies and is started again, as `crashing.py` does it, and the people who go on meanwhile.

Nobody repeats themselves: what they said once was either kept, or is delivered again by Telegram.
"""

import asyncio
import json
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from bot.app import World, open_app
from bot.config import Config
from bot.encryption.keys import PrivateKey
from bot.encryption.passphrase import FOR_TESTS
from bot.logs import EventLog
from tests.clock import RunningClock
from tests.conftest import SECRET
from tests.mail_server import MailServer, serving_mail
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld

LONG = bool(os.environ.get("LONG_TESTS"))
MAILBOX = "desk@bhcds.example"
Moment = tuple[str, int]  # its kind, and the how manieth of that kind
Step = tuple[str, str | bytes]  # what somebody reads, and what they then tap or, after a colon, say; bytes: a file


@dataclass
class Program:
    """The program in a process of its own, one after the other, each until its fate or `is_killed`."""

    parent: asyncio.subprocess.Process
    world: TelegramWorld | None = None
    environ: dict[str, str] = field(default_factory=dict)
    passed: Counter[str] = field(default_factory=Counter)
    lives: int = 0
    pid: int = 0
    armed: bool = False

    async def lives_until(self, moment: Moment, *, armed: bool = True) -> None:
        """Start it. Unless `armed`, its moments count only from `arms` on."""
        self.lives += 1
        self.armed = armed
        kind, number = moment
        given = {"environ": self.environ, "kind": kind, "number": number, "ahead": 120 * self.lives, "armed": armed}
        assert self.parent.stdin is not None
        self.parent.stdin.write(f"{json.dumps(given)}\n".encode())
        await self._until(lambda: self.pid != 0)

    async def arms(self) -> None:
        os.kill(self.pid, signal.SIGUSR1)
        await self._until(lambda: self.armed)

    async def is_killed(self) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            await self._until(lambda: self.pid == 0)

    async def _until(self, happened: Callable[[], bool]) -> None:
        assert self.world is not None
        async with asyncio.timeout(90):
            while not happened():
                await self.world.change()

    async def listen(self) -> None:
        """Follow what the processes say of themselves."""
        assert self.parent.stdout is not None
        while line := await self.parent.stdout.readline():
            what, *rest = line.decode().split()
            if what == "started":
                self.pid = int(rest[0])
            elif what == "ended":
                self.pid = 0
            elif what == "armed":
                self.armed = True
            elif what == "moment":
                self.passed[rest[0]] += 1
            if self.world is not None:
                self.world.wake()


@dataclass
class House:
    """What one story after the other needs: the agency's key, and a database in which it has joined."""

    program: Program
    mail: MailServer
    config: Config
    agency_key: PrivateKey
    folder: Path
    runs: "count[int]" = field(default_factory=count)


@pytest.fixture
async def house(config: Config, tmp_path: Path) -> AsyncIterator[House]:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.crashing", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    program = Program(parent)
    listening = asyncio.create_task(program.listen())
    mail = MailServer()
    async with serving_mail(mail):
        cheap = World(clock=RunningClock(), code_cost=FOR_TESTS, passphrase_cost=FOR_TESTS)
        async with open_app(config, EventLog(), cheap) as app:
            joined = await app.joining.agency("bhcds")
            await app.house.database.unit(
                lambda c: app.joining.alert_way(c, agency="bhcds", kind="doomed", address=MAILBOX)
            )
        yield House(program=program, mail=mail, config=config, agency_key=joined.key, folder=tmp_path)
    assert parent.stdin is not None
    parent.stdin.close()
    await parent.wait()
    await listening


async def nothing(database: Path) -> None:
    """What most look at when the program has died."""


@dataclass
class Run:
    """One story on a Telegram and a database of its own, through any number of deaths.

    `armed`: the first fate counts from the beginning, not from `arms` on. `after_death`: looks at the database that
    the dead program has left.
    """

    house: House
    fates: Sequence[Moment]
    world: TelegramWorld
    path: Path
    armed: bool = True
    after_death: Callable[[Path], Awaitable[None]] = nothing
    deaths: int = 0

    async def starts(self) -> None:
        await self._lives_on()

    async def arms(self) -> None:
        """From here on the first life's moments count."""
        self.house.program.passed.clear()
        await self.house.program.arms()

    async def goes(self, person: Person, steps: Sequence[Step]) -> None:
        """Do each of these once, when it can be done."""
        for sees, does in steps:
            words = does if isinstance(does, str) else ":"
            await self.until(partial(_offers, person, sees, words), lambda: str(person.screen))
            if isinstance(does, bytes):
                await person.sends_document(does, "IMG_2027.jpg", "image/jpeg")
            elif does.startswith(":"):
                await person.says(does[1:])
            else:
                await person.taps(does, at_once=True)

    async def until(self, happened: Callable[[], bool], otherwise: Callable[[], str]) -> None:
        """Wait; whenever the program dies, start it again."""
        try:
            async with asyncio.timeout(90):
                while not happened():
                    if not self.house.program.pid:
                        await self._dies()
                        await self._lives_on()
                    with suppress(TimeoutError):  # the mail server does not stir the world
                        async with asyncio.timeout(0.05):
                            await self.world.change()
        except TimeoutError:
            raise AssertionError(f"after dying at {self.fates}: {otherwise()}") from None

    async def ends(self) -> None:
        await self.house.program.is_killed()
        await self._dies()

    async def _dies(self) -> None:
        self.deaths += 1
        await self.after_death(self.path)

    async def _lives_on(self) -> None:
        lived = self.house.program.lives
        moment = self.fates[lived] if lived < len(self.fates) else ("", 0)
        await self.house.program.lives_until(moment, armed=self.armed or lived > 0)


def _offers(person: Person, sees: str, does: str) -> bool:
    screen = person.screen
    return sees in screen and (does.startswith(":") or does in screen.labels)


@asynccontextmanager
async def a_run(house: House, fates: Sequence[Moment], *, armed: bool = True) -> AsyncIterator[Run]:
    path = house.folder / f"run-{next(house.runs)}.sqlite3"
    shutil.copy(house.config.database, path)
    house.mail.arrived.clear()
    async with TelegramWorld.start(clock=RunningClock()) as world:
        house.program.world, house.program.lives = world, 0
        house.program.passed.clear()
        house.program.environ = {
            "SAYSAFE_SECRET": SECRET,
            "SAYSAFE_DATABASE": str(path),
            "SAYSAFE_TELEGRAM_API": world.url,
            "SAYSAFE_SMTP_HOST": "127.0.0.1",
            "SAYSAFE_SMTP_PORT": str(house.mail.port),
            "SAYSAFE_SMTP_FROM": "saysafe@easton.example",
            "SAYSAFE_SMTP_TLS": "none",
        }
        try:
            yield Run(house=house, fates=fates, world=world, path=path, armed=armed)
        finally:
            await house.program.is_killed()
            path.unlink()
