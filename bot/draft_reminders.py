"""One reminder of a draft, for those who asked for it: when it is due, how it waits, and how it leaves.

It says nothing of what it is about, only words that its person chose and until when.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.commands import Setting
from bot.drafts import DRAFT_LIFE
from bot.encryption.content import bind
from bot.encryption.errors import CannotOpen
from bot.encryption.keyring import KeyRing
from bot.linking import HOURS
from bot.messages import Channel
from bot.randomness import Random, new_id
from bot.rendering import Voice
from bot.state import State
from bot.storage import conversations, outbox
from bot.storage.database import Database
from dialogs.privacy import reminder_screen, words_of_note
from services_directory.model import Directory

KIND = "reminder"
AFTER = timedelta(hours=20)  # the time after the last thing a person did that is aimed at
LATEST = DRAFT_LIFE - timedelta(minutes=30)  # so that there is time to come back
A_MINUTE = timedelta(minutes=1)


def remind_at(last: datetime, hours: str, zone: ZoneInfo) -> datetime:
    """The moment nearest to 20 hours after `last` that lies in the person's hours and before the draft's end.

    `hours`: a key of `linking.HOURS`, or "any".
    """
    window, best = HOURS.get(hours), last + AFTER
    if window is None:
        return best
    today = last.astimezone(zone).date()
    safe = []
    for day in (today, today + timedelta(days=1)):
        opens, closes = (datetime.combine(day, hour, tzinfo=zone).astimezone(last.tzinfo) for hour in window)
        first, final = max(opens, last), min(closes - A_MINUTE, last + LATEST)
        if first <= final:
            safe.append(min(max(best, first), final))
    return min(safe, key=lambda moment: abs(moment - best), default=best)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What is locked in a waiting reminder. `ends`: when the draft is deleted, an ISO time with its zone."""

    channel: str
    who: str = field(repr=False)
    locale: str
    words: str = field(repr=False)
    ends: str


class Reminders:
    """Lets the reminder of a draft wait, in the transaction of each turn."""

    def __init__(self, *, keyring: KeyRing, random: Random, directory: Directory) -> None:
        self._keyring = keyring
        self._random = random
        self._directory = directory

    def known(self, connection: Connection, id: str, state: State) -> State:
        """The state of a conversation, without its reminder if that has left: there is no second one."""
        if state.reminder and not outbox.waits(connection, id, KIND):
            return replace(state, reminder="")
        return state

    def keep(self, connection: Connection, before: State, setting: Setting) -> None:
        """After a turn: a reminder that is wanted waits anew, since the draft lives longer; else none waits.

        `before`: the state before the turn, `setting`: the turn with the state after it.
        """
        id, wanted = setting.conversation, setting.state.reminder
        if wanted and before.reminder:  # the row stays the same: it may be leaving just now
            waiting = self._waiting(setting)
            outbox.renew(connection, (id, KIND), locked=waiting.locked, due_at=waiting.due_at)
        elif wanted:
            outbox.put(connection, self._waiting(setting))
        elif before.reminder:
            outbox.drop(connection, id, KIND)

    def _waiting(self, setting: Setting) -> outbox.Waiting:
        hours, _, words = setting.state.reminder.partition(":")
        zone = self._zone(setting.state)
        reminder = Reminder(
            channel=setting.address.channel,
            who=setting.address.who,
            locale=setting.state.locale,
            words=words,
            ends=(setting.now + DRAFT_LIFE).astimezone(zone).isoformat(),
        )
        plain = json.dumps(asdict(reminder), ensure_ascii=False).encode()
        return outbox.Waiting(
            id=new_id(self._random),
            kind=KIND,
            conversation=setting.conversation,
            locked=self._keyring.lock_address(plain, context=bind(setting.conversation, KIND)),
            due_at=remind_at(setting.now, hours, zone),
        )

    def _zone(self, state: State) -> ZoneInfo:
        """That of the area the draft names, else of the first there is."""
        areas = self._directory.areas
        named = (area for area in areas if area.id == state.answers.get("area"))
        return ZoneInfo(next(named, areas[0]).time_zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """Sends reminders. `channels`: by name, those that are written to."""

    database: Database
    keyring: KeyRing
    channels: Mapping[str, Channel]
    voices: Mapping[str, Voice] = field(repr=False)
    clock: Callable[[], datetime]

    async def send(self, waiting: outbox.Waiting) -> None:
        """Send one, unless its draft is over by now. Raises `DeliveryError`."""
        id = waiting.conversation or ""
        kept = await self.database.look(lambda c: conversations.by_id(c, id))
        if kept is None or not kept.unfinished or kept.expires_at <= self.clock():
            return
        reminder = self._opened(waiting)
        channel = self.channels.get(reminder.channel) if reminder else None
        if reminder is None or channel is None:
            return
        before = datetime.fromisoformat(reminder.ends).time()
        shown = self.voices[reminder.locale].show(reminder_screen(words_of_note(reminder.words), before), "")
        message = await channel.show(reminder.who, shown, replaces="", in_place=False)
        await self.database.unit(lambda c: conversations.leave_trace(c, id, message, self.clock()))

    def _opened(self, waiting: outbox.Waiting) -> Reminder | None:
        """None where the server's secret of that time is gone."""
        try:
            plain = self.keyring.unlock_address(waiting.locked, context=bind(waiting.conversation or "", KIND))
        except CannotOpen:
            return None
        return Reminder(**json.loads(plain))
