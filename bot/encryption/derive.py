"""How one strong secret becomes another: HKDF (RFC 5869). Weak secrets go through `passphrase` instead."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


def derive(secret: bytes, info: bytes, *, salt: bytes | None = None) -> bytes:
    """Derive 32 bytes from `secret`, which holds at least 128 random bits.

    Results of different `info` or `salt` tell nothing about each other or about the secret.
    """
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(secret)
