"""Amina has lost her code: she is told what that means, what she can do instead, and whom she can call."""

import os

import pytest

from bot.app import App
from bot.encryption.codes import new_code
from tests.conftest import Cast
from tests.talking import Talker
from tests.test_code_guessing import at_the_question

LOST = "Without the code I cannot open your report. I cannot give you a new code."
INSTEAD = "You can send a new report, or talk to a person."
A_NUMBER = "0808 168 9111"
LINKING = ("Tell me when there is news", "Yes, link this chat", "There is news for you.", "At any time")


@pytest.fixture
async def amina(app: App, cast: Cast) -> Talker:
    return await at_the_question(Talker(app))


async def types_wrong_codes(talker: Talker, times: int) -> None:
    for _ in range(times):
        await talker.says(new_code(os.urandom).digits)


async def test_after_three_wrong_codes_she_reads_what_she_can_do_instead(amina: Talker) -> None:
    await types_wrong_codes(amina, 2)
    assert LOST not in amina.reads()
    await types_wrong_codes(amina, 1)

    assert [words in amina.reads() for words in (LOST, INSTEAD, A_NUMBER)] == [True] * 3
    await amina.taps("Back to the menu")


async def test_who_has_no_code_to_type_and_skips_reads_it_too(amina: Talker) -> None:
    await amina.taps("Skip")

    assert [words in amina.reads() for words in (LOST, INSTEAD, A_NUMBER)] == [True] * 3


async def test_a_code_that_has_to_wait_is_not_called_lost(amina: Talker) -> None:
    await types_wrong_codes(amina, 3)
    await amina.taps("Back to the menu", "I have a code")
    await types_wrong_codes(amina, 3)

    assert "Please wait a few minutes" in amina.reads()
    assert LOST not in amina.reads()


async def test_a_linked_chat_can_still_open_its_report_so_nothing_is_lost(amina: Talker, app: App) -> None:
    await amina.says(await Talker(app, who="5000000009").sends_a_report("They shouted at me."))
    await amina.taps(*LINKING)
    await amina.asks("start")
    await amina.taps("Delete it and start again", "I have a code", "Type another code")
    await types_wrong_codes(amina, 3)

    assert "I do not know that code." in amina.reads()
    assert LOST not in amina.reads()
