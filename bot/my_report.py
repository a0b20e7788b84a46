"""What a reporter reads and writes about a report they have opened. `my_sharing.py`: who may open it."""

from collections.abc import Collection, Iterator

from sqlalchemy import Connection

from bot import correspondence
from bot.bell import Bell
from bot.commands import Quick, Setting
from bot.correspondence import REPORTER, Envelope
from bot.encryption.keys import PublicKey
from bot.handing_over import files_of, handed_over
from bot.linking import Linking
from bot.my_originals import originals_of
from bot.randomness import Random
from bot.reporter_keys import key_of, open_part
from bot.reports import own
from bot.reports.letter import Letter
from bot.storage import agencies, cases, letters, links, reports
from dialogs.feedback_commands import Kind
from dialogs.inputs import Stored
from dialogs.my_report_commands import MarkRead, ReadNews, SendLetter
from dialogs.my_report_commands import Opened as ReportOpened
from dialogs.parts import Part
from services_directory.model import Directory


class ReadingNews(Quick):
    """Carries out `ReadNews`."""

    def __init__(self, linking: Linking) -> None:
        self._linking = linking

    def run(self, connection: Connection, command: ReadNews, prepared: None, setting: Setting) -> Stored:
        report = command.opened.report
        found = letters.letters_for(connection, report, REPORTER)
        opened = correspondence.read(found, REPORTER, key_of(command.opened))
        surveys = {one.id for one in opened if one.letter and one.letter.kind == Kind.SURVEY}
        return {
            "holders": list(_holders(connection, report)),
            "letters": [_told(letter) for letter in opened if letter.id not in surveys],
            "surveyed": sorted(_receivers(connection, report, surveys)),
            "situation": _situation(connection, command.opened),
            "originals": len(originals_of(connection, command.opened)),
            "held_by_law": reports.held(connection, report),
            "linked": any(
                linked.report == report for linked in links.of_person(connection, self._linking.person(setting.address))
            ),
        }


def _receivers(connection: Connection, report: str, among: Collection[str]) -> set[str]:
    """The agencies that some of the letters about a report went to."""
    marks = letters.read_marks(connection, report)
    return {receiver for id in among for receiver in marks.get(id, ())} - {REPORTER}


def _holders(connection: Connection, report: str) -> Iterator[Stored]:
    given = reports.consents_of(connection, report)
    for case in cases.of_report(connection, report):
        consent = given.get(case.agency)
        if consent is not None:
            since = consent.given_at.isoformat()
            yield {"agency": case.agency, "package": consent.package, "since": since, "state": case.state}


def _situation(connection: Connection, opened: ReportOpened) -> Stored:
    """Where the report may go, as its reporter keeps it; None where they keep nothing."""
    content = open_part(connection, opened, Part.OWN)
    return None if content is None else own.plain(own.from_bytes(content))


def _told(opened: correspondence.Opened) -> Stored:
    letter = opened.letter
    return {
        "author": opened.author,
        "sent_at": opened.sent_at.isoformat(),
        "new": opened.new,
        "locale": letter.locale if letter else "",
        "words": letter.words if letter else None,
    }


class Reading(Quick):
    """Carries out `MarkRead`."""

    def run(self, connection: Connection, command: MarkRead, prepared: None, setting: Setting) -> Stored:
        letters.mark_read(connection, command.opened.report, REPORTER, setting.now)
        return True


class Writing(Quick):
    """Carries out `SendLetter`."""

    def __init__(self, *, random: Random, directory: Directory) -> None:
        self._random = random
        self._bell = Bell(random=random, directory=directory)

    def run(self, connection: Connection, command: SendLetter, prepared: None, setting: Setting) -> Stored:
        """Sealed to those agencies that still hold the report, and to the reporter; their staff are alerted."""
        report, mine = command.opened.report, key_of(command.opened).public
        holding = {case.agency: case for case in cases.of_report(connection, report) if case.state != cases.WITHDRAWN}
        joined = agencies.joined(connection)
        to = {id: PublicKey.from_bytes(joined[id].public_key) for id in command.to if id in holding}
        if not to:
            return False
        told = handed_over(setting.state.answers[command.words], report, mine)
        kept = originals_of(connection, command.opened) if command.originals else ()
        letter = Letter(locale=setting.state.locale, items=(*told["items"], *kept))
        envelope = Envelope(report=report, author=REPORTER, to={**to, REPORTER: mine})
        correspondence.write(connection, letter, envelope, at=setting.now, random=self._random)
        reports.move_blobs(connection, setting.conversation, report, tuple(files_of(told)))
        for id in to:
            self._bell.ring(connection, holding[id], setting.now)
        return True
