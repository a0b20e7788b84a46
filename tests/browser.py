"""A real browser before a real server: Debian's Chromium, uvicorn on a port of its own, and axe to find barriers.

Import the fixtures where they are used: `from tests.browser import browser, page  # noqa: F401`.
"""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright
from starlette.types import ASGIApp

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE: ViewportSize = {"width": 360, "height": 740}


class _Server(uvicorn.Server):
    """Says when it listens, so that nobody has to look again and again."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()


@asynccontextmanager
async def serve(app: ASGIApp) -> AsyncIterator[str]:
    """Serve `app` in this loop, as it is served in production; gives its address, such as http://127.0.0.1:43210."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, ws="none", timeout_graceful_shutdown=2
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await asyncio.wait_for(server.listening.wait(), timeout=20)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
        listener.close()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A browser without history."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield started
        await started.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """An empty page on a computer's screen."""
    async with visit(browser) as opened:
        yield opened


@asynccontextmanager
async def visit(browser: Browser, *, phone: bool = False, scripts: bool = True) -> AsyncIterator[Page]:
    """A page in a session of its own, with its own cookies; `scripts=False` for people who have them off.

    A page that raises a fault in a script, or breaks its own content security policy, fails the test.
    """
    context = await _context(browser, phone=phone, scripts=scripts)
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    await context.close()
    assert not faults, faults


async def _context(browser: Browser, *, phone: bool, scripts: bool) -> BrowserContext:
    if phone:
        return await browser.new_context(
            java_script_enabled=scripts, viewport=PHONE, has_touch=True, is_mobile=True, locale="en-GB"
        )
    return await browser.new_context(java_script_enabled=scripts, locale="en-GB")


async def axe_violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it is, one line a finding; the page must allow scripts."""
    await page.evaluate(AXE_SCRIPT)
    options = json.dumps({"runOnly": {"type": "tag", "values": STANDARDS}})
    found = await page.evaluate(f"() => axe.run({options})")
    return [
        f"{rule['id']}: {node['target']} {node['html'][:200]}" for rule in found["violations"] for node in rule["nodes"]
    ]


async def too_wide(page: Page) -> bool:
    """Whether the page must be scrolled sideways, which nobody should have to (WCAG 1.4.10)."""
    wide: bool = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wide


def requested(page: Page) -> list[str]:
    """The address of every request the page makes from now on, in a list that grows."""
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    return addresses
