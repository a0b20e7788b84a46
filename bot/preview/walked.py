"""A walk of a dialog with all that is needed to judge it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.preview.ours import sentences_of
from bot.rendering import Voice, strip_isolates
from dialogs.explore import Stop, Walk
from dialogs.screen import View, question_screen
from dialogs.script import Question
from dialogs.start import Start


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """A dialog's walk, what it was played with, and English to read it in."""

    dialog: str
    walk: Walk
    start: Start
    english: Voice

    def words(self, stop: Stop) -> str:
        """What a stop at a question says."""
        if not isinstance(stop.played.waiting, Question):
            return " ".join(self.english.say(say.text) for say in stop.played.said)
        screen = question_screen(stop.played, View())
        return strip_isolates(" ".join(self.english.say(words) for words in sentences_of(screen)))


def agency_in(id: str) -> str:
    """What stands in the brackets."""
    return id.partition("[")[2].rstrip("]")


def asked_in(walks: Iterable[Walk]) -> Iterator[Question[Any]]:
    """Every question of these walks in every way it is put, for the lock of meanings."""
    waiting = (stop.played.waiting for walk in walks for stop in walk.stops)
    return (step for step in waiting if isinstance(step, Question))
