"""Tells a linked chat that there is news: the person's own neutral words and a way in, nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.errors import DeliveryError
from bot.linking import Linking
from bot.messages import Channel
from bot.randomness import Random, new_id
from bot.rendering import Voice
from bot.storage import conversations, links
from bot.storage.conversations import Kept
from bot.storage.database import Database
from dialogs import overlays
from dialogs.texts import Text, text

WORDS: Mapping[str, Text] = {
    "news": text("There is news for you."),
    "reminder": text("Your reminder for today."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudging:
    """`channels`: by name, those that are written to."""

    database: Database
    linking: Linking
    channels: Mapping[str, Channel]
    voices: Mapping[str, Voice] = field(repr=False)
    clock: Callable[[], datetime]
    random: Random

    async def send(self, link: str) -> None:
        """Nudge one chat; one that is blocked or gone is unlinked. Raises `DeliveryError` if it may be told later."""
        linked = await self.database.look(lambda c: links.by_id(c, link))
        wishes = self.linking.wishes(linked) if linked else None
        channel = self.channels.get(wishes.channel) if wishes else None
        if linked is None or wishes is None or channel is None:
            return
        words = WORDS.get(wishes.words) or text("{words}", words=wishes.words)
        shown = self.voices[wishes.locale].show(overlays.nudge_screen(words), "")
        try:
            message = await channel.show(wishes.who, shown, replaces="", in_place=False)
        except DeliveryError as fault:
            if not fault.permanent:
                raise
            await self.database.unit(lambda c: self.linking.drop(c, linked, self.clock()))
            return
        await self.database.unit(lambda c: self._left_behind(c, linked, message))

    def _left_behind(self, connection: Connection, linked: links.Linked, message: str) -> None:
        """Exit clears the nudge too, even if everything else about this chat was forgotten long ago."""
        now = self.clock()
        empty = Kept(
            id=new_id(self.random), person=linked.person, revision=0, wrapped_key=b"", sealed_state=b"", expires_at=now
        )
        conversations.leave_trace_with(connection, empty, message, now)
