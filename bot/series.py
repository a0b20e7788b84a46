"""Puts a new report together with an earlier one of the same person, for those alone who can open both.

The code that proves it is kept nowhere: each such agency gets a sealed line with the number of its own earlier case.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass

from sqlalchemy import Connection

from bot import correspondence, filing
from bot.commands import Setting
from bot.correspondence import REPORTER, Envelope
from bot.encryption.keys import PublicKey
from bot.filing import Filing
from bot.randomness import Random
from bot.reopening import Found, Reopening
from bot.reports.letter import Letter
from bot.storage import agencies, cases, reports
from dialogs.commands import FileReport
from dialogs.inputs import Stored
from dialogs.my_report_commands import OpenReport
from dialogs.parts import Package


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The slow parts: those of filing, and the earlier report, if one has the code that was given.

    `looked`: whether a code was looked up at all.
    """

    filing: filing.Prepared
    earlier: Found | None
    looked: bool


class FilingInSeries:
    """Carries out `FileReport`; where a code was given, its holders learn that this report goes on from theirs."""

    def __init__(self, *, filing: Filing, reopening: Reopening, random: Random) -> None:
        self._filing = filing
        self._reopening = reopening
        self._random = random

    def narrowed(self, connection: Connection, command: FileReport, setting: Setting) -> FileReport:
        """Without the code, where the chat must wait before it may try one: then nothing is looked up."""
        waits = command.earlier and self._reopening.at_once(connection, setting) is not None
        return copy(command).after("") if waits else command

    async def prepare(self, command: FileReport) -> Prepared:
        earlier = await self._reopening.prepare(_open(command)) if command.earlier else None
        return Prepared(filing=await self._filing.prepare(command), earlier=earlier, looked=bool(command.earlier))

    def run(self, connection: Connection, command: FileReport, prepared: Prepared, setting: Setting) -> Stored:
        report = self._filing.file(connection, command, prepared.filing, setting)
        filed = {"code": " ".join(prepared.filing.code.groups)}
        if not command.earlier:
            return filed
        joined = prepared.looked and self._join(connection, command, (report, prepared.earlier), setting)
        return {**filed, "joined": joined}

    def _join(
        self, connection: Connection, command: FileReport, both: tuple[str, Found | None], setting: Setting
    ) -> bool:
        """Whether any receiver now sees that both belong together.

        A wrong code counts as one that was tried; a chat that must wait before the next learns nothing.
        """
        report, earlier = both
        if self._reopening.at_once(connection, setting) is not None:
            return False
        self._reopening.run(connection, _open(command), earlier, setting)
        numbers = _numbers(connection, command, earlier.report) if earlier else {}
        keys = agencies.joined(connection)
        for agency, number in numbers.items():
            to = {agency: PublicKey.from_bytes(keys[agency].public_key)}
            envelope = Envelope(report=report, author=REPORTER, to=to)
            correspondence.write(connection, _line(number), envelope, at=setting.now, random=self._random)
        return bool(numbers)


def _open(command: FileReport) -> OpenReport:
    return OpenReport("earlier", code=command.earlier)


def _numbers(connection: Connection, command: FileReport, earlier: str) -> Mapping[str, str]:
    """The number of its earlier case, for each receiver that may open more than a count of both reports."""
    new = {receiver.agency for receiver in command.receivers if receiver.package is not Package.COUNT}
    old = {id for id, given in reports.consents_of(connection, earlier).items() if given.package != Package.COUNT}
    listed = cases.numbers_of(connection, earlier)
    return {agency: number for agency, number in listed.items() if agency in new & old}


def _line(number: str) -> Letter:
    """English, as all that staff read of a report is; it says nothing about the earlier report but its number."""
    words = f"The person who sent this says that it belongs to an earlier report. Your number for that one: {number}."
    return Letter(locale="en", items=({"words": words, "locale": "en", "ref": ""},))
