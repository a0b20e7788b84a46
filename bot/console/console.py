"""What every page of the console needs, put together by the composition root; and how an act is written down."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.console.pages import Pages
from bot.console.session import Session, Sessions
from bot.console.sign_in import Door
from bot.encryption.keyring import KeyRing
from bot.encryption.passphrase import Cost
from bot.errors import NotAllowed
from bot.logs import Log
from bot.randomness import Random
from bot.storage import audit, staff
from bot.storage.database import Database
from services_directory.model import Directory

T = TypeVar("T")
FILES_AT_ONCE = 2  # each is held in memory two times over while it is opened
REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed(Generic[T]):
    """Something that was done, to be written down with it: a fixed word, and the case it concerned."""

    act: str
    value: T = field(repr=False)
    case: str = ""


@dataclass(kw_only=True)
class Console:
    """The staff pages' surroundings. `cost`: of stretching a passphrase."""

    database: Database
    keyring: KeyRing
    directory: Directory
    clock: Callable[[], datetime]
    random: Random
    log: Log
    public_url: str
    cost: Cost

    def __post_init__(self) -> None:
        self.secure = self.public_url.startswith("https:")
        self.pages = Pages()
        self.sessions = Sessions(self.random)
        self.door = Door(
            database=self.database, keyring=self.keyring, clock=self.clock, random=self.random, cost=self.cost
        )
        self.files_at_once = asyncio.Semaphore(FILES_AT_ONCE)

    async def tidy(self) -> None:
        """Forget keys of sessions that are over, also while nobody looks; to be called every minute."""
        self.sessions.tidy(self.clock())

    async def done(self, session: Session, work: Callable[[Connection], Deed[T] | None]) -> T:
        """Run `work` and write down what it says was done, both or neither.

        Raises `NotAllowed` if it gives None: what was asked for does not exist, or is another agency's. That is
        written down without the case, so that both look the same there too.
        """

        def unit(connection: Connection) -> tuple[bool, Deed[T] | None]:
            if not staff.works_at(connection, session.staff, session.agency):
                return False, None
            deed = work(connection)
            act, case = (REFUSED, "") if deed is None else (deed.act, deed.case)
            audit.record(connection, self._act(session, act, case), self.audit_key)
            return True, deed

        works_here, deed = await self.database.unit(unit)
        if not works_here:
            self.sessions.end_all(session.staff)
        if deed is None:
            raise NotAllowed
        return deed.value

    @property
    def audit_key(self) -> bytes:
        return self.keyring.token(audit.KEY)

    def zone(self, agency: str) -> ZoneInfo:
        """The time zone an agency works in."""
        return ZoneInfo(self.directory.area(self.directory.agency(agency).area).time_zone)

    def _act(self, session: Session, act: str, case: str) -> audit.Act:
        return audit.Act(at=self.clock(), agency=session.agency, staff=session.staff, act=act, case=case)
