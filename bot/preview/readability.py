"""How hard English is to read: words, sentences, syllables and the Flesch-Kincaid grade. Pure.

Only our own words are given to this module; names, numbers and what a person wrote are left out before.
"""

import re
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:;]+(?=\s|$)|\n+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiouyrw]l)e$|(?<=[^aeioudt])ed$|(?<=[^aeioucgsxzh])es$")
_TWO_SOUNDS = re.compile(r"i[aou](?!us|n\b|ns\b)|[eu]a(?=t[ei]|l)|yi")


def words(text: str) -> list[str]:
    """The words of `text`; a number is none."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """What stands between full stops, question marks, colons and line breaks, if it has a word."""
    return [part.strip() for part in _SENTENCE_END.split(text) if words(part)]


def syllables(word: str) -> int:
    """An estimate by groups of vowels, without the silent e."""
    spoken = _SILENT.sub("", word.casefold())
    return max(1, len(_VOWELS.findall(spoken)) + len(_TWO_SOUNDS.findall(spoken)))


def grade(texts: Iterable[str]) -> float:
    """The Flesch-Kincaid grade of all `texts` together: years at school. 0 for no words."""
    listed = [sentence for text in texts for sentence in sentences(text)]
    spoken = [word for sentence in listed for word in words(sentence)]
    if not spoken:
        return 0.0
    return 0.39 * len(spoken) / len(listed) + 11.8 * _mean([syllables(word) for word in spoken]) - 15.59


def _mean(numbers: Sequence[int]) -> float:
    return sum(numbers) / len(numbers)
