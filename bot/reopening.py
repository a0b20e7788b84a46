"""Opens the report a code belongs to. The code is not kept; the key it gives is, sealed, while the person looks.

Whether a code may be tried at all is decided before anything is looked up, and again when the result is stored.
"""

import asyncio
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.commands import Setting
from bot.encryption.codes import ReportCode, code_key, lookup_id, parse_code
from bot.encryption.content import bind, unlock
from bot.encryption.errors import CannotOpen
from bot.encryption.keyring import KeyRing
from bot.encryption.keys import PrivateKey
from bot.encryption.passphrase import Cost
from bot.encryption.purposes import Purpose
from bot.guessing import MANY, must_wait
from bot.randomness import Random, new_id
from bot.storage import links, reports, wrong_codes
from bot.storage.database import Database
from dialogs.inputs import Stored
from dialogs.my_report_commands import OpenReport

AT_ONCE = 2  # stretching takes tens of MiB each


def read_code(typed: str) -> str | None:
    """The 20 digits of a code as people type it; None if it is none, or its check digits are wrong."""
    code = parse_code(typed)
    return None if code is None else code.digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A report, and the private key that its code opened."""

    report: str
    key: PrivateKey = field(repr=False)


class Reopening:
    """Carries out `OpenReport`."""

    def __init__(self, *, keyring: KeyRing, database: Database, cost: Cost, random: Random) -> None:
        self._keyring = keyring
        self._random = random
        self._database = database
        self._cost = cost
        self._few_at_a_time = asyncio.Semaphore(AT_ONCE)

    def at_once(self, connection: Connection, setting: Setting) -> Stored:
        """That the person must wait, where too many wrong codes were tried; else None."""
        person, now = self._person(setting), setting.now
        tried = wrong_codes.tried_by(connection, person, now)
        if not tried:
            return None
        linked = links.of_person(connection, person)
        attacked = not linked and wrong_codes.tried_by_all(connection, now, most=MANY) >= MANY
        return {"report": "", "wait": True} if must_wait(tried, now, attacked=attacked) else None

    def _person(self, setting: Setting) -> bytes:
        return self._keyring.person_id(setting.address.channel, setting.address.who)

    async def prepare(self, command: OpenReport) -> Found | None:
        """The look-up is a keyed hash; only for a code that exists is the slow key made."""
        code = parse_code(command.code)
        if code is None:
            return None
        lookup = lookup_id(code, self._keyring.pepper())
        filed = await self._database.look(lambda c: reports.by_lookup(c, lookup))
        if filed is None:
            return None
        async with self._few_at_a_time:
            return await asyncio.to_thread(self._open, code, filed)

    def _open(self, code: ReportCode, filed: reports.FiledReport) -> Found | None:
        key = code_key(code, filed.salt, self._cost)
        try:
            private = unlock(filed.reporter_private, key, Purpose.REPORTER_KEY, context=bind(filed.id))
        except CannotOpen:
            return None
        return Found(report=filed.id, key=PrivateKey.from_bytes(private))

    def run(self, connection: Connection, command: OpenReport, prepared: Found | None, setting: Setting) -> Stored:
        """The report's id and key; nothing for a code that is not known, of which it is noted that it was tried."""
        if prepared is not None:
            return {"report": prepared.report, "key": prepared.key.to_bytes().hex()}
        wrong_codes.note(connection, new_id(self._random), self._person(setting), setting.now)
        return {"report": ""}
