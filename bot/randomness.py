"""Ids that say nothing: random, and random only through a source that is passed in."""

from collections.abc import Callable

Random = Callable[[int], bytes]  #: n unpredictable bytes

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read as another


def new_id(random: Random) -> str:
    """32 hexadecimal letters."""
    return random(16).hex()


def short_id(random: Random, length: int) -> str:
    """A few letters that are easy to read out, for an alert number or a draft's name."""
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in random(length))
