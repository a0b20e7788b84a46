"""A conversation's state, opened and sealed. Its key is its own, so deleting the row shreds it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.addressing import lock_address
from bot.encryption.content import ContentKey, bind, lock, unlock
from bot.encryption.errors import CannotOpen
from bot.encryption.keyring import KeyRing
from bot.encryption.sealing import Purpose
from bot.messages import Address
from bot.randomness import Random, new_id
from bot.state import State, Unreadable
from bot.storage.conversations import Kept

DRAFT_LIFE = timedelta(hours=24)  # after the last thing a person did; they are told before the first question


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A conversation with its state in the clear, for one turn."""

    kept: Kept
    key: ContentKey = field(repr=False)
    state: State
    new: bool = False


class Drafts:
    """Opens and seals drafts under the server's secret."""

    def __init__(self, keyring: KeyRing, random: Random) -> None:
        self._keyring = keyring
        self._random = random

    def begin(self, person: bytes, state: State, now: datetime) -> Draft:
        """A new conversation, not stored yet."""
        id, key = new_id(self._random), ContentKey.generate()
        kept = Kept(
            id=id,
            person=person,
            revision=0,
            wrapped_key=self._keyring.wrap(key, context=bind(id)),
            sealed_state=b"",
            expires_at=now + DRAFT_LIFE,
        )
        return Draft(kept=kept, key=key, state=state, new=True)

    def open(self, kept: Kept) -> Draft:
        """Raises `Unreadable` if the state is damaged, or its key is gone."""
        try:
            key = self._keyring.unwrap(kept.wrapped_key, context=bind(kept.id))
            content = unlock(kept.sealed_state, key, Purpose.DRAFT, context=_context(kept.id))
        except CannotOpen as fault:
            raise Unreadable from fault
        return Draft(kept=kept, key=key, state=State.from_bytes(content))

    def sealed(self, draft: Draft, state: State, now: datetime, *, address: Address | None = None) -> Kept:
        """The next revision, holding `state`; and locked, if old messages are to be deleted there, its `address`."""
        kept = draft.kept
        locked = kept.sweeps or (lock_address(self._keyring, address, kept.id) if address else None)
        return Kept(
            id=kept.id,
            person=kept.person,
            revision=kept.revision + 1,
            wrapped_key=kept.wrapped_key,
            sealed_state=lock(state.to_bytes(), draft.key, Purpose.DRAFT, context=_context(kept.id)),
            screen=kept.screen,
            expires_at=now + DRAFT_LIFE,
            unfinished=state.unfinished,
            sweeps=locked if state.sweeps else None,
        )


def _context(id: str) -> bytes:
    return bind(id, "state")
