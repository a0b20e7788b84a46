"""What is done for the rows of the outbox that are no screens: alerts, nudges, reminders, deletions, the journal."""

from collections.abc import Mapping
from typing import Protocol

from bot.delivery import Errand
from bot.draft_reminders import Reminding
from bot.errors import DeliveryError
from bot.linking import Linking
from bot.messages import Channel
from bot.nudging import Nudging
from bot.playing import House
from bot.storage.database import Database
from bot.storage.outbox import Waiting
from bot.sweeping import Sweeping


class Alerting(Protocol):
    """Sends one step of an alert; see `alerts/`."""

    async def send(self, number: str) -> None:
        """Raises `DeliveryError` if nobody could be told."""


def errands(house: House, channels: Mapping[str, Channel], alerting: Alerting) -> Mapping[str, Errand]:
    """One for every kind of row that is no screen. `channels`: by name, those that are written to."""
    nudging = Nudging(
        database=house.database,
        linking=Linking(house.keyring, house.random),
        channels=channels,
        voices=house.voices,
        clock=house.clock,
        random=house.random,
    )
    sweeping = Sweeping(database=house.database, keyring=house.keyring, channels=channels, clock=house.clock)
    reminding = Reminding(
        database=house.database, keyring=house.keyring, channels=channels, voices=house.voices, clock=house.clock
    )
    return {
        "alert": lambda waiting: alerting.send(waiting.alert or ""),
        "nudge": lambda waiting: nudging.send(waiting.link or ""),
        "reminder": reminding.send,
        "clear": sweeping.clear,
        "sweep": sweeping.clear,
        "wipe": _wiping(house.database),
    }


def _wiping(database: Database) -> Errand:
    async def wipe(_waiting: Waiting) -> None:
        """Empty the journal, which still holds what was deleted. Raises `DeliveryError` while it is in use."""
        if not await database.empty_journal():
            raise DeliveryError

    return wipe
