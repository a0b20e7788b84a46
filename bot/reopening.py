"""Finds the report a code belongs to, and tells how far it has come. The code itself is not kept beside it."""

from sqlalchemy import Connection

from bot.commands import Setting
from bot.encryption.codes import lookup_id, parse_code
from bot.encryption.keyring import KeyRing
from bot.storage import cases, reports
from dialogs.commands import OpenReport
from dialogs.inputs import Stored


def read_code(typed: str) -> str | None:
    """The 20 digits of a code as people type it; None if it is none, or its check digits are wrong."""
    code = parse_code(typed)
    return None if code is None else code.digits


class Reopening:
    """Carries out `OpenReport`."""

    def __init__(self, *, keyring: KeyRing) -> None:
        self._keyring = keyring

    async def prepare(self) -> None:
        """Nothing is slow here: the look-up is a keyed hash, under a pepper that is not in the database."""

    def run(self, connection: Connection, command: OpenReport, prepared: None, setting: Setting) -> Stored:
        """Who holds the report, and whether they have taken it; nobody for a code that is not known."""
        code = parse_code(command.code)
        report = reports.by_lookup(connection, lookup_id(code, self._keyring.pepper())) if code else None
        held = cases.of_report(connection, report) if report else ()
        return {"agencies": [[case.agency, case.taken_by is not None] for case in held]}
