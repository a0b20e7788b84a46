"""Files a report: seals each part to exactly those who may open it, and raises the alerts; all in one transaction."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.bell import Bell
from bot.casework import Begun, Casework
from bot.commands import Setting
from bot.encryption.codes import ReportCode, code_key, lookup_id, new_code
from bot.encryption.content import ContentKey, bind, lock
from bot.encryption.keyring import KeyRing
from bot.encryption.keys import PrivateKey, PublicKey
from bot.encryption.passphrase import Cost
from bot.encryption.sealing import Purpose, seal
from bot.handing_over import files_of, handed_over
from bot.randomness import Random, new_id
from bot.rendering import Voice, strip_isolates
from bot.reports import own
from bot.reports.report import Entry, keys_for, parts_of, receivers_agree
from bot.reports.tasks import learned_at
from bot.storage import agencies, reports
from dialogs.commands import FileReport
from dialogs.consent import Receiver
from dialogs.inputs import Stored
from dialogs.parts import Part
from dialogs.worker_log import STAFF_TOLD
from services_directory.model import Directory
from services_directory.wording import language_of

REPORTER = "reporter"  # the receiver of the reporter's own copy
PART_VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What takes long: a new code, and the key it gives under a new salt."""

    code: ReportCode = field(repr=False)
    salt: bytes = field(repr=False)
    key: ContentKey = field(repr=False)
    reporter: PrivateKey = field(repr=False)


class Filing:
    """Carries out `FileReport`."""

    def __init__(self, *, keyring: KeyRing, random: Random, cost: Cost, directory: Directory, english: Voice) -> None:
        self._keyring = keyring
        self._random = random
        self._cost = cost
        self._directory = directory
        self._bell = Bell(random=random, directory=directory)
        self._casework = Casework(random=random, directory=directory)
        self._english = english
        self._one_at_a_time = asyncio.Semaphore(2)  # stretching takes tens of MiB each

    async def prepare(self, command: FileReport) -> Prepared:
        code, salt = new_code(self._random), self._random(16)
        async with self._one_at_a_time:
            key = await asyncio.to_thread(code_key, code, salt, self._cost)
        return Prepared(code=code, salt=salt, key=key, reporter=PrivateKey.generate())

    def run(self, connection: Connection, command: FileReport, prepared: Prepared, setting: Setting) -> Stored:
        self.file(connection, command, prepared, setting)
        return {"code": " ".join(prepared.code.groups)}

    def file(self, connection: Connection, command: FileReport, prepared: Prepared, setting: Setting) -> str:
        """The new report's id. Raises RuntimeError, and files nothing, if a receiver was not consented to."""
        answers = setting.state.answers
        if not receivers_agree(command, answers):
            raise RuntimeError("a receiver nobody consented to")
        report = self._report(command, prepared, setting)
        told = _handed_over(command, report, answers)
        listed = parts_of(command.sheet.lines, self._entries(command, told), language_of(setting.state.locale))
        contents = {part.part: part.to_bytes() for part in listed} | {Part.OWN: own.to_bytes(command.situation)}
        keys = {part: ContentKey.generate() for part in contents}
        locked = {part.value: _locked(part, contents[part], keys[part], report.id) for part in contents}
        reports.file_report(connection, report, locked)
        self._hand_out(connection, command, report, keys)
        for receiver in command.receivers:
            _record_consent(connection, command, receiver, report, answers)
            case = self._bell.open_case(connection, report.id, receiver.agency, urgent=command.urgent, at=setting.now)
            self._casework.begin(connection, case, command.situation, self._begun(command, receiver, told, setting.now))
        files = tuple(blob for stored in told.values() for blob in files_of(stored))
        reports.move_blobs(connection, setting.conversation, report.id, files)
        return report.id

    def _report(self, command: FileReport, prepared: Prepared, setting: Setting) -> reports.FiledReport:
        id = new_id(self._random)
        private = lock(prepared.reporter.to_bytes(), prepared.key, Purpose.REPORTER_KEY, context=bind(id))
        return reports.FiledReport(
            id=id,
            area=command.area,
            filed_at=setting.now,
            lookup=lookup_id(prepared.code, self._keyring.pepper()),
            salt=prepared.salt,
            reporter_public=prepared.reporter.public.to_bytes(),
            reporter_private=private,
        )

    def _begun(self, command: FileReport, receiver: Receiver, told: Mapping[str, Stored], filed: datetime) -> Begun:
        """When staff heard of it is told by a worker who reports; for all others it is now."""
        zone = ZoneInfo(self._directory.area(command.area).time_zone)
        learned = learned_at(told.get(STAFF_TOLD), filed, zone)
        return Begun(package=receiver.package, filed=filed, learned=learned)

    def _entries(self, command: FileReport, told: Mapping[str, Stored]) -> dict[str, Entry]:
        """Staff read labels and codes in English; a person's own words stand as they were written."""
        return {
            line.id: Entry(
                id=line.id,
                label=self._say(line.label),
                stored=told[line.id],
                shown=tuple(self._say(words) for words in line.answer),
            )
            for line in command.sheet.lines
        }

    def _say(self, words: Any) -> str:
        return strip_isolates(self._english.say(words))

    def _hand_out(
        self, connection: Connection, command: FileReport, report: reports.FiledReport, keys: Mapping[Any, ContentKey]
    ) -> None:
        joined = agencies.joined(connection)
        public = {id: PublicKey.from_bytes(agency.public_key) for id, agency in joined.items()}
        mine = PublicKey.from_bytes(report.reporter_public)
        given = [(agency, part, public[agency]) for agency, part in keys_for(command.receivers) if part in keys]
        for receiver, part, key in (*given, *((REPORTER, part, mine) for part in keys)):
            sealed = seal(
                keys[part].to_bytes(),
                key,
                Purpose.PART_KEY,
                context=bind(report.id, part.value, PART_VERSION, receiver),
            )
            reports.hand_key(connection, report.id, part.value, receiver=receiver, sealed=sealed)


def _locked(part: Part, content: bytes, key: ContentKey, report: str) -> bytes:
    return lock(content, key, Purpose.PART, context=bind(report, part.value, PART_VERSION))


def _record_consent(
    connection: Connection,
    command: FileReport,
    receiver: Receiver,
    report: reports.FiledReport,
    answers: Mapping[str, Stored],
) -> None:
    answer = answers[command.consents[receiver.agency]]
    consent = reports.GivenConsent(
        report=report.id,
        agency=receiver.agency,
        package=receiver.package.value,
        text_hash=answer["bound"],
        locale=answer["locale"],
        given_at=report.filed_at,
    )
    reports.record_consent(connection, consent)


def _handed_over(command: FileReport, report: reports.FiledReport, answers: Mapping[str, Stored]) -> dict[str, Stored]:
    """What was shown before sending, as its receivers get it; answers off the path are forgotten."""
    mine = PublicKey.from_bytes(report.reporter_public)
    return {line.id: handed_over(answers[line.id], report.id, mine) for line in command.sheet.lines}
