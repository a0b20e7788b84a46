"""No path of any dialog asks for one thing twice, in whatever words; and nobody accused is offered anything after that.

What is forbidden to ask or say at all: `test_never_asked.py`. What may leave: `bot/preview/sending.py`.
"""

from collections.abc import Iterator
from itertools import chain

import pytest

from bot.meanings import base_id
from bot.preview.sending import accused_on
from bot.rendering import strip_isolates
from dialogs.choices import YES_NO, Choice, Choices, Option
from dialogs.explore import Stop, explore
from dialogs.narrative import Line
from dialogs.play import Dialog, Played
from dialogs.registry import DIALOGS
from dialogs.script import Question
from dialogs.start import Start
from dialogs.texts import Text
from tests.walking import a_start, a_walk, directory, voices

PLAIN = 4  # a list of so many answers, met again under another id, asks for the same thing


def english(words: Text) -> str:
    return strip_isolates(voices()["en"].say(words)).casefold().strip()


def asked_on(played: Played) -> list[Question[object]]:
    """Every question of the path, and the one on the screen."""
    before = [answered.question for answered in played.path]
    return [*before, played.waiting] if isinstance(played.waiting, Question) else before


def codes_of(question: Question[object]) -> frozenset[str]:
    return frozenset(option.code for option in question.options) if isinstance(question, Choice | Choices) else frozenset()
