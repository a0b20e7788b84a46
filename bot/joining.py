"""How an agency and its first member of staff join: their keys are made, and shown or sealed, once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import Connection

from bot.encryption.content import bind
from bot.encryption.keyring import KeyRing
from bot.encryption.keys import PrivateKey
from bot.encryption.passphrase import Cost, seal_private
from bot.encryption.recovery import RecoveryCode, new_recovery_code, seal_for_recovery
from bot.encryption.sealing import Purpose, seal
from bot.randomness import Random, new_id, short_id
from bot.storage import agencies, staff
from bot.storage.database import Database

LINK_LETTERS = 10  # of 30 letters: 49 random bits, for one hour
LINK_LIFE = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """An agency that has just joined. `recovery` is to be printed and kept offline; it is nowhere else."""

    agency: str
    key: PrivateKey = field(repr=False)
    recovery: RecoveryCode = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """What somebody needs to sign in for the first time. `totp`: the second factor's secret, for an app."""

    id: str
    name: str
    totp: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """Lets agencies and people join."""

    database: Database
    keyring: KeyRing
    random: Random
    clock: Callable[[], datetime]
    cost: Cost  # of passphrases

    async def agency(self, id: str) -> Joined:
        """Make the keys of the agency with this id of the directory."""
        key, recovery = PrivateKey.generate(), new_recovery_code(self.random)
        row = agencies.JoinedAgency(
            id=id,
            public_key=key.public.to_bytes(),
            recovery=seal_for_recovery(key, recovery, context=bind(id)),
            joined_at=self.clock(),
        )
        await self.database.unit(lambda connection: agencies.join(connection, row))
        return Joined(agency=id, key=key, recovery=recovery)

    async def member(
        self, joined: Joined, *, name: str, passphrase: str, role: staff.StaffRole = staff.StaffRole.MANAGER
    ) -> NewMember:
        """Give a person access to what `joined` may open, under `passphrase`. Takes the time of an Argon2id."""
        id, private, totp = new_id(self.random), PrivateKey.generate(), pyotp.random_base32()
        row = staff.StaffMember(
            id=id,
            agency=joined.agency,
            name=name,
            role=role,
            public_key=private.public.to_bytes(),
            private_key=seal_private(private, passphrase, self.cost, context=bind(id)),
            agency_key=seal(joined.key.to_bytes(), private.public, Purpose.AGENCY_KEY, context=bind(joined.agency, id)),
            locked_totp=self.keyring.lock_address(totp.encode(), context=bind(id, "totp")),
            created_at=self.clock(),
        )
        await self.database.unit(lambda connection: staff.add(connection, row))
        return NewMember(id=id, name=name, totp=totp)

    async def staff_chat_code(self, agency: str) -> str:
        """A code that links one staff chat to an agency's alerts, once, within an hour."""
        code = short_id(self.random, LINK_LETTERS)
        expires_at = self.clock() + LINK_LIFE
        id = link_id(self.keyring, code)
        await self.database.unit(lambda connection: agencies.offer_link(connection, id, agency, expires_at))
        return code

    def alert_way(self, connection: Connection, *, agency: str, kind: str, address: str) -> None:
        """Send this agency's alerts to `address` ("telegram" chat or "email"), after those ways it has already."""
        id = new_id(self.random)
        way = agencies.AlertWay(
            id=id,
            agency=agency,
            kind=kind,
            locked_address=self.keyring.lock_address(address.encode(), context=bind(id)),
            address_id=self.keyring.person_id(kind, address),
            position=0,
        )
        agencies.add_way(connection, way)


def link_id(keyring: KeyRing, code: str) -> bytes:
    """Under what a one-time code is kept: a keyed hash, as codes are short."""
    return keyring.person_id("link", code)
