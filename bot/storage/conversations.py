"""Conversations, the updates that were handled, and the messages that Exit can delete."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.errors import Conflict
from bot.storage.tables import conversations, outbox, traces, updates


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A conversation as it lies in the database. `unfinished`: there are answers in it that were not sent.

    `sweeps`: the locked address of a chat whose messages are to be deleted in time, None where that was not chosen.
    """

    id: str
    person: bytes = field(repr=False)
    revision: int
    wrapped_key: bytes = field(repr=False)
    sealed_state: bytes = field(repr=False)
    screen: str = ""
    expires_at: datetime
    unfinished: bool = False
    sweeps: bytes | None = field(default=None, repr=False)


_CHANGING = ("sealed_state", "expires_at", "unfinished", "sweeps")

# Statements of every turn are built once: building one costs more than running it.
_KNOWN = select(updates.c.id).where(updates.c.channel == bindparam("channel"), updates.c.id == bindparam("id"))
_REMEMBER = insert(updates)
_BY_PERSON = select(conversations).where(conversations.c.person == bindparam("person"))
_BY_ID = select(conversations).where(conversations.c.id == bindparam("id"))
_ADVANCE = (
    update(conversations)
    .where(conversations.c.id == bindparam("of"), conversations.c.revision == bindparam("before"))
    .values({name: bindparam(name) for name in ("revision", *_CHANGING)})
)
_SHOWING = update(conversations).where(conversations.c.id == bindparam("of")).values(screen=bindparam("screen"))
_TRACED = select(traces.c.message).where(
    traces.c.conversation == bindparam("conversation"), traces.c.message == bindparam("message")
)
_TRACE = insert(traces)


def first_time(connection: Connection, channel: str, update_id: str, at: datetime) -> bool:
    """Remember an update; False if it was handled before."""
    named = {"channel": channel, "id": update_id}
    if connection.execute(_KNOWN, named).first() is not None:
        return False
    connection.execute(_REMEMBER, {**named, "seen_at": at})
    return True


def by_person(connection: Connection, person: bytes) -> Kept | None:
    """The conversation of the person with this keyed hash."""
    row = connection.execute(_BY_PERSON, {"person": person}).first()
    return None if row is None else Kept(**row._mapping)


def by_id(connection: Connection, id: str) -> Kept | None:
    row = connection.execute(_BY_ID, {"id": id}).first()
    return None if row is None else Kept(**row._mapping)


def begin(connection: Connection, kept: Kept) -> None:
    """Insert a new conversation. Raises `Conflict` if its person has one by now."""
    try:
        connection.execute(insert(conversations).values(**_values(kept)))
    except IntegrityError as fault:
        raise Conflict from fault


def advance(connection: Connection, kept: Kept) -> None:
    """Store the next revision of a conversation. Raises `Conflict` if it is not the next any more."""
    named = {"of": kept.id, "before": kept.revision - 1, "revision": kept.revision}
    values = {name: getattr(kept, name) for name in _CHANGING}
    if connection.execute(_ADVANCE, {**named, **values}).rowcount != 1:
        raise Conflict


def _values(kept: Kept) -> dict[str, object]:
    return {name: getattr(kept, name) for name in Kept.__dataclass_fields__}


def showing(connection: Connection, id: str, message: str, at: datetime) -> None:
    """Remember which message shows the screen now."""
    shown = connection.execute(_SHOWING, {"of": id, "screen": message})
    if message and shown.rowcount:  # it may have been forgotten while its screen was on its way
        leave_trace(connection, id, message, at)


def leave_trace(connection: Connection, id: str, message: str, at: datetime) -> None:
    """Remember a message that Exit can delete."""
    named = {"conversation": id, "message": message}
    if connection.execute(_TRACED, named).first() is None:
        connection.execute(_TRACE, {**named, "sent_at": at})


def leave_trace_with(connection: Connection, empty: Kept, message: str, at: datetime) -> None:
    """Remember a message in the chat of a person who may have no conversation any more; `empty` then stands for it."""
    kept = by_person(connection, empty.person)
    if kept is None:
        begin(connection, empty)
    leave_trace(connection, (kept or empty).id, message, at)


def traces_of(connection: Connection, id: str, *, until: datetime | None = None) -> tuple[str, ...]:
    """All messages that Exit can still delete, newest first; only those sent by `until`, if that is given."""
    found = select(traces.c.message).where(traces.c.conversation == id).order_by(traces.c.sent_at.desc())
    if until is not None:
        found = found.where(traces.c.sent_at <= until)
    return tuple(connection.execute(found).scalars())


def to_sweep(connection: Connection, until: datetime) -> tuple[tuple[str, bytes], ...]:
    """The ids and locked addresses of chats that have messages from before `until` and chose to have them deleted.

    Those for which that is on its way already are left out.
    """
    old = select(traces.c.conversation).where(traces.c.sent_at <= until)
    on_its_way = select(outbox.c.conversation).where(outbox.c.kind == "sweep", outbox.c.conversation.is_not(None))
    found = select(conversations.c.id, conversations.c.sweeps).where(
        conversations.c.sweeps.is_not(None), conversations.c.id.in_(old), conversations.c.id.not_in(on_its_way)
    )
    return tuple((row.id, row.sweeps) for row in connection.execute(found))


def drop_traces(connection: Connection, id: str, messages: tuple[str, ...]) -> None:
    connection.execute(delete(traces).where(traces.c.conversation == id, traces.c.message.in_(messages)))


def forget(connection: Connection, id: str) -> None:
    """Delete a conversation; its key goes with it, so nothing of it can be read any more."""
    connection.execute(delete(conversations).where(conversations.c.id == id))
