"""The door: a name, a passphrase that opens a key, a one-time code; and the wait that makes guessing useless.

Nothing here tells whether a name exists: an unknown one costs the same work, waits as long and gets the same answer.
"""

import asyncio
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pyotp
from sqlalchemy import Connection

from bot.console.session import Session
from bot.encryption.content import bind
from bot.encryption.errors import CannotOpen
from bot.encryption.keyring import KeyRing
from bot.encryption.keys import PrivateKey
from bot.encryption.passphrase import Cost, open_private, seal_private
from bot.encryption.sealing import Purpose, open_sealed, seal
from bot.randomness import Random, new_id
from bot.storage import audit, staff
from bot.storage.database import Database

STEP = 30  # seconds that a one-time code is shown for (RFC 6238)
FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=15)
AT_ONCE = 2  # passphrases being stretched: 64 MiB each
MOST_STRANGERS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What somebody typed."""

    name: str = field(repr=False)
    passphrase: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Not let in. `wait`: how long until the next try counts. `early`: this one came too early to be looked at."""

    wait: timedelta
    early: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guest:
    """Who stands at the door, and how long they would wait after failing now."""

    member: staff.StaffMember | None
    wait: timedelta


class Door:
    """Lets staff in."""

    def __init__(
        self,
        *,
        database: Database,
        keyring: KeyRing,
        clock: Callable[[], datetime],
        random: Random,
        cost: Cost,
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._clock = clock
        self._nobody = _nobody(keyring, random, cost, clock())
        self._strangers = Strangers()
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def enter(self, given: Credentials) -> Session | Refusal:
        """Check everything, whatever is wrong, and record how it ended."""
        now = self._clock()
        knock = self._keyring.person_id("console", given.name)
        guest = await self._database.unit(lambda connection: self._knock(connection, given.name, knock, now))
        if isinstance(guest, Refusal):
            return guest
        member = guest.member or self._nobody
        async with self._at_once:
            private = await asyncio.to_thread(_opened, member, given.passphrase)
        step = self._step(member, given.code, now)
        if await self._database.unit(lambda c: self._ends(c, member, step if private else None)) and private:
            return self._session(member, private)
        return Refusal(wait=guest.wait)

    def _knock(self, connection: Connection, name: str, knock: bytes, now: datetime) -> _Guest | Refusal:
        """Count the try as failed until it has succeeded: a hundred at once must not all be looked at."""
        member = staff.by_name(connection, name)
        failures, until = self._strangers.of(knock) if member is None else (member.failures, member.wait_until)
        if until is not None and now < until:
            return Refusal(wait=until - now, early=True)
        wait = wait_after(failures)
        if member is None:
            self._strangers.failed(knock, now + wait)
        staff.failed(connection, member or self._nobody, now + wait)
        return _Guest(member=member, wait=wait)

    def _step(self, member: staff.StaffMember, code: str, now: datetime) -> int | None:
        """The time step a one-time code belongs to, one before or after the present at most; None if to none."""
        secret = self._keyring.unlock_address(member.locked_totp, context=bind(member.id, "totp")).decode()
        present, totp = int(now.timestamp()) // STEP, pyotp.TOTP(secret, interval=STEP)
        typed = "".join(code.split()).encode("utf-8", "surrogatepass")
        near = [s for s in (present - 1, present, present + 1) if hmac.compare_digest(_at(totp, s), typed)]
        return near[0] if near else None

    def _ends(self, connection: Connection, member: staff.StaffMember, step: int | None) -> bool:
        """Use up the code and record the sign-in; or record that it failed."""
        known = member is not self._nobody
        entered = step is not None and staff.signed_in(connection, member, step)
        act = audit.Act(
            at=self._clock(),
            agency=member.agency if known else "",
            staff=member.id if known else "",
            act="sign-in" if entered else "sign-in-failed",
        )
        audit.record(connection, act, self._keyring.token(audit.KEY))
        return entered

    def _session(self, member: staff.StaffMember, private: PrivateKey) -> Session:
        context, now = bind(member.agency, member.id), self._clock()
        key = PrivateKey.from_bytes(open_sealed(member.agency_key, private, Purpose.AGENCY_KEY, context=context))
        return Session(
            staff=member.id,
            name=member.name,
            agency=member.agency,
            role=member.role,
            key=key,
            began=now,
            seen=now,
        )


class Strangers:
    """How often names that nobody bears were tried, so that they wait like those that somebody does.

    Kept in memory, the latest ten thousand, by a keyed hash: people type their passphrase into the wrong field.
    Touched in units of work only, which the database runs one after the other.
    """

    def __init__(self) -> None:
        self._tried: OrderedDict[bytes, tuple[int, datetime | None]] = OrderedDict()

    def of(self, knock: bytes) -> tuple[int, datetime | None]:
        """How many failures, and until when to wait."""
        return self._tried.get(knock, (0, None))

    def failed(self, knock: bytes, wait_until: datetime) -> None:
        failures, _ = self.of(knock)
        self._tried[knock] = (failures + 1, wait_until)
        self._tried.move_to_end(knock)
        while len(self._tried) > MOST_STRANGERS:
            self._tried.popitem(last=False)


def wait_after(failures: int) -> timedelta:
    """How long to wait after one more failure: a second, then twice as long each time, a quarter of an hour at most."""
    doublings = min(failures, (LONGEST_WAIT // FIRST_WAIT).bit_length())
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _opened(member: staff.StaffMember, passphrase: str) -> PrivateKey | None:
    try:
        return open_private(member.private_key, passphrase, context=bind(member.id))
    except CannotOpen:
        return None


def _at(totp: pyotp.TOTP, step: int) -> bytes:
    return totp.generate_otp(step).encode()


def _nobody(keyring: KeyRing, random: Random, cost: Cost, now: datetime) -> staff.StaffMember:
    """Whose passphrase is tried when nobody bears the name; it opens for no one."""
    id, private = new_id(random), PrivateKey.generate()
    return staff.StaffMember(
        id=id,
        agency="",
        name="",
        public_key=private.public.to_bytes(),
        private_key=seal_private(private, secrets.token_hex(), cost, context=bind(id)),
        agency_key=seal(private.to_bytes(), private.public, Purpose.AGENCY_KEY, context=bind("", id)),
        locked_totp=keyring.lock_address(pyotp.random_base32().encode(), context=bind(id, "totp")),
        created_at=now.astimezone(UTC),
    )
