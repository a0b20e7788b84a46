"""Lock and unlock under a content key: parts, evidence, messages, drafts. That key is sealed in `sealing`."""

import os
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from bot.encryption.derive import KEY_BYTES, derive
from bot.encryption.errors import CannotOpen
from bot.encryption.formats import VERSION, body, pad, unpad
from bot.encryption.hidden import Hidden
from bot.encryption.purposes import Purpose, bind, label

__all__ = ["ContentKey", "bind", "lock", "unlock"]

_SALT = 32
_TAG = 16
_NONCE = bytes(12)
_ONE_USE_KEY = b"saysafe/v1/content"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class ContentKey(Hidden):
    """A 256-bit key for `lock` and `unlock`."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise ValueError("a content key is 32 bytes")

    @classmethod
    def generate(cls) -> Self:
        """Make a new key from the operating system's randomness, which no caller may replace."""
        return cls(raw=os.urandom(KEY_BYTES))

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Read what `to_bytes` wrote; raises CannotOpen."""
        return cls(raw=bytes(body(stored, size=KEY_BYTES)))

    def to_bytes(self) -> bytes:
        """Return 33 bytes, in the clear: version and key. Only ever to be sealed or wrapped."""
        return VERSION + self.raw


def lock(plain: bytes, key: ContentKey, purpose: Purpose, *, context: bytes) -> bytes:
    """Lock `plain` so that only `key` with the same purpose and context unlocks it.

    The result is `plain` padded to its size class (`formats.size_class`) plus 49 bytes: version, salt, tag.
    A 2 KB draft takes about 10 us, a megabyte 0.3 ms: lock files in a thread, and the others go on meanwhile.
    """
    padded = pad(plain)
    salt = os.urandom(_SALT)
    locked = bytearray(len(VERSION) + _SALT + len(padded) + _TAG)
    text = memoryview(locked)[len(VERSION) + _SALT :]
    # `encrypt_into` releases the interpreter lock while it works, `encrypt` does not.
    _cipher(key, salt).encrypt_into(_NONCE, padded, label(purpose, context), text)
    locked[: len(VERSION) + _SALT] = VERSION + salt
    return bytes(locked)


def unlock(locked: bytes, key: ContentKey, purpose: Purpose, *, context: bytes) -> bytes:
    """Return what was locked; raises CannotOpen."""
    rest = body(locked)
    salt, text = bytes(rest[:_SALT]), rest[_SALT:]
    # Shorter than any result of `lock`: the buffer below could not even be made.
    if len(text) < _TAG:
        raise CannotOpen
    padded = bytearray(len(text) - _TAG)
    try:
        _cipher(key, salt).decrypt_into(_NONCE, text, label(purpose, context), padded)
    except InvalidTag:
        raise CannotOpen from None
    return unpad(padded)


def _cipher(key: ContentKey, salt: bytes) -> ChaCha20Poly1305:
    # A conversation's key locks its draft again at every step, by several processes that share no counter,
    # and a 96-bit random nonce is safe for about 2^32 messages only. So each call encrypts under a key of its
    # own, derived with a 256-bit random salt: two calls never share a key, and therefore the nonce may be
    # constant (as in age's payload key). The purpose and the context are the cipher's associated data.
    return ChaCha20Poly1305(derive(key.raw, _ONE_USE_KEY, salt=salt))
