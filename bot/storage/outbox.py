"""Messages that must leave. They are written in the transaction of what caused them."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.storage.tables import outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One message. `kind`: "screen" or "hide" of a conversation, "alert", "nudge" of a link, "wipe" of the journal,
    "clear" or "sweep" of a chat's messages, "reminder" of a draft.

    `locked`: to whom, under the secret.

    `due_at` lies a little ahead while the one who wrote the row is sending it.
    """

    id: str
    kind: str
    conversation: str | None = None
    alert: str | None = None
    link: str | None = None
    locked: bytes = field(repr=False)
    due_at: datetime
    attempts: int = 0


# Statements of every turn are built once: building one costs more than running it.
_PUT = insert(outbox)
_SUPERSEDE = delete(outbox).where(outbox.c.conversation == bindparam("conversation"), outbox.c.kind == "screen")
_LEFT = delete(outbox).where(outbox.c.id == bindparam("id"))


def put(connection: Connection, waiting: Waiting) -> None:
    connection.execute(_PUT, {name: getattr(waiting, name) for name in Waiting.__dataclass_fields__})


def supersede(connection: Connection, conversation: str) -> None:
    """Forget screens that wait: a newer one takes their place."""
    connection.execute(_SUPERSEDE, {"conversation": conversation})


def claim(connection: Connection, now: datetime, until: datetime, most: int = 50) -> tuple[Waiting, ...]:
    """What is due, oldest first, taken until `until`: a conditional update decides between two who want it."""
    due = select(outbox).where(outbox.c.due_at <= now).order_by(outbox.c.due_at).limit(most)
    found = [Waiting(**row._mapping) for row in connection.execute(due)]
    return tuple(waiting for waiting in found if _take(connection, waiting, until))


def _take(connection: Connection, waiting: Waiting, until: datetime) -> bool:
    statement = (
        update(outbox)
        .where(outbox.c.id == waiting.id, outbox.c.due_at == waiting.due_at)
        .values(due_at=until, attempts=waiting.attempts + 1)
    )
    return connection.execute(statement).rowcount == 1


def supersede_alert(connection: Connection, number: str) -> None:
    """Forget steps of an alert that wait: whoever is told next is told all that they would have been."""
    connection.execute(delete(outbox).where(outbox.c.alert == number))


def left(connection: Connection, id: str) -> None:
    """Forget a message that has left, or never can."""
    connection.execute(_LEFT, {"id": id})


def later(connection: Connection, id: str, due_at: datetime) -> None:
    """Try again at `due_at`."""
    connection.execute(update(outbox).where(outbox.c.id == id).values(due_at=due_at))


def waits(connection: Connection, conversation: str, kind: str) -> bool:
    """Whether something of this kind waits for a conversation."""
    found = select(outbox.c.id).where(outbox.c.conversation == conversation, outbox.c.kind == kind)
    return connection.execute(found).first() is not None


def renew(connection: Connection, of: tuple[str, str], *, locked: bytes, due_at: datetime) -> None:
    """Change what waits; `of`: a conversation and a kind."""
    statement = update(outbox).where(outbox.c.conversation == of[0], outbox.c.kind == of[1])
    connection.execute(statement.values(locked=locked, due_at=due_at))


def drop(connection: Connection, conversation: str, kind: str) -> None:
    """Forget what of this kind waits for a conversation."""
    connection.execute(delete(outbox).where(outbox.c.conversation == conversation, outbox.c.kind == kind))
