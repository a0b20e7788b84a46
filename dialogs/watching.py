"""Answers that notice being read: which answers a dialog looks at, and what it wants to know of each.

Explorers deliver them instead of the plain ones; two answers that no look can tell apart lead the same way.
"""

from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any, Self

Look = tuple[tuple[str, Any], ...]  #: steps from an answer to what was asked of it: a step's name and its operand

_STEPS: dict[str, Callable[[Any, Any], Any]] = {
    "itself": lambda value, _: value,
    "truth": lambda value, _: bool(value),
    "none": lambda value, _: value is None,
    "length": lambda value, _: len(value),
    "equals": lambda value, other: value == other,
    "holds": lambda value, other: other in value,
    "within": lambda value, other: value <= other,
    "around": lambda value, other: value >= other,
    "field": lambda value, name: getattr(value, name),
    "and": lambda value, other: value & other,
    "or": lambda value, other: value | other,
    "less": lambda value, other: value - other,
    "from": lambda value, other: other - value,
}


class Watch:
    """What was looked at in the plays so far, question by question."""

    def __init__(self) -> None:
        self.looks: dict[str, dict[Look, None]] = {}
        self.awake = False

    def note(self, origin: str, look: Look) -> None:
        if self.awake:
            self.looks.setdefault(origin, {})[look] = None

    def watched(self, origin: str, value: Any, steps: Look = ()) -> Any:
        """`value` as one that notices being read; what can be told apart without asking it counts as read."""
        if type(value) is str:
            return _WatchedWords(value, self, origin, steps)
        if value is None or isinstance(value, bool | int | Enum) or callable(value):
            self.note(origin, (*steps, ("itself", None)))
            return value
        return _Watched(value, self, origin, steps)

    def seen_in(self, origin: str, value: Any) -> tuple[Any, ...]:
        """What all looks at `origin` so far would have found in `value`."""
        return tuple(_comparable(_found(value, look)) for look in self.looks.get(origin, ()))


def _found(value: Any, look: Look) -> Any:
    for name, operand in look:
        value = _STEPS[name](value, operand)
    return value


def _comparable(found: Any) -> Any:
    try:
        hash(found)
    except TypeError:  # a list or a mapping: like nothing but itself
        return id(found)
    return found


def plain(value: Any) -> Any:
    """The value behind a watched one; a set that nobody can change."""
    raw = value._raw if type(value) in (_Watched, _WatchedWords) else value
    return frozenset(raw) if isinstance(raw, set) else raw


class _Noting:
    """What both kinds of watched value do."""

    _raw: Any
    _watch: Watch
    _origin: str
    _steps: Look

    def _look(self, name: str, operand: Any = None) -> Any:
        """Finds an answer to a question about the value, and remembers that it was asked."""
        self._watch.note(self._origin, (*self._steps, (name, plain(operand))))
        return _STEPS[name](self._raw, plain(operand))

    def _step(self, name: str, operand: Any = None) -> Any:
        """A value made from this one, watched in its turn."""
        other = plain(operand)
        return self._watch.watched(self._origin, _STEPS[name](self._raw, other), (*self._steps, (name, other)))

    def __bool__(self) -> bool:
        return bool(self._look("truth"))

    def __len__(self) -> int:
        return int(self._look("length"))

    def __eq__(self, other: object) -> bool:
        return bool(self._look("equals", other))

    def __ne__(self, other: object) -> bool:
        return not self._look("equals", other)

    def __hash__(self) -> int:
        return hash(self._look("itself"))

    def __contains__(self, other: object) -> bool:
        return bool(self._look("holds", other))

    def __iter__(self) -> Iterator[Any]:
        return iter(self._look("itself"))

    def __format__(self, spec: str) -> str:
        return format(self._look("itself"), spec)

    def __str__(self) -> str:
        return str(self._look("itself"))


class _WatchedWords(_Noting, str):
    """A watched string: still a string, for what is made of it."""

    def __new__(cls, raw: str, watch: Watch, origin: str, steps: Look) -> Self:
        words = str.__new__(cls, raw)
        words._raw, words._watch, words._origin, words._steps = raw, watch, origin, steps
        return words

    __hash__ = _Noting.__hash__

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_"):  # a method of strings
            self._look("itself")
        return str.__getattribute__(self, name)

    def __add__(self, other: str) -> str:
        return str(self) + other

    def __radd__(self, other: str) -> str:
        return other + str(self)


class _Watched(_Noting):
    """Any other watched value: a set of codes, an account, a time, a landlord."""

    __slots__ = ("_origin", "_raw", "_steps", "_watch")

    def __init__(self, raw: Any, watch: Watch, origin: str, steps: Look) -> None:
        self._raw, self._watch, self._origin, self._steps = raw, watch, origin, steps

    __hash__ = _Noting.__hash__

    def __getattr__(self, name: str) -> Any:
        self._watch.note(self._origin, (*self._steps, ("field", name), ("none", None)))
        return self._step("field", name)

    def __and__(self, other: object) -> Any:
        return self._step("and", other)

    def __or__(self, other: object) -> Any:
        return self._step("or", other)

    def __sub__(self, other: object) -> Any:
        return self._step("less", other)

    def __rsub__(self, other: object) -> Any:
        return self._step("from", other)

    def __le__(self, other: object) -> bool:
        return bool(self._look("within", other))

    def __ge__(self, other: object) -> bool:
        return bool(self._look("around", other))

    __rand__ = __and__
    __ror__ = __or__
