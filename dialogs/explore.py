"""Walks a dialog down all its branches and keeps every place where it stops. Pure, and the same every time.

It asks for what the dialog looks at: every answer that is read is given at least once, and every two read answers
that can meet are given together at least once. Answers nobody reads lead nowhere else, so one of them is enough.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, Generic

from dialogs.coverage import Coverage, Given, key_of
from dialogs.inputs import Stored
from dialogs.play import Binding, Dialog, OnePlay, Played, StartT, play, unbound
from dialogs.script import Command, Question
from dialogs.sights import sight
from dialogs.watching import Watch

MOST_RUNS = 5_000
FREE_RUNS, IDLE_RUNS = 100, 5  # runs at will, and those that find nothing new, before what is left is aimed at
BEGINNING, END = "", "!end"


class Impure(AssertionError):
    """A dialog went two ways with the same answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A place where the dialog waits for a question or a command, or ends; and the answers that lead there."""

    played: Played
    answers: Mapping[str, Stored] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What an exploration found. `edges`: from an id to the next, with the answers that lead there.

    `fewest` and `most`: questions from the beginning to an end. `unmet`: pairs of questions on one path of which
    some answers were never given together, since the dialog keeps them apart. `whole`: the limit was not reached.
    """

    stops: tuple[Stop, ...]
    edges: Mapping[tuple[str, str], tuple[Stored, ...]]
    looked_at: frozenset[str]
    runs: int
    fewest: int
    most: int
    unmet: int
    whole: bool

    @property
    def questions(self) -> tuple[Question[Any], ...]:
        """One question for each id, in the order they were met."""
        waiting = (stop.played.waiting for stop in self.stops)
        return tuple({q.id: q for q in waiting if isinstance(q, Question)}.values())


def explore(dialog: Dialog[StartT], start: StartT, binding: Binding = unbound, *, most: int = MOST_RUNS) -> Walk:
    """Walk `dialog`; stop after `most` runs from its beginning to an end.

    Raises `Impure` if the dialog goes another way when it is played again with the same answers, and whatever
    `play` raises at a dialog that is at fault.
    """
    explorer = _Explorer(dialog, start, binding)
    idle = 0
    while explorer.runs < min(most, FREE_RUNS) and idle < IDLE_RUNS:
        idle = 0 if explorer.run({}) else idle + 1
    for wanted in takewhile(lambda _: explorer.runs < most, explorer.coverage.aims()):
        explorer.run(wanted)
    return explorer.found(whole=explorer.runs < most)


class _Explorer(Generic[StartT]):
    """One exploration."""

    def __init__(self, dialog: Dialog[StartT], start: StartT, binding: Binding) -> None:
        self.dialog, self.start, self.binding = dialog, start, binding
        self.watch = Watch()
        self.coverage = Coverage(self.watch)
        self.stops: dict[Hashable, Stop] = {}
        self.edges: dict[tuple[str, str], dict[str, Stored]] = {}
        self.lengths: set[int] = set()
        self.runs = 0

    def run(self, wanted: Mapping[str, Stored]) -> bool:
        """From the beginning to an end, with the `wanted` answers where they are asked for. Whether it found news."""
        known = len(self.stops)
        run = _Run(self, wanted)
        script = self.dialog(self.start)
        try:
            self.watch.awake = True
            end = run.run(script)
        finally:
            self.watch.awake = False
            script.close()
        self.keep(end, run)
        self.lengths.add(len(run.path))
        self.runs += 1
        return self.coverage.learn(run.given, run.answers) or len(self.stops) > known

    def keep(self, played: Played, run: "_Run") -> None:
        """Remember a stop, after having come there a second time by playing from the top."""
        step = played.waiting
        stored = run.answers.get(run.came_from)
        self.edges.setdefault((run.came_from, step.id if step else END), {})[key_of(stored)] = stored
        seen = sight(played)
        if seen not in self.stops:
            again = play(self.dialog, self.start, run.answers, self.binding)
            if sight(again) != seen:
                raise Impure
            self.stops[seen] = Stop(played=again, answers=dict(run.answers))

    def found(self, *, whole: bool) -> Walk:
        return Walk(
            stops=tuple(self.stops.values()),
            edges={edge: tuple(stored.values()) for edge, stored in self.edges.items()},
            looked_at=frozenset(self.watch.looks),
            runs=self.runs,
            fewest=min(self.lengths),
            most=max(self.lengths),
            unmet=self.coverage.unmet(),
            whole=whole,
        )


class _Run(OnePlay):
    """A play that gives itself an answer at every step it comes to, and watches what becomes of it."""

    def __init__(self, explorer: "_Explorer[Any]", wanted: Mapping[str, Stored]) -> None:
        self.given: list[Given] = []
        self.answers: dict[str, Stored] = {}
        super().__init__(self.answers, explorer.binding)
        self.explorer, self.wanted = explorer, wanted
        self.came_from = BEGINNING

    def _has(self, step: Question[Any] | Command[Any]) -> bool:
        watch = self.explorer.watch
        watch.awake = False
        self.explorer.keep(self._stop(step), self)
        chosen = self.explorer.coverage.choose(step, self.given, self.wanted)
        self.given.append(chosen)
        self.answers[step.id] = chosen.stored
        self.came_from = step.id
        watch.awake = True
        return super()._has(step)

    def _take(self, step: Question[Any] | Command[Any]) -> Any:
        return self.explorer.watch.watched(step.id, super()._take(step))
