"""Finds words of crisis in what people write: in every language at once, in time that grows with the text's length.

A phrase is looked for only where its rarest word stands. What is denied or past is not left out: the finding asks.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from dialogs.crisis import Finding, Heard, Kind
from dialogs.crisis_letters import words_of
from dialogs.crisis_phrases import Phrase, Slot
from dialogs.crisis_vocabulary import Vocabulary

YOUNG, HARMLESS, DENIED, PAST = "young", "harmless", "denied", "past"
BESIDE = frozenset({YOUNG, HARMLESS, DENIED, PAST})  # what a list may be for beside the kinds
KINDS = {**{str(kind): kind for kind in Kind}, YOUNG: Kind.CHILD}  # what a phrase of each list tells of
BEFORE = 3  # words between a denial and what it denies
MOST_OF_ONE = 300  # times that one word is looked at in one message; nobody in need says it more often
AROUND = 6  # words between what is said and the word that puts it in the past

Place = tuple[Phrase, int]


@dataclass(frozen=True, slots=True)
class _Hit:
    """Where a phrase stands: the words of its slots, from the first to the last."""

    phrase: Phrase
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Message:
    """`meant`: for each word, the words of the lists it stands for; `sentence`: the number of its sentence."""

    meant: tuple[frozenset[str], ...]
    sentence: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """Made once from all lists. `fillers`: words left out on both sides."""

    vocabulary: Vocabulary = field(repr=False)
    places: Mapping[str, tuple[Place, ...]] = field(repr=False)
    fillers: frozenset[str] = field(repr=False)
    phrases: tuple[Phrase, ...] = field(repr=False)

    @classmethod
    def of(cls, phrases: Iterable[Phrase], *, fillers: frozenset[str], ordinary: frozenset[str]) -> "Finder":
        known = tuple(dict.fromkeys(way for phrase in phrases for way in _without(phrase, fillers)))
        return cls(
            vocabulary=Vocabulary.of((word for each in known for slot in each.slots for word in slot.words), ordinary),
            places=_places(known),
            fillers=fillers,
            phrases=known,
        )

    def __call__(self, text: str) -> Heard:
        """What `text` tells of. Never raises, whatever the text."""
        message = self._message(text)
        hits = self._hits(message)
        harmless = _places_of(hits, HARMLESS)
        left = [hit for hit in hits if harmless.isdisjoint(hit.at)]
        doubts = _Doubts(message, _places_of(hits, DENIED), _places_of(hits, PAST))
        found = {doubts.finding(hit) for hit in left if hit.phrase.meaning in KINDS}
        young = any(hit.phrase.meaning == YOUNG for hit in left)
        return Heard(findings=tuple(_gravest_of_each(found)), young=young)

    def _message(self, text: str) -> _Message:
        known: dict[str, frozenset[str]] = {}
        meant, sentence, number = [], [], 0
        for word in words_of(text):
            if word == ".":
                number += 1
            elif word not in self.fillers:
                if word not in known:
                    known[word] = self.vocabulary.meant_by(word)
                meant.append(known[word])
                sentence.append(number)
        return _Message(tuple(meant), tuple(sentence))

    def _hits(self, message: _Message) -> list[_Hit]:
        hits: list[_Hit] = []
        said = frozenset().union(*message.meant)
        tries = {word: tuple(self._worth_trying(word, said)) for word in said}
        tried: Counter[str] = Counter()
        for at, meant in enumerate(message.meant):
            for word in meant:
                tried[word] += 1
                if tries[word] and tried[word] <= MOST_OF_ONE:
                    found = (_match(phrase, anchor, at, message) for phrase, anchor in tries[word])
                    hits += [hit for hit in found if hit is not None]
        return hits

    def _worth_trying(self, word: str, said: frozenset[str]) -> Iterator[Place]:
        """The phrases to look for where `word` stands: those for each place of which something was said."""
        for phrase, anchor in self.places.get(word, ()):
            if not any(slot.words.isdisjoint(said) for slot in phrase.slots):
                yield phrase, anchor


@dataclass(frozen=True, slots=True)
class _Doubts:
    """The words of denial and of the past in a message, by their places."""

    message: _Message
    denied: frozenset[int]
    past: frozenset[int]

    def finding(self, hit: _Hit) -> Finding:
        asks = hit.phrase.asks or self._about(hit)
        return Finding(kind=KINDS[hit.phrase.meaning], asks=asks, language=hit.phrase.language)

    def _about(self, hit: _Hit) -> bool:
        """Whether what was found is denied or past: by a word near it, in the same sentence, not part of it."""
        first, last = hit.at[0], hit.at[-1]
        denied = self.denied.intersection(range(first - BEFORE, last))
        past = self.past.intersection(range(first - AROUND, last + AROUND + 1))
        near = (denied | past) - set(hit.at)
        return any(self.message.sentence[place] == self.message.sentence[first] for place in near)


def _places_of(hits: Iterable[_Hit], meaning: str) -> frozenset[int]:
    return frozenset(place for hit in hits if hit.phrase.meaning == meaning for place in hit.at)


def _without(phrase: Phrase, fillers: frozenset[str]) -> Iterator[Phrase]:
    """`phrase` as it reads in messages without their fillers; where a place may hold one, also without the place."""
    for taken in product(*(_ways(slot, fillers) for slot in phrase.slots)):
        slots = tuple(slot for slot in taken if slot is not None)
        if len(slots) > 1 or len(phrase.slots) == 1 == len(slots):
            yield replace(phrase, slots=(Slot(slots[0].words), *slots[1:]))


def _ways(slot: Slot, fillers: frozenset[str]) -> tuple[Slot | None, ...]:
    if slot.words.isdisjoint(fillers):
        return (slot,)
    rest = slot.words - fillers
    return (Slot(rest, slot.gap), None) if rest else (None,)


def _places(phrases: Iterable[Phrase]) -> Mapping[str, tuple[Place, ...]]:
    """For each word the phrases to try where it stands: each under the words of its rarest slot."""
    listed = tuple(phrases)
    often = Counter(word for phrase in listed for slot in phrase.slots for word in slot.words)
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for phrase in listed:
        anchor = min(range(len(phrase.slots)), key=lambda n: sum(often[word] for word in phrase.slots[n].words))
        for word in phrase.slots[anchor].words:
            found[word].append((phrase, anchor))
    return {word: tuple(places) for word, places in found.items()}


def _match(phrase: Phrase, anchor: int, at: int, message: _Message) -> _Hit | None:
    """The phrase with its slot `anchor` at the word `at`, each further slot at the nearest word that fits."""
    places = [at]
    for slot in phrase.slots[anchor + 1 :]:
        there = _next(slot, places[-1], slot.gap, message, step=1)
        if there is None:
            return None
        places.append(there)
    for n in range(anchor, 0, -1):
        there = _next(phrase.slots[n - 1], places[0], phrase.slots[n].gap, message, step=-1)
        if there is None:
            return None
        places.insert(0, there)
    if (phrase.first and places[0] != 0) or (phrase.last and places[-1] != len(message.meant) - 1):
        return None
    return _Hit(phrase, tuple(places))


def _next(slot: Slot, here: int, gap: int, message: _Message, *, step: int) -> int | None:
    """The nearest word that fits; one beyond a gap only in the same sentence."""
    for distance in range(1, gap + 2):
        there = here + step * distance
        if not 0 <= there < len(message.meant):
            return None
        if distance > 1 and message.sentence[there] != message.sentence[here]:
            return None
        if not slot.words.isdisjoint(message.meant[there]):
            return there
    return None


def _gravest_of_each(found: Iterable[Finding]) -> Iterator[Finding]:
    """Each kind once, as it was said most directly, gravest first."""
    met: set[Kind] = set()
    for finding in sorted(found, key=lambda each: (*each.rank, each.language)):
        if finding.kind not in met:
            met.add(finding.kind)
            yield finding
