"""The pure engine: `play` drives a dialog by hand, from the top, with the answers recorded so far.

Going back is playing with one answer fewer, editing with one replaced, a restart with the stored ones.
No clock, event loop, disk or network is involved.
"""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from dialogs.inputs import Stored
from dialogs.script import Again, Answered, Bound, Command, Misfit, Question, Say, SoFar, Step

StartT = TypeVar("StartT")

STEP_BUDGET = 500  # steps one play may take; more is a dialog that never waits (goflow's limit per session)

Dialog = Callable[[StartT], Coroutine[Step, Any, None]]
Binding = Callable[[Question[Any]], str]


def unbound(question: Question[Any]) -> str:
    """The binding of plays that show nothing to anybody."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """Where a play stopped."""

    said: tuple[Say, ...]  # since the last answer
    waiting: Question[Any] | Command[Any] | None  # None: the dialog has ended
    recorded: Stored = field(default=None, repr=False)  # the incomplete answer to `waiting`, if any
    path: tuple[Answered, ...] = ()  # answered questions, in order
    undoable: tuple[str, ...] = ()  # ids that may be taken back, oldest first: those after the last command
    done: tuple[str, ...] = ()  # ids of commands that have run
    asked_again: tuple[str, ...] = ()  # ids whose recorded answers no longer fit
    again: str = ""  # the dialog has come to its end and goes on just after the command with this id

    def answered(self, id: str) -> Answered | None:
        """The answer on the path under `id`."""
        return next((answer for answer in self.path if answer.question.id == id), None)


def play(dialog: Dialog[StartT], start: StartT, answers: Mapping[str, Stored], binding: Binding = unbound) -> Played:
    """Play `dialog` from the top with `answers`; stop at the first step that has none.

    `binding` gives the fingerprint of exactly what a consent question shows; a consent given to other
    words, receivers or fields, or in another language, does not fit and is asked again.
    Raises TypeError if the dialog awaits anything but a step, ValueError if it uses an id twice.
    """
    script = dialog(start)
    try:
        return OnePlay(answers, binding).run(script)
    finally:
        script.close()


class OnePlay:
    """The moving parts of one play. Explorers look in at `_has` and `_take`."""

    def __init__(self, answers: Mapping[str, Stored], binding: Binding) -> None:
        self.answers = answers
        self.binding = binding
        self.ids: set[str] = set()
        self.said: list[Say] = []
        self.path: list[Answered] = []
        self.undoable: list[str] = []
        self.done: list[str] = []
        self.asked_again: list[str] = []

    def run(self, script: Coroutine[Step, Any, None]) -> Played:
        value: Any = None
        for _ in range(STEP_BUDGET):
            try:
                step = script.send(value)
            except StopIteration:
                return self._stop(None)
            if isinstance(step, Again):
                return self._stop(None, again=step.since)
            if isinstance(step, Say):
                self.said.append(step)
                value = None
            elif isinstance(step, SoFar):
                value = tuple(self.path)
            elif isinstance(step, Question | Command):
                self._claim(step.id)
                if not self._has(step):
                    return self._stop(step)
                value = self._take(step)
            else:
                raise TypeError("a dialog may only await steps")
        raise RuntimeError("a dialog took too many steps without waiting")

    def _claim(self, id: str) -> None:
        if id in self.ids:
            raise ValueError(f"the dialog uses the id {id!r} twice")
        self.ids.add(id)

    def _has(self, step: Question[Any] | Command[Any]) -> bool:
        if step.id not in self.answers:
            return False
        stored = self.answers[step.id]
        if isinstance(step, Question) and (stored is None or not step.complete(stored)):
            return stored is None and not step.required
        try:
            self._read(step, stored)
        except Misfit:
            self.asked_again.append(step.id)
            return False
        return True

    def _take(self, step: Question[Any] | Command[Any]) -> Any:
        stored = self.answers[step.id]
        self.said.clear()
        if isinstance(step, Command):
            self.undoable.clear()
            self.done.append(step.id)
            return step.read(stored)
        self.path.append(Answered(step, stored))
        self.undoable.append(step.id)
        return step.nothing() if stored is None else self._read(step, stored)

    def _read(self, step: Question[Any] | Command[Any], stored: Stored) -> Any:
        if isinstance(step, Bound):
            step.check(stored, self.binding(step))
        return step.read(stored)

    def _stop(self, waiting: Question[Any] | Command[Any] | None, *, again: str = "") -> Played:
        partial = None
        if isinstance(waiting, Question) and waiting.id not in self.asked_again:
            partial = self.answers.get(waiting.id)
        return Played(
            said=tuple(self.said),
            waiting=waiting,
            recorded=partial,
            path=tuple(self.path),
            undoable=tuple(self.undoable),
            done=tuple(self.done),
            asked_again=tuple(self.asked_again),
            again=again,
        )
