"""The record of what staff did and looked at: rows are only ever added, and each is bound to the one before.

A row's link is a MAC over the link before it and the row, under a key that is not in the database: a changed,
inserted or removed row breaks the chain. Only rows cut off at the end leave no gap; they are missed in a backup.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from bot.encryption.purposes import bind
from bot.storage.tables import audit

KEY = "audit"  # what the key ring calls the keys of the chain
START = bytes(32)  # the link before the first row


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing somebody did, by ids and a fixed word. `agency` and `staff` are "" where nobody was recognised."""

    at: datetime
    agency: str
    staff: str
    act: str
    case: str = ""


def record(connection: Connection, act: Act, key: bytes) -> None:
    """Add a row, in the unit of what it tells of."""
    last = connection.execute(select(audit.c.id, audit.c.link).order_by(audit.c.id.desc()).limit(1)).first()
    id, before = (1, START) if last is None else (last.id + 1, last.link)
    values: dict[str, Any] = {name: getattr(act, name) for name in _ACT}
    # With an id of our own choice, two writers who follow the same row collide: the chain cannot fork.
    connection.execute(insert(audit).values(id=id, link=_link(before, id, act, key), **values))


def verify(connection: Connection, keys: Sequence[bytes]) -> int | None:
    """The id of the first row that does not follow from those before it; None if all is as it was written.

    `keys`: every key that was ever used, as `KeyRing.tokens` gives them.
    """
    before, expected = START, 1
    for row in connection.execute(select(audit).order_by(audit.c.id)):
        act = Act(**{name: getattr(row, name) for name in _ACT})
        links = (_link(before, row.id, act, key) for key in keys)
        if row.id != expected or not any(hmac.compare_digest(row.link, link) for link in links):
            return int(row.id)
        before, expected = row.link, expected + 1
    return None


def acts(connection: Connection, agency: str) -> tuple[Act, ...]:
    """What the staff of an agency did, the first first."""
    found = select(*(audit.c[name] for name in _ACT)).where(audit.c.agency == agency).order_by(audit.c.id)
    return tuple(Act(**row._mapping) for row in connection.execute(found))


def _link(before: bytes, id: int, act: Act, key: bytes) -> bytes:
    at = act.at.astimezone(UTC).isoformat(timespec="microseconds")
    return hmac.digest(key, before + bind(str(id), at, act.agency, act.staff, act.act, act.case), "sha256")


_ACT = tuple(Act.__dataclass_fields__)
