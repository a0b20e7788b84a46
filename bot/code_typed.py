"""Finds a report's code in what somebody wrote, so that it is kept nowhere; what is then done is decided elsewhere.

Pure. Telephone numbers, dates, bank cards and account numbers are no codes: the check digits tell.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.encryption.codes import looks_like_code, parse_code
from dialogs.narrative import MOST_CHARACTERS

STRUCK = "••••"  # stands in words where a code was
MOST_NUMBERS = 60_000  # that no letter stands between; a list of 5,000 calls has fewer
_DIGITS = 20
_CHECK = 97  # ISO 7064, as in codes and bank account numbers
_RUN = re.compile(r"\d(?:[\W\d_]*\d)?")  # numbers without a letter between
_PLACE = re.compile(r"\d+")
_ACCOUNT = re.compile(r"(?<![^\W_])([A-Za-z]{2})$")  # how an international bank account number begins
_NO_SLIP = frozenset("/:,;،؛")  # stand in dates, times and lists, not in a code that was copied with a slip
_TELEPHONE = (10, 11)  # digits, from the 0 on


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedCode:
    """`digits`: the code; "" where somebody meant one and slipped. `rest`: the words without it, "" if none."""

    digits: str = field(repr=False)
    rest: str = field(default="", repr=False)


class Unsearchable(ValueError):
    """Words too long, or with too many numbers, to be looked through; so they must not be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Numbers that follow one another without a letter between.

    `digits`: of all of them, in ASCII. `starts` and `ends`: where each number stands in the words, by its place in
    `digits`.
    """

    digits: str = field(repr=False)
    starts: Mapping[int, int]
    ends: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A code's digits, and where they stand."""

    digits: str = field(repr=False)
    start: int
    end: int


def find_code(words: str) -> TypedCode | None:
    """A code, in any numeral system and grouping, alone or among words; the first of several.

    A slip in it is noticed only where nothing but the digits was written. Raises `Unsearchable`.
    """
    if len(words) > MOST_CHARACTERS:
        raise Unsearchable
    runs = tuple(_runs(words))
    found = tuple(code for run in runs if not _two_telephones(run) for code in _codes(words, run))
    if found:
        return TypedCode(digits=found[0].digits, rest=_without(words, found))
    slipped = looks_like_code(words) and not _NO_SLIP & set(words) and not any(map(_two_telephones, runs))
    return TypedCode(digits="") if slipped else None


def _runs(words: str) -> Iterator[_Run]:
    """Those long enough for a code."""
    left = MOST_NUMBERS
    for found in _RUN.finditer(words):
        if found.end() - found.start() >= _DIGITS:
            run = _run(words, found, left)
            left -= len(run.starts)
            yield run


def _run(words: str, found: re.Match[str], most: int) -> _Run:
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    signs, at = [], 0
    for place in _PLACE.finditer(words, found.start(), found.end()):
        start, end = place.span()
        size = _DIGITS if (end - start) % _DIGITS == 0 else end - start  # a code pasted twice stands there twice
        for begins in range(start, end, size):
            starts[at] = begins
            at += size
            ends[at] = begins + size
        signs.append(place[0])
        if len(starts) > most:
            raise Unsearchable
    digits = "".join(signs)
    in_ascii = {ord(sign): str(unicodedata.decimal(sign)) for sign in set(digits)}
    return _Run(digits=digits.translate(in_ascii), starts=starts, ends=ends)


def _codes(words: str, run: _Run) -> Iterator[_Found]:
    """Every code that begins and ends where a number does, none of them overlapping."""
    after = 0
    for at, start in run.starts.items():
        last = run.ends.get(at + _DIGITS)
        digits = run.digits[at : at + _DIGITS]
        if last is None or at < after or not _is_right(digits):
            continue
        code = _Found(digits=digits, start=start, end=last)
        if not _is_account(words, code):
            after = at + _DIGITS
            yield code


def _is_right(digits: str) -> bool:
    """Whether these are a code. A story may hold thousands of numbers, so what costs little is asked first."""
    return int(digits) % _CHECK == 1 and parse_code(digits) is not None


def _is_account(words: str, code: _Found) -> bool:
    """Whether these are the digits of a bank account number (ISO 13616), which has check digits of the same kind."""
    country = _ACCOUNT.search(words, max(0, code.start - 3), code.start)
    if country is None:
        return False
    letters = "".join(str(int(letter, 36)) for letter in country[1])
    return int(code.digits[2:] + letters + code.digits[:2]) % _CHECK == 1


def _two_telephones(run: _Run) -> bool:
    """Whether two telephone numbers stand side by side, which together have as many digits as a code."""
    digits = run.digits
    return any(
        cut in run.ends and len(digits) - cut in _TELEPHONE and digits[0] == digits[cut] == "0" for cut in _TELEPHONE
    )


def _without(words: str, codes: tuple[_Found, ...]) -> str:
    """The words with each code struck out; "" if only signs are left of them."""
    kept, end = [], 0
    for code in codes:
        kept.append(words[end : code.start])
        end = code.end
    kept.append(words[end:])
    return STRUCK.join(kept) if any(sign.isalnum() for piece in kept for sign in piece) else ""
