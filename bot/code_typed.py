"""Finds a report's code in what somebody wrote, so that it is kept nowhere; what is then done is decided elsewhere.

Pure. Telephone numbers, dates, bank cards and account numbers are no codes: the check digits tell.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from bot.encryption.codes import looks_like_code, parse_code

STRUCK = "••••"  # stands in words where a code was
_DIGITS = 20
_CHECK = 97  # ISO 7064, as in codes and bank account numbers
_LETTER = re.compile(r"[^\W\d_]")
_PLACE = re.compile(r"\d+")
_ACCOUNT = re.compile(r"(?<![^\W_])([A-Za-z]{2})$")  # how an international bank account number begins
_NO_SLIP = frozenset("/:,;،؛")  # stand in dates, times and lists, not in a code that was copied with a slip
_TELEPHONE = (10, 11)  # digits, from the 0 on


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedCode:
    """`digits`: the code; "" where somebody meant one and slipped. `rest`: the words without it, "" if none."""

    digits: str = field(repr=False)
    rest: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Digits side by side, in ASCII, and where they stand."""

    digits: str = field(repr=False)
    start: int
    end: int


def find_code(words: str) -> TypedCode | None:
    """A code, in any numeral system and grouping, alone or among words; the first of several.

    A slip in it is noticed only where nothing but the digits was written.
    """
    runs = tuple(_runs(words))
    found = tuple(code for run in runs if not _two_telephones(run) for code in _codes(words, run))
    if found:
        return TypedCode(digits=found[0].digits, rest=_without(words, found))
    slipped = looks_like_code(words) and not _NO_SLIP & set(words) and not any(map(_two_telephones, runs))
    return TypedCode(digits="") if slipped else None


def _runs(words: str) -> Iterator[list[_Group]]:
    """Groups of digits that follow one another without a letter between."""
    run: list[_Group] = []
    for place in _PLACE.finditer(words):
        if run and _LETTER.search(words, run[-1].end, place.start()):
            yield run
            run = []
        run += _groups(place)
    yield run


def _groups(place: re.Match[str]) -> Iterator[_Group]:
    """The digits at a place; a code that was pasted twice stands there twice."""
    digits = "".join(str(unicodedata.decimal(sign)) for sign in place[0])
    size = _DIGITS if len(digits) % _DIGITS == 0 else len(digits)
    for at in range(0, len(digits), size):
        start = place.start() + at
        yield _Group(digits=digits[at : at + size], start=start, end=start + size)


def _codes(words: str, run: list[_Group]) -> Iterator[_Group]:
    """Every code that begins and ends where a group of digits does, none of them overlapping."""
    digits = "".join(group.digits for group in run)
    ends = dict(zip(accumulate(len(group.digits) for group in run), run, strict=True))
    at, after = 0, 0
    for group in run:
        last = ends.get(at + _DIGITS)
        code = _Group(digits=digits[at : at + _DIGITS], start=group.start, end=last.end if last else 0)
        if last and at >= after and _is_right(code.digits) and not _is_account(words, code):
            after = at + _DIGITS
            yield code
        at += len(group.digits)


def _is_right(digits: str) -> bool:
    """Whether these are a code. A story may hold thousands of numbers, so what costs little is asked first."""
    return int(digits) % _CHECK == 1 and parse_code(digits) is not None


def _is_account(words: str, code: _Group) -> bool:
    """Whether these are the digits of a bank account number (ISO 13616), which has check digits of the same kind."""
    country = _ACCOUNT.search(words, max(0, code.start - 3), code.start)
    if country is None:
        return False
    letters = "".join(str(int(letter, 36)) for letter in country[1])
    return int(code.digits[2:] + letters + code.digits[:2]) % _CHECK == 1


def _two_telephones(run: list[_Group]) -> bool:
    """Whether two telephone numbers stand side by side, which together have as many digits as a code."""
    digits = "".join(group.digits for group in run)
    ends = set(accumulate(len(group.digits) for group in run))
    return any(
        cut in ends and len(digits) - cut in _TELEPHONE and digits[0] == digits[cut] == "0" for cut in _TELEPHONE
    )


def _without(words: str, codes: tuple[_Group, ...]) -> str:
    """The words with each code struck out; "" if only signs are left of them."""
    kept, end = [], 0
    for code in codes:
        kept.append(words[end : code.start])
        end = code.end
    kept.append(words[end:])
    return STRUCK.join(kept) if any(sign.isalnum() for piece in kept for sign in piece) else ""
