"""Who may open a report its reporter has come back to: more, less, nobody, or nothing left to open."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from bot.asking import Answers
from bot.bell import Bell
from bot.casework import Begun, Casework
from bot.commands import Quick, Setting
from bot.encryption.content import bind
from bot.encryption.keys import PublicKey
from bot.encryption.sealing import Purpose, seal
from bot.filing import PART_VERSION
from bot.randomness import Random
from bot.reporter_keys import open_part, part_keys_of
from bot.reports import own
from bot.reports.request import Said
from bot.storage import agencies, cases, letters, reports, tasks
from dialogs.inputs import Stored
from dialogs.my_report_sharing_commands import AnswerRequest, DeleteReport, ShareWith, StopSharing
from dialogs.parts import OPENS, Package, Part
from services_directory.model import Directory


class Withdrawing(Quick):
    """Carries out `StopSharing`."""

    def __init__(self, *, random: Random, directory: Directory) -> None:
        self._bell = Bell(random=random, directory=directory)
        self._answers = Answers(random=random, directory=directory)

    def run(self, connection: Connection, command: StopSharing, prepared: None, setting: Setting) -> Stored:
        """The agency's keys go at once; its staff are told that something changed, and whoever asked for it too."""
        report = command.opened.report
        case = cases.of(connection, report, command.agency)
        if case is None:
            return False
        if case.state != cases.WITHDRAWN:
            self._bell.take_back(connection, case, setting.now)
            self._answers.take_back(connection, command.opened, command.agency, setting.now)
            self._bell.wipe(connection, setting.now)
        return True


class Sharing(Quick):
    """Carries out `ShareWith`."""

    def __init__(self, *, random: Random, directory: Directory) -> None:
        self._bell = Bell(random=random, directory=directory)
        self._casework = Casework(random=random, directory=directory)

    def run(self, connection: Connection, command: ShareWith, prepared: None, setting: Setting) -> Stored:
        """Exactly the keys of the package, no more than before and no less; a new agency gets a case.

        Raises RuntimeError, and shares nothing, without a consent bound to what was read.
        """
        answer = _agreed(setting, command.consent, command.package)
        joined = agencies.joined(connection).get(command.agency)
        if joined is None or reports.deleted(connection, command.opened.report):
            return False
        report, before = command.opened.report, _opens(connection, command.opened.report, command.agency)
        packages = frozenset(Package(one) for one in reports.packages_of(connection, report, command.agency))
        reports.withdraw(connection, report, command.agency, setting.now)
        if before:
            self._bell.wipe(connection, setting.now)
        if Part.ACCOUNT in before - OPENS[command.package]:  # then words that were sent later are not to be read either
            letters.take_keys(connection, report, command.agency)
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
        begun = Begun(package=command.package, before=packages, filed=setting.now, learned=setting.now)
        self._begin_work(connection, command, begun)
        return True

    def _begin_work(self, connection: Connection, command: ShareWith, begun: Begun) -> None:
        """The agency's tasks, as far as it does not have them already; its staff hear of the report now."""
        case = cases.of(connection, command.opened.report, command.agency)
        kept = open_part(connection, command.opened, Part.OWN)
        if case is not None and kept is not None:
            self._casework.begin(connection, case, own.from_bytes(kept), begun)

    def _hand_keys(self, connection: Connection, command: ShareWith, public: PublicKey) -> None:
        report, receiver = command.opened.report, command.agency
        for part, key in part_keys_of(connection, command.opened):
            if part in OPENS[command.package]:
                context = bind(report, part.value, PART_VERSION, receiver)
                sealed = seal(key.to_bytes(), public, Purpose.PART_KEY, context=context)
                reports.hand_key(connection, report, part.value, receiver=receiver, sealed=sealed)


class Answering(Quick):
    """Carries out `AnswerRequest`."""

    def __init__(self, *, random: Random, directory: Directory) -> None:
        self._sharing = Sharing(random=random, directory=directory)
        self._answers = Answers(random=random, directory=directory)

    def run(self, connection: Connection, command: AnswerRequest, prepared: None, setting: Setting) -> Stored:
        """Yes shares first, unless the agency may open as much already.

        Raises RuntimeError, and does nothing, for a yes that is not bound to what was read.
        """
        found = self._answers.asked(connection, command.opened)
        asked = next((one for one in found if one.id == command.request and one.said is None), None)
        if asked is None or not _opens(connection, command.opened.report, asked.asker):
            return False
        if command.package is None:
            return self._answers.tell(connection, command.opened, asked, said=Said.NO, at=setting.now)
        if not self._share(connection, command, asked.request.agency, command.package, setting):
            return False
        return self._answers.tell(connection, command.opened, asked, said=Said.YES, at=setting.now)

    def _share(
        self, connection: Connection, command: AnswerRequest, agency: str, package: Package, setting: Setting
    ) -> bool:
        """Whether the agency may open the package now; never less than before."""
        _agreed(setting, command.consent, package)
        if OPENS[package] <= _opens(connection, command.opened.report, agency):
            return True
        sharing = ShareWith(command.id, command.opened, agency=agency, package=package, consent=command.consent)
        return bool(self._sharing.run(connection, sharing, None, setting))


def _agreed(setting: Setting, consent: str, package: Package) -> Mapping[str, Any]:
    """The answer that agreed to this package. Raises RuntimeError unless it is bound to what was read."""
    answer = setting.state.answers.get(consent)
    if not isinstance(answer, dict) or not answer.get("bound") or answer.get("package") != package.value:
        raise RuntimeError("a receiver nobody consented to")
    return answer


def _opens(connection: Connection, report: str, agency: str) -> frozenset[Part]:
    """The parts this agency may open by now."""
    consent = reports.consent_of(connection, report, agency)
    return OPENS[Package(consent.package)] if consent else frozenset()


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
        tasks.forget(connection, report)
        reports.erase(connection, report, lookup=self._random(32), at=setting.now)
        self._bell.wipe(connection, setting.now)
        return True
