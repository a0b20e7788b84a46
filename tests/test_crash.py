"""The program is killed at every moment of a report, and again: the report exists once, opens, and its alert left.

Amina never repeats herself: what she said once was either kept, or is delivered again by Telegram. The short form
plays a spread of moments; with LONG_TESTS=1 every moment is played, then pairs of deaths drawn by chance.
"""

import asyncio
import json
import os
import random
import shutil
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import World, open_app
from bot.config import Config
from bot.encryption.codes import code_key, lookup_id, parse_code
from bot.encryption.content import ContentKey, bind, unlock
from bot.encryption.keyring import KeyRing
from bot.encryption.keys import PrivateKey
from bot.encryption.passphrase import FOR_TESTS
from bot.encryption.sealing import Purpose, open_sealed
from bot.filing import PART_VERSION, REPORTER
from bot.logs import EventLog
from bot.reports.report import ReportPart
from bot.storage import reports
from bot.storage.database import Database
from bot.storage.tables import alerts, cases
from bot.storage.tables import reports as report_rows
from tests.clock import RunningClock
from tests.conftest import SECRET
from tests.crashing import AFTER_COMMIT, AFTER_MAIL, AFTER_SEND, BEFORE_COMMIT, BEFORE_MAIL, BEFORE_SEND
from tests.mail_server import MailServer, serving_mail
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld

LONG = bool(os.environ.get("LONG_TESTS"))
PAIRS = 500  # of deaths, in the long form
MAILBOX = "desk@bhcds.example"
FIRST_WORDS, LATER_WORDS = "They shouted at me.", "Then they laughed at me."
REPORT = (  # what Amina reads, and what she then taps or, after a colon, says
    ("", ":/start"),
    ("English", "English"),
    ("What would you like", "Report hate or harassment"),
    ("Are you safe right now?", "Yes"),
    ("Which of these is you?", "It happened to me"),
    ("Where did it happen?", "Bristol"),
    ("Shall we go on?", "Go on"),
    ("What happened?", f":{FIRST_WORDS}"),
    ("I have kept 1 message", f":{LATER_WORDS}"),
    ("I have kept 2 messages", "That's all"),
    ("Is that enough for now?", "No more questions"),
    ("contact you?", "No"),
    ("Shall I send this now?", "Send"),
)


@dataclass
class Program:
    """The program in a process of its own, one after the other, each until its fate or `is_killed`."""

    parent: asyncio.subprocess.Process
    world: TelegramWorld | None = None
    environ: dict[str, str] = field(default_factory=dict)
    passed: Counter[str] = field(default_factory=Counter)
    lives: int = 0
    pid: int = 0

    async def lives_until(self, kind: str, number: int) -> None:
        self.lives += 1
        given = {"environ": self.environ, "kind": kind, "number": number, "ahead": 120 * self.lives}
        assert self.parent.stdin is not None
        self.parent.stdin.write(f"{json.dumps(given)}\n".encode())
        await self._until(lambda: self.pid != 0)

    async def is_killed(self) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            await self._until(lambda: self.pid == 0)

    async def _until(self, happened: Callable[[], bool]) -> None:
        assert self.world is not None
        async with asyncio.timeout(30):
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
            elif what == "moment":
                self.passed[rest[0]] += 1
            if self.world is not None:
                self.world.wake()


@dataclass
class House:
    """What one report after the other needs: the agency's key, and a database in which it has joined."""

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


@dataclass
class Run:
    """One report on a Telegram and a database of its own, through any number of deaths."""

    house: House
    fates: list[tuple[str, int]]
    world: TelegramWorld
    path: Path

    async def play(self) -> str:
        """Send the whole report, each thing once; returns the code that was shown."""
        amina = self.world.person("Amina")
        await self._lives_on()
        for sees, does in REPORT:
            await self._until(partial(_offers, amina, sees, does), lambda: str(amina.screen))
            if does.startswith(":"):
                await amina.says(does[1:])
            else:
                await amina.taps(does, at_once=True)
        await self._until(lambda: "Your code is" in amina.screen.text, lambda: str(amina.screen))
        await self._until(lambda: bool(self.house.mail.arrived), lambda: "no alert left")
        await self.house.program.is_killed()
        return next(label for label in amina.screen.labels if label.replace(" ", "").isdecimal())

    async def _until(self, happened: Callable[[], bool], otherwise: Callable[[], str]) -> None:
        """Wait; whenever the program dies, start it again."""
        try:
            async with asyncio.timeout(15):
                while not happened():
                    if not self.house.program.pid:
                        await self._lives_on()
                    with suppress(TimeoutError):  # the mail server does not stir the world
                        async with asyncio.timeout(0.05):
                            await self.world.change()
        except TimeoutError:
            raise AssertionError(f"after dying at {self.fates}: {otherwise()}") from None

    async def _lives_on(self) -> None:
        lived = self.house.program.lives
        kind, number = self.fates[lived] if lived < len(self.fates) else ("", 0)
        await self.house.program.lives_until(kind, number)


def _offers(amina: Person, sees: str, does: str) -> bool:
    screen = amina.screen
    return sees in screen and (does.startswith(":") or does in screen.labels)


@asynccontextmanager
async def a_run(house: House, fates: list[tuple[str, int]]) -> AsyncIterator[Run]:
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
            yield Run(house=house, fates=fates, world=world, path=path)
        finally:
            await house.program.is_killed()
            path.unlink()


async def holds_one_report(run: Run, code: str) -> None:
    """Exactly one report: it opens with the agency's key and with the code, holds every word, and has one alert."""
    keyring = KeyRing(run.house.config.secrets)
    async with Database.open(run.path) as database:
        rows = await database.look(lambda c: c.execute(select(report_rows)).all())
        alerted = await database.look(lambda c: c.execute(select(alerts.c.number)).scalars().all())
        opened = await database.look(lambda c: c.execute(select(cases.c.agency)).scalars().all())
        assert (len(rows), len(alerted), opened) == (1, 1, ["bhcds"])
        [report] = rows
        for receiver, key in (("bhcds", run.house.agency_key), (REPORTER, _reporter_key(report, code, keyring))):
            found = await database.look(partial(reports.parts_for, report=report.id, receiver=receiver))
            sealed, locked = found["account"]
            part = bind(report.id, "account", PART_VERSION)
            content = ContentKey.from_bytes(
                open_sealed(sealed, key, Purpose.PART_KEY, context=bind(report.id, "account", PART_VERSION, receiver))
            )
            account = ReportPart.from_bytes(unlock(locked, content, Purpose.PART, context=part))
            [story] = [entry for entry in account.entries if entry.stored]
            assert [item["words"] for item in story.stored["items"]] == [FIRST_WORDS, LATER_WORDS]
    assert {alert for _, mail in run.house.mail.arrived for alert in alerted if alert in mail["Subject"]}


def _reporter_key(report: object, code: str, keyring: KeyRing) -> PrivateKey:
    parsed = parse_code(code)
    assert parsed is not None
    assert lookup_id(parsed, keyring.pepper()) == getattr(report, "lookup", b"")
    key = code_key(parsed, getattr(report, "salt", b""), FOR_TESTS)
    locked, id = getattr(report, "reporter_private", b""), getattr(report, "id", "")
    return PrivateKey.from_bytes(unlock(locked, key, Purpose.REPORTER_KEY, context=bind(id)))


async def survives(house: House, *fates: tuple[str, int]) -> Counter[str]:
    """Play a report through `fates`; returns how many moments of each kind were passed."""
    async with a_run(house, list(fates)) as run:
        code = await run.play()
        await holds_one_report(run, code)
        return Counter(house.program.passed)


def spread(kinds: tuple[str, ...], passed: Counter[str], most: int) -> list[tuple[str, int]]:
    """At most this many of the moments that a report passes, evenly; `passed` may differ by a few next time."""
    moments = [(kind, number) for number in range(1, max(passed.values()) + 1) for kind in kinds]
    real = [(kind, number) for kind, number in moments if number <= passed[kind]]
    return real if LONG else real[:: -(-len(real) // most)]


@pytest.mark.parametrize("kinds", [(BEFORE_COMMIT, AFTER_COMMIT), (BEFORE_SEND, AFTER_SEND, BEFORE_MAIL, AFTER_MAIL)])
async def test_a_report_survives_a_death_at_any_moment(house: House, kinds: tuple[str, ...]) -> None:
    passed = await survives(house)
    deaths = 0

    for fate in spread(kinds, passed, most=8):
        await survives(house, fate)
        deaths += house.program.lives - 1

    assert deaths >= len(spread(kinds, passed, most=8)) - 2  # the last moments of a report may come after its end


@pytest.mark.parametrize("seed", range(PAIRS // 50) if LONG else [1])
async def test_a_report_survives_one_death_after_another(house: House, seed: int) -> None:
    dice = random.Random(seed)
    passed = await survives(house)
    moments = sorted(passed.elements())

    for _ in range(50 if LONG else 2):
        kinds = dice.choices(moments, k=dice.choice((2, 2, 3)))
        await survives(house, *((kind, dice.randint(1, passed[kind])) for kind in kinds))
