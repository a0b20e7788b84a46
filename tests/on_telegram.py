"""The program on a Telegram of the tests: fixtures that start both, and steps several tests take."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.app import App, World, open_app
from bot.config import Config, TelegramSettings
from bot.encryption.passphrase import FOR_TESTS
from bot.logs import EventLog
from bot.serving import running
from tests.clock import Clock
from tests.telegram_world.people import Person
from tests.telegram_world.server import TOKEN, TelegramWorld


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[TelegramWorld]:
    """A Bot API server of our own, over HTTP."""
    async with TelegramWorld.start(clock=clock) as world:
        yield world


@asynccontextmanager
async def bot_on(telegram: TelegramWorld, config: Config, clock: Clock) -> AsyncIterator[App]:
    """The program with its loops, polling `telegram`."""
    settings = TelegramSettings(token=TOKEN, webhook="", api=telegram.url)
    cheap = World(clock=clock, code_cost=FOR_TESTS, passphrase_cost=FOR_TESTS)
    async with (
        open_app(replace(config, telegram=settings), EventLog(), cheap) as app,
        running(app.works, app.house.log),
    ):
        assert app.telegram is not None
        telegram.bot_is_idle, telegram.quiet, telegram.patience = app.telegram.chats.settle, 0.01, 20.0
        yield app
        await app.telegram.chats.settle()


@pytest.fixture
async def app(telegram: TelegramWorld, config: Config, clock: Clock) -> AsyncIterator[App]:
    """The program, on Telegram."""
    async with bot_on(telegram, config, clock) as opened:
        yield opened


async def starts_a_report(person: Person) -> None:
    """From /start to the question what happened."""
    await person.says("/start")
    for label in ("English", "Report hate or harassment", "Yes", "It happened to me", "Bristol", "Go on"):
        await person.taps(label)
    await person.reads("What happened?")


async def sends_a_short_report(person: Person, words: str) -> str:
    """A whole report in the fewest steps; returns its code."""
    await starts_a_report(person)
    await person.says(words)
    for label in ("That's all", "No more questions", "No", "Send"):
        await person.taps(label)
    await person.reads("Your code is")
    return next(label for label in person.screen.labels if label.replace(" ", "").isdecimal())
