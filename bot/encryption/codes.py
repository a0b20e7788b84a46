"""The reporter's code: made, read as people type it, looked up, turned into a key."""

import hmac
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from bot.encryption.content import ContentKey
from bot.encryption.hidden import Hidden
from bot.encryption.passphrase import Cost, stretch
from bot.encryption.purposes import bind
from bot.encryption.typed import bare

_RANDOM_DIGITS = 18
_DIGITS = 20
_GROUP = 4
_DRAW_BYTES = 8
_SMALLEST_PEPPER = 32
_LOOKUP = "saysafe/v1/code-lookup"

# Two digits lost or doubled in copying are still an attempt at a code. Eighteen is out of reach of telephone
# numbers (at most 15 digits, E.164) and of nearly all bank cards (16), so those are never taken for one.
_ATTEMPT = range(_DIGITS - 2, _DIGITS + 3)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReportCode(Hidden):
    """Twenty digits: 18 random ones (59.8 bits) and two check digits, which are always right."""

    digits: str

    def __post_init__(self) -> None:
        # The digits must be ASCII: the key is made from these characters, whatever script they were typed in.
        right_shape = len(self.digits) == _DIGITS and self.digits.isascii() and self.digits.isdecimal()
        if not right_shape or self.digits != _with_check(self.digits[:_RANDOM_DIGITS]):
            raise ValueError("not a report code")

    @property
    def groups(self) -> tuple[str, ...]:
        """Five groups of four digits, to be shown."""
        return tuple(self.digits[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))


def new_code(random: Callable[[int], bytes]) -> ReportCode:
    """Make a code; `random(n)` gives n unpredictable bytes."""
    codes = 10**_RANDOM_DIGITS
    # Of the 2^64 values only a whole multiple of 10^18 is used and the rest (2.4 %) is drawn again; a plain
    # remainder would make some codes likelier than others.
    limit = 2 ** (8 * _DRAW_BYTES) // codes * codes
    drawn = limit
    while drawn >= limit:
        drawn = int.from_bytes(random(_DRAW_BYTES), "big")
    return ReportCode(digits=_with_check(f"{drawn % codes:0{_RANDOM_DIGITS}d}"))


def parse_code(typed: str) -> ReportCode | None:
    """Read a code in any numeral system, with any spaces, dashes and marks; None if it is not one."""
    try:
        return ReportCode(digits=_ascii_digits(typed))
    except ValueError:
        return None


def looks_like_code(typed: str) -> bool:
    """Say whether somebody seems to have meant a code, right or mistyped: 18 to 22 digits, nothing else."""
    return len(_ascii_digits(typed)) in _ATTEMPT


def lookup_id(code: ReportCode, pepper: bytes) -> bytes:
    """Return the 32 bytes under which a report is found by its code (HMAC-SHA256)."""
    # Fast on purpose: a look-up must not cost a stranger's guesses 46 MiB each. Whoever has only the database
    # cannot test guesses at all, since the pepper is not in it.
    if len(pepper) < _SMALLEST_PEPPER:
        raise ValueError("a pepper is at least 32 bytes")
    return hmac.digest(pepper, bind(_LOOKUP, code.digits), "sha256")


def code_key(code: ReportCode, salt: bytes, cost: Cost) -> ContentKey:
    """Return the key to the reporter's own copy. Slow, as `passphrase.stretch`: run it in a thread."""
    # The salt is the report's own, so the look-up id, which has none, tells nothing about this key.
    return stretch(code.digits, salt, cost)


def _ascii_digits(typed: str) -> str:
    digits = [unicodedata.decimal(sign, None) for sign in bare(typed)]
    # One letter, superscript or other sign makes the whole text something else than a code.
    return "" if None in digits else "".join(str(digit) for digit in digits)


def _with_check(digits: str) -> str:
    # ISO 7064 MOD 97-10: the whole number leaves 1 when divided by 97. As 97 is prime and divides neither a
    # power of ten nor any d * 10^k (d = 1..9) nor 9 * d * 10^k, every single wrong digit and every swap of
    # neighbours is seen.
    return f"{digits}{98 - int(digits) * 100 % 97:02d}"
