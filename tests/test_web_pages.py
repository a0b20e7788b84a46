"""Every page can be used by everybody: axe finds no barrier, a small phone and big letters fit, nothing leaks."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page

from tests.browser import axe_violations, browser, too_wide
from tests.conftest import Cast
from tests.on_the_web import FIRST_STEPS, Visitor, amina, comes_to_the_check, site, somebody, starts_a_report

__all__ = ["amina", "browser", "site"]

SMALLEST = {"width": 320, "height": 568}


@pytest.fixture
async def on_a_phone(browser: Browser, site: str) -> AsyncIterator[Visitor]:
    """Amina, on the smallest phone."""
    async with somebody(browser, site, phone=True) as visitor:
        await visitor.page.set_viewport_size({"width": SMALLEST["width"], "height": SMALLEST["height"]})
        yield visitor


async def barriers(page: Page) -> list[str]:
    """What is wrong with a page, in daylight and in the dark, on a narrow screen."""
    found = await axe_violations(page)
    await page.emulate_media(color_scheme="dark")
    found += await axe_violations(page)
    await page.emulate_media(color_scheme="light")
    return [*found, "too wide"] if await too_wide(page) else found


async def test_the_pages_of_a_whole_report_have_no_barriers(cast: Cast, on_a_phone: Visitor) -> None:
    amina = on_a_phone
    await amina.opens()
    assert await barriers(amina.page) == []
    for label in ("English", *FIRST_STEPS):
        await amina.presses(label)
        assert await barriers(amina.page) == []
    await amina.presses("That's all")  # refused, with a notice
    assert await barriers(amina.page) == []
    await amina.types("They shouted at me at the bus stop.")
    for label in ("Keep this and add more", "That's all", "A few more questions", "Shouting or insults"):
        await amina.presses(label)
        assert await barriers(amina.page) == []


async def test_check_and_receipt_have_no_barriers(cast: Cast, on_a_phone: Visitor) -> None:
    await comes_to_the_check(on_a_phone, "Theyshoutedatme" * 60)
    assert await barriers(on_a_phone.page) == []

    await on_a_phone.presses("Send")

    await on_a_phone.reads("Your code is")
    assert await barriers(on_a_phone.page) == []


async def test_help_language_privacy_and_lost_pages_have_no_barriers(cast: Cast, on_a_phone: Visitor) -> None:
    await on_a_phone.chooses("Polski")
    for label in await on_a_phone.page.locator(".bar button:not([form])").all_text_contents():
        await on_a_phone.presses(label)
        assert await barriers(on_a_phone.page) == []
    await on_a_phone.opens("/nowhere")
    assert await barriers(on_a_phone.page) == []


async def test_arabic_runs_from_the_right_and_has_no_barriers(cast: Cast, on_a_phone: Visitor) -> None:
    await on_a_phone.chooses("العربية")

    html = on_a_phone.page.locator("html")
    assert (await html.get_attribute("lang"), await html.get_attribute("dir")) == ("ar", "rtl")
    assert await barriers(on_a_phone.page) == []
    exit_box = await on_a_phone.page.locator(".top button").bounding_box()
    assert exit_box is not None
    assert exit_box["x"] < SMALLEST["width"] / 2


async def test_letters_twice_as_big_still_fit(cast: Cast, on_a_phone: Visitor) -> None:
    await comes_to_the_check(on_a_phone, "They shouted at me at the bus stop.")

    await on_a_phone.page.evaluate("document.documentElement.style.fontSize = '225%'")

    assert not await too_wide(on_a_phone.page)


async def test_every_button_is_big_enough_to_hit(cast: Cast, on_a_phone: Visitor) -> None:
    await starts_a_report(on_a_phone)

    for button in await on_a_phone.page.get_by_role("button").all():
        box = await button.bounding_box()
        assert box is not None
        assert min(box["height"], box["width"]) >= 44


async def test_help_and_exit_are_in_the_same_place_everywhere(cast: Cast, amina: Visitor) -> None:
    await amina.chooses("English")
    bars = set()
    for label in ("Report hate or harassment", "Help now", "Carry on", "Yes", "Privacy"):
        await amina.presses(label)
        bars.add(tuple(await amina.page.locator(".bar > div:nth-last-child(-n+2) button").all_text_contents()))
        assert await amina.page.locator(".top").get_by_role("button", name="Exit this page").count() == 1

    assert bars == {("Help now", "Language", "Privacy", "Exit")}


async def test_the_exit_button_stays_in_sight(cast: Cast, on_a_phone: Visitor) -> None:
    await comes_to_the_check(on_a_phone, "They shouted. " * 40)

    await on_a_phone.page.mouse.wheel(0, 600)
    await on_a_phone.page.wait_for_function("scrollY > 100")

    box = await on_a_phone.page.locator(".top button").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 60


async def test_a_choice_among_many_keeps_its_place_and_focus(cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    await amina.writes("They shouted.")
    await amina.presses("A few more questions")

    await amina.presses("Threats")

    chosen = amina.page.get_by_role("button", name="Threats", pressed=True)
    assert await chosen.evaluate("button => button === document.activeElement")
    assert await amina.page.get_by_role("button", pressed=True).count() == 1


async def test_a_notice_is_read_out_first(cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)

    await amina.presses("That's all")

    alert = amina.page.get_by_role("alert")
    assert await alert.evaluate("alert => alert === document.activeElement")
    assert "notice" in (await amina.page.locator("#words").get_attribute("aria-describedby") or "")


async def test_a_language_is_changed_in_the_middle_without_losing_the_place(cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    await amina.presses("Language")
    button = amina.page.get_by_role("button", name="Polski")
    assert await button.get_attribute("lang") == "pl"

    await amina.presses("Polski")

    assert await amina.page.locator("html").get_attribute("lang") == "pl"
    assert await amina.page.locator("#words").count() == 1


async def test_a_whole_report_runs_without_scripts_and_asks_nobody_else(
    browser: Browser, site: str, cast: Cast
) -> None:
    async with somebody(browser, site, scripts=False) as amina:
        await comes_to_the_check(amina, "They shouted.")
        await amina.presses("Send")
        await amina.reads("Your code is")

        assert "<script" not in await amina.page.content()
        assert all(address.startswith((site, "data:")) for address in amina.asked_for)
