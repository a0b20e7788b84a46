"""What a reporter and agencies write to each other about a report, locked, and the sealed keys to it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from bot.storage.tables import letter_keys, letters


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedLetter:
    """A letter as it lies in the database, with the key sealed to whoever looks. `author`: an agency or "reporter"."""

    id: str
    report: str
    author: str
    locked: bytes = field(repr=False)
    sent_at: datetime
    sealed: bytes = field(default=b"", repr=False)
    read_at: datetime | None = None


def post(connection: Connection, letter: LockedLetter, sealed: dict[str, bytes]) -> None:
    """Keep a letter. `sealed`: its content key for each who may read it; its author has read it already."""
    values = {name: getattr(letter, name) for name in _LETTER}
    connection.execute(insert(letters).values(**values))
    for receiver, key in sealed.items():
        read_at = letter.sent_at if receiver == letter.author else None
        row = {"letter": letter.id, "receiver": receiver, "sealed": key, "read_at": read_at}
        connection.execute(insert(letter_keys).values(**row))


def letters_for(connection: Connection, report: str, receiver: str) -> tuple[LockedLetter, ...]:
    """The letters about a report that `receiver` holds a key to, oldest first."""
    found = (
        select(*(letters.c[name] for name in _LETTER), letter_keys.c.sealed, letter_keys.c.read_at)
        .join(letter_keys, letter_keys.c.letter == letters.c.id)
        .where(letters.c.report == report, letter_keys.c.receiver == receiver)
        .order_by(letters.c.sent_at, letters.c.id)
    )
    return tuple(LockedLetter(**row._mapping) for row in connection.execute(found))


def mark_read(connection: Connection, report: str, receiver: str, at: datetime, *, only: str = "") -> int:
    """Note that `receiver` has seen all letters about a report, or `only` one; returns how many were new to them."""
    about = select(letters.c.id).where(letters.c.report == report)
    if only:
        about = about.where(letters.c.id == only)
    unread = letter_keys.c.read_at.is_(None) & (letter_keys.c.receiver == receiver)
    return connection.execute(
        update(letter_keys).where(unread, letter_keys.c.letter.in_(about)).values(read_at=at)
    ).rowcount


def read_marks(connection: Connection, report: str) -> dict[str, dict[str, datetime | None]]:
    """When each letter about a report was read, by letter and receiver."""
    found = (
        select(letter_keys.c.letter, letter_keys.c.receiver, letter_keys.c.read_at)
        .join(letters, letters.c.id == letter_keys.c.letter)
        .where(letters.c.report == report)
    )
    marks: dict[str, dict[str, datetime | None]] = {}
    for row in connection.execute(found):
        marks.setdefault(row.letter, {})[row.receiver] = row.read_at
    return marks


def take_keys(connection: Connection, report: str, receiver: str) -> None:
    """Take from `receiver` the keys to what others wrote about a report."""
    theirs = select(letters.c.id).where(letters.c.report == report, letters.c.author != receiver)
    connection.execute(delete(letter_keys).where(letter_keys.c.receiver == receiver, letter_keys.c.letter.in_(theirs)))


_LETTER = ("id", "report", "author", "locked", "sent_at")
