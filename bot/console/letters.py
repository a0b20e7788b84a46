"""Messages of a case as its agency reads them: what the reporter wrote after sending, and what it answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from bot import correspondence
from bot.console.opening import File, Words, file_of
from bot.console.words import FEEDBACK
from bot.correspondence import REPORTER
from bot.encryption.keys import PrivateKey
from bot.reports.letter import CORRECTION, HOLD, HOLD_LIFTED, REQUEST, REQUEST_ANSWER, REQUEST_ENDED
from bot.reports.report import Entry
from bot.storage.letters import LockedLetter

KINDS = {
    **{kind.value: name for kind, name in FEEDBACK.items()},
    CORRECTION: "Correction",
    REQUEST: "Question about sharing",
    REQUEST_ANSWER: "Answer about sharing",
    REQUEST_ENDED: "Question taken back",
}
AMONG_STAFF = frozenset({HOLD, HOLD_LIFTED})  # notes that no reporter reads; `held.py` shows them
Marks = Mapping[str, Mapping[str, datetime | None]]  #: when each letter was read, by letter and receiver


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message on the case page; `words` is None where it is damaged. `seen_at`: when the reporter read it."""

    mine: bool
    sent_at: datetime
    new: bool
    words: tuple[Words, ...] | None = field(repr=False)
    files: tuple[File, ...] = ()
    seen_at: datetime | None = None
    kind: str = ""  # what it is, if it is more than a message
    correction: bool = False  # it says what in the report is not right
    answers: tuple[Entry, ...] = field(default=(), repr=False)


def thread(
    found: tuple[LockedLetter, ...], marks: Marks, *, agency: str, key: PrivateKey, after: int
) -> tuple[Shown, ...]:
    """The messages this agency may read, oldest first; their files are numbered from `after` on."""
    number = count(after + 1)
    opened = (one for one in correspondence.read(found, agency, key) if not _among_staff(one))
    return tuple(_shown(letter, agency, marks.get(letter.id, {}).get(REPORTER), number) for letter in opened)


def _among_staff(opened: correspondence.Opened) -> bool:
    return opened.letter is not None and opened.letter.kind in AMONG_STAFF


def _shown(opened: correspondence.Opened, agency: str, seen_at: datetime | None, number: "count[int]") -> Shown:
    letter, mine = opened.letter, opened.author == agency
    if letter is None:
        return Shown(mine=mine, sent_at=opened.sent_at, new=opened.new, words=None)
    said = (item for item in letter.items if item.get("words"))
    return Shown(
        mine=mine,
        sent_at=opened.sent_at,
        new=opened.new,
        words=tuple(Words(text=i["words"], locale=i.get("locale") or letter.locale, own=True) for i in said),
        files=tuple(file_of(item, next(number)) for item in letter.items if item.get("blob")),
        seen_at=seen_at,
        kind=KINDS.get(letter.kind, ""),
        correction=letter.kind == CORRECTION,
        answers=letter.answers,
    )
