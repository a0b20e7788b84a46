"""Seal for a public key, open with the private one. What is locked under a shared key is in `content`."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from bot.encryption.errors import CannotOpen
from bot.encryption.formats import VERSION, body, pad, unpad
from bot.encryption.keys import PrivateKey, PublicKey
from bot.encryption.purposes import Purpose, label

__all__ = ["Purpose", "open_sealed", "seal"]

# HPKE in base mode (RFC 9180) with KEM 0x647a, KDF 0x0001, AEAD 0x0003. Base mode does not say who sealed:
# anybody with the public key can. Who may write a row is the database's matter, what a row says is
# authenticated by context.
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def seal(plain: bytes, to: PublicKey, purpose: Purpose, *, context: bytes) -> bytes:
    """Seal `plain` so that only `to`'s private key, with the same purpose and context, opens it.

    The result is `plain` padded to its size class (`formats.size_class`) plus 1,137 bytes. About 0.1 ms.
    """
    # Purpose and context go into HPKE's `info`, from which the key itself is derived: with another purpose or
    # context there is no key that fits, and a row moved to another report or receiver does not open.
    # Each call makes a new ephemeral key, so nothing here can repeat a nonce.
    return VERSION + _SUITE.encrypt(pad(plain), to.hpke, info=label(purpose, context))


def open_sealed(sealed: bytes, key: PrivateKey, purpose: Purpose, *, context: bytes) -> bytes:
    """Return what was sealed; raises CannotOpen. About 0.1 ms."""
    try:
        padded = _SUITE.decrypt(body(sealed), key.hpke, info=label(purpose, context))
    except InvalidTag:
        # "from None": the cause adds nothing, and a chain is one more thing that might be printed.
        raise CannotOpen from None
    return unpad(padded)
