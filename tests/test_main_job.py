"""The main job, end to end: from Amina's phone to Bruno's screen, and to nobody else's."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from playwright.async_api import Browser, Page

from bot.app import App
from bot.config import Config, Mail
from tests.at_the_console import code_of
from tests.browser import browser, serve, visit
from tests.clock import Clock
from tests.conftest import Cast, Desk
from tests.mail_server import MailServer, serving_mail
from tests.on_telegram import bot_on, starts_a_report, telegram
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld

__all__ = ["browser", "telegram"]

WORDS = "Krzyczeli na mnie przy przystanku."
BRUNO, CARLA = "bruno@centre.example", "carla@landlord.example"


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    server = MailServer()
    async with serving_mail(server):
        yield server


@pytest.fixture
async def app(telegram: TelegramWorld, config: Config, clock: Clock, mail: MailServer) -> AsyncIterator[App]:
    settings = Mail(host="127.0.0.1", port=mail.port, user="", password="", sender="saysafe@example.org", tls="none")
    async with bot_on(telegram, replace(config, mail=settings), clock) as opened:
        yield opened


async def test_a_report_from_a_phone_reaches_the_right_agency_and_nobody_else(
    app: App, cast: Cast, telegram: TelegramWorld, mail: MailServer, browser: Browser
) -> None:
    for agency, address in (("bhcds", BRUNO), ("livewest", CARLA)):
        await _alert_by_email(app, agency, address)
    amina = telegram.person("Amina", language_code="pl")

    await starts_a_report(amina)
    await amina.says(WORDS)
    for label in ("That's all", "No more questions", "Yes", "Phone call"):
        await amina.taps(label)
    await amina.says("07700 900123")
    await _skips_to_the_check(amina)
    checked = amina.screen.text
    await amina.taps("Send")
    await amina.reads("Your code is")

    assert WORDS in checked
    assert "+44 7700 900123" in checked
    await app.delivery.send_due()
    await mail.brings(BRUNO)
    _is_without_content(mail.to(BRUNO)[0].as_string())
    assert mail.to(CARLA) == []
    async with serve(app.asgi) as base, visit(browser) as bruno, visit(browser) as carla:
        await _opens_the_case(bruno, base, cast.bruno, app)
        seen = await bruno.inner_text("main")
        assert WORDS in seen
        assert "+44 7700 900123" in seen
        await _signs_in(carla, base, cast.carla, app)
        assert await carla.locator("main a[href*='/cases/']").count() == 0
        await carla.goto(bruno.url)
        assert WORDS not in await carla.content()


def _is_without_content(alert: str) -> None:
    assert "Something waits for you" in alert
    assert not any(said in alert for said in ("Krzyczeli", "7700", "hate", "report"))


async def _skips_to_the_check(amina: Person) -> None:
    while "Send" not in (await amina.settles()).labels:
        await amina.taps("Skip")


async def _alert_by_email(app: App, agency: str, address: str) -> None:
    await app.house.database.unit(lambda c: app.joining.alert_way(c, agency=agency, kind="email", address=address))


async def _signs_in(page: Page, base: str, desk: Desk, app: App) -> None:
    await page.goto(f"{base}/console/")
    await page.fill("#name", desk.member.name)
    await page.fill("#passphrase", desk.passphrase)
    await page.fill("#code", code_of(desk, app.house.clock()))
    await page.click("main button")
    await page.wait_for_selector("h1:has-text('Cases')")


async def _opens_the_case(page: Page, base: str, desk: Desk, app: App) -> None:
    await _signs_in(page, base, desk, app)
    await page.click("main a[href*='/cases/']")
    await page.wait_for_url("**/cases/*")
