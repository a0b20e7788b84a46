"""The outbox leaves: screens at once, and whatever did not get through again and again, until it does or cannot ever.

What is in the outbox was written in the transaction that caused it, so a crash only delays it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.addressing import unlock_address
from bot.conversations import Conversations, Turned
from bot.encryption.keyring import KeyRing
from bot.errors import DeliveryError, StorageError
from bot.logs import Log
from bot.messages import Address, Channel, Shown
from bot.storage import conversations, outbox
from bot.storage.database import Database

LEASE = timedelta(seconds=60)  # how long one who claimed a message has to send it
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=5)
SCREENS = frozenset({"screen", "hide"})  # kinds of rows that show where a conversation is
REST = 1.0  # seconds between two looks at the outbox when nothing woke us


Errand = Callable[[outbox.Waiting], Awaitable[None]]  #: does what waits; raises `DeliveryError` if it did not leave


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Sends what conversations and alerts have queued. `channels`: by name, those that are written to.

    `errands`: what is done for rows that are no screens, by their kind.
    """

    database: Database
    keyring: KeyRing
    conversations: Conversations
    channels: Mapping[str, Channel]
    errands: Mapping[str, Errand]
    clock: Callable[[], datetime]
    log: Log

    async def send_now(self, address: Address, turned: Turned) -> str:
        """Send a turn's screen; returns the message that shows it, or the last one if it must be sent later."""
        channel = self.channels[address.channel]
        try:
            message = await self._send(channel, address.who, turned)
        except DeliveryError as fault:
            await self._not_sent(turned.waiting, fault, attempts=0)
            return turned.screen
        await self._note(lambda c: self._sent(c, turned, message))
        return message

    async def _note(self, work: Callable[[Connection], None]) -> None:
        """Write down what became of a message; while the database refuses, the outbox keeps it as it was."""
        try:
            await self.database.unit(work)
        except StorageError:
            self.log.warning("outbox-waits")

    async def _send(self, channel: Channel, who: str, turned: Turned) -> str:
        if turned.hide:
            await channel.clear(who, turned.hide)
            return await channel.show(who, turned.shown, replaces="", in_place=False)
        return await channel.show(who, turned.shown, replaces=turned.screen, in_place=turned.in_place)

    def _sent(self, connection: Connection, turned: Turned, message: str) -> None:
        outbox.left(connection, turned.waiting)
        if turned.hide:
            conversations.drop_traces(connection, turned.conversation, turned.hide)
        if message != turned.screen or turned.hide:
            conversations.showing(connection, turned.conversation, message, self.clock())

    async def _not_sent(self, waiting: str, fault: DeliveryError, *, attempts: int) -> None:
        self.log.warning("not-delivered", outcome="never" if fault.permanent else "later", count=attempts)
        if fault.permanent:
            await self._note(lambda c: outbox.left(c, waiting))
            return
        again = self.clock() + pause(attempts, fault.retry_after)
        await self._note(lambda c: outbox.later(c, waiting, again))

    async def run(self) -> None:
        """Send what is due, for ever. Faults of the disk are waited out."""
        while True:
            try:
                await self.send_due()
            except StorageError:
                self.log.warning("outbox-waits")
            await asyncio.sleep(REST)

    async def send_due(self) -> int:
        """Send all that is due now; returns how many messages were tried."""
        now = self.clock()
        due = await self.database.unit(lambda c: outbox.claim(c, now, now + LEASE))
        await asyncio.gather(*(self._one(waiting) for waiting in due))
        return len(due)

    async def _one(self, waiting: outbox.Waiting) -> None:
        try:
            if waiting.kind in SCREENS:
                await self._again(waiting)
            else:
                await self.errands[waiting.kind](waiting)
                await self.database.unit(lambda c: outbox.left(c, waiting.id))
        except DeliveryError as fault:
            await self._not_sent(waiting.id, fault, attempts=waiting.attempts)
        except StorageError:
            raise
        except Exception as fault:  # whatever it was, it must not hold up what else is due
            self.log.failure("delivery-failed", fault)
            await self._not_sent(waiting.id, DeliveryError(), attempts=waiting.attempts)

    async def _again(self, waiting: outbox.Waiting) -> None:
        """Send the screen a conversation shows by now."""
        found = await self.database.look(lambda c: self._turned(c, waiting))
        address = unlock_address(self.keyring, waiting.locked, waiting.conversation or "")
        if found is None or address is None or address.channel not in self.channels:
            await self.database.unit(lambda c: outbox.left(c, waiting.id))
            return
        turned, revision = found
        message = await self._send(self.channels[address.channel], address.who, turned)
        await self.database.unit(lambda c: self._sent_again(c, (waiting, revision), turned, message))

    def _sent_again(
        self, connection: Connection, sent: tuple[outbox.Waiting, int], turned: Turned, message: str
    ) -> None:
        """What was sent is old if a turn was taken meanwhile, and may have replaced the new screen: send once more."""
        waiting, revision = sent
        self._sent(connection, turned, message)
        kept = conversations.by_id(connection, turned.conversation)
        if kept is not None and kept.revision != revision:
            outbox.put(connection, replace(waiting, kind="screen", due_at=self.clock(), attempts=0))

    def _turned(self, connection: Connection, waiting: outbox.Waiting) -> tuple[Turned, int] | None:
        """What to send, and the revision of the conversation that it shows."""
        kept = conversations.by_id(connection, waiting.conversation or "")
        if kept is None:
            return None
        shown: Shown = self.conversations.shown_again(connection, kept, hidden=waiting.kind == "hide")
        hide = conversations.traces_of(connection, kept.id) if waiting.kind == "hide" else ()
        turned = Turned(conversation=kept.id, shown=shown, waiting=waiting.id, screen=kept.screen, hide=hide)
        return turned, kept.revision


def pause(attempts: int, asked: float | None) -> timedelta:
    """How long to wait before the next try: as long as the other side asks, else twice as long each time."""
    doubled = min(FIRST_PAUSE * int(2 ** min(attempts, 20)), LONGEST_PAUSE)
    return doubled if asked is None else max(doubled, timedelta(seconds=asked))
