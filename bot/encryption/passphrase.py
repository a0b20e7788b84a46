"""A private key under a passphrase; how slowly a passphrase or a code becomes a key (Argon2id, RFC 9106)."""

import os
import struct
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from bot.encryption.content import ContentKey, lock, unlock
from bot.encryption.derive import KEY_BYTES
from bot.encryption.errors import CannotOpen
from bot.encryption.formats import VERSION, body
from bot.encryption.keys import PrivateKey
from bot.encryption.purposes import Purpose

_SALT = 16
_COST = struct.Struct(">IBB")

# Four times PASSPHRASE, and no more: the cost is read from the database before anything is authenticated, and
# a forged row must not be able to take the machine's memory or an hour of its time.
_MOST_MEMORY_KIB = 256 * 1024
_MOST_ITERATIONS = 12
_MOST_LANES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess costs: memory in KiB, passes over it, lanes. Refuses what RFC 9106 or reason forbids."""

    memory_kib: int
    iterations: int
    lanes: int

    def __post_init__(self) -> None:
        if not 1 <= self.lanes <= _MOST_LANES or not 1 <= self.iterations <= _MOST_ITERATIONS:
            raise ValueError("an Argon2id cost has 1 to 12 iterations and 1 to 8 lanes")
        if not 8 * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB:
            raise ValueError("an Argon2id cost has 8 KiB per lane to 256 MiB of memory")


#: For what people choose: RFC 9106's second recommended option. About 150 ms and 64 MiB.
PASSPHRASE = Cost(memory_kib=64 * 1024, iterations=3, lanes=4)
#: For our random codes of 60 bits, found only through a pepper: OWASP's first option. About 50 ms and 46 MiB.
CODE = Cost(memory_kib=46 * 1024, iterations=1, lanes=1)
#: For tests: the same code, with next to no work. Protects nothing.
FOR_TESTS = Cost(memory_kib=8, iterations=1, lanes=1)


def stretch(secret: str | bytes, salt: bytes, cost: Cost) -> ContentKey:
    """Make a key from a secret that could be guessed. `salt`: at least 16 random bytes.

    Slow on purpose. It releases the interpreter lock: run it in a thread, and bound how many run at once,
    since each takes `cost.memory_kib` while it runs.
    """
    if len(salt) < _SALT:
        raise ValueError("a salt is at least 16 bytes")
    argon2id = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return ContentKey(raw=argon2id.derive(secret if isinstance(secret, bytes) else _normal(secret)))


def seal_private(private: PrivateKey, passphrase: str, cost: Cost, *, context: bytes) -> bytes:
    """Lock a staff member's private key under a passphrase; the salt and the cost are stored in front.

    Takes as long as `stretch`: run it in a thread.
    """
    salt = os.urandom(_SALT)
    head = _COST.pack(cost.memory_kib, cost.iterations, cost.lanes) + salt
    key = stretch(passphrase, salt, cost)
    # The head needs no authentication of its own: a changed salt or cost makes another key, which opens
    # nothing.
    return VERSION + head + lock(private.to_bytes(), key, Purpose.STAFF_KEY, context=context)


def open_private(sealed: bytes, passphrase: str, *, context: bytes) -> PrivateKey:
    """Return the private key; raises CannotOpen, also for a cost beyond all reason.

    Takes as long as `stretch`: run it in a thread.
    """
    rest = bytes(body(sealed))
    # Before the slow part, so that a cut-off row is refused at once.
    if len(rest) <= _COST.size + _SALT:
        raise CannotOpen
    salt, locked = rest[_COST.size : _COST.size + _SALT], rest[_COST.size + _SALT :]
    key = stretch(passphrase, salt, _stored_cost(rest[: _COST.size]))
    return PrivateKey.from_bytes(unlock(locked, key, Purpose.STAFF_KEY, context=context))


def _stored_cost(head: bytes) -> Cost:
    memory_kib, iterations, lanes = _COST.unpack(head)
    try:
        return Cost(memory_kib=memory_kib, iterations=iterations, lanes=lanes)
    except ValueError:
        raise CannotOpen from None


def _normal(passphrase: str) -> bytes:
    # The same passphrase reaches us composed from one keyboard and decomposed or full-width from another.
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
