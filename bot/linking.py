"""Chats linked to reports: opening one without its code, and nudging its reporter when there is news.

The reporter's key lies under the server's secret here, which people are told before they link: it is easier, and less
secret, than the code.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.encryption.content import bind
from bot.encryption.errors import CannotOpen
from bot.encryption.keyring import KeyRing
from bot.messages import Address
from bot.randomness import Random, new_id
from bot.storage import links, outbox

HOURS = {"morning": (time(9), time(12)), "afternoon": (time(12), time(17)), "evening": (time(17), time(21))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What is locked in a link: the chat, the reporter's key (hex), and how they want to be told of news.

    `words`: "news", "reminder" or their own; `hours`: a key of `HOURS`, or "any"; `zone`: a time zone.
    """

    channel: str
    who: str = field(repr=False)
    key: str = field(repr=False)
    locale: str
    words: str = field(repr=False)
    hours: str
    zone: str


class Linking:
    """Links chats, finds their links, and queues nudges."""

    def __init__(self, keyring: KeyRing, random: Random) -> None:
        self._keyring = keyring
        self._random = random

    def person(self, address: Address) -> bytes:
        return self._keyring.person_id(address.channel, address.who)

    def link(self, connection: Connection, report: str, wishes: Wishes, at: datetime) -> None:
        person = self._keyring.person_id(wishes.channel, wishes.who)
        plain = json.dumps(asdict(wishes), ensure_ascii=False).encode()
        locked = self._keyring.lock_link(plain, context=bind(report, person.hex()))
        id = new_id(self._random)
        links.link(connection, links.Linked(id=id, report=report, person=person, locked=locked, made_at=at))

    def unlink(self, connection: Connection, report: str, address: Address, at: datetime) -> None:
        """The chat opens the report no more; its key goes from the journal too."""
        links.unlink(connection, report, self.person(address))
        self._wipe(connection, at)

    def drop(self, connection: Connection, linked: links.Linked, at: datetime) -> None:
        """As `unlink`, for a chat that nobody can reach any more."""
        links.drop(connection, linked.id)
        self._wipe(connection, at)

    def _wipe(self, connection: Connection, at: datetime) -> None:
        outbox.put(connection, outbox.Waiting(id=new_id(self._random), kind="wipe", locked=b"", due_at=at))

    def wishes(self, linked: links.Linked) -> Wishes | None:
        """None where the server's secret of that time is gone."""
        try:
            plain = self._keyring.unlock_link(linked.locked, context=bind(linked.report, linked.person.hex()))
        except CannotOpen:
            return None
        return Wishes(**json.loads(plain))

    def nudge(self, connection: Connection, report: str, at: datetime) -> None:
        """Queue a nudge for every chat linked to a report, at the next hour its person said is safe."""
        for linked in links.of_report(connection, report):
            wishes = self.wishes(linked)
            if wishes is None or links.nudge_waits(connection, linked.id):
                continue
            due_at = safe_from(at, wishes)
            waiting = outbox.Waiting(id=new_id(self._random), kind="nudge", link=linked.id, locked=b"", due_at=due_at)
            outbox.put(connection, waiting)


def safe_from(at: datetime, wishes: Wishes) -> datetime:
    """The first moment from `at` on that lies in the hours of the person."""
    window = HOURS.get(wishes.hours)
    if window is None:
        return at
    local = at.astimezone(ZoneInfo(wishes.zone))
    if window[0] <= local.time() < window[1]:
        return at
    day = local.date() + timedelta(days=local.time() >= window[1])
    return datetime.combine(day, window[0], tzinfo=local.tzinfo)
