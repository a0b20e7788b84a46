"""Who may open a report its reporter has come back to: more, less, nobody, or nothing left to open."""

from sqlalchemy import Connection

from bot.bell import Bell
from bot.commands import Quick, Setting
from bot.encryption.content import bind
from bot.encryption.keys import PublicKey
from bot.encryption.sealing import Purpose, seal
from bot.filing import PART_VERSION
from bot.randomness import Random, new_id
from bot.reporter_keys import part_keys_of
from bot.storage import agencies, cases, outbox, reports
from dialogs.inputs import Stored
from dialogs.my_report_commands import DeleteReport, ShareWith, StopSharing
from dialogs.parts import OPENS
from services_directory.model import Directory


class Withdrawing(Quick):
    """Carries out `StopSharing`."""

    def __init__(self, *, random: Random, directory: Directory) -> None:
        self._bell = Bell(random=random, directory=directory)

    def run(self, connection: Connection, command: StopSharing, prepared: None, setting: Setting) -> Stored:
        """The agency's keys go at once; its staff are told that something changed."""
        report = command.opened.report
        case = cases.of(connection, report, command.agency)
        if case is None:
            return False
        self._bell.take_back(connection, case, setting.now)
        return True


class Sharing(Quick):
    """Carries out `ShareWith`."""

    def __init__(self, *, random: Random, directory: Directory) -> None:
        self._bell = Bell(random=random, directory=directory)

    def run(self, connection: Connection, command: ShareWith, prepared: None, setting: Setting) -> Stored:
        """Exactly the keys of the package, no more than before and no less; a new agency gets a case.

        Raises RuntimeError, and shares nothing, without a consent bound to what was read.
        """
        answer = setting.state.answers.get(command.consent)
        if not isinstance(answer, dict) or not answer.get("bound") or answer.get("package") != command.package.value:
            raise RuntimeError("a receiver nobody consented to")
        joined = agencies.joined(connection).get(command.agency)
        if joined is None:
            return False
        report = command.opened.report
        reports.withdraw(connection, report, command.agency, setting.now)
        self._hand_keys(connection, command, PublicKey.from_bytes(joined.public_key))
        consent = reports.GivenConsent(
            report=report,
            agency=command.agency,
            package=command.package.value,
            text_hash=answer["bound"],
            locale=answer["locale"],
            given_at=setting.now,
        )
        reports.record_consent(connection, consent)
        self._bell.give(connection, report, command.agency, setting.now)
        return True

    def _hand_keys(self, connection: Connection, command: ShareWith, public: PublicKey) -> None:
        report, receiver = command.opened.report, command.agency
        for part, key in part_keys_of(connection, command.opened):
            if part in OPENS[command.package]:
                context = bind(report, part.value, PART_VERSION, receiver)
                sealed = seal(key.to_bytes(), public, Purpose.PART_KEY, context=context)
                reports.hand_key(connection, report, part.value, receiver=receiver, sealed=sealed)


class Deleting(Quick):
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
