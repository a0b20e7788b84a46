"""Messages that must leave. They are written in the transaction of what caused them."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from bot.storage.tables import outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One message. `kind`: "screen" or "hide" of a conversation, or "alert". `locked`: to whom, under the secret.

    `due_at` lies a little ahead while the one who wrote the row is sending it.
    """

    id: str
    kind: str
    conversation: str | None = None
    alert: str | None = None
    locked: bytes = field(repr=False)
    due_at: datetime
    attempts: int = 0


def put(connection: Connection, waiting: Waiting) -> None:
    values = {name: getattr(waiting, name) for name in Waiting.__dataclass_fields__}
    connection.execute(insert(outbox).values(**values))


def supersede(connection: Connection, conversation: str) -> None:
    """Forget screens that wait: a newer one takes their place."""
    connection.execute(delete(outbox).where(outbox.c.conversation == conversation, outbox.c.kind == "screen"))


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


def left(connection: Connection, id: str) -> None:
    """Forget a message that has left, or never can."""
    connection.execute(delete(outbox).where(outbox.c.id == id))


def later(connection: Connection, id: str, due_at: datetime) -> None:
    """Try again at `due_at`."""
    connection.execute(update(outbox).where(outbox.c.id == id).values(due_at=due_at))


def next_due(connection: Connection) -> datetime | None:
    """When the next message is due; None if none waits."""
    found: datetime | None = connection.execute(select(outbox.c.due_at).order_by(outbox.c.due_at).limit(1)).scalar()
    return found
