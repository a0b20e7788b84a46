"""Who is signed in: unlocked keys, in memory only, for as long as somebody is there and never a whole day."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

from bot.encryption.keys import PrivateKey
from bot.randomness import Random
from bot.storage.staff import StaffRole

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
_ID_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A member of staff at work. `key`: the agency's private key, which opens what reporters gave to it."""

    staff: str
    name: str = field(repr=False)
    agency: str
    role: str = StaffRole.MANAGER
    key: PrivateKey = field(repr=False)
    began: datetime
    seen: datetime

    def over(self, now: datetime) -> bool:
        return now - self.seen >= IDLE or now - self.began >= LONGEST


class Sessions:
    """The sessions of this process; a restart signs everybody out."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._open: dict[bytes, Session] = {}

    def new_id(self) -> str:
        """An id nobody can guess; by itself it is no session."""
        return self._random(_ID_BYTES).hex()

    def begin(self, session: Session) -> str:
        """Keep `session` under a new id, whatever id its browser had before."""
        self.tidy(session.began)
        id = self.new_id()
        self._open[_hashed(id)] = session
        return id

    def find(self, id: str, now: datetime) -> Session | None:
        """The session with this id, which this keeps alive; None if there is none, or no longer."""
        self.tidy(now)
        found = self._open.get(_hashed(id))
        if found is None:
            return None
        self._open[_hashed(id)] = replace(found, seen=now)
        return found

    def end(self, id: str) -> None:
        """Forget the session and its key."""
        self._open.pop(_hashed(id), None)

    def end_all(self, staff: str) -> None:
        """Forget every session of somebody who no longer works here."""
        self._keep(lambda session: session.staff != staff)

    def tidy(self, now: datetime) -> None:
        """Forget every key whose session is over."""
        self._keep(lambda session: not session.over(now))

    def _keep(self, wanted: Callable[[Session], bool]) -> None:
        self._open = {hashed: session for hashed, session in self._open.items() if wanted(session)}


def _hashed(id: str) -> bytes:
    # Looked up by its hash, so that the time a look-up takes tells nothing of the ids there are.
    return sha256(id.encode("utf-8", "surrogatepass")).digest()
