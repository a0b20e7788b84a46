"""Sends alerts along an agency's ways, one after the other, until somebody says "I have it"."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection

from bot.alerts.words import AlertWords
from bot.bell import alert_waiting
from bot.encryption.content import bind
from bot.encryption.errors import CannotOpen
from bot.encryption.keyring import KeyRing
from bot.errors import DeliveryError
from bot.logs import Log
from bot.randomness import Random, new_id
from bot.storage import agencies, cases
from bot.storage import outbox as outbox_rows
from bot.storage.database import Database

PASSED_ON_AFTER = {True: timedelta(minutes=15), False: timedelta(hours=1)}  # by urgency; the areas' alert-read clocks
LONGEST_PAUSE = timedelta(hours=24)


class Sender(Protocol):
    """One kind of way: Telegram, email."""

    async def send(self, address: str, words: AlertWords) -> None:
        """Raises `DeliveryError`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """`senders`: by the kind of way."""

    database: Database
    keyring: KeyRing
    senders: Mapping[str, Sender]
    clock: Callable[[], datetime]
    random: Random
    log: Log
    console: str

    async def send(self, number: str) -> None:
        """Send an alert's present step, by the first way from there that takes it.

        Raises `DeliveryError` if a way may take it later. An alert that was read meanwhile is not sent.
        """
        alert, ways = await self.database.look(lambda c: _with_ways(c, number))
        if alert is None or alert.seen_at is not None or not ways:
            return
        first = alert.step % len(ways)
        for way in (*ways[first:], *ways[:first]):
            if await self._sent(way, self._words(alert)):
                return
        self.log.warning("alert-without-way")

    async def _sent(self, way: agencies.AlertWay, words: AlertWords) -> bool:
        sender = self.senders.get(way.kind)
        if sender is None:
            return False
        try:
            address = self.keyring.unlock_address(way.locked_address, context=bind(way.id)).decode()
            await sender.send(address, words)
        except CannotOpen:
            return False
        except DeliveryError as fault:
            if fault.permanent:
                return False
            raise
        return True

    def _words(self, alert: cases.Alert) -> AlertWords:
        return AlertWords(
            number=alert.number, urgent=alert.urgent, due_at=alert.due_at, step=alert.step, console=self.console
        )

    async def escalate(self) -> int:
        """Pass on every alert that nobody read in time, to the next way; returns how many."""
        return await self.database.unit(self._escalate)

    def _escalate(self, connection: Connection) -> int:
        now = self.clock()
        late = cases.unread(connection, now)
        return sum(self._passed_on(connection, alert, now) for alert in late)

    def _passed_on(self, connection: Connection, alert: cases.Alert, now: datetime) -> bool:
        again = now + min(PASSED_ON_AFTER[alert.urgent] * (alert.step + 1), LONGEST_PAUSE)
        if not cases.pass_on(connection, alert, again):
            return False
        outbox_rows.supersede_alert(connection, alert.number)
        outbox_rows.put(connection, alert_waiting(alert, new_id(self.random), now))
        return True


def _with_ways(connection: Connection, number: str) -> tuple[cases.Alert | None, tuple[agencies.AlertWay, ...]]:
    alert = cases.alert(connection, number)
    return alert, agencies.ways(connection, alert.agency) if alert else ()
