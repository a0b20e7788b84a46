"""Walks a dialog down all its branches and keeps every place where it stops. Pure, and the same every time.

It asks for what the dialog looks at: every answer that is read is given at least once, and every two read answers
that can meet are given together at least once. Answers nobody reads lead nowhere else, so one of them is enough.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic

from dialogs.coverage import Coverage, Given, key_of
from dialogs.inputs import Stored
from dialogs.play import Binding, Dialog, Played, StartT, play, unbound
from dialogs.script import Command, Question
from dialogs.sights import sight
from dialogs.watching import Watch

MOST_RUNS = 5_000
IDLE_RUNS = 20  # runs that find nothing new before what is left is aimed at
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
    plays: int
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
    while explorer.runs < most and idle < IDLE_RUNS:
        idle = 0 if explorer.run({}) else idle + 1
    while explorer.runs < most and (aim := explorer.coverage.next_aim()):
        explorer.run(aim)
    return explorer.found(whole=explorer.runs < most)


class _Explorer(Generic[StartT]):
    """One exploration."""

    def __init__(self, dialog: Dialog[StartT], start: StartT, binding: Binding) -> None:
        self.dialog, self.start, self.binding = dialog, start, binding
        self.watch = Watch()
        self.coverage = Coverage(self.watch)
        self.stops: dict[Any, Stop] = {}
        self.edges: dict[tuple[str, str], dict[str, Stored]] = {}
        self.lengths: set[int] = set()
        self.runs = self.plays = 0

    def run(self, wanted: Mapping[str, Stored]) -> bool:
        """From the beginning to an end, with the `wanted` answers where they are asked for. Whether it found news."""
        answers: dict[str, Stored] = {}
        given: list[Given] = []
        known = len(self.stops)
        came_from = BEGINNING
        while (step := self._stop(answers).waiting) is not None:
            self._edge(came_from, step.id, answers)
            answers[step.id] = self._answer(step, given, wanted)
            came_from = step.id
        self._edge(came_from, END, answers)
        self.lengths.add(len(given))
        self.runs += 1
        return self.coverage.learn(tuple(given), answers) or len(self.stops) > known

    def _stop(self, answers: Mapping[str, Stored]) -> Played:
        self.plays += 1
        self.watch.awake = True
        played = play(self.dialog, self.start, answers, self.binding, self._deliver)
        self.watch.awake = False
        seen = sight(played)
        if seen not in self.stops:
            again = play(self.dialog, self.start, answers, self.binding)
            if sight(again) != seen:
                raise Impure
            self.stops[seen] = Stop(played=again, answers=dict(answers))
        return played

    def _deliver(self, step: Question[Any] | Command[Any], value: Any) -> Any:
        return self.watch.watched(step.id, value) if isinstance(step, Question) else value

    def _answer(self, step: Question[Any] | Command[Any], given: list[Given], wanted: Mapping[str, Stored]) -> Stored:
        if isinstance(step, Command):
            return step.example()
        chosen = self.coverage.choose(step, given, wanted)
        given.append(chosen)
        return chosen.stored

    def _edge(self, here: str, there: str, answers: Mapping[str, Stored]) -> None:
        stored = answers.get(here)
        self.edges.setdefault((here, there), {})[key_of(stored)] = stored

    def found(self, *, whole: bool) -> Walk:
        return Walk(
            stops=tuple(self.stops.values()),
            edges={edge: tuple(stored.values()) for edge, stored in self.edges.items()},
            looked_at=frozenset(self.watch.looks),
            runs=self.runs,
            plays=self.plays,
            fewest=min(self.lengths),
            most=max(self.lengths),
            unmet=self.coverage.unmet(),
            whole=whole,
        )
