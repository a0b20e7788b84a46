"""Sends what people say about how they were treated: as a letter of their report, or alone and linked to nothing."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot import correspondence
from bot.bell import Bell
from bot.commands import Quick, Setting
from bot.correspondence import REPORTER, Envelope
from bot.encryption.content import bind
from bot.encryption.errors import CannotOpen
from bot.encryption.keys import PrivateKey, PublicKey
from bot.encryption.sealing import Purpose, open_sealed, seal
from bot.handing_over import files_of, handed_over
from bot.randomness import Random, new_id
from bot.rendering import Voice, strip_isolates
from bot.reporter_keys import key_of
from bot.reports.deadlines import bank_holidays, due
from bot.reports.letter import Letter
from bot.reports.report import Entry
from bot.storage import agencies, cases, counts, feedback, reports
from dialogs.consent import SEND, SheetLine
from dialogs.feedback_commands import SendFeedback
from dialogs.inputs import Stored
from dialogs.parts import Package, Part
from dialogs.texts import Text
from services_directory.complaints import ACKNOWLEDGED, ANSWERED, hears_words
from services_directory.model import Deadline, Directory
from services_directory.wording import language_of


class SendingFeedback(Quick):
    """Carries out `SendFeedback`."""

    def __init__(self, *, random: Random, directory: Directory, english: Voice) -> None:
        self._random = random
        self._directory = directory
        self._english = english
        self._bell = Bell(random=random, directory=directory)

    def run(self, connection: Connection, command: SendFeedback, prepared: None, setting: Setting) -> Stored:
        """Raises RuntimeError, and sends nothing, unless the person agreed to exactly what was shown."""
        answers = setting.state.answers
        agreed = answers.get(command.check)
        if not isinstance(agreed, dict) or agreed.get("choice") != SEND or not agreed.get("bound"):
            raise RuntimeError("something nobody agreed to send")
        (first, _), *others = command.sheet.receivers
        joined = agencies.joined(connection)
        if first.agency not in joined or not hears_words(self._directory.agency(first.agency)):
            return False
        to = joined[first.agency]
        if not (self._with_report if command.opened else self._alone)(connection, command, to, setting):
            return False
        for receiver, _ in others:
            if receiver.package is Package.COUNT and receiver.agency in joined:
                self._count(connection, command, joined[receiver.agency], setting)
        return True

    def _with_report(
        self, connection: Connection, command: SendFeedback, to: agencies.JoinedAgency, setting: Setting
    ) -> bool:
        """A letter that the agency and the reporter can read; False if the agency may read the report no more."""
        report, mine = command.opened.report, key_of(command.opened).public
        case = cases.of(connection, report, to.id)
        consent = reports.consent_of(connection, report, to.id)
        if case is None or consent is None or consent.package == Package.COUNT or reports.deleted(connection, report):
            return False
        told = {line.id: handed_over(setting.state.answers[line.id], report, mine) for line in command.sheet.lines}
        envelope = Envelope(
            report=report, author=REPORTER, to={to.id: PublicKey.from_bytes(to.public_key), REPORTER: mine}
        )
        letter = self._letter(command, told, language_of(setting.state.locale))
        id = correspondence.write(connection, letter, envelope, at=setting.now, random=self._random)
        files = tuple(blob for stored in told.values() for blob in files_of(stored))
        reports.move_blobs(connection, setting.conversation, report, files)
        self._keep(connection, command, to.id, setting.now, letter=id)
        if command.kind.has_clocks:
            self._bell.ring(connection, case, setting.now)
        return True

    def _alone(
        self, connection: Connection, command: SendFeedback, to: agencies.JoinedAgency, setting: Setting
    ) -> bool:
        told = {line.id: setting.state.answers[line.id] for line in command.sheet.lines}
        letter = self._letter(command, told, language_of(setting.state.locale))
        id = new_id(self._random)
        key = PublicKey.from_bytes(to.public_key)
        sealed = seal(letter.to_bytes(), key, Purpose.FEEDBACK, context=bind(id, to.id))
        self._keep(connection, command, to.id, setting.now, id=id, sealed=sealed)
        if command.kind.has_clocks:
            self._bell.ring_outside_cases(connection, to.id, setting.now)
        return True

    def _letter(self, command: SendFeedback, told: Mapping[str, Stored], locale: str) -> Letter:
        """A person's own words as items, exactly; everything else as answers, in English, as staff read it."""
        items: list[dict[str, Any]] = []
        entries: list[Entry] = []
        for line in command.sheet.lines:
            own = tuple(_items(line, told[line.id], locale))
            items += own
            if not own:
                shown = tuple(self._say(words) for words in line.answer)
                entries.append(Entry(id=line.id, label=self._say(line.label), stored=told[line.id], shown=shown))
        return Letter(locale=locale, items=tuple(items), kind=command.kind.value, answers=tuple(entries))

    def _say(self, words: Text) -> str:
        return strip_isolates(self._english.say(words))

    def _keep(self, connection: Connection, command: SendFeedback, agency: str, at: datetime, **content: Any) -> None:
        """Its row, with its clocks. `content`: a `letter`, or its own `id` and what is `sealed`."""
        clocks: dict[str, datetime] = {}
        if command.kind.has_clocks:
            clocks = {"acknowledge_by": self._by(ACKNOWLEDGED, agency, at), "due_at": self._by(ANSWERED, agency, at)}
        values = {"id": new_id(self._random), **clocks, **content}
        feedback.keep(connection, feedback.Feedback(agency=agency, kind=command.kind.value, sent_at=at, **values))

    def _by(self, deadline: Deadline, agency: str, at: datetime) -> datetime:
        zone = ZoneInfo(self._directory.area(self._directory.agency(agency).area).time_zone)
        return due(deadline, at, zone, bank_holidays(at.year))

    def _count(
        self, connection: Connection, command: SendFeedback, monitor: agencies.JoinedAgency, setting: Setting
    ) -> None:
        """What was ticked, without words, report, agency or day."""
        ticked = {one.id: setting.state.answers[one.id] for one in command.sheet.lines if one.part is Part.FACTS}
        area = self._directory.agency(monitor.id).area
        content = json.dumps({"v": 1, "area": area, "answers": ticked}).encode()
        key = PublicKey.from_bytes(monitor.public_key)
        sealed = seal(content, key, Purpose.SURVEY, context=bind(monitor.id))
        row = counts.CountedRow(id=new_id(self._random), month=setting.now.strftime("%Y-%m"), sealed=sealed)
        counts.keep_survey(connection, row)


def _items(line: SheetLine, stored: Stored, locale: str) -> Iterator[dict[str, Any]]:
    """The person's own words and files in an answer; none if it was tapped, or says how to reach them."""
    if isinstance(stored, dict) and "items" in stored:
        yield from stored["items"]
    elif isinstance(stored, str) and line.part is Part.ACCOUNT:
        yield {"words": stored, "locale": locale, "ref": ""}


def open_feedback(listed: feedback.Listed, key: PrivateKey) -> Letter | None:
    """What an agency was told, opened with its key; None where it is damaged."""
    row = listed.feedback
    if listed.letter is not None:
        return correspondence.read((listed.letter,), row.agency, key)[0].letter
    try:
        return Letter.from_bytes(open_sealed(row.sealed, key, Purpose.FEEDBACK, context=bind(row.id, row.agency)))
    except (CannotOpen, ValueError, KeyError, TypeError):
        return None
