"""The composition root: the only place that names concrete classes and opens what must be closed."""

import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.config import Config
from bot.conversations import Conversations
from bot.encryption.keyring import KeyRing
from bot.encryption.passphrase import CODE, PASSPHRASE, Cost
from bot.equality import Equality
from bot.filing import Filing
from bot.joining import Joining
from bot.logs import Log
from bot.playing import House
from bot.randomness import Random
from bot.rendering import Voice, load_voices
from bot.storage.database import Database
from dialogs.commands import CountEquality, FileReport
from services_directory.load import load
from services_directory.model import Directory


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the program takes from outside: time, chance, and how hard codes and passphrases are stretched."""

    clock: Callable[[], datetime] = now
    random: Random = secrets.token_bytes
    code_cost: Cost = CODE
    passphrase_cost: Cost = PASSPHRASE


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The whole program, opened."""

    config: Config
    world: World
    house: House
    conversations: Conversations
    joining: Joining


@asynccontextmanager
async def open_app(
    config: Config,
    log: Log,
    world: World = World(),
    *,
    database: type[Database] = Database,  # frozen
) -> AsyncIterator[App]:
    """Open the database and put everything together."""
    directory, voices, keyring = load(), load_voices(), KeyRing(config.secrets)
    async with database.open(config.database) as opened:
        house = House(
            database=opened,
            keyring=keyring,
            directory=directory,
            voices=voices,
            runners=_runners(world, keyring, directory, voices),
            clock=world.clock,
            random=world.random,
            log=log,
            operator=config.operator,
            edition="",
            pushed=frozenset({"telegram"}),
        )
        joining = Joining(
            database=opened, keyring=keyring, random=world.random, clock=world.clock, cost=world.passphrase_cost
        )
        yield App(config=config, world=world, house=house, conversations=Conversations(house), joining=joining)


def _runners(
    world: World, keyring: KeyRing, directory: Directory, voices: Mapping[str, Voice]
) -> dict[type, Filing | Equality]:
    filing = Filing(
        keyring=keyring, random=world.random, cost=world.code_cost, directory=directory, english=voices["en"]
    )
    return {FileReport: filing, CountEquality: Equality(random=world.random, directory=directory)}
