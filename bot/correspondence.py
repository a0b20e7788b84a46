"""Letters between a reporter and agencies: locked under a key of their own, which is sealed to those who may read them.

The server never holds a letter in the clear beyond the moment of writing or reading it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.encryption.content import ContentKey, bind, lock, unlock
from bot.encryption.errors import CannotOpen
from bot.encryption.keys import PrivateKey, PublicKey
from bot.encryption.sealing import Purpose, open_sealed, seal
from bot.randomness import Random, new_id
from bot.reports.letter import Letter
from bot.storage import letters
from bot.storage.letters import LockedLetter

REPORTER = "reporter"  # who a reporter is among the receivers of a report's keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A letter somebody may read. `letter` is None where it is damaged. `new`: they have not seen it before."""

    id: str
    author: str
    sent_at: datetime
    new: bool
    letter: Letter | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who writes about which report, and the keys of all who may read it, the author among them."""

    report: str
    author: str
    to: Mapping[str, PublicKey]


def write(connection: Connection, letter: Letter, envelope: Envelope, *, at: datetime, random: Random) -> str:
    """Keep a letter for those on its envelope; returns its id."""
    id, key, report = new_id(random), ContentKey.generate(), envelope.report
    locked = lock(letter.to_bytes(), key, Purpose.MESSAGE, context=bind(report, id))
    sealed = {
        receiver: seal(key.to_bytes(), public, Purpose.MESSAGE_KEY, context=bind(report, id, receiver))
        for receiver, public in envelope.to.items()
    }
    row = LockedLetter(id=id, report=report, author=envelope.author, locked=locked, sent_at=at)
    letters.post(connection, row, sealed)
    return id


def read(found: tuple[LockedLetter, ...], receiver: str, key: PrivateKey) -> tuple[Opened, ...]:
    """What `receiver` may read of the letters found for them, oldest first."""
    return tuple(
        Opened(
            id=locked.id,
            author=locked.author,
            sent_at=locked.sent_at,
            new=locked.read_at is None,
            letter=_open(locked, receiver, key),
        )
        for locked in found
    )


def _open(locked: LockedLetter, receiver: str, key: PrivateKey) -> Letter | None:
    context = bind(locked.report, locked.id)
    try:
        sealed = open_sealed(locked.sealed, key, Purpose.MESSAGE_KEY, context=bind(locked.report, locked.id, receiver))
        return Letter.from_bytes(unlock(locked.locked, ContentKey.from_bytes(sealed), Purpose.MESSAGE, context=context))
    except (CannotOpen, ValueError, KeyError, TypeError):
        return None
