"""An agency's offline recovery code: printed once, locked away, typed when every staff key is lost."""

import base64
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from bot.encryption.content import ContentKey, lock, unlock
from bot.encryption.derive import derive
from bot.encryption.hidden import Hidden
from bot.encryption.keys import PrivateKey
from bot.encryption.purposes import Purpose
from bot.encryption.typed import bare

_SECRET = 20
_CHECK = 5
_LETTERS = 40
_GROUP = 5
_CHECK_LABEL = b"saysafe/v1/recovery-check"
_KEY_LABEL = b"saysafe/v1/recovery-key"

# Crockford's alphabet leaves out I, L, O and U. His own check sign can be "$" or "~", which nobody finds on a
# strange keyboard, so the check is five more bytes instead: together exactly forty letters.
_STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_WRITE = str.maketrans(_STANDARD, _CROCKFORD)
_READ = str.maketrans(_CROCKFORD + "OIL", _STANDARD + "ABB")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RecoveryCode(Hidden):
    """160 random bits."""

    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) != _SECRET:
            raise ValueError("a recovery code holds 20 bytes")

    @property
    def groups(self) -> tuple[str, ...]:
        """Eight groups of five letters and digits, to be printed; the last eight signs are the check."""
        letters = base64.b32encode(self.secret + _check(self.secret)).decode().translate(_WRITE)
        return tuple(letters[at : at + _GROUP] for at in range(0, _LETTERS, _GROUP))


def new_recovery_code(random: Callable[[int], bytes]) -> RecoveryCode:
    """Make a recovery code; `random(n)` gives n unpredictable bytes."""
    return RecoveryCode(secret=random(_SECRET))


def parse_recovery_code(typed: str) -> RecoveryCode | None:
    """Read a typed recovery code: any case and spacing, O for 0, I or L for 1. None if it is damaged."""
    letters = unicodedata.normalize("NFKC", bare(typed)).upper()
    # "U" and the standard alphabet's own letters mean nothing here; they must not slip through the
    # translation.
    if len(letters) != _LETTERS or not set(letters) <= set(_CROCKFORD + "OIL"):
        return None
    raw = base64.b32decode(letters.translate(_READ))
    secret, check = raw[:_SECRET], raw[_SECRET:]
    return RecoveryCode(secret=secret) if check == _check(secret) else None


def seal_for_recovery(private: PrivateKey, code: RecoveryCode, *, context: bytes) -> bytes:
    """Lock an agency's private key under its recovery code."""
    return lock(private.to_bytes(), _key(code), Purpose.RECOVERY, context=context)


def open_with_recovery(sealed: bytes, code: RecoveryCode, *, context: bytes) -> PrivateKey:
    """Return the private key; raises CannotOpen."""
    return PrivateKey.from_bytes(unlock(sealed, _key(code), Purpose.RECOVERY, context=context))


def _key(code: RecoveryCode) -> ContentKey:
    # No Argon2id: 2^160 guesses are out of anybody's reach without making each of them slow.
    return ContentKey(raw=derive(code.secret, _KEY_LABEL))


def _check(secret: bytes) -> bytes:
    # A damaged code passes once in 2^40. The check is printed beside the secret it hashes and stored nowhere.
    return sha256(_CHECK_LABEL + secret).digest()[:_CHECK]
