"""Pages for everybody: help and packs without a conversation, a cookie or a script, whatever the address says."""

import asyncio
import re
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from playwright.async_api import Browser
from pypdf import PdfReader
from sqlalchemy import func, select

from bot.app import App
from bot.channels.web.pages import NAME
from bot.storage.tables import metadata
from dialogs.pack import NEEDS
from tests.browser import axe_violations, browser, too_wide
from tests.on_the_web import Visitor, amina, site, somebody
from tests.walking import directory

__all__ = ["amina", "browser", "site"]

PAGES = (
    "/help?lang={}",
    "/help/hate?area=bristol&lang={}",
    "/help/sexual-violence?lang={}",
    "/pack?lang={}",
    "/pack?area=stockton&topics=hate,safety&lang={}",
    "/pack?area=&lang={}",
)
HOSTILE = (
    "area=%00",
    "area=<script>alert(1)</script>",
    "area=bristol'--&topics=hate",
    "topics=../../etc/passwd",
    "topics=hate&topics=hate&topics=" + "x," * 400,
    "needs=hate&needs=%ff%fe",
    "lang=ar&lang=xx&area=nowhere",
    "lang=../../en",
    "lang[]=en&area[]=bristol",
    "topics=" + quote("\u202e\u2068hate"),
    "=&&=&area",
)


@pytest.fixture
async def web(site: str) -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody without a browser, who sees every header."""
    async with aiohttp.ClientSession(base_url=site) as session:
        yield session


async def rows(app: App) -> dict[str, int]:
    """How much is kept, table by table."""
    counts = {name: select(func.count()).select_from(table) for name, table in metadata.tables.items()}
    return await app.house.database.look(
        lambda c: {name: int(c.execute(count).scalar_one()) for name, count in counts.items()}
    )


@pytest.mark.parametrize("tag", ["en", "ar", "pl"])
async def test_the_pages_have_no_barriers_on_a_small_phone(browser: Browser, site: str, tag: str) -> None:
    async with somebody(browser, site, phone=True) as amina:
        await amina.page.set_viewport_size({"width": 320, "height": 568})
        for page in PAGES:
            await amina.opens(page.format(tag))
            found = await axe_violations(amina.page)
            await amina.page.emulate_media(color_scheme="dark")
            found += await axe_violations(amina.page)
            await amina.page.emulate_media(color_scheme="light")
            assert (page, found, await too_wide(amina.page)) == (page, [], False)


async def test_arabic_pages_run_from_the_right(amina: Visitor) -> None:
    await amina.opens("/pack?area=bristol&lang=ar")

    html = amina.page.locator("html")
    assert (await html.get_attribute("lang"), await html.get_attribute("dir")) == ("ar", "rtl")


async def test_a_pack_is_made_without_scripts_cookies_or_anybody_else(browser: Browser, site: str) -> None:
    async with somebody(browser, site, scripts=False) as amina:
        await amina.opens()
        await amina.page.get_by_role("link", name="A pack to take with you").click()
        await amina.page.get_by_label("Bristol").check()
        await amina.page.get_by_label("Staying safe").check()
        await amina.presses("Make the pack")

        await amina.is_asked("Help and rights in \u2068Bristol\u2069")
        await amina.reads("If you cannot speak, press 55")
        assert await amina.page.get_by_role("heading", name="Is this a hate crime?").count() == 0
        assert await amina.page.title() == NAME
        assert await amina.page.context.cookies() == []
        assert all(address.startswith((site, "data:")) for address in amina.asked_for)


async def test_help_is_found_from_the_first_page_in_two_steps(amina: Visitor) -> None:
    await amina.opens()
    await amina.page.get_by_role("link", name="Find help and tell us nothing").click()
    await amina.page.get_by_role("link", name="Hate because of who I am").click()
    await amina.page.get_by_role("link", name="Bristol").click()

    await amina.reads("0800 171 2272")
    assert await amina.page.get_by_role("link", name="0800 171 2272").first.get_attribute("href") == "tel:08001712272"


async def test_another_language_shows_the_same_page(amina: Visitor) -> None:
    await amina.opens("/pack?area=walsall&topics=rights&lang=en")
    await amina.page.get_by_role("link", name="Polski").click()

    assert "area=walsall&topics=rights&lang=pl" in amina.page.url
    assert await amina.page.locator("html").get_attribute("lang") == "pl"


async def test_exit_leads_away_from_every_page(amina: Visitor) -> None:
    await amina.opens("/help/hate?area=bristol")
    await amina.presses("Exit this page")

    await amina.reads("The weather")


async def test_on_paper_only_the_pack_itself_is_seen(amina: Visitor) -> None:
    await amina.opens("/pack?area=bristol&topics=hate&lang=en")
    await amina.page.emulate_media(media="print")

    for hidden in (".top", "footer", "nav >> nth=0", ".screen-only"):
        assert not await amina.page.locator(hidden).is_visible()
    assert await amina.page.get_by_role("heading", name="Who can help").is_visible()


async def test_nothing_is_kept_of_who_looks_at_what(app: App, web: aiohttp.ClientSession) -> None:
    before = await rows(app)
    for page in (*PAGES, "/pack.pdf?topics=newcomers&lang={}"):
        async with web.get(page.format("en")) as response:
            assert response.status == 200
            assert "set-cookie" not in response.headers
            assert response.headers["cache-control"] == "no-store"
            assert response.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")

    assert await rows(app) == before


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("path", ["/help", "/help/hate", "/pack"])
async def test_whatever_stands_in_the_address_a_kind_page_comes(
    web: aiohttp.ClientSession, path: str, query: str
) -> None:
    async with web.get(f"{path}?{query}") as response:
        page = await response.text()

    assert response.status == 200
    assert "<script" not in page
    assert "passwd" not in page
    assert "nowhere" not in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("need", ["nothing-of-this", "<b>", "..%2f..", "%00", "x" * 3_000])
async def test_an_unknown_need_leads_to_those_there_are(web: aiohttp.ClientSession, need: str) -> None:
    async with web.get(f"/help/{need}") as response:
        page = await response.text()

    assert response.status == 404
    assert "999" in page or "There is no such page here." in page


async def test_every_need_has_a_page_with_a_number_to_call(web: aiohttp.ClientSession) -> None:
    for need in directory().needs:
        for area in ("", *(each.id for each in directory().areas)):
            async with web.get(f"/help/{need.id}?area={area}&lang=en") as response:
                page = await response.text()
            assert (need.id, area, response.status) == (need.id, area, 200)
            assert page.split("<article", 1)[1].count('href="tel:') >= 1


async def test_no_app_for_a_safe_phone_is_on_any_page(web: aiohttp.ClientSession) -> None:
    for need in directory().needs:
        async with web.get(f"/help/{need.id}?lang=en") as response:
            page = await response.text()
        assert "Hollie Guard" not in page
        assert "Bright Sky" not in page


async def test_the_file_has_a_neutral_name_and_the_words_of_the_page(web: aiohttp.ClientSession) -> None:
    async with web.get("/pack.pdf?area=bristol&topics=newcomers&lang=pl") as response:
        file = await response.read()

    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-disposition"] == 'attachment; filename="saysafe.pdf"'
    assert response.headers["x-robots-tag"] == "noindex"
    root: Any = PdfReader(BytesIO(file)).trailer["/Root"]
    assert root["/Lang"] == "pl"


async def test_others_are_answered_while_a_file_is_written(web: aiohttp.ClientSession) -> None:
    async def get(path: str) -> str:
        async with web.get(path) as response:
            await response.read()
            return path

    done = [await each for each in asyncio.as_completed([get("/pack.pdf?area=bristol"), get("/health")])]

    assert done == ["/health", "/pack.pdf?area=bristol"]


async def test_the_pack_offers_every_topic_and_every_area(web: aiohttp.ClientSession) -> None:
    async with web.get("/pack") as response:
        page = await response.text()

    assert set(re.findall(r'name="topics" value="([^"]+)"', page)) == set(NEEDS)
    assert set(re.findall(r'name="area" value="([^"]*)"', page)) == {"", *(area.id for area in directory().areas)}
