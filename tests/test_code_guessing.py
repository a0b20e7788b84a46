"""Whoever guesses codes is slowed; whoever mistypes their own, or types it during an attack, is not locked out."""

import asyncio
import os
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from bot.app import App
from bot.conversations import Conversations
from bot.encryption.codes import new_code
from bot.guessing import FREE, IN_AN_ATTACK, LONGEST, MANY, must_wait, pause
from bot.messages import Said
from bot.randomness import new_id
from bot.reopening import Found, Reopening
from bot.storage import tables, wrong_codes
from dialogs.my_report_commands import OpenReport
from tests.clock import A_MONDAY, Clock
from tests.conftest import Cast
from tests.properties import PROPERTY
from tests.talking import Talker

WAIT, UNKNOWN, HAS_REPORT = "Please wait a few minutes", "I do not know that code.", "Nobody there has started"


@pytest.fixture
async def code(app: App, cast: Cast) -> str:
    return await Talker(app, who="5000000009").sends_a_report("They shouted at me.")


@pytest.fixture
async def guesser(app: App, cast: Cast) -> Talker:
    return await at_the_question(Talker(app, who="5000000666"))


async def at_the_question(talker: Talker) -> Talker:
    await talker.asks("start")
    await talker.taps("English", "I have a code")
    return talker


async def tries(talker: Talker, code: str) -> str:
    """Types a code, from the menu again if three were typed; returns what is said then."""
    if "What is your code?" not in talker.reads():
        await talker.asks("start")
        await talker.taps("Delete it and start again", "I have a code")
    await talker.says(code)
    return talker.reads()


async def guesses(talker: Talker, times: int) -> list[str]:
    return [await tries(talker, new_code(os.urandom).digits) for _ in range(times)]


async def noted(app: App) -> int:
    rows = select(func.count()).select_from(tables.wrong_codes)
    return await app.house.database.look(lambda c: c.execute(rows).scalar_one())


async def attack(app: App, times: int = MANY) -> None:
    """Wrong codes from everywhere, just now."""
    await app.house.database.unit(lambda c: everywhere(c, app, times))


def everywhere(connection: Connection, app: App, times: int) -> None:
    for number in range(times):
        person = app.house.keyring.person_id("web", f"{number}")
        wrong_codes.note(connection, new_id(app.house.random), person, app.house.clock())


async def test_five_slips_cost_nothing_and_the_sixth_a_minute(guesser: Talker, clock: Clock, code: str) -> None:
    assert [UNKNOWN in said for said in await guesses(guesser, FREE)] == [True] * FREE
    assert WAIT in await tries(guesser, code)
    clock.advance(seconds=59)
    assert WAIT in await tries(guesser, code)
    clock.advance(seconds=1)

    assert HAS_REPORT in await tries(guesser, code)


async def test_each_further_guess_waits_longer(guesser: Talker, clock: Clock) -> None:
    await guesses(guesser, FREE)
    for minutes in (1, 2, 4, 8, 15):
        clock.advance(minutes=minutes, seconds=-1)
        assert WAIT in (await guesses(guesser, 1))[0]
        clock.advance(seconds=1)
        assert UNKNOWN in (await guesses(guesser, 1))[0]


async def test_after_a_calm_hour_nothing_is_remembered(guesser: Talker, app: App, clock: Clock) -> None:
    await guesses(guesser, FREE)
    clock.advance(hours=1)
    await app.retention.sweep()

    assert await noted(app) == 0
    assert UNKNOWN in (await guesses(guesser, 1))[0]


async def test_waiting_and_mistyping_are_not_counted(guesser: Talker, app: App, code: str) -> None:
    await guesses(guesser, FREE)
    await guesses(guesser, 4)
    wrong = f"{code[:-1]}{(int(code[-1]) + 1) % 10}"
    assert "Please look at each one again." in await tries(guesser, wrong)

    assert await noted(app) == FREE


async def test_a_code_that_opened_is_not_counted(guesser: Talker, app: App, code: str) -> None:
    await tries(guesser, code)

    assert await noted(app) == 0


async def test_a_guesser_who_types_a_right_code_between_is_still_slowed(guesser: Talker, code: str) -> None:
    await guesses(guesser, FREE - 1)
    assert HAS_REPORT in await tries(guesser, code)
    await guesses(guesser, 1)

    assert WAIT in await tries(guesser, code)


async def test_one_guesser_slows_nobody_else(guesser: Talker, app: App, code: str) -> None:
    await guesses(guesser, FREE + 3)

    assert HAS_REPORT in await tries(await at_the_question(Talker(app)), code)


async def test_in_an_attack_a_first_try_opens_the_report(app: App, cast: Cast, code: str) -> None:
    amina = await at_the_question(Talker(app))
    await attack(app)

    assert HAS_REPORT in await tries(amina, code)


async def test_in_an_attack_who_tried_a_wrong_one_waits(guesser: Talker, app: App, clock: Clock, code: str) -> None:
    await guesses(guesser, 1)
    await attack(app, MANY - 2)
    assert UNKNOWN in (await guesses(guesser, 1))[0]
    assert WAIT in await tries(guesser, code)
    clock.advance(seconds=IN_AN_ATTACK.total_seconds())

    assert HAS_REPORT in await tries(guesser, code)


async def test_in_an_attack_a_linked_chat_that_slipped_does_not_wait(app: App, cast: Cast, code: str) -> None:
    amina = await at_the_question(Talker(app))
    await tries(amina, code)
    await amina.taps("Tell me when there is news", "Yes, link this chat", "There is news for you.", "At any time")
    await amina.asks("start")
    await amina.taps("Delete it and start again", "I have a code", "Type another code")
    await attack(app)
    await amina.says(new_code(os.urandom).digits)
    assert UNKNOWN in amina.reads()
    await amina.says(code)

    assert HAS_REPORT in amina.reads()


async def test_a_linked_chat_that_guesses_is_slowed_like_any_other(app: App, cast: Cast, code: str) -> None:
    guesser = await at_the_question(Talker(app))
    await tries(guesser, code)
    await guesser.taps("Tell me when there is news", "Yes, link this chat", "There is news for you.", "At any time")
    for _ in range(2):
        await guesser.asks("start")
        await guesser.taps("Delete it and start again", "I have a code", "Type another code")
        for _ in range(3):
            await guesser.says(new_code(os.urandom).digits)

    assert WAIT in guesser.reads()


class Watched:
    """The runner that opens reports, and the codes for which it began what is slow."""

    def __init__(self, runner: Reopening) -> None:
        self.at_once, self.run = runner.at_once, runner.run
        self._runner = runner
        self.prepared: list[str] = []

    async def prepare(self, command: OpenReport) -> Found | None:
        self.prepared.append(command.code)
        return await self._runner.prepare(command)


async def test_while_someone_waits_nothing_is_looked_up(app: App, code: str) -> None:
    real = app.house.runners[OpenReport]
    assert isinstance(real, Reopening)
    watched = Watched(real)
    house = replace(app.house, runners={**app.house.runners, OpenReport: watched})
    guesser = await at_the_question(Talker(replace(app, conversations=Conversations(house))))
    await guesses(guesser, FREE)
    assert len(watched.prepared) == FREE
    assert WAIT in await tries(guesser, code)

    assert len(watched.prepared) == FREE


async def test_two_guesses_at_once_are_decided_one_after_the_other(guesser: Talker, app: App) -> None:
    await guesses(guesser, FREE - 1)
    two = [guesser.update(Said(words=new_code(os.urandom).digits)) for _ in range(2)]
    await asyncio.gather(*(guesser.takes(update) for update in two))

    assert await noted(app) == FREE


@PROPERTY
@given(tried=st.integers(0, 10_000), attacked=st.booleans())
def test_a_pause_only_grows_and_never_locks_anybody_out(tried: int, attacked: bool) -> None:
    assert timedelta() <= pause(tried, attacked=attacked) <= pause(tried + 1, attacked=attacked) <= LONGEST
    assert pause(tried, attacked=False) <= pause(tried, attacked=True)
    assert not pause(0, attacked=attacked)


@PROPERTY
@given(ago=st.lists(st.integers(0, 3_600), max_size=12).map(lambda listed: sorted(listed, reverse=True)))
def test_nobody_waits_longer_than_a_quarter_of_an_hour(ago: list[int]) -> None:
    tried = [A_MONDAY - timedelta(seconds=seconds) for seconds in ago]

    assert not must_wait(tried, A_MONDAY + LONGEST, attacked=True)
    assert not must_wait([], A_MONDAY, attacked=True)
