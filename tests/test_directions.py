"""Times in a sentence that is read from the right: they stay as a clock shows them (T22)."""

from datetime import UTC, datetime, time

import pytest

from bot.rendering import ISOLATE, POP
from dialogs.script import Question
from dialogs.texts import Text, text
from dialogs.worker_log import STAFF_TOLD
from services_directory.wording import Wording
from tests.walking import a_walk, voices

ARABIC = voices()["ar"]
HALF_PAST_TWO = f"{ISOLATE}14:30{POP}"


@pytest.mark.parametrize(
    "words",
    [
        text("{at}", at=time(14, 30)),
        text("{at}", at=datetime(2026, 11, 20, 14, 30, tzinfo=UTC)),
        text("{words}", words=Wording.of({"en": "From 14:30.", "ar": "من 14:30.", "pl": "Od 14:30."})),
    ],
)
def test_a_time_in_arabic_stands_alone_and_whole(words: Text) -> None:
    assert HALF_PAST_TWO in ARABIC.say(words)


def test_the_time_a_worker_can_type_is_shown_alone_too() -> None:
    asked = (stop.played.waiting for stop in a_walk("report").stops)
    hint = next(one.hint for one in asked if isinstance(one, Question) and one.id == STAFF_TOLD)

    assert "14:30" not in hint.message
    assert HALF_PAST_TWO in ARABIC.say(hint)
