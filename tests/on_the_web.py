"""Amina in a browser: fixtures that serve the web chat as it runs, and what a visitor does and reads there."""

import asyncio
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect
from starlette.applications import Starlette

from bot.app import App
from bot.attachments import Attachments
from bot.channels.web.guard import AWAY
from bot.channels.web.parts import WebChat
from bot.channels.web.routes import routes
from tests.browser import requested, serve, visit


def web_chat(app: App, *, public_url: str) -> Starlette:
    """The web chat alone, as it is served at `public_url`."""
    web = WebChat(
        conversations=app.conversations,
        attachments=Attachments(app.house.database, app.house.random),
        keyring=app.house.keyring,
        clock=app.house.clock,
        random=app.house.random,
        log=app.house.log,
        public_url=public_url,
        operator=app.house.operator,
        voices=app.house.voices,
        directory=app.house.directory,
    )
    return Starlette(routes=routes(web))


@pytest.fixture
async def site(app: App) -> AsyncIterator[str]:
    """The address at which the program serves its pages."""
    async with serve(app.asgi) as address:
        yield address


@dataclass
class Visitor:
    """Somebody who uses the pages as they are: presses buttons, types, chooses files."""

    page: Page
    site: str
    asked_for: list[str] = field(default_factory=list)  # the address of every request

    async def opens(self, path: str = "/") -> None:
        await self.page.goto(f"{self.site}{path}")

    async def chooses(self, language: str) -> None:
        """Opens the first page and begins in a language."""
        await self.opens()
        await self.presses(language)

    async def presses(self, label: str) -> None:
        await self.page.get_by_role("button", name=label, exact=True).last.click()
        await self.page.wait_for_load_state()

    async def types(self, words: str) -> None:
        await self.page.get_by_role("textbox").fill(words)

    async def writes(self, words: str, then: str = "That's all") -> None:
        """Types, and presses on."""
        await self.types(words)
        await self.presses(then)

    async def attaches(self, *files: Path, then: str = "Keep this and add more") -> None:
        await self.page.locator("#files").set_input_files([str(file) for file in files])
        await self.presses(then)

    async def reads(self, words: str) -> None:
        await expect(self.page.locator("body")).to_contain_text(words, timeout=5_000)

    async def is_asked(self, question: str) -> None:
        await expect(self.page.locator("h1")).to_have_text(question, timeout=5_000)

    async def is_warned(self, words: str) -> None:
        await expect(self.page.get_by_role("alert")).to_contain_text(words, timeout=5_000)

    async def has_typed(self) -> str:
        """What stands in the field."""
        return await self.page.get_by_role("textbox").input_value()


@asynccontextmanager
async def somebody(browser: Browser, site: str, *, phone: bool = False, scripts: bool = True) -> AsyncIterator[Visitor]:
    """Somebody with a browser of their own. Where Exit leads is answered here: tests ask nobody outside."""
    async with visit(browser, phone=phone, scripts=scripts) as page, asyncio.TaskGroup() as answering:
        await _answer_for_the_weather(page, answering)
        yield Visitor(page=page, site=site, asked_for=requested(page))


async def _answer_for_the_weather(page: Page, answering: asyncio.TaskGroup) -> None:
    """Over Chromium's own protocol: `page.route` does not see where a redirect leads."""
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Fetch.enable", {"patterns": [{"urlPattern": f"{AWAY}*"}]})

    def answer(paused: dict[str, Any]) -> None:
        reply = {"requestId": paused["requestId"], "responseCode": 200, "body": b64encode(b"The weather").decode()}
        answering.create_task(devtools.send("Fetch.fulfillRequest", reply))

    devtools.on("Fetch.requestPaused", answer)


@pytest.fixture
async def amina(browser: Browser, site: str) -> AsyncIterator[Visitor]:
    """Amina, at a computer."""
    async with somebody(browser, site) as visitor:
        yield visitor


FIRST_STEPS = ("Report hate or harassment", "Yes", "It happened to me", "Bristol", "Go on")


async def starts_a_report(visitor: Visitor) -> None:
    """From the first page to the question what happened."""
    await visitor.chooses("English")
    for label in FIRST_STEPS:
        await visitor.presses(label)
    await visitor.is_asked("What happened? Tell me in your own words.")


async def comes_to_the_check(visitor: Visitor, words: str) -> None:
    """To the page that shows everything before it is sent, in the fewest steps."""
    await starts_a_report(visitor)
    await visitor.writes(words)
    await visitor.presses("No more questions")
    await visitor.presses("No")
    await visitor.is_asked("Shall I send this now?")


def field_of(html: str, name: str, *, label: str = "") -> str:
    """What a field of a page's form holds; `label`: the button of that name with this label."""
    ending = f"[^>]*>{re.escape(label)}</button>" if label else ""
    found = re.search(rf'name="{name}" value="([^"]*)"{ending}', html)
    assert found is not None, f"no field {name} {label}"
    return unescape(found[1])
