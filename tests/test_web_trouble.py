"""When something is broken on our side, Amina loses nothing, is told kindly, and can always leave."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import TypeVar

import aiohttp
import pytest

from bot.app import App, World, open_app
from bot.channels.web.guard import AWAY
from bot.channels.web.sessions import CHANNEL
from bot.config import Config
from bot.drafts import Drafts
from bot.encryption.passphrase import FOR_TESTS
from bot.errors import StorageError
from bot.logs import EventLog
from bot.storage import conversations
from bot.storage.database import Database, Work
from tests.browser import browser
from tests.clock import Clock
from tests.conftest import Cast
from tests.on_the_web import Visitor, amina, site, starts_a_report

__all__ = ["amina", "browser", "site"]

T = TypeVar("T")


class Moody(Database):
    """A database whose disk can be made to refuse what is written, or to be gone."""

    refuses = False
    gone = False

    def before_commit(self) -> None:
        if self.refuses:
            raise OSError

    async def look(self, work: Work[T]) -> T:
        if self.gone:
            raise StorageError
        return await super().look(work)


@pytest.fixture
async def app(config: Config, clock: Clock) -> AsyncIterator[App]:
    """The program, on a disk that may fail."""
    world = World(clock=clock, code_cost=FOR_TESTS, passphrase_cost=FOR_TESTS, database=Moody)
    async with open_app(config, EventLog(), world) as opened:
        yield opened


def disk_of(app: App) -> Moody:
    assert isinstance(app.house.database, Moody)
    return app.house.database


async def test_exit_works_while_the_disk_refuses(app: App, cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    disk_of(app).refuses = True

    await amina.presses("Exit")

    await amina.page.wait_for_url(f"{AWAY}**")
    assert await amina.page.context.cookies() == []


async def test_words_survive_a_disk_that_refuses(app: App, cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    disk_of(app).refuses = True
    await amina.writes("They shouted at me.")
    await amina.is_warned("I could not keep that just now.")
    disk_of(app).refuses = False

    await amina.presses("That's all")

    await amina.page.locator("h1", has_not_text="What happened?").wait_for()


async def test_words_survive_a_database_that_is_gone(app: App, cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    disk_of(app).gone = True

    await amina.writes("They shouted at me.")

    await amina.is_asked("Something went wrong on our side. Please try again in a moment.")
    assert await amina.has_typed() == "They shouted at me."
    disk_of(app).gone = False
    await amina.page.get_by_role("link", name="Go back to where I was").click()
    await amina.is_asked("What happened? Tell me in your own words.")


async def test_exit_works_while_the_database_is_gone(app: App, cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    disk_of(app).gone = True

    await amina.presses("Exit this page")

    await amina.page.wait_for_url(f"{AWAY}**")
    assert await amina.page.context.cookies() == []


async def test_a_dialog_at_fault_leads_to_the_menu(app: App, cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    await _breaks_the_draft(app, amina)

    await amina.opens("/chat")

    await amina.is_asked("What would you like to do?")


async def _breaks_the_draft(app: App, visitor: Visitor) -> None:
    """As if an answer had been written by a version of the program that kept it otherwise."""
    (cookie,) = await visitor.page.context.cookies()
    person = app.house.keyring.person_id(CHANNEL, cookie.get("value", ""))
    kept = await app.house.database.look(lambda c: conversations.by_person(c, person))
    assert kept is not None
    drafts = Drafts(app.house.keyring, app.house.random)
    draft = drafts.open(kept)
    answers = {**draft.state.answers, "account": {"items": 5, "done": True}}
    broken = drafts.sealed(draft, replace(draft.state, answers=answers), app.house.clock())
    await app.house.database.unit(lambda c: conversations.advance(c, broken))


async def test_the_container_hears_that_the_database_is_gone(app: App, site: str) -> None:
    disk_of(app).gone = True

    async with aiohttp.ClientSession(site) as client, client.get("/health") as answer:
        assert answer.status == 503


async def test_a_page_that_breaks_says_sorry(app: App, site: str) -> None:
    disk_of(app).gone = True
    cookie = {"Cookie": f"visit={'a' * 64}"}

    async with aiohttp.ClientSession(site, headers=cookie) as client, client.get("/chat") as answer:
        page = await answer.text()

    assert answer.status == 500
    assert "Something went wrong on our side." in page
    assert answer.headers["cache-control"] == "no-store"
