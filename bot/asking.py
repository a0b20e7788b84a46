"""Requests to share a report with another agency: found among letters, and answered to those who asked.

Whoever asks learns what the reporter says and nothing else: neither who holds the report, nor who is part of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot import correspondence
from bot.bell import Bell
from bot.correspondence import REPORTER, Envelope
from bot.correspondence import Opened as OpenedLetter
from bot.encryption.keys import PublicKey
from bot.randomness import Random
from bot.reporter_keys import key_of
from bot.reports.letter import REQUEST_ANSWER, Letter
from bot.reports.request import Request, Said, Told, request_in, telling, told_in
from bot.storage import agencies, cases, letters, reports
from dialogs.my_report_commands import Opened
from services_directory.model import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request and what became of it: nothing yet where `said` is None. `id`: of its letter. `asker`: an agency."""

    id: str
    asker: str
    request: Request
    asked_at: datetime
    said: Said | None = None
    said_at: datetime | None = None


def asked_in(found: Iterable[OpenedLetter]) -> tuple[Asked, ...]:
    """The requests among letters, oldest first, each with the last that was said about it."""
    opened = tuple(found)
    return tuple(
        _asked(letter, request, opened) for letter in opened if (request := request_in(letter.letter)) is not None
    )


def _asked(letter: OpenedLetter, request: Request, among: tuple[OpenedLetter, ...]) -> Asked:
    about = [(one, told) for one in among if (told := told_in(one.letter)) is not None and told.about == letter.id]
    valid = [(one.sent_at, told.said) for one, told in about if one.author == _who_says(told.said, letter.author)]
    said_at, said = max(valid, key=lambda one: (one[1] is Said.STOPPED, one[0]), default=(None, None))
    return Asked(
        id=letter.id, asker=letter.author, request=request, asked_at=letter.sent_at, said=said, said_at=said_at
    )


def _who_says(said: Said, asker: str) -> str:
    return asker if said is Said.ENDED else REPORTER


class Answers:
    """Tells those who asked what the reporter says."""

    def __init__(self, *, random: Random, directory: Directory) -> None:
        self._random = random
        self._directory = directory
        self._bell = Bell(random=random, directory=directory)

    def asked(self, connection: Connection, opened: Opened) -> tuple[Asked, ...]:
        """Every request about a report, as its reporter reads them."""
        found = letters.letters_for(connection, opened.report, REPORTER)
        return asked_in(correspondence.read(found, REPORTER, key_of(opened)))

    def tell(self, connection: Connection, opened: Opened, asked: Asked, *, said: Said, at: datetime) -> bool:
        """A letter to those who asked, and their bell; False if they hold the report no more."""
        case, joined = cases.of(connection, opened.report, asked.asker), agencies.joined(connection)
        consent = reports.consent_of(connection, opened.report, asked.asker)
        if case is None or consent is None or asked.asker not in joined or reports.deleted(connection, opened.report):
            return False
        to = {asked.asker: PublicKey.from_bytes(joined[asked.asker].public_key), REPORTER: key_of(opened).public}
        name = self._directory.agency(asked.request.agency).name
        letter = Letter(
            locale="en", items=(), kind=REQUEST_ANSWER, answers=telling(Told(about=asked.id, said=said), name=name)
        )
        envelope = Envelope(report=opened.report, author=REPORTER, to=to)
        correspondence.write(connection, letter, envelope, at=at, random=self._random)
        self._bell.ring(connection, case, at)
        return True

    def take_back(self, connection: Connection, opened: Opened, agency: str, at: datetime) -> None:
        """Whoever was told yes about `agency` learns that it is so no longer."""
        for asked in self.asked(connection, opened):
            if asked.said is Said.YES and asked.request.agency == agency:
                self.tell(connection, opened, asked, said=Said.STOPPED, at=at)
