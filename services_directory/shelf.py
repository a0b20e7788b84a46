"""Words and what they lead to: an index that forgives slips and answers without reading every entry. Pure."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from services_directory.typed import SURE_OF_FIRST_LETTER, slips_in, words_of

EXACT, BEGUN, SLIPPED = 1.0, 0.7, 0.6
SHORTEST_BEGUN, MOST_LEFT_OUT = 4, 0.4  # of an unfinished word: its letters, and the share of the whole that may lack
LONGEST_RUN = 6  # neighbouring words read as one: "safe link" is Safelink
COMMON, COMMON_SHARE = 8, 0.25  # a word in more entries than both tells nothing apart
MANY = 200  # entries; words that lead to more count only where no other word leads anywhere
SURE = 4  # lines this weighty are names: their words always tell something
_ARABIC = "\u0600"  # scripts before it have no such articles
_ARABIC_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
_ARABIC_ENDINGS = ("نا", "ي", "ه")
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A name, phrase or sentence of the entry numbered `entry`, as the words it is found by; make it with `of`."""

    entry: int
    words: tuple[str, ...]
    weight: int

    @classmethod
    def of(cls, entry: int, text: str, weight: int, *, shortest: int = 1) -> "Line":
        """A sentence or name: each word of at least `shortest` letters counts, a name also from end to end.

        A number in a name counts too: 111, One25.
        """
        words, name = _stems(words_of(text)), weight >= SURE
        telling = [word for word in words if len(word) >= shortest or (name and word.isdigit())]
        return cls(entry=entry, words=(*(["".join(words)] if name else []), *telling), weight=weight)

    @classmethod
    def phrase(cls, entry: int, text: str, weight: int) -> "Line":
        """Words that count only when they are typed one after the other."""
        return cls(entry=entry, words=("".join(_stems(words_of(text))),), weight=weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """An index of lines; build it with `of`. `leads` maps a word to its entries with what the word is worth there."""

    leads: Mapping[str, tuple[tuple[int, float], ...]] = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    alike: Mapping[tuple[int, str], tuple[str, ...]] = field(repr=False)

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "Shelf":
        """The index of these lines."""
        found: dict[str, dict[int, int]] = defaultdict(dict)
        entries = set()
        for line in lines:
            entries.add(line.entry)
            for word in filter(None, line.words):
                found[word][line.entry] = max(line.weight, found[word].get(line.entry, 0))
        leads = {word: _worth(weights, len(entries)) for word, weights in found.items()}
        kept = tuple(sorted(word for word, led in leads.items() if led))
        alike: dict[tuple[int, str], list[str]] = defaultdict(list)
        for word in kept:
            if slips_in(word):
                for kin in _kin(word, len(word)):
                    alike[kin].append(word)
        return cls(leads=leads, words=kept, alike={key: tuple(group) for key, group in alike.items()})

    def find(self, typed: str) -> dict[int, float]:
        """The entries that words of `typed` lead to, each with a score; more is nearer."""
        heard = [(len(run), list(self._near(run))) for run in _runs(_stems(words_of(typed)))]
        telling = [run for run in heard if run[1] and self._led_to(run[1]) <= MANY] or heard
        scores: dict[int, float] = defaultdict(float)
        for length, words in telling:
            best: dict[int, float] = {}
            for word, likeness in words:
                for entry, worth in self.leads[word]:
                    best[entry] = max(best.get(entry, 0.0), worth * likeness * length)
            for entry, score in best.items():
                scores[entry] += score
        return dict(scores)

    def _led_to(self, words: Iterable[tuple[str, float]]) -> int:
        return sum(len(self.leads[word]) for word, _ in words)

    def _near(self, run: list[str]) -> Iterator[tuple[str, float]]:
        whole = "".join(run)
        if whole in self.leads:
            yield whole, EXACT
        elif len(run) == 1:
            yield from ((word, BEGUN) for word in self._begun(whole))
            yield from self._slipped(whole)
        elif not any(word in self.leads for word in run):  # or "am homeless" would be heard as "homeless" once more
            yield from self._slipped(whole)

    def _slipped(self, run: str) -> Iterator[tuple[str, float]]:
        slips = slips_in(run)
        lengths = range(len(run) - slips, len(run) + slips + 1)
        near = {word for size in lengths for kin in _kin(run, size) for word in self.alike.get(kin, ())}
        for word, distance, _ in process.extract(
            run, sorted(near), scorer=OSA.distance, score_cutoff=slips, limit=None
        ):
            if distance <= slips_in(word):
                yield word, SLIPPED

    def _begun(self, run: str) -> Iterator[str]:
        if len(run) < SHORTEST_BEGUN:
            return
        for place in range(bisect_left(self.words, run), len(self.words)):
            word = self.words[place]
            if not word.startswith(run):
                return
            if len(word) - len(run) <= MOST_LEFT_OUT * len(word):
                yield word


def _worth(weights: Mapping[int, int], entries: int) -> tuple[tuple[int, float], ...]:
    rare = log(1 + entries / len(weights))
    common = len(weights) > max(COMMON, COMMON_SHARE * entries)
    return tuple((entry, weight * rare) for entry, weight in weights.items() if weight >= SURE or not common)


def _kin(word: str, size: int) -> tuple[tuple[int, str], ...]:
    """Where words of this size that may be meant by `word` are kept: by how it begins, long ones by how it ends too."""
    if size <= SURE_OF_FIRST_LETTER:
        return ((size, word[0]),)
    return (size, word[:2]), (size, f"-{word[-2:]}")


def _runs(words: list[str]) -> Iterator[list[str]]:
    """Every run of neighbouring words."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_RUN, len(words)) + 1):
            yield words[start:end]


def _stems(words: list[str]) -> list[str]:
    return [_stem(word) for word in words]


def _stem(word: str) -> str:
    """An Arabic word without its article and without "my", "our" or the ending of a woman's noun."""
    if word[0] < _ARABIC:
        return word
    article = next((part for part in _ARABIC_ARTICLES if word.startswith(part)), "")
    bare = word.removeprefix(article) if len(word) - len(article) >= _SHORTEST_STEM else word
    ending = next((part for part in _ARABIC_ENDINGS if bare.endswith(part)), "")
    return bare.removesuffix(ending) if len(bare) - len(ending) >= _SHORTEST_STEM else bare
