"""The cast and the house they meet in: a real database in a folder of its own, real keys, a clock moved by hand."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app import App, World, open_app
from bot.config import Config
from bot.encryption.passphrase import FOR_TESTS
from bot.joining import Joined, NewMember
from bot.logs import EventLog
from bot.storage.database import bring_up_to_date
from tests.clock import Clock

SECRET = "3f9c2a71d08b5e64" * 4
PASSPHRASE = "four quiet words here"


@dataclass(frozen=True)
class Desk:
    """A member of staff of an agency that has joined."""

    agency: Joined
    member: NewMember
    passphrase: str = PASSPHRASE


@dataclass(frozen=True)
class Cast:
    """Bruno works where Amina's reports arrive; Carla works at a landlord's that is told only what Amina allows."""

    bruno: Desk
    carla: Desk


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with tables and nothing else, made once."""
    path = tmp_path_factory.mktemp("database") / "empty.sqlite3"
    bring_up_to_date(path)
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def config(tmp_path: Path, empty_database: Path) -> Config:
    """Settings of a house with a database of its own."""
    shutil.copy(empty_database, tmp_path / "saysafe.sqlite3")
    environ = {"SAYSAFE_SECRET": SECRET, "SAYSAFE_DATABASE": str(tmp_path / "saysafe.sqlite3")}
    return Config.from_env(environ)


@pytest.fixture
async def app(config: Config, clock: Clock) -> AsyncIterator[App]:
    """The program, put together as it runs, but for the clock and the cost of stretching codes."""
    world = World(clock=clock, code_cost=FOR_TESTS, passphrase_cost=FOR_TESTS)
    async with open_app(config, EventLog(), world) as opened:
        yield opened


@pytest.fixture
async def cast(app: App) -> Cast:
    """The reporting centre and a landlord have joined, with Bruno and Carla."""
    return Cast(bruno=await desk(app, "bhcds", "bruno"), carla=await desk(app, "livewest", "carla"))


async def desk(app: App, agency: str, name: str) -> Desk:
    """Let an agency join with one member of staff."""
    joined = await app.joining.agency(agency)
    return Desk(agency=joined, member=await app.joining.member(joined, name=name, passphrase=PASSPHRASE))
