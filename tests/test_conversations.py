"""A conversation loses nothing that was acknowledged, does nothing twice, and traps nobody."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import Connection, delete, func, select, update

from bot.app import App, World, open_app
from bot.commands import Setting
from bot.config import Config
from bot.conversations import Conversations
from bot.drafts import DRAFT_LIFE, Drafts
from bot.encryption.passphrase import FOR_TESTS
from bot.errors import StorageError
from bot.logs import EventLog
from bot.messages import Said, Tap
from bot.playing import House
from bot.state import State
from bot.storage import conversations as kept_conversations
from bot.storage.tables import conversations, outbox, reports
from dialogs.cards import EMERGENCY
from dialogs.commands import FileReport
from tests.clock import Clock
from tests.conftest import Cast
from tests.talking import TO_THE_CHECK, Talker

WORDS = "They shouted at me at the bus stop."


@pytest.fixture
async def amina(app: App, cast: Cast) -> Talker:
    return Talker(app)


async def state_of(talker: Talker) -> State:
    """What is kept of somebody's draft, opened with the server's secret."""
    house: House = talker.app.house
    person = house.keyring.person_id(talker.channel, talker.who)
    kept = await house.database.look(lambda c: kept_conversations.by_person(c, person))
    assert kept is not None
    return Drafts(house.keyring, house.random).open(kept).state


async def words_of(talker: Talker) -> list[str]:
    state = await state_of(talker)
    return [item["words"] for stored in state.answers.values() if isinstance(stored, dict) for item in stored["items"]]


async def number_of_reports(app: App) -> int:
    return await app.house.database.look(lambda c: c.execute(select(func.count()).select_from(reports)).scalar_one())


async def test_an_update_that_comes_twice_is_handled_once(amina: Talker) -> None:
    await amina.begins_a_story()
    again = amina.update(Said(words=WORDS, ref="1"))

    assert await amina.takes(again) is not None
    assert await amina.takes(again) is None

    assert await words_of(amina) == [WORDS]


async def test_an_update_that_comes_twice_at_once_is_handled_once(amina: Talker) -> None:
    await amina.begins_a_story()
    again = amina.update(Said(words=WORDS, ref="1"))

    turned = await asyncio.gather(*(amina.takes(again) for _ in range(8)))

    assert sum(turn is not None for turn in turned) == 1
    assert await words_of(amina) == [WORDS]


async def test_a_tap_on_send_that_comes_twice_files_one_report(amina: Talker, app: App) -> None:
    await amina.begins_a_story(WORDS)
    await amina.taps(*TO_THE_CHECK)
    send = Tap(data=amina.button("Send").data)

    await amina.does(send)
    await amina.does(send)

    assert await number_of_reports(app) == 1
    assert "Your code is" in amina.reads()


@pytest.fixture
async def other(config: Config, app: App, clock: Clock) -> AsyncIterator[App]:
    """A second program on the same database."""
    cheap = World(clock=clock, code_cost=FOR_TESTS, passphrase_cost=FOR_TESTS)
    async with open_app(config, EventLog(), cheap) as opened:
        yield opened


async def test_two_programs_taking_turns_lose_no_word(amina: Talker, other: App) -> None:
    await amina.begins_a_story()
    elsewhere = Talker(other)
    said = [f"word {number}" for number in range(40)]

    for turn, words in enumerate(said):
        await (amina if turn % 2 else elsewhere).says(words)

    assert await words_of(amina) == said


async def test_two_programs_at_once_lose_no_word(amina: Talker, other: App) -> None:
    await amina.begins_a_story()
    elsewhere = Talker(other)
    said = [f"word {number}" for number in range(40)]

    acts = ((amina if turn % 2 else elsewhere).says(words) for turn, words in enumerate(said))
    await asyncio.gather(*acts)

    assert sorted(await words_of(amina)) == sorted(said)


async def test_a_full_disk_at_send_files_nothing_and_forgets_nothing(amina: Talker, app: App) -> None:
    await amina.begins_a_story(WORDS)
    await amina.taps(*TO_THE_CHECK)
    before = await state_of(amina)
    pages = await app.house.database.look(lambda c: int(c.exec_driver_sql("PRAGMA page_count").scalar_one()))
    send = amina.update(Tap(data=amina.button("Send").data))

    await app.house.database.unit(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count={pages}").close())
    with pytest.raises(StorageError):
        await amina.takes(send)
    assert await state_of(amina) == before
    await app.house.database.unit(lambda c: c.exec_driver_sql("PRAGMA max_page_count=1000000").close())
    await amina.takes(send)

    assert await number_of_reports(app) == 1
    assert "Your code is" in amina.reads()


async def spoils(talker: Talker, **columns: bytes) -> None:
    await talker.app.house.database.unit(lambda c: c.execute(update(conversations).values(**columns)).close())


async def stores(talker: Talker, state: State) -> None:
    """Put `state` in the place of a draft's own, as a program of another version could have."""
    house = talker.app.house
    drafts = Drafts(house.keyring, house.random)
    kept = await house.database.look(
        lambda c: kept_conversations.by_person(c, house.keyring.person_id(talker.channel, talker.who))
    )
    assert kept is not None
    changed = drafts.sealed(drafts.open(kept), state, house.clock())
    await house.database.unit(lambda c: kept_conversations.advance(c, changed))


def is_at_the_menu(talker: Talker) -> bool:
    return "What would you like" in talker.reads() and "call 999" in talker.reads()


@pytest.mark.parametrize("column", ["sealed_state", "wrapped_key"])
async def test_a_damaged_draft_leads_to_the_menu_with_the_emergency_line(amina: Talker, column: str) -> None:
    dice = Random(column)
    for _ in range(20):
        await amina.app.house.database.unit(lambda c: c.execute(delete(conversations)).close())
        await amina.begins_a_story(WORDS)
        whole = await amina.app.house.database.look(
            lambda c: bytes(c.execute(select(conversations.c[column])).scalar_one())
        )
        damaged = bytearray(whole)
        damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
        await spoils(amina, **{column: bytes(damaged[: dice.choice((len(damaged), dice.randrange(len(damaged))))])})

        await amina.says("Are you still there?")

        await amina.taps("English")  # her language was lost too
        assert is_at_the_menu(amina)


async def test_a_draft_whose_secret_is_gone_leads_to_the_menu(amina: Talker, config: Config, clock: Clock) -> None:
    await amina.begins_a_story(WORDS)
    await spoils(amina, wrapped_key=b"")

    await amina.asks("start")
    await amina.taps("English")

    assert is_at_the_menu(amina)
    assert await words_of(amina) == []


async def test_a_draft_outlives_a_new_secret_beside_the_old(amina: Talker, config: Config, clock: Clock) -> None:
    await amina.begins_a_story(WORDS)
    rotated = replace(config, secrets=(*config.secrets, b"0123456789abcdef" * 4))

    async with open_app(rotated, EventLog(), World(clock=clock, code_cost=FOR_TESTS)) as app:
        later = Talker(app)
        await later.says("And then they left.")

        assert await words_of(later) == [WORDS, "And then they left."]


@pytest.mark.parametrize(
    ("question", "stored"), [("account", {"items": [17], "done": True}), ("receiving[bhcds]", ["on"]), ("role", {})]
)
async def test_a_dialog_that_fails_traps_nobody(amina: Talker, question: str, stored: object) -> None:
    await amina.begins_a_story(WORDS)
    state = await state_of(amina)
    id = next((name for name in state.answers if name.startswith(question)), question)
    await stores(amina, replace(state, answers={**state.answers, id: stored}))

    await amina.says("Are you still there?")
    await amina.asks("help")

    assert EMERGENCY.message in amina.reads()
    await amina.taps("Start again from the menu")
    assert is_at_the_menu(amina)


class NeverFiles:
    """A command's runner with a fault in it."""

    async def prepare(self, command: object) -> None:
        return None

    def run(self, connection: Connection, command: object, prepared: None, setting: Setting) -> None:
        connection.execute(delete(conversations))
        raise LookupError


async def test_a_report_that_cannot_be_filed_keeps_every_answer(amina: Talker, app: App) -> None:
    await amina.begins_a_story(WORDS)
    await amina.taps(*TO_THE_CHECK)
    before = await state_of(amina)
    send = Tap(data=amina.button("Send").data)
    broken = Conversations(replace(app.house, runners={**app.house.runners, FileReport: NeverFiles()}))

    refused = await broken.turn(amina.update(send))
    assert refused is not None
    assert "Shall I send this now?" in refused.shown.question
    assert (await state_of(amina)).answers == before.answers
    await amina.does(send)

    assert "Your code is" in amina.reads()


async def test_questions_that_changed_meanwhile_are_told_once(amina: Talker) -> None:
    await amina.begins_a_story(WORDS)
    await stores(amina, replace(await state_of(amina), edition="an older one"))

    await amina.says("And then they left.")
    first = amina.reads()
    await amina.says("That was yesterday.")

    assert "Some questions have changed since you began" in first
    assert "Some questions have changed" not in amina.reads()
    assert await words_of(amina) == [WORDS, "And then they left.", "That was yesterday."]


async def test_start_in_the_middle_offers_to_go_on_without_showing_a_word(amina: Talker) -> None:
    await amina.begins_a_story(WORDS)

    await amina.asks("start")

    assert "You were in the middle of something" in amina.reads()
    assert WORDS not in amina.reads()
    await amina.taps("Carry on")
    assert "I have kept 1 message" in amina.reads()


async def test_starting_again_deletes_what_was_said(amina: Talker) -> None:
    await amina.begins_a_story(WORDS)
    await amina.asks("start")

    await amina.taps("Delete it and start again")

    assert await words_of(amina) == []
    assert is_at_the_menu(amina)


async def test_a_consent_is_asked_again_in_another_language(amina: Talker, app: App) -> None:
    await app.joining.agency("avon-and-somerset-police")
    await amina.begins_a_story(WORDS)
    await amina.taps("That's all", "A few more questions")
    await amina.skips_to("May they open it?")
    await amina.taps("Only the facts")
    agreed = (await state_of(amina)).answers["consent[avon-and-somerset-police]"]
    assert "Shall I send this now?" in amina.reads()

    await amina.asks("language")
    await amina.taps("Polski")

    assert amina.shown is not None
    assert "police" in amina.shown.key
    assert agreed["locale"] == "en"
    await amina.asks("language")
    await amina.taps("English")
    assert "Shall I send this now?" in amina.reads()


async def test_a_consent_given_to_other_words_is_asked_again(amina: Talker, app: App) -> None:
    await amina.begins_a_story(WORDS)
    await amina.taps(*TO_THE_CHECK)
    forged = {"choice": "send", "bound": "f" * 64, "locale": "en"}
    state = await state_of(amina)
    await stores(amina, replace(state, answers={**state.answers, "check[1]": forged}))

    await amina.asks("help")
    await amina.taps("Carry on")

    assert "Shall I send this now?" in amina.reads()
    assert await number_of_reports(app) == 0


async def test_nothing_leaves_before_send(amina: Talker, app: App) -> None:
    await amina.begins_a_story(WORDS)
    await amina.taps(*TO_THE_CHECK)

    kinds = await app.house.database.look(lambda c: c.execute(select(outbox.c.kind)).scalars().all())

    assert set(kinds) == {"screen"}
    assert await number_of_reports(app) == 0


async def test_a_forgotten_conversation_begins_anew(amina: Talker, app: App, clock: Clock) -> None:
    await amina.begins_a_story(WORDS)
    clock.advance(seconds=DRAFT_LIFE.total_seconds())
    await app.retention.sweep()

    assert await app.conversations.look(amina.address) is None
    await amina.asks("start")

    await amina.taps("English")
    assert is_at_the_menu(amina)
