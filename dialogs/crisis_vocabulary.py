"""Which words of the lists a typed word stands for: itself, a beginning, a slip of the finger, a word with a prefix."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from dialogs.crisis_letters import without_digits
from dialogs.crisis_phrases import YOUNG

LONG = 6  # letters from which one slip is forgiven; shorter words are too near to others
_AGES = range(5, 18)
# Letters that Arabic, as it is spoken from Morocco to the Gulf, writes together with the next word.
_JOINED = ("ال", "و", "ف", "س", "ح", "ه", "ب", "ل", "ك", "غ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All words of all lists. `nearly`: what is left of the long ones without one letter. `ordinary`: never slips."""

    whole: frozenset[str]
    beginnings: frozenset[str]
    lengths: tuple[int, ...]
    nearly: Mapping[str, tuple[str, ...]]
    ordinary: frozenset[str]

    @classmethod
    def of(cls, words: Iterable[str], ordinary: Iterable[str]) -> "Vocabulary":
        known = frozenset(words)
        whole = frozenset(word for word in known if not word.endswith("*"))
        beginnings = known - whole
        return cls(
            whole=whole,
            beginnings=beginnings,
            lengths=tuple(sorted({len(word) - 1 for word in beginnings})),
            nearly=_nearly(word for word in whole if len(word) >= LONG),
            ordinary=frozenset(ordinary),
        )

    def meant_by(self, word: str) -> frozenset[str]:
        """The words of the lists that `word`, in plain letters, stands for; mostly none."""
        found = self._as_written(word)
        letters = without_digits(word)
        if letters != word:
            found |= self._as_written(letters)
        if word.startswith(_JOINED):
            found |= {known for rest in _parted(word) for known in self._as_written(rest)}
        if word.isdigit() and len(word) < 3 and int(word) in _AGES:
            found.add(YOUNG)
        return frozenset(found or self._slips(letters))

    def _as_written(self, word: str) -> set[str]:
        found = {word} & self.whole
        return found | {f"{word[:n]}*" for n in self.lengths if n <= len(word)} & self.beginnings

    def _slips(self, word: str) -> set[str]:
        if len(word) < LONG or len(word) > 20 or word in self.ordinary:
            return set()
        near = {known for left in (word, *_shorter(word)) for known in self.nearly.get(left, ())}
        return {known for known in near if known[0] == word[0] and OSA.distance(known, word, score_cutoff=1) <= 1}


def _parted(word: str, times: int = 2) -> Iterator[str]:
    """What is left of an Arabic word without one or two of the letters joined to it."""
    for joined in _JOINED:
        rest = word.removeprefix(joined)
        if rest != word and len(rest) > 2 and times:
            yield rest
            yield from _parted(rest, times - 1)


def _nearly(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(words):
        for left in {word, *_shorter(word)}:
            found[left] = (*found.get(left, ()), word)
    return found


def _shorter(word: str) -> Iterator[str]:
    return (word[:n] + word[n + 1 :] for n in range(1, len(word)))
