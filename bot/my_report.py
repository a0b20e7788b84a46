"""What a reporter reads and writes about a report they have opened. `my_sharing.py`: who may open it."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from bot import correspondence
from bot.asking import Asked, asked_in
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
from bot.reports.letter import CORRECTION, MESSAGE, REQUEST_ANSWER, REQUEST_ENDED, Letter
from bot.reports.request import Said
from bot.storage import agencies, cases, letters, links, reports
from dialogs.feedback_commands import Kind
from dialogs.inputs import Stored
from dialogs.my_report_commands import MarkRead, ReadNews, SendCorrection, SendLetter
from dialogs.my_report_commands import Opened as ReportOpened
from dialogs.parts import Package, Part
from services_directory.model import Directory

_NOT_READ = frozenset({Kind.SURVEY, REQUEST_ANSWER, REQUEST_ENDED})  # kinds of letters that hold nothing to read


class ReadingNews(Quick):
    """Carries out `ReadNews`."""

    def __init__(self, linking: Linking) -> None:
        self._linking = linking

    def run(self, connection: Connection, command: ReadNews, prepared: None, setting: Setting) -> Stored:
        report = command.opened.report
        found = letters.letters_for(connection, report, REPORTER)
        opened = correspondence.read(found, REPORTER, key_of(command.opened))
        surveys = {one.id for one in opened if one.letter and one.letter.kind == Kind.SURVEY}
        holders = list(_holders(connection, report))
        return {
            "holders": holders,
            "letters": list(_letters(opened, {one["agency"] for one in holders if "until" not in one})),
            "surveyed": sorted(_receivers(connection, report, surveys)),
            "situation": _situation(connection, command.opened),
            "originals": len(originals_of(connection, command.opened)),
            "held_by_law": reports.held(connection, report),
            "deleted": reports.deleted(connection, report),
            "linked": any(
                linked.report == report for linked in links.of_person(connection, self._linking.person(setting.address))
            ),
        }


def _receivers(connection: Connection, report: str, among: Collection[str]) -> set[str]:
    """The agencies that some of the letters about a report went to."""
    marks = letters.read_marks(connection, report)
    return {receiver for id in among for receiver in marks.get(id, ())} - {REPORTER}


def _holders(connection: Connection, report: str) -> Iterator[Stored]:
    """Those who hold the report, and those who did until it was taken back."""
    given, ended = reports.consents_of(connection, report), reports.ended_consents(connection, report)
    for case in cases.of_report(connection, report):
        held = {"held_since": case.held_since.isoformat()} if case.held_since else {}
        if case.agency in given:
            yield {**_holder(case, given[case.agency]), **held}
        elif case.agency in ended:
            consent, until = ended[case.agency]
            yield {**_holder(case, consent), **held, "state": cases.WITHDRAWN, "until": until.isoformat()}


def _holder(case: cases.Case, consent: reports.GivenConsent) -> dict[str, Any]:
    since = consent.given_at.isoformat()
    return {"agency": case.agency, "package": consent.package, "since": since, "state": case.state}


def _situation(connection: Connection, opened: ReportOpened) -> Stored:
    """Where the report may go, as its reporter keeps it; None where they keep nothing."""
    content = open_part(connection, opened, Part.OWN)
    return None if content is None else own.plain(own.from_bytes(content))


def _letters(opened: tuple[correspondence.Opened, ...], holding: Collection[str]) -> Iterator[Stored]:
    """What there is to read; answers to requests stand with the requests they are about."""
    asked = {one.id: one for one in asked_in(opened)}
    for one in opened:
        if one.letter is None or one.letter.kind not in _NOT_READ:
            yield {**_told(one), **_request(asked.get(one.id), holding)}


def _told(opened: correspondence.Opened) -> dict[str, Any]:
    letter = opened.letter
    return {
        "id": opened.id,
        "author": opened.author,
        "sent_at": opened.sent_at.isoformat(),
        "new": opened.new,
        "locale": letter.locale if letter else "",
        "words": letter.words if letter else None,
        "correction": letter is not None and letter.kind == CORRECTION,
    }


def _request(asked: Asked | None, holding: Collection[str]) -> Mapping[str, Stored]:
    """A question of those who hold the report no more waits no longer."""
    if asked is None:
        return {}
    said = asked.said or (None if asked.asker in holding else Said.ENDED)
    request = {"agency": asked.request.agency, "package": asked.request.package.value}
    return {"request": {**request, "said": said.value if said else ""}}


class Reading(Quick):
    """Carries out `MarkRead`."""

    def run(self, connection: Connection, command: MarkRead, prepared: None, setting: Setting) -> Stored:
        letters.mark_read(connection, command.opened.report, REPORTER, setting.now, only=command.only)
        return True


def _reading(connection: Connection, report: str) -> Mapping[str, cases.Case]:
    """The cases of agencies that may read the report by now, by agency; the state of a case is no consent."""
    if reports.deleted(connection, report):
        return {}
    given = reports.consents_of(connection, report)
    may = {agency for agency, consent in given.items() if consent.package != Package.COUNT}
    return {case.agency: case for case in cases.of_report(connection, report) if case.agency in may}


class Writing(Quick):
    """Carries out `SendLetter` and `SendCorrection`."""

    def __init__(self, *, random: Random, directory: Directory) -> None:
        self._random = random
        self._bell = Bell(random=random, directory=directory)

    def run(self, connection: Connection, command: SendLetter, prepared: None, setting: Setting) -> Stored:
        """Sealed to those agencies that may still read the report, and to the reporter; their staff are alerted."""
        report, mine = command.opened.report, key_of(command.opened).public
        holding = _reading(connection, report)
        joined = agencies.joined(connection)
        to = {id: PublicKey.from_bytes(joined[id].public_key) for id in command.to if id in holding}
        if not to:
            return False
        told = handed_over(setting.state.answers[command.words], report, mine)
        kept = originals_of(connection, command.opened) if command.originals else ()
        kind = CORRECTION if isinstance(command, SendCorrection) else MESSAGE
        letter = Letter(locale=setting.state.locale, items=(*told["items"], *kept), kind=kind)
        envelope = Envelope(report=report, author=REPORTER, to={**to, REPORTER: mine})
        correspondence.write(connection, letter, envelope, at=setting.now, random=self._random)
        reports.move_blobs(connection, setting.conversation, report, tuple(files_of(told)))
        for id in to:
            self._bell.ring(connection, holding[id], setting.now)
        return True
