"""Which answers an exploration has given, alone and in pairs, and which to give next. `explore.py` does the walking."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dialogs.inputs import Stored
from dialogs.script import Command, Question
from dialogs.watching import Watch

Answerable = Question[Any] | Command[Any]


def key_of(stored: Stored) -> str:
    """A name for an answer."""
    return f'"{stored}"' if isinstance(stored, str) else json.dumps(stored, sort_keys=True, ensure_ascii=False)


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
        self.made_of = (-1, 0)  # the numbers of looks and of answers the groups were made with
        self.count = 0  # of groups

    def group(self, watch: Watch, id: str) -> None:
        """Make the groups anew if more is known of what is read; answers are alike if all looks find the same."""
        made_of = (len(watch.looks.get(id, ())), len(self.values))
        if made_of == self.made_of:
            return
        numbers: dict[Any, int] = {}
        seen = {key: watch.seen_in(id, value) for key, value in self.values.items()}
        self.groups = {key: numbers.setdefault(found, len(numbers)) for key, found in seen.items()}
        self.made_of, self.count = made_of, len(numbers)


Pair = tuple[str, str]
NEW_PAIR = 20  # what a new pair is worth beside what is left further on


class Coverage:
    """What was given so far."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.examples: dict[str, _Examples] = {}
        self.together: dict[Pair, set[Pair]] = {}  # for two questions, the keys of answers given in one run
        self.groups_met: dict[Pair, tuple[Any, set[tuple[int, int]]]] = {}
        self.after: dict[tuple[str, str], set[str]] = {}  # questions met after an answer
        self.ways: dict[tuple[str, str, str], Mapping[str, Stored]] = {}  # answers by which a question follows one
        self.tried: set[tuple[str, str, str, str]] = set()
        self.open: dict[str, int] = {}  # pairs still to be met, by the question that closes them

    def choose(self, step: Answerable, before: Sequence[Given], wanted: Mapping[str, Stored]) -> Given:
        """The answer to give now: the wanted one, or the one that adds most."""
        known, keys = self._known(step)
        if step.id in wanted and key_of(wanted[step.id]) in keys:
            key = key_of(wanted[step.id])
        elif step.id in self.watch.looks:
            key = max(keys, key=lambda key: self._worth(step.id, key, before))
        else:
            key = keys[0]
        return Given(id=step.id, key=key, stored=known.stored[key])

    def _known(self, step: Answerable) -> tuple[_Examples, tuple[str, ...]]:
        """All examples ever met under this step's id, and the keys of those it has now."""
        known = self.examples.setdefault(step.id, _Examples())
        now = {key_of(stored): stored for stored in step.examples()}
        for key, stored in now.items():
            if key in known.stored:
                continue
            known.stored[key] = stored
            known.values[key] = step.nothing() if stored is None and isinstance(step, Question) else step.read(stored)
        known.group(self.watch, step.id)
        return known, tuple(now)

    def _worth(self, id: str, key: str, before: Sequence[Given]) -> tuple[bool, float]:
        """Never given; then new pairs with the answers before, and what is left further on if it was seldom given."""
        known = self.examples[id]
        group = known.groups[key]
        new = sum((self._group_of(b), group) not in self._met(b.id, id) for b in before if b.id in self.watch.looks)
        ahead = sum(self.open.get(later, 0) for later in self.after.get((id, key), ()))
        return (key not in known.taken, NEW_PAIR * new + ahead / (1 + known.taken.get(key, 0)))

    def _group_of(self, given: Given) -> int:
        return self.examples[given.id].groups[given.key]

    def _met(self, first: str, second: str) -> set[tuple[int, int]]:
        """The pairs of groups that have met; made anew when the groups have changed."""
        one, other = self.examples[first], self.examples[second]
        made_of = (one.made_of, other.made_of)
        known = self.groups_met.get((first, second))
        if known is None or known[0] != made_of:
            pairs = self.together.get((first, second), ())
            known = (made_of, {(one.groups[a], other.groups[b]) for a, b in pairs})
            self.groups_met[first, second] = known
        return known[1]

    def learn(self, run: Sequence[Given], answers: Mapping[str, Stored]) -> bool:
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
        return self.examples[first].count * self.examples[second].count - len(self._met(first, second))

    def aims(self) -> Iterator[Mapping[str, Stored]]:
        """The answers of runs that add what is missing, until all answers that can meet have met.

        Answers that were never given come first, then pairs that never met.
        """
        while missing := sorted(self._missing(), key=self._was_given):
            gates = {id: tuple(self._gates(id)) for id in self.examples}
            for first, key, second, other in missing:
                if not self._is_missing(first, key, second, other):
                    continue
                way = self.ways[first, key, second]
                pair = {first: self.examples[first].stored[key], second: self.examples[second].stored[other]}
                yield {**{gate: way[gate] for gate in (*gates[first], *gates[second]) if gate in way}, **pair}
                if self._is_missing(first, key, second, other):
                    yield {**way, **pair}  # the whole way, as it was gone before
                self.tried.add((first, key, second, other))

    def _was_given(self, missing: tuple[str, str, str, str]) -> bool:
        _, _, second, other = missing
        return other in self.examples[second].taken

    def _missing(self) -> Iterator[tuple[str, str, str, str]]:
        for first, key, second in self.ways:
            for other in self.examples[second].groups:
                tried = (first, key, second, other) in self.tried  # a question may offer less on this way
                if not tried and self._is_missing(first, key, second, other):
                    yield first, key, second, other

    def _is_missing(self, first: str, key: str, second: str, other: str) -> bool:
        """Whether two answers never met, though both questions did, or the second was never given at all."""
        one, two = self.examples[first], self.examples[second]
        return (one.groups[key], two.groups[other]) not in self._met(first, second) or other not in two.taken

    def _gates(self, id: str) -> Iterator[str]:
        """The questions that let only some of their answers through to this one."""
        for gate in self.examples:
            through = {group for group, _ in self._met(gate, id)}
            if 0 < len(through) < self.examples[gate].count:
                yield gate

    def unmet(self) -> int:
        """Pairs of questions of which some answers never met."""
        return sum(self._unmet(*pair) > 0 for pair in self.together)
