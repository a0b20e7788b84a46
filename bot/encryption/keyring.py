"""The server's secrets, and everything derived from them. They come from the configuration only."""

import hmac
from collections.abc import Sequence

from bot.encryption.content import ContentKey, lock, unlock
from bot.encryption.derive import derive
from bot.encryption.errors import CannotOpen
from bot.encryption.formats import VERSION, body
from bot.encryption.hidden import Hidden
from bot.encryption.purposes import Purpose, bind

_SMALLEST_SECRET = 32
_FEWEST_DIFFERENT_BYTES = 8
_ID = 4
_RING = "saysafe/v1/ring"


class KeyRing(Hidden):
    """One or more server secrets, oldest first, newest last.

    To rotate, put a new secret at the end and keep the others. What is locked from then on uses the newest;
    what was locked before opens while its secret is kept. The first secret also gives `person_id` and
    `pepper`, which are looked up by value and cannot be computed again for people who are away: remove it
    and no conversation, and no report by its code, is ever found again.
    """

    __slots__ = ("_newest_first", "_oldest")

    def __init__(self, secrets: Sequence[bytes]) -> None:
        """Raise ValueError, without any value, unless every secret could be a good one."""
        # Closed, not half open: a ring with one bad secret would silently lock new drafts under it.
        if not secrets:
            raise ValueError("no server secret is given")
        if any(len(secret) < _SMALLEST_SECRET for secret in secrets):
            raise ValueError("a server secret is shorter than 32 bytes")
        # Random secrets, also in hexadecimal, practically never have so few; "changemechangeme..." does.
        if any(len(set(secret)) < _FEWEST_DIFFERENT_BYTES for secret in secrets):
            raise ValueError("a server secret repeats itself and is not random")
        if len(set(secrets)) != len(secrets):
            raise ValueError("a server secret is given twice")
        self._oldest = bytes(secrets[0])
        self._newest_first = tuple(bytes(secret) for secret in reversed(secrets))

    def person_id(self, channel: str, who: str) -> bytes:
        """Return the 32 bytes that stand for a chat in the database; the same under every rotation."""
        # Chat ids are small numbers: an unkeyed hash of one is found by trying them all.
        return hmac.digest(_subkey(self._oldest, "person"), bind(channel, who), "sha256")

    def pepper(self) -> bytes:
        """Return the 32 bytes for `codes.lookup_id`; the same under every rotation."""
        return _subkey(self._oldest, "pepper")

    def token(self, purpose: str) -> bytes:
        """Return the 32 bytes that sign one kind of cookie or form; new after a rotation."""
        return self.tokens(purpose)[0]

    def tokens(self, purpose: str) -> tuple[bytes, ...]:
        """Return every secret's token, newest first: check with all, so that a rotation signs nobody out."""
        return tuple(_subkey(secret, "token", purpose) for secret in self._newest_first)

    def wrap(self, key: ContentKey, *, context: bytes) -> bytes:
        """Lock a conversation's key; deleting the result shreds what the key locked."""
        return self._lock(key.to_bytes(), Purpose.DRAFT_KEY, context)

    def unwrap(self, wrapped: bytes, *, context: bytes) -> ContentKey:
        """Return the key; raises CannotOpen."""
        return ContentKey.from_bytes(self._unlock(wrapped, Purpose.DRAFT_KEY, context))

    def lock_address(self, plain: bytes, *, context: bytes) -> bytes:
        """Lock a chat to write to, or what waits in the outbox for it."""
        return self._lock(plain, Purpose.ADDRESS, context)

    def unlock_address(self, locked: bytes, *, context: bytes) -> bytes:
        """Return what `lock_address` locked; raises CannotOpen."""
        return self._unlock(locked, Purpose.ADDRESS, context)

    def lock_link(self, plain: bytes, *, context: bytes) -> bytes:
        """Lock what a linked chat needs to open a report without its code."""
        return self._lock(plain, Purpose.LINK, context)

    def unlock_link(self, locked: bytes, *, context: bytes) -> bytes:
        """Return what `lock_link` locked; raises CannotOpen."""
        return self._unlock(locked, Purpose.LINK, context)

    def _lock(self, plain: bytes, purpose: Purpose, context: bytes) -> bytes:
        newest = self._newest_first[0]
        locked = lock(plain, _key(newest, purpose), purpose, context=context)
        return VERSION + _subkey(newest, "id")[:_ID] + locked

    def _unlock(self, stored: bytes, purpose: Purpose, context: bytes) -> bytes:
        rest = bytes(body(stored))
        # The id only spares useless attempts. Two secrets may share one, so each that bears it is tried.
        for secret in self._newest_first:
            if rest[:_ID] != _subkey(secret, "id")[:_ID]:
                continue
            try:
                return unlock(rest[_ID:], _key(secret, purpose), purpose, context=context)
            except CannotOpen:
                continue
        raise CannotOpen


def _key(secret: bytes, purpose: Purpose) -> ContentKey:
    return ContentKey(raw=_subkey(secret, "key", purpose.value))


def _subkey(secret: bytes, *use: str) -> bytes:
    # Every use has a key of its own: what one of them gives away (a token in a cookie, an id in a row) helps
    # with none of the others, nor with the secret.
    return derive(secret, bind(_RING, *use))
