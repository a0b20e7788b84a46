"""A draft on the web ends after a day, and whoever comes back is told so; whoever left by Exit is told nothing."""

from playwright.async_api import Browser

from bot.app import App
from tests.browser import browser
from tests.clock import Clock
from tests.conftest import Cast
from tests.on_the_web import Visitor, amina, site, somebody, starts_a_report

__all__ = ["amina", "browser", "site"]

GONE = "I deleted the answers you had not sent, as I promised."


async def a_day_passes(app: App, clock: Clock) -> None:
    clock.advance(hours=24)
    await app.retention.sweep()


async def test_a_page_left_open_says_that_its_draft_is_gone(app: App, cast: Cast, amina: Visitor, clock: Clock) -> None:
    await starts_a_report(amina)
    await amina.writes("They shouted.", then="Keep this and add more")
    await a_day_passes(app, clock)

    await amina.writes("And then they left.")

    await amina.is_warned(GONE)
    await amina.reads("And then they left.")


async def test_the_first_page_says_it_too_until_somebody_begins_again(
    app: App, cast: Cast, amina: Visitor, clock: Clock
) -> None:
    await starts_a_report(amina)
    await amina.writes("They shouted.", then="Keep this and add more")
    await a_day_passes(app, clock)

    await amina.opens()
    await amina.is_warned(GONE)
    await amina.presses("English")
    await amina.reads("What would you like to do?")
    await amina.opens()

    assert GONE not in await amina.page.content()


async def test_who_has_begun_nothing_is_told_nothing(
    app: App, cast: Cast, browser: Browser, site: str, clock: Clock
) -> None:
    async with somebody(browser, site) as bruno:
        await bruno.chooses("English")
        await a_day_passes(app, clock)
        await bruno.opens("/chat")

        await bruno.is_warned("Nothing is open here now.")
