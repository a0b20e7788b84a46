"""What people type, made comparable: no case, no accents, one form for each Arabic letter. Pure; nothing is guessed."""

import re
import unicodedata

LONGEST_TYPED = 200  # characters read of what was typed; the rest cannot change what is meant
SLIPS = ((12, 3), (8, 2), (5, 1))  # from this many letters on, this many slips are forgiven
SURE_OF_FIRST_LETTER = 7  # in words up to this long the first letter must be right: Easton is not Weston
_WORD = re.compile(r"[^\W_]+")
_SAME = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "'": "", "’": ""}
    | {"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ٱ": "ا", "ء": "", "ـ": ""}  # written either way in Arabic
)


def words_of(typed: str, longest: int = LONGEST_TYPED) -> list[str]:
    """The words of a line in small letters and ASCII digits, without accents, vowel signs and stretched letters.

    "Wałęsa's  K9", "إِســـاءة" -> ["walesas", "k9"], ["اساه"]. Reads the first `longest` characters.
    """
    text = typed.strip()[:longest]
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    letters = text.casefold().replace("&", " and ")[:longest].translate(_SAME)
    if not letters.isascii():
        letters = "".join(_digit(letter) for letter in letters if not unicodedata.combining(letter))
    return _WORD.findall(letters)


def slips_in(word: str) -> int:
    """How many slips are forgiven in a word or name of this length."""
    return next((slips for length, slips in SLIPS if len(word) >= length), 0)


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
