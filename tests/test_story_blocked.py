"""Amina's chat is gone: she blocked the bot, or Telegram stumbles; the first ends her link, the second only delays."""

from datetime import timedelta

import pytest

from bot.app import App
from bot.storage.tables import letters, links, outbox
from tests.afterwards import kept, office
from tests.at_the_console import Office
from tests.clock import Clock
from tests.conftest import Cast
from tests.on_telegram import app, sends_a_short_report, telegram
from tests.stories import at_the_door, at_work, comes_back, links_the_chat, only_case, plain, sends
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld
from tests.telegram_world.world import Fault

__all__ = ["app", "office", "telegram"]

PLANTS = "The plants need water"


@pytest.fixture
async def code(cast: Cast, telegram: TelegramWorld) -> str:
    return await sends_a_short_report(telegram.person("Amina"), "They shouted at me.")


@pytest.fixture
async def amina(app: App, telegram: TelegramWorld, code: str, clock: Clock) -> Person:
    """She linked her chat, and has not been there for two days."""
    amina = telegram.person("Amina")
    await comes_back(amina, code)
    await links_the_chat(amina, words=PLANTS, hours="At any time")
    clock.advance(days=2)
    await app.retention.sweep()
    return amina


async def bruno_writes(office: Office, cast: Cast) -> str:
    """Gives the case page afterwards."""
    async with at_work(office, cast.bruno) as bruno:
        case = await only_case(bruno)
        await sends(bruno, case, "Was it the same man as before?")
        return (await bruno.opens(case)).body


def written_to(amina: Person, telegram: TelegramWorld) -> list[str]:
    """The methods with which the bot tried to write to her."""
    return [asked.method for asked in telegram.requests if str(asked.params.get("chat_id")) == str(amina.id)]


async def test_a_chat_that_blocked_the_bot_is_tried_once_and_dropped(
    app: App, cast: Cast, office: Office, telegram: TelegramWorld, amina: Person, clock: Clock
) -> None:
    await amina.blocks_the_bot()
    await bruno_writes(office, cast)
    telegram.requests.clear()
    await app.delivery.send_due()
    assert written_to(amina, telegram) == ["sendMessage"]

    for _ in range(5):
        clock.advance(hours=5)
        await app.delivery.send_due()
    await bruno_writes(office, cast)
    await app.delivery.send_due()

    assert written_to(amina, telegram) == ["sendMessage"]
    assert await kept(app, links) == []
    assert await kept(app, outbox) == []


async def test_bruno_sees_nothing_of_it_but_that_she_has_not_read_yet(
    app: App, cast: Cast, office: Office, amina: Person
) -> None:
    before = await bruno_writes(office, cast)
    await app.delivery.send_due()
    await amina.reads(PLANTS)
    await amina.blocks_the_bot()
    after = await bruno_writes(office, cast)
    await app.delivery.send_due()

    assert (before.count("Not read by the reporter yet."), after.count("Not read by the reporter yet.")) == (1, 2)
    assert "block" not in after.lower()


async def test_who_comes_back_after_blocking_needs_the_code_and_finds_all_that_was_written(
    app: App, cast: Cast, office: Office, amina: Person, code: str
) -> None:
    await amina.blocks_the_bot()
    await bruno_writes(office, cast)
    await app.delivery.send_due()

    await amina.unblocks()
    await at_the_door(amina)
    await amina.reads("What is your code?")
    await amina.says(code)

    await amina.reads("You have 1 new message.")
    await links_the_chat(amina, words=PLANTS, hours="At any time")
    await bruno_writes(office, cast)
    await app.delivery.send_due()
    await amina.settles()
    assert plain(amina.chat[-1].text) == PLANTS
    assert len(await kept(app, letters)) == 2


@pytest.mark.parametrize(
    "fault", [Fault(method="sendMessage", status=500), Fault(method="sendMessage", retry_after=90)], ids=["500", "429"]
)
async def test_when_telegram_stumbles_she_stays_linked_and_is_told_later(
    app: App, cast: Cast, office: Office, telegram: TelegramWorld, amina: Person, clock: Clock, fault: Fault
) -> None:
    telegram.faults = [fault]
    await bruno_writes(office, cast)
    await app.delivery.send_due()
    assert len(await kept(app, links)) == 1

    clock.advance(minutes=2)
    await app.delivery.send_due()

    await amina.reads(PLANTS)
    assert await kept(app, outbox) == []


async def test_a_nudge_whose_answer_was_lost_comes_again_rather_than_never(
    app: App, cast: Cast, office: Office, telegram: TelegramWorld, amina: Person, clock: Clock
) -> None:
    telegram.faults = [Fault(method="sendMessage", drop="after")]
    await bruno_writes(office, cast)
    await app.delivery.send_due()
    clock.advance(minutes=2)
    await app.delivery.send_due()

    await amina.reads(PLANTS)
    assert await kept(app, outbox) == []
    assert clock() - amina.chat[-1].sent < timedelta(minutes=1)
