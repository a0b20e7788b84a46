"""The whole program at work: a deadline comes near, and an alert that says nothing of it reaches Bruno's agency."""

import asyncio

from bot.alerts.words import AlertWords
from bot.app import World, open_app
from bot.config import Config
from bot.encryption.passphrase import FOR_TESTS
from bot.logs import EventLog
from bot.serving import running
from bot.storage import cases
from dialogs.parts import Package
from tests.at_the_console import open_office
from tests.clock import Clock
from tests.conftest import desk
from tests.test_console_tasks import ASSAULT, told_by_a_worker


class Screen:
    """A way for alerts; says when one has come."""

    def __init__(self) -> None:
        self.came = asyncio.Event()
        self.words: list[AlertWords] = []

    async def send(self, address: str, words: AlertWords) -> None:
        self.words.append(words)
        self.came.set()


async def test_a_warning_leaves_by_itself_and_tells_nothing(config: Config, clock: Clock) -> None:
    screen = Screen()
    world = World(clock=clock, code_cost=FOR_TESTS, passphrase_cost=FOR_TESTS)
    async with open_app(config, EventLog(), world, senders={"screen": screen}) as app:
        bruno = await desk(app, "bhcds", "bruno")
        await app.house.database.unit(lambda c: app.joining.alert_way(c, agency="bhcds", kind="screen", address="desk"))
        async with open_office(app, clock) as office:
            await office.file(told_by_a_worker(), {"bhcds": Package.ACCOUNT}, situation=ASSAULT)
        [listed] = (await app.house.database.look(lambda c: cases.list_cases(c, "bhcds"))).cases
        await app.house.database.unit(lambda c: cases.take(c, listed.case, bruno.member.id, clock()))
        clock.advance(hours=25)

        async with running(app.works, app.house.log):
            await asyncio.wait_for(screen.came.wait(), timeout=30)

    [said] = {words.number for words in screen.words}
    assert said == listed.number
    body = screen.words[0].subject + screen.words[0].body
    assert not any(word in body.lower() for word in ("sexual", "incident", "told", "task", "deadline"))
