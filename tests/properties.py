"""What the property tests share: how many examples they try, and places all over the dialogs to begin from.

The short form runs with the suite and is the same every time. `LONG_TESTS=1 uv run pytest tests/test_engine.py
tests/test_moves.py` tries new and many more examples, for an hour of leisure.
"""

import os
from functools import cache

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.rendering import Voice
from dialogs.explore import Stop
from dialogs.inputs import Stored
from dialogs.play import Binding, Played, play, unbound
from dialogs.registry import DIALOGS
from dialogs.script import Bound
from tests.walking import a_start, a_walk

LONG = bool(os.environ.get("LONG_TESTS"))
PROPERTY = settings(
    max_examples=3_000 if LONG else 100,
    derandomize=not LONG,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    database=None,
)
START = a_start()


def at(answers: dict[str, Stored], binding: Binding = unbound) -> Played:
    """Where these answers lead from the menu."""
    return play(DIALOGS["menu"], START, answers, binding)


@cache
def stops() -> tuple[Stop, ...]:
    """Places all over the dialogs where something can still be taken back."""
    return tuple(stop for stop in a_walk("menu").stops if stop.played.undoable)


places = st.deferred(lambda: st.sampled_from(stops()))


def bound_anew(answers: dict[str, Stored], voice: Voice) -> dict[str, Stored]:
    """The same answers, each consent given to what it shows in this language."""
    given = dict(answers)
    for _ in answers:
        waiting = at(given, voice.binding).waiting
        if not isinstance(waiting, Bound) or not isinstance(given.get(waiting.id), dict):
            break
        given[waiting.id] = {**given[waiting.id], "bound": voice.binding(waiting), "locale": voice.tag}
    return given
