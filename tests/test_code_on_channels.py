"""A code typed on Telegram and on the web pages: the same report opens, and neither keeps the digits."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from bot.app import App
from bot.code_typed import STRUCK
from bot.config import Config
from tests.browser import browser
from tests.clock import Clock
from tests.conftest import Cast
from tests.on_telegram import bot_on, sends_a_short_report, starts_a_report, telegram
from tests.on_the_web import Visitor, site, somebody
from tests.on_the_web import starts_a_report as starts_on_the_web
from tests.telegram_reading import state_of, told_by, words_of
from tests.telegram_world.server import TelegramWorld

__all__ = ["browser", "site", "telegram"]

ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
OFFER, HAS_REPORT = "This is the code of a report.", "Nobody there has started to work on it yet."


@pytest.fixture
async def app(telegram: TelegramWorld, config: Config, clock: Clock) -> AsyncIterator[App]:
    """The program on both."""
    async with bot_on(telegram, config, clock) as opened:
        yield opened


@pytest.fixture
async def code(app: App, cast: Cast, telegram: TelegramWorld) -> str:
    """Of the report that Amina sent from her own phone."""
    return await sends_a_short_report(telegram.person("Amina"), "They shouted at me.")


@pytest.fixture
async def visitor(browser: Browser, site: str) -> AsyncIterator[Visitor]:
    """Amina at a computer of the library."""
    async with somebody(browser, site) as at_a_computer:
        yield at_a_computer


async def test_a_report_sent_on_telegram_opens_on_the_web(visitor: Visitor, code: str) -> None:
    await visitor.chooses("English")
    await visitor.presses("I have a code")
    await visitor.writes(code.translate(ARABIC_DIGITS), then="Go on")
    await visitor.reads(HAS_REPORT)

    digits = code.replace(" ", "")
    bare = [address.replace("%20", "").replace("+", "").replace(" ", "") for address in visitor.asked_for]
    assert not any(digits in address or digits[-8:] in address for address in bare)


async def test_a_code_pasted_into_a_story_on_the_web_is_offered_first(visitor: Visitor, code: str) -> None:
    await starts_on_the_web(visitor)
    await visitor.writes("It was Monday.", then="Keep this and add more")
    await visitor.writes(code)
    await visitor.reads(OFFER)
    assert code not in await visitor.page.content()
    await visitor.presses("Carry on here")
    await visitor.reads("I have kept 1 message.")
    await visitor.writes(f"And my code is {code.replace(' ', '')}, so you know.")
    await visitor.presses("Open my report with it")

    await visitor.reads(HAS_REPORT)


async def test_a_slip_is_given_back_to_be_mended_on_the_web(visitor: Visitor, code: str) -> None:
    await starts_on_the_web(visitor)
    await visitor.writes(code[:-1])

    await visitor.is_warned("That is not quite a code")
    assert await visitor.has_typed() == code[:-1]


async def test_the_words_under_a_photo_are_kept_without_the_code(app: App, telegram: TelegramWorld, code: str) -> None:
    sister = telegram.person("Amina's sister")
    await starts_a_report(sister)
    await sister.sends_photo(b"jpeg", f"The door. {code}")
    await sister.reads(OFFER)
    await sister.taps("Carry on here")
    await sister.reads("I have kept 1 message.")
    await sister.sends_photo(b"jpeg", code)
    await sister.reads(OFFER)
    await sister.settles()

    files = await told_by(app, sister)
    assert [item["words"] for item in files] == [f"The door. {STRUCK}", ""]
    assert all(item["blob"] for item in files)


async def test_an_edited_message_is_looked_at_too(app: App, telegram: TelegramWorld, code: str) -> None:
    sister = telegram.person("Amina's sister")
    await starts_a_report(sister)
    told = await sister.says("It was Monday.")
    await sister.reads("I have kept 1 message.")
    await sister.edits(told, f"It was Monday, and here: {code}")
    await sister.reads(OFFER)
    await sister.settles()

    assert await words_of(app, sister) == [f"It was Monday, and here: {STRUCK}"]


async def test_a_deep_link_never_opens_a_report(app: App, telegram: TelegramWorld, code: str) -> None:
    sister = telegram.person("Amina's sister")
    await sister.opens_link(code.replace(" ", ""))
    await sister.taps("English")
    await sister.reads("What would you like to do?")
    await sister.settles()

    assert OFFER not in sister.screen
    assert (await state_of(app, sister)).poster == ""
