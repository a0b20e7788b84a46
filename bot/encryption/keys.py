"""The key pairs of agencies, staff and reporters. `passphrase`, `recovery` and `sealing` keep them closed."""

from dataclasses import dataclass, field
from typing import Self

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

from bot.encryption.errors import CannotOpen
from bot.encryption.formats import VERSION, body
from bot.encryption.hidden import Hidden

_MLKEM_PUBLIC = 1184
_MLKEM_SEED = 64
_X25519 = 32

# Both types are the hybrid of X-Wing (draft-connolly-cfrg-xwing-kem): the shared secret hashes ML-KEM-768's
# and X25519's together, so a sealed value stays closed while either of the two holds. A recording made today
# is not opened by a quantum computer (ML-KEM), nor by a flaw found in the younger scheme (X25519). The order
# of the bytes is X-Wing's as well: ML-KEM first, X25519 last.


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """What one needs to seal for somebody. Not secret."""

    raw: bytes = field(repr=False)
    hpke: MLKEM768X25519PublicKey = field(repr=False, compare=False)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Read what `to_bytes` wrote; raises CannotOpen."""
        raw = body(stored, size=_MLKEM_PUBLIC + _X25519)
        try:
            # The library checks here that the ML-KEM part is an encoding that can occur (FIPS 203, section
            # 7.2).
            mlkem = MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_PUBLIC])
        except ValueError:
            raise CannotOpen from None
        x25519 = X25519PublicKey.from_public_bytes(bytes(raw[_MLKEM_PUBLIC:]))
        return cls(raw=bytes(raw), hpke=MLKEM768X25519PublicKey(mlkem, x25519))

    def to_bytes(self) -> bytes:
        """Return 1,217 bytes: version, ML-KEM-768 public key, X25519 public key."""
        return VERSION + self.raw


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class PrivateKey(Hidden):
    """What one needs to open what was sealed for `public`."""

    # No equality: comparing secrets with == takes a time that depends on them, and nothing here needs it.
    raw: bytes
    hpke: MLKEM768X25519PrivateKey
    public: PublicKey

    @classmethod
    def generate(cls) -> Self:
        """Make a new key pair from the operating system's randomness, which no caller may replace."""
        return cls._join(MLKEM768PrivateKey.generate(), X25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Read what `to_bytes` wrote; raises CannotOpen."""
        raw = body(stored, size=_MLKEM_SEED + _X25519)
        # The public key is computed again, never read beside the private one: a stored pair could be
        # mismatched.
        mlkem = MLKEM768PrivateKey.from_seed_bytes(raw[:_MLKEM_SEED])
        return cls._join(mlkem, X25519PrivateKey.from_private_bytes(raw[_MLKEM_SEED:]))

    def to_bytes(self) -> bytes:
        """Return 97 bytes, in the clear: version, ML-KEM seed, X25519 private key. Only ever to be sealed."""
        return VERSION + self.raw

    @classmethod
    def _join(cls, mlkem: MLKEM768PrivateKey, x25519: X25519PrivateKey) -> Self:
        hpke = MLKEM768X25519PrivateKey(mlkem, x25519)
        public = PublicKey(
            raw=mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw(),
            hpke=hpke.public_key(),
        )
        # The seed, not the expanded key: FIPS 203 allows both, and only of the seed every value is valid.
        return cls(raw=mlkem.private_bytes_raw() + x25519.private_bytes_raw(), hpke=hpke, public=public)
