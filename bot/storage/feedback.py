"""Thanks, complaints and surveys: what each agency was told about itself, and when it must answer."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Row, Select, case, insert, select, update

from bot.storage.letters import LockedLetter
from bot.storage.tables import cases, feedback, letter_keys, letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What an agency was told. `letter`: holds the words, with a report; else `sealed` does.

    `acknowledge_by` and `due_at` are None where nobody need answer.
    """

    id: str
    agency: str
    kind: str
    letter: str | None = None
    sealed: bytes = field(default=b"", repr=False)
    sent_at: datetime
    acknowledge_by: datetime | None = None
    acknowledged_at: datetime | None = None
    due_at: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The same as an agency's list shows it: with the letter it holds a key to, and the case of that letter."""

    feedback: Feedback
    letter: LockedLetter | None = None
    case: str = ""


def keep(connection: Connection, row: Feedback) -> None:
    connection.execute(insert(feedback).values(**{name: getattr(row, name) for name in _FEEDBACK}))


def of_agency(connection: Connection, agency: str, *, most: int = 200) -> tuple[Listed, ...]:
    """What this agency may read: first what waits for an answer, by when it is due, then the newest.

    What belongs to a report whose reporter took back their consent is left out.
    """
    waits = feedback.c.due_at.is_not(None) & feedback.c.answered_at.is_(None)
    due_first = case((waits, feedback.c.due_at))
    ordered = _listed(agency).order_by(waits.desc(), due_first, feedback.c.sent_at.desc(), feedback.c.id)
    return tuple(_read(row) for row in connection.execute(ordered.limit(most)))


def by_id(connection: Connection, id: str, agency: str) -> Listed | None:
    """One of them, if it is this agency's and may be read; None if it is another's, or does not exist."""
    row = connection.execute(_listed(agency).where(feedback.c.id == id)).first()
    return None if row is None else _read(row)


def acknowledge(connection: Connection, id: str, at: datetime) -> None:
    """Note that the person was told it has come; the first time counts."""
    waits = (feedback.c.id == id) & feedback.c.due_at.is_not(None) & feedback.c.acknowledged_at.is_(None)
    connection.execute(update(feedback).where(waits).values(acknowledged_at=at))


def answer(connection: Connection, id: str, at: datetime) -> None:
    """Note that the person has their answer, which also acknowledges; the first time counts."""
    acknowledge(connection, id, at)
    waits = (feedback.c.id == id) & feedback.c.due_at.is_not(None) & feedback.c.answered_at.is_(None)
    connection.execute(update(feedback).where(waits).values(answered_at=at))


def _listed(agency: str) -> "Select[tuple[object, ...]]":
    mine = (letter_keys.c.letter == feedback.c.letter) & (letter_keys.c.receiver == agency)
    work = (cases.c.report == letters.c.report) & (cases.c.agency == agency)
    joined = (
        feedback.outerjoin(letters, letters.c.id == feedback.c.letter)
        .outerjoin(letter_keys, mine)
        .outerjoin(cases, work)
    )
    letter = (letters.c[name].label(f"letter_{name}") for name in ("report", "author", "locked", "sent_at"))
    key = (letter_keys.c.sealed.label("letter_sealed"), letter_keys.c.read_at.label("letter_read_at"))
    found = select(*feedback.c, *letter, *key, cases.c.id.label("case")).select_from(joined)
    return found.where(feedback.c.agency == agency, feedback.c.letter.is_(None) | letter_keys.c.sealed.is_not(None))


def _read(row: "Row[tuple[object, ...]]") -> Listed:
    values = row._mapping
    letter = None
    if values["letter"] is not None:
        held = {
            name: values[f"letter_{name}"] for name in ("report", "author", "locked", "sent_at", "sealed", "read_at")
        }
        letter = LockedLetter(id=values["letter"], **held)
    kept = Feedback(**{name: values[name] for name in _FEEDBACK})
    return Listed(feedback=kept, letter=letter, case=values["case"] or "")


_FEEDBACK = tuple(Feedback.__dataclass_fields__)
