"""The console in a real browser: read, used with the keyboard alone, printed, on a phone, and without barriers."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page
from sqlalchemy import update
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.app import App
from bot.storage import tables
from dialogs.parts import Package
from tests.at_the_console import Office, account, code_of, comes_in, contact, facts, open_office
from tests.browser import axe_violations, browser, page, requested, serve, too_wide, visit  # noqa: F401  # fixtures
from tests.clock import Clock
from tests.conftest import Cast, Desk

ARABIC = "صرخت جارتي في وجهي عند الباب.\n   قالت: «ارجعي»، ثم دفعتني."


@pytest.fixture
async def office(app: App, clock: Clock) -> AsyncIterator[Office]:
    async with open_office(app, clock) as opened:
        yield opened


@pytest.fixture
async def reported(office: Office, cast: Cast) -> Office:
    """Amina told the reporting centre everything, and the landlord the facts; an older report is late."""
    told = (*facts(), *account("Something small happened on the bus.", locale="en"))
    await office.file(told, {"bhcds": Package.ACCOUNT})
    office.clock.advance(hours=100)
    photo = await office.attach(b"\xff\xd8 a photograph" * 4000)
    note = await office.attach(b"OggS" * 900, kind="voice", media_type="audio/ogg") | {"seconds": 41}
    told = (*facts(), *account(ARABIC, files=[photo, note]), *contact())
    await office.file(told, {"bhcds": Package.FULL, "livewest": Package.FACTS}, urgent=True)
    office.clock.advance(minutes=7)
    return office


async def shot(page: Page, name: str) -> None:  # noqa: F811
    """Keep a picture for people to look at, when they asked for it by making the folder."""
    if (folder := Path("/tmp/shots")).is_dir():  # noqa: S108
        await page.screenshot(path=folder / f"{name}.png", full_page=True)


async def is_open_to_everyone(page: Page, name: str) -> None:  # noqa: F811
    await shot(page, name)
    assert await axe_violations(page) == []
    assert not await too_wide(page)


async def test_the_door_has_no_barriers_in_any_state(page: Page, office: Office, cast: Cast) -> None:  # noqa: F811
    await page.goto(f"{office.base}/console/")
    await is_open_to_everyone(page, "door")
    for name in ("door-refused", "door-early"):
        await page.fill("#name", "bruno")
        await page.fill("#passphrase", "a guess")
        await page.fill("#code", "000000")
        await page.click("main button")
        await page.wait_for_selector("[role=alert]")
        await is_open_to_everyone(page, name)


async def test_an_empty_inbox_says_what_will_come(page: Page, office: Office, cast: Cast) -> None:  # noqa: F811
    await comes_in(page, office, cast.bruno)
    await is_open_to_everyone(page, "inbox-empty")

    assert "No case is here yet" in await page.inner_text("main")


async def test_the_list_shows_what_is_urgent_and_late_in_words(
    page: Page,  # noqa: F811
    reported: Office,
    cast: Cast,
) -> None:
    await comes_in(page, reported, cast.bruno)
    await is_open_to_everyone(page, "inbox")
    first, second = [await item.inner_text() for item in await page.query_selector_all(".case")]

    assert "Urgent" in first
    assert "late" in second
    assert "Nobody" in first
    assert "Bristol" in first


async def test_a_whole_case_is_read_verbatim(page: Page, reported: Office, cast: Cast) -> None:  # noqa: F811
    await comes_in(page, reported, cast.bruno)
    await page.click(".case a")
    await is_open_to_everyone(page, "case-full")
    own = page.locator(".own").first

    assert await own.text_content() == ARABIC
    assert await own.get_attribute("lang") == "ar"
    assert await own.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert "Do not leave a message." in await page.inner_text(".reach")


async def test_a_taken_case_shows_who_has_it(page: Page, reported: Office, cast: Cast) -> None:  # noqa: F811
    await comes_in(page, reported, cast.bruno)
    await page.click(".case a")
    await page.click("text=I have it")
    await is_open_to_everyone(page, "case-taken")
    await page.click("text=All cases")
    await is_open_to_everyone(page, "inbox-taken")

    assert "bruno" in await page.inner_text(".case >> nth=0")
    assert "read in time" in await page.inner_text(".case >> nth=0")


async def test_carla_reads_what_was_not_shared_and_no_more(page: Page, reported: Office, cast: Cast) -> None:  # noqa: F811
    await comes_in(page, reported, cast.carla)
    await page.click(".case a")
    await is_open_to_everyone(page, "case-facts")
    said = await page.inner_text("main")

    assert "The reporter has not shared their own words with you." in said
    assert "Do not contact this person" in said
    assert "Bristol Hate" not in said


async def test_whoever_comes_second_is_told_kindly(
    page: Page,  # noqa: F811
    browser: Browser,  # noqa: F811
    reported: Office,
    cast: Cast,
) -> None:
    bea = Desk(
        agency=cast.bruno.agency,
        member=await reported.app.joining.member(cast.bruno.agency, name="bea", passphrase=cast.bruno.passphrase),
    )
    await comes_in(page, reported, cast.bruno)
    await page.click(".case a")
    async with visit(browser) as other:
        await comes_in(other, reported, bea)
        await other.click(".case a")
        await other.click("text=I have it")
    await page.click("text=I have it")
    await is_open_to_everyone(page, "case-second")

    assert "bea has case" in await page.inner_text("main")


async def test_consent_that_was_taken_back_closes_the_report(
    page: Page,  # noqa: F811
    reported: Office,
    cast: Cast,
) -> None:
    withdrawn = update(tables.consents).values(withdrawn_at=reported.clock())
    await reported.app.house.database.unit(lambda c: c.execute(withdrawn) and None)
    await comes_in(page, reported, cast.bruno)
    await page.click(".case a")
    await is_open_to_everyone(page, "case-withdrawn")

    assert "taken back their consent" in await page.inner_text("main")
    assert await page.locator(".own").count() == 0


async def test_what_goes_wrong_is_said_kindly(page: Page, office: Office) -> None:  # noqa: F811
    await page.goto(f"{office.base}/console/no/such/page")
    await is_open_to_everyone(page, "error-404")

    assert "There is nothing here" in await page.inner_text("h1")


async def test_everything_works_by_keyboard_alone(page: Page, reported: Office, cast: Cast) -> None:  # noqa: F811
    await page.goto(f"{reported.base}/console/")
    await page.keyboard.press("Tab")
    await shot(page, "keyboard-skip")
    assert "Skip" in await page.evaluate("document.activeElement.innerText")
    await page.keyboard.press("Enter")
    for typed in ("bruno", cast.bruno.passphrase, code_of(cast.bruno, reported.clock())):
        await page.keyboard.press("Tab")
        await page.keyboard.type(typed)
    await page.keyboard.press("Enter")
    await page.wait_for_selector("h1:has-text('Cases')")
    await _tab_to(page, "Case ")
    await shot(page, "keyboard-focus")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#state-title")
    await _tab_to(page, "I have it")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("text=(you)")
    await _tab_to(page, "Sign out")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("h1:has-text('You are signed out')")


async def _tab_to(page: Page, words: str) -> None:  # noqa: F811
    """Tab to something that begins with `words`, and see that the way there is visible."""
    for _ in range(30):
        await page.keyboard.press("Tab")
        if (await page.evaluate("document.activeElement.innerText")).startswith(words):
            outline = await page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
            assert outline == "3px"
            return
    raise AssertionError(f"nothing that begins with {words} can be reached")


async def test_a_phone_and_a_doubled_size_need_no_sideways_scrolling(
    browser: Browser,  # noqa: F811
    reported: Office,
    cast: Cast,
) -> None:
    await reported.file((*facts(), *account("x" * 100_000, locale="en")), {"bhcds": Package.ACCOUNT}, urgent=True)
    async with visit(browser, phone=True) as phone:
        await comes_in(phone, reported, cast.bruno)
        await is_open_to_everyone(phone, "phone-inbox")
        for place in range(3):
            await phone.click(f".case >> nth={place} >> a")
            assert not await too_wide(phone)
            await shot(phone, f"phone-case-{place}")
            await phone.evaluate("document.documentElement.style.fontSize = '200%'")
            assert not await too_wide(phone)
            await phone.go_back()


async def test_it_works_without_any_script(browser: Browser, reported: Office, cast: Cast) -> None:  # noqa: F811
    async with visit(browser, scripts=False) as quiet:
        await comes_in(quiet, reported, cast.bruno)
        await quiet.click(".case a")
        await quiet.click("text=I have it")

        assert "(you)" in await quiet.inner_text("main")


async def test_nothing_is_asked_of_anybody_else(page: Page, reported: Office, cast: Cast) -> None:  # noqa: F811
    asked = requested(page)
    await comes_in(page, reported, cast.bruno)
    await page.click(".case a")

    assert {address.split("/console")[0] for address in asked if not address.startswith("data:")} == {reported.base}
    assert await page.locator("script").count() == 0


async def test_a_printed_case_has_the_words_and_not_the_buttons(
    page: Page,  # noqa: F811
    reported: Office,
    cast: Cast,
) -> None:
    await comes_in(page, reported, cast.bruno)
    await page.click(".case a")
    await page.emulate_media(media="print")
    await shot(page, "case-print")

    assert await page.locator(".own").first.is_visible()
    assert not await page.locator("button").first.is_visible()


async def test_a_saved_photo_is_the_photo_that_was_sent(page: Page, reported: Office, cast: Cast) -> None:  # noqa: F811
    await comes_in(page, reported, cast.bruno)
    await page.click(".case a")
    async with page.expect_download() as saving:
        await page.click("text=Save file 1")
    saved = await saving.value
    path = await saved.path()

    assert await asyncio.to_thread(path.read_bytes) == b"\xff\xd8 a photograph" * 4000
    assert saved.suggested_filename.endswith("-1.jpg")


async def test_a_link_from_elsewhere_does_not_end_the_session(page: Page, reported: Office, cast: Cast) -> None:  # noqa: F811
    await comes_in(page, reported, cast.bruno)
    mail = f'<title>mail</title><a href="{reported.base}/console">An alert waits</a>'
    async with serve(Starlette(routes=[Route("/", partial(_shows, mail))])) as elsewhere:
        await page.goto(elsewhere.replace("127.0.0.1", "localhost"))
        await page.click("a")
        await page.wait_for_selector("h1:has-text('Cases')")

    assert await page.locator(".case").count() == 2


async def _shows(html: str, request: Request) -> Response:
    return HTMLResponse(html)
