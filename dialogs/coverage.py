"""Which answers an exploration has given, alone and in pairs, and which to give next. `explore.py` does the walking."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dialogs.inputs import Stored
from dialogs.script import Question
from dialogs.watching import Watch


def key_of(stored: Stored) -> str:
    """A name for an answer."""
    return json.dumps(stored, sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer given in a run."""

    id: str
    key: str
    stored: Stored = field(repr=False)


class _Examples:
    """The example answers of one question, and which of them its readers cannot tell apart."""

    def __init__(self) -> None:
        self.stored: dict[str, Stored] = {}
        self.values: dict[str, Any] = {}
        self.taken: dict[str, int] = {}
        self.groups: dict[str, int] = {}
        self.looks = -1  # the number of looks the groups were made with

    def group(self, watch: Watch, id: str) -> None:
        """Make the groups anew if more is known of what is read; answers are alike if all looks find the same."""
        looks = len(watch.looks.get(id, ()))
        if (looks, len(self.values)) != (self.looks, len(self.groups)):
            numbers: dict[Any, int] = {}
            seen = {key: watch.seen_in(id, value) for key, value in self.values.items()}
            self.groups = {key: numbers.setdefault(found, len(numbers)) for key, found in seen.items()}
            self.looks = looks


Pair = tuple[str, str]


class Coverage:
    """What was given so far."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.examples: dict[str, _Examples] = {}
        self.together: dict[Pair, set[Pair]] = {}  # for two questions, the keys of answers given in one run
        self.groups_met: dict[Pair, tuple[int, set[tuple[int, int]]]] = {}
        self.after: dict[tuple[str, str], set[str]] = {}  # questions met after an answer
        self.ways: dict[tuple[str, str, str], Mapping[str, Stored]] = {}  # answers by which a question follows one
        self.open: dict[str, int] = {}  # pairs still to be met, by the question that closes them
        self.aims: Iterator[Mapping[str, Stored]] | None = None

    def choose(self, question: Question[Any], before: Sequence[Given], wanted: Mapping[str, Stored]) -> Given:
        """The answer to give now: the wanted one, or the one that adds most."""
        known = self._known(question)
        keys = [key_of(stored) for stored in question.examples()]
        if question.id in wanted and key_of(wanted[question.id]) in keys:
            key = key_of(wanted[question.id])
        elif question.id in self.watch.looks:
            key = max(keys, key=lambda key: self._worth(question.id, key, before))
        else:
            key = keys[0]
        return Given(id=question.id, key=key, stored=known.stored[key])

    def _known(self, question: Question[Any]) -> _Examples:
        known = self.examples.setdefault(question.id, _Examples())
        for stored in question.examples():
            key = key_of(stored)
            if key not in known.stored:
                known.stored[key] = stored
                known.values[key] = question.nothing() if stored is None else question.read(stored)
        known.group(self.watch, question.id)
        return known

    def _worth(self, id: str, key: str, before: Sequence[Given]) -> tuple[bool, int, int, int]:
        """Never given; new pairs with the answers before; what is left further on; seldom given."""
        known = self.examples[id]
        group = known.groups[key]
        new = sum((self._group_of(b), group) not in self._met(b.id, id) for b in before if b.id in self.watch.looks)
        ahead = sum(self.open.get(later, 0) for later in self.after.get((id, key), ()))
        return (key not in known.taken, new, ahead, -known.taken.get(key, 0))

    def _group_of(self, given: Given) -> int:
        return self.examples[given.id].groups[given.key]

    def _met(self, first: str, second: str) -> set[tuple[int, int]]:
        """The pairs of groups that have met; made anew when the groups have changed."""
        one, other = self.examples[first], self.examples[second]
        version = one.looks + other.looks + len(one.groups) + len(other.groups)
        if self.groups_met.get((first, second), (-1,))[0] != version:
            pairs = self.together.get((first, second), ())
            met = {(one.groups[a], other.groups[b]) for a, b in pairs if a in one.groups and b in other.groups}
            self.groups_met[first, second] = (version, met)
        return self.groups_met[first, second][1]

    def learn(self, run: tuple[Given, ...], answers: Mapping[str, Stored]) -> bool:
        """Remember a run. Whether any answer or pair in it was new."""
        news = False
        for given in run:
            known = self.examples[given.id]
            known.group(self.watch, given.id)
            news = news or given.key not in known.taken
            known.taken[given.key] = known.taken.get(given.key, 0) + 1
        read = [given for given in run if given.id in self.watch.looks]
        for place, later in enumerate(read):
            news = self._learn_pairs(read[:place], later, answers) or news
        return news

    def _learn_pairs(self, before: Sequence[Given], later: Given, answers: Mapping[str, Stored]) -> bool:
        news = False
        for first in before:
            met = self._met(first.id, later.id)
            self.together.setdefault((first.id, later.id), set()).add((first.key, later.key))
            pair = (self._group_of(first), self._group_of(later))
            news = news or pair not in met
            met.add(pair)
            self.after.setdefault((first.id, first.key), set()).add(later.id)
            self.ways.setdefault((first.id, first.key, later.id), answers)
        self.open[later.id] = sum(self._unmet(first.id, later.id) for first in before)
        return news

    def _unmet(self, first: str, second: str) -> int:
        groups = [set(self.examples[id].groups.values()) for id in (first, second)]
        return len(groups[0]) * len(groups[1]) - len(self._met(first, second))

    def next_aim(self) -> Mapping[str, Stored] | None:
        """The answers of a run that adds an answer or a pair still missing; None when all that can meet have met."""
        while True:
            missing = next(self._missing(), None)
            if missing is None:
                return None
            return missing

    def _missing(self) -> Iterator[Mapping[str, Stored]]:
        for (first, key, second), way in self.ways.items():
            for other in self._never_with(first, key, second):
                yield {**way, second: self.examples[second].stored[other]}

    def _never_with(self, first: str, key: str, second: str) -> Iterator[str]:
        """An answer of each group that never met the answer `key`, and each answer that was never given."""
        group = self.examples[first].groups[key]
        for other, its_group in self.examples[second].groups.items():
            if (group, its_group) not in self._met(first, second) or other not in self.examples[second].taken:
                yield other

    def unmet(self) -> int:
        """Pairs of questions of which some answers never met."""
        return sum(self._unmet(*pair) > 0 for pair in self.together)
