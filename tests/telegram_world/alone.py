"""A Telegram without the program: fixtures for the tests of the Bot API server itself."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from tests.clock import Clock
from tests.telegram_world.limits import Json
from tests.telegram_world.people import Person
from tests.telegram_world.server import TOKEN, TelegramWorld

YES_OR_NO = InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label) for label in ("Yes", "No")]])
MIB = 1024 * 1024


def inline(*labels: str, **how: Any) -> Json:
    """A keyboard of one row, in the Bot API's own form; `how`: what the buttons do, by default a tap that says so."""
    return {"inline_keyboard": [[{"text": label, **(how or {"callback_data": label})} for label in labels]]}


@pytest.fixture
async def world(clock: Clock) -> AsyncIterator[TelegramWorld]:
    async with TelegramWorld.start(clock=clock) as world:
        yield world


@pytest.fixture
async def bot(world: TelegramWorld) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=world.base_url, base_file_url=world.base_file_url) as bot:
        yield bot


@pytest.fixture
def amina(world: TelegramWorld) -> Person:
    return world.person("Amina", language_code="ar")


@pytest.fixture
async def amina_wrote(amina: Person) -> None:
    await amina.says("/start")
