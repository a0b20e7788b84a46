"""Opens the report a code belongs to. The code is not kept; the key it gives is, sealed, while the person looks."""

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
from bot.storage import reports
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

    def __init__(self, *, keyring: KeyRing, database: Database, cost: Cost) -> None:
        self._keyring = keyring
        self._database = database
        self._cost = cost
        self._few_at_a_time = asyncio.Semaphore(AT_ONCE)

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
        """The report's id and key; nothing for a code that is not known."""
        return {"report": prepared.report, "key": prepared.key.to_bytes().hex()} if prepared else {"report": ""}
