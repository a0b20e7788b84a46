"""Deletes messages of a chat that goes on: those older than now when that was asked for, and where a person chose so,
each one well before Telegram deletes it no more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.addressing import unlock_address
from bot.encryption.keyring import KeyRing
from bot.errors import DeliveryError
from bot.messages import Channel
from bot.randomness import Random, new_id
from bot.storage import conversations, outbox
from bot.storage.database import Database

AGE = timedelta(hours=40)  # of a message when it is deleted: eight hours for whatever may fail before Telegram's 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweeps:
    """Queues the chats that have messages to delete in time. What is queued survives a restart."""

    database: Database
    clock: Callable[[], datetime]
    random: Random

    async def queue(self) -> int:
        """Returns how many chats were queued."""
        return await self.database.unit(self._queue)

    def _queue(self, connection: Connection) -> int:
        now = self.clock()
        due = conversations.to_sweep(connection, now - AGE)
        for id, locked in due:
            waiting = outbox.Waiting(id=new_id(self.random), kind="sweep", conversation=id, locked=locked, due_at=now)
            outbox.put(connection, waiting)
        return len(due)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweeping:
    """Deletes what was queued. `channels`: by name, those that are written to."""

    database: Database
    keyring: KeyRing
    channels: Mapping[str, Channel]
    clock: Callable[[], datetime]

    async def clear(self, waiting: outbox.Waiting) -> None:
        """A "clear" deletes all but the message that shows the screen, a "sweep" all that are old, the screen too.

        Raises `DeliveryError` if it can be tried again.
        """
        id = waiting.conversation or ""
        messages = await self.database.look(lambda c: self._messages(c, id, waiting.kind))
        address = unlock_address(self.keyring, waiting.locked, id)
        channel = self.channels.get(address.channel) if address else None
        if address is None or channel is None or not messages:
            return
        try:
            await channel.clear(address.who, messages)
        except DeliveryError as fault:
            if not fault.permanent:
                raise
        await self.database.unit(lambda c: conversations.drop_traces(c, id, messages))

    def _messages(self, connection: Connection, id: str, kind: str) -> tuple[str, ...]:
        if kind == "sweep":
            return conversations.traces_of(connection, id, until=self.clock() - AGE)
        kept = conversations.by_id(connection, id)
        return tuple(m for m in conversations.traces_of(connection, id) if kept is None or m != kept.screen)
