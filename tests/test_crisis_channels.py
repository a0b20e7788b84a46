"""Words of crisis on Telegram, on the web pages and in the terminal: the same card, wherever they are written."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from bot.app import App
from bot.channels.terminal import Terminal
from bot.config import Config
from tests.browser import browser
from tests.clock import Clock
from tests.conftest import Cast
from tests.on_telegram import bot_on, starts_a_report, telegram
from tests.on_the_web import Visitor, site, somebody
from tests.on_the_web import starts_a_report as starts_on_the_web
from tests.telegram_reading import words_of
from tests.telegram_world.server import TelegramWorld

__all__ = ["browser", "site", "telegram"]

KNIFE, CANNOT = "he has a knife", "I cannot call for you."


@pytest.fixture
async def on_telegram(telegram: TelegramWorld, config: Config, clock: Clock) -> AsyncIterator[App]:
    async with bot_on(telegram, config, clock) as opened:
        yield opened


async def test_a_message_brings_the_card_and_carry_on_the_question(telegram: TelegramWorld, on_telegram: App) -> None:
    await on_telegram.joining.agency("bhcds")
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says(KNIFE)
    await amina.reads(CANNOT)
    await amina.taps("Carry on")
    await amina.reads("I have kept 1 message.")
    await amina.settles()

    assert await words_of(on_telegram, amina) == [KNIFE]


async def test_a_caption_and_an_edit_bring_the_card(telegram: TelegramWorld, on_telegram: App) -> None:
    await on_telegram.joining.agency("bhcds")
    amina, ola = telegram.person("Amina"), telegram.person("Ola")
    for person in (amina, ola):
        await starts_a_report(person)
    await amina.sends_photo(b"jpeg", KNIFE)
    await amina.reads(CANNOT)
    told = await ola.says("It was Monday.")
    await ola.reads("I have kept 1 message.")
    await ola.edits(told, KNIFE)
    await ola.reads(CANNOT)
    await ola.settles()

    assert await words_of(on_telegram, ola) == [KNIFE]


async def test_the_very_first_message_may_be_a_cry_for_help(telegram: TelegramWorld, on_telegram: App) -> None:
    amina = telegram.person("Amina")
    await amina.says("ساعدوني")
    await amina.reads("999")
    screen = await amina.settles()
    assert {"English", "Polski", "العربية"} <= set(screen.labels)

    ola = telegram.person("Ola")
    await ola.sends_photo(b"jpeg", "help me")
    await ola.reads(CANNOT)


async def test_words_after_a_command_are_heard(telegram: TelegramWorld, on_telegram: App) -> None:
    amina = telegram.person("Amina")
    await amina.says("/start")
    await amina.taps("English")
    await amina.says("/help he has a knife")

    await amina.reads("If you can, go where other people are.")


async def test_hide_typed_on_the_card_clears_everything(telegram: TelegramWorld, on_telegram: App) -> None:
    amina = telegram.person("Amina")
    await amina.says("/start")
    await amina.taps("English")
    await amina.says(KNIFE)
    await amina.reads(CANNOT)
    await amina.says("hide")
    await amina.settles()

    assert [message.text for message in amina.chat] == ["Hello."]


@pytest.fixture
async def visitor(browser: Browser, app: App, cast: Cast, site: str) -> AsyncIterator[Visitor]:
    async with somebody(browser, site) as amina:
        yield amina


async def test_on_the_web_the_card_comes_even_with_thats_all(visitor: Visitor) -> None:
    await starts_on_the_web(visitor)
    await visitor.writes(KNIFE)
    await visitor.reads(CANNOT)
    await visitor.presses("Carry on")

    await visitor.is_asked("Is that enough for now?")


async def test_on_the_web_words_are_taken_and_more_can_be_added(visitor: Visitor) -> None:
    await starts_on_the_web(visitor)
    await visitor.writes(KNIFE, then="Keep this and add more")
    await visitor.reads(CANNOT)
    await visitor.presses("Carry on")

    await visitor.reads("I have kept 1 message.")
    await visitor.writes("then the knife again, he has a knife", then="Keep this and add more")
    await visitor.reads("In danger now, call 999.")
    await visitor.reads("I have kept 2 messages.")


async def test_on_the_web_words_beside_skip_are_heard(visitor: Visitor) -> None:
    await starts_on_the_web(visitor)
    await visitor.types(KNIFE)
    await visitor.presses("Skip")

    await visitor.reads(CANNOT)


async def test_in_the_terminal_the_card_is_the_same(app: App, cast: Cast) -> None:
    lines = iter([KNIFE])
    written: list[str] = []

    def read() -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    house = app.house
    terminal = Terminal(
        conversations=app.conversations, clock=house.clock, random=house.random, read=read, write=written.append
    )
    await terminal.talk("en")

    assert CANNOT in written[-1]
