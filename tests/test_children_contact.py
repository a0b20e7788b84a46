"""A small child's message to staff: when nobody else sees or hears an answer, and when that is no question."""

import pytest

from dialogs.parts import Part
from tests.dialog_world import Amina
from tests.reporting import picks, sent, told
from tests.test_children import asks_for_help


def gives(way: str, where: str) -> Amina:
    return asks_for_help("talk").taps(way).types(where)


@pytest.mark.parametrize("way", ["phone", "text"])
def test_staff_learn_when_nobody_else_hears_a_small_child(way: str) -> None:
    amina = picks(gives(way, "07700 900123"), "morning")
    filed = sent(amina)

    assert told(filed)["contact_times"] == "Mornings"
    assert {line.part for line in filed.sheet.lines if line.id == "contact_times"} == {Part.CONTACT}


def test_a_letter_comes_when_it_comes() -> None:
    assert gives("post", "The school, 1 Mill Lane").question == "check[1]"
