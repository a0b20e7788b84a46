"""What a reporter does with a report they have opened: read news, write, stop sharing, delete."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot import correspondence
from bot.commands import Setting
from bot.correspondence import REPORTER, Envelope
from bot.encryption.keys import PrivateKey, PublicKey
from bot.filing import alert_waiting
from bot.linking import Linking
from bot.randomness import Random, new_id
from bot.reports.deadlines import read_by
from bot.reports.letter import Letter
from bot.storage import agencies, cases, letters, links, outbox, reports
from dialogs.inputs import Stored
from dialogs.my_report_commands import DeleteReport, MarkRead, Opened, ReadNews, SendLetter, StopSharing
from services_directory.model import Directory


class _Quick:
    """A command without a slow part."""

    async def prepare(self, command: Any) -> None:
        """Nothing is slow here."""


def _key(opened: Opened) -> PrivateKey:
    return PrivateKey.from_bytes(bytes.fromhex(opened.key))


class ReadingNews(_Quick):
    """Carries out `ReadNews`."""

    def __init__(self, linking: Linking) -> None:
        self._linking = linking

    def run(self, connection: Connection, command: ReadNews, prepared: None, setting: Setting) -> Stored:
        report = command.opened.report
        found = letters.letters_for(connection, report, REPORTER)
        return {
            "holders": list(_holders(connection, report)),
            "letters": [_told(letter) for letter in correspondence.read(found, REPORTER, _key(command.opened))],
            "held_by_law": reports.held(connection, report),
            "linked": any(
                linked.report == report for linked in links.of_person(connection, self._linking.person(setting.address))
            ),
        }


def _holders(connection: Connection, report: str) -> Iterator[Stored]:
    given = reports.consents_of(connection, report)
    for case in cases.of_report(connection, report):
        consent = given.get(case.agency)
        if consent is not None:
            since = consent.given_at.isoformat()
            yield {"agency": case.agency, "package": consent.package, "since": since, "state": case.state}


def _told(opened: correspondence.Opened) -> Stored:
    letter = opened.letter
    return {
        "author": opened.author,
        "sent_at": opened.sent_at.isoformat(),
        "new": opened.new,
        "locale": letter.locale if letter else "",
        "words": letter.words if letter else None,
    }


class Reading(_Quick):
    """Carries out `MarkRead`."""

    def run(self, connection: Connection, command: MarkRead, prepared: None, setting: Setting) -> Stored:
        letters.mark_read(connection, command.opened.report, REPORTER, setting.now)
        return True


class Writing(_Quick):
    """Carries out `SendLetter`."""

    def __init__(self, *, random: Random, directory: Directory) -> None:
        self._random = random
        self._bell = Bell(random=random, directory=directory)

    def run(self, connection: Connection, command: SendLetter, prepared: None, setting: Setting) -> Stored:
        """Sealed to those agencies that still hold the report, and to the reporter; their staff are alerted."""
        report, items = command.opened.report, setting.state.answers[command.words]["items"]
        holding = {case.agency: case for case in cases.of_report(connection, report) if case.state != cases.WITHDRAWN}
        joined = agencies.joined(connection)
        to = {id: PublicKey.from_bytes(joined[id].public_key) for id in command.to if id in holding}
        if not to:
            return False
        letter = Letter(locale=setting.state.locale, items=tuple(items))
        envelope = Envelope(report=report, author=REPORTER, to={**to, REPORTER: _key(command.opened).public})
        correspondence.write(connection, letter, envelope, at=setting.now, random=self._random)
        blobs = tuple(item["blob"] for item in items if item.get("blob"))
        reports.move_blobs(connection, setting.conversation, report, blobs)
        for id in to:
            self._bell.ring(connection, holding[id], setting.now)
        return True


class Withdrawing(_Quick):
    """Carries out `StopSharing`."""

    def __init__(self, *, random: Random, directory: Directory) -> None:
        self._bell = Bell(random=random, directory=directory)

    def run(self, connection: Connection, command: StopSharing, prepared: None, setting: Setting) -> Stored:
        """The agency's keys go at once; its staff are told that something changed."""
        report = command.opened.report
        case = next((case for case in cases.of_report(connection, report) if case.agency == command.agency), None)
        if case is None:
            return False
        self._bell.take_back(connection, case, setting.now)
        return True


class Deleting(_Quick):
    """Carries out `DeleteReport`."""

    def __init__(self, *, random: Random, directory: Directory) -> None:
        self._random = random
        self._bell = Bell(random=random, directory=directory)

    def run(self, connection: Connection, command: DeleteReport, prepared: None, setting: Setting) -> Stored:
        """Every part, key, message and file; what is left says only that there was a report."""
        report = command.opened.report
        if reports.held(connection, report):
            return False
        for case in cases.of_report(connection, report):
            self._bell.take_back(connection, case, setting.now)
        reports.erase(connection, report, lookup=self._random(32), at=setting.now)
        outbox.put(connection, outbox.Waiting(id=new_id(self._random), kind="wipe", locked=b"", due_at=setting.now))
        return True


class Bell:
    """Tells an agency's staff that something in a case waits for them; no content."""

    def __init__(self, *, random: Random, directory: Directory) -> None:
        self._random = random
        self._directory = directory

    def ring(self, connection: Connection, case: cases.Case, at: datetime) -> None:
        area = self._directory.area(self._directory.agency(case.agency).area)
        alert = cases.raise_again(connection, case.id, read_by(area, urgent=case.urgent, start=at))
        if alert is not None:
            outbox.put(connection, alert_waiting(alert, new_id(self._random), at))

    def take_back(self, connection: Connection, case: cases.Case, at: datetime) -> None:
        """The agency loses its keys, and is told that something changed."""
        if case.state == cases.WITHDRAWN:
            return
        reports.withdraw(connection, case.report, case.agency, at)
        letters.take_keys(connection, case.report, case.agency)
        cases.withdrawn(connection, case.id)
        self.ring(connection, case, at)
