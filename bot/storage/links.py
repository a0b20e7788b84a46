"""Chats linked to reports. What a row holds is locked under the server's secret."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bot.storage.tables import links, outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A chat that opens a report without its code. `person`: keyed hash of the chat."""

    id: str
    report: str
    person: bytes = field(repr=False)
    locked: bytes = field(repr=False)
    made_at: datetime


def link(connection: Connection, linked: Linked) -> None:
    """Link a chat; what it was linked with before is replaced."""
    unlink(connection, linked.report, linked.person)
    connection.execute(insert(links).values(**{name: getattr(linked, name) for name in _LINKED}))


def unlink(connection: Connection, report: str, person: bytes) -> None:
    connection.execute(delete(links).where(links.c.report == report, links.c.person == person))


def drop(connection: Connection, id: str) -> None:
    """Forget a link whose chat is gone."""
    connection.execute(delete(links).where(links.c.id == id))


def by_id(connection: Connection, id: str) -> Linked | None:
    row = connection.execute(select(links).where(links.c.id == id)).first()
    return None if row is None else Linked(**row._mapping)


def of_person(connection: Connection, person: bytes) -> tuple[Linked, ...]:
    """The links of a chat, newest first."""
    found = select(links).where(links.c.person == person).order_by(links.c.made_at.desc(), links.c.id)
    return tuple(Linked(**row._mapping) for row in connection.execute(found))


def of_report(connection: Connection, report: str) -> tuple[Linked, ...]:
    found = select(links).where(links.c.report == report)
    return tuple(Linked(**row._mapping) for row in connection.execute(found))


def nudge_waits(connection: Connection, id: str) -> bool:
    """Whether a nudge for this link is on its way already."""
    return connection.execute(select(outbox.c.id).where(outbox.c.link == id)).first() is not None


_LINKED = tuple(Linked.__dataclass_fields__)
