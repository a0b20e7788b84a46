"""How phrases of crisis are written, one a line, and what becomes of them.

he|she kill* me          words one after the other; `|` between alternatives, `*` for any ending
{he} ~ kill me           a named set of words; up to three further words between
(is|are) here            may be missing
^ help me $              nothing before it, nothing after it, in the whole message
#young                   an age below 18
? he tried to kill me    always asks whether it is now
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from dialogs.crisis_letters import words_of

_MARKS = frozenset("(){}?^$~#")
_IS_PLAIN = re.compile(r"(?:([a-z])(?!\1))+")  # most words: nothing to do for them
GAP = 3  # words that "~" lets between
YOUNG = "#young"
Sets = Mapping[str, frozenset[str]]


class BadPhrase(ValueError):
    """A phrase that cannot be read; the text says which, as phrases are ours and nobody's words."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a phrase: `words` that fit, "kil*" for any ending; `gap`: words that may stand before it."""

    words: frozenset[str]
    gap: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One way to say something. `meaning`: the kind's name, or what else a list is for."""

    meaning: str
    language: str
    slots: tuple[Slot, ...]
    asks: bool = False
    first: bool = False
    last: bool = False


def phrases_of(written: str, meaning: str, language: str, *, sets: Sets) -> Iterator[Phrase]:
    """The phrases of one line; a word that may be missing makes two of them. Raises `BadPhrase`."""
    parts = written.split()
    asks = parts[:1] == ["?"]
    first, last = "^" in parts, "$" in parts
    ways = _ways([part for part in parts if part not in ("?", "^", "$")], sets)
    for slots in dict.fromkeys(ways):
        if not slots:
            raise BadPhrase(written)
        yield Phrase(meaning=meaning, language=language, slots=slots, asks=asks, first=first, last=last)


def _ways(parts: list[str], sets: Sets) -> Iterator[tuple[Slot, ...]]:
    choices = [(part[1:-1], "") if part.startswith("(") and part.endswith(")") else (part,) for part in parts]
    for chosen in product(*choices):
        slots: list[Slot] = []
        gap = 0
        for part in chosen:
            if part == "~":
                gap += GAP
            elif part:
                slots.append(Slot(words_in(part, sets), gap if slots else 0))
                gap = 0
        yield tuple(slots)


def words_in(part: str, sets: Sets) -> frozenset[str]:
    """The plain words of alternatives, those of named sets among them."""
    found: set[str] = set()
    for written in part.split("|"):
        if written.startswith("{"):
            found |= sets[written[1:-1]]
        else:
            found.add(_word(written))
    return frozenset(found)


@cache
def _word(written: str) -> str:
    if written == YOUNG:
        return YOUNG
    bare = written.removesuffix("*")
    plain = [bare] if _IS_PLAIN.fullmatch(bare) else list(words_of(bare))
    if len(plain) != 1 or plain == ["."] or not _MARKS.isdisjoint(written):
        raise BadPhrase(written)
    return f"{plain[0]}*" if written.endswith("*") else plain[0]
