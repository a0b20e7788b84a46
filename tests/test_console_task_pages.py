"""Tasks in a real browser: without barriers, by keyboard alone, on a phone, and where scripts are off."""

from playwright.async_api import Browser, Page

from tests.at_the_console import Office, comes_in, office
from tests.browser import axe_violations, browser, page, too_wide, visit  # noqa: F401  # fixtures
from tests.clock import Clock
from tests.conftest import Cast
from tests.test_console_pages import shot
from tests.test_console_tasks import ACCUSED, INTERNAL, SERIOUS, a_worker_was_told

__all__ = ["office"]


async def test_tasks_are_open_to_everyone(
    page: Page,  # noqa: F811
    browser: Browser,  # noqa: F811
    office: Office,
    cast: Cast,
    clock: Clock,
) -> None:
    await a_worker_was_told(office, denied="no", same_property="yes")
    clock.advance(hours=2)
    await comes_in(page, office, cast.bruno)
    await page.click(".case a")
    for name, words in (("case", ""), ("task", SERIOUS), ("locked", ACCUSED), ("safeguarding", "Decide whether")):
        if words:
            await page.click(f".task-name a:has-text('{words}')")
        await shot(page, f"tasks-{name}")
        assert await axe_violations(page) == []
        assert not await too_wide(page)
        if words:
            await page.click("text=all tasks")
    async with visit(browser, phone=True) as small:
        clock.advance(minutes=1)
        await comes_in(small, office, cast.bruno)
        await small.click(".case a")
        await shot(small, "tasks-phone")
        assert not await too_wide(small)


async def test_a_task_is_taken_and_done_by_keyboard_alone(page: Page, office: Office, cast: Cast) -> None:  # noqa: F811
    await a_worker_was_told(office)
    await comes_in(page, office, cast.bruno)
    await page.click(".case a")
    await _tab_to(page, INTERNAL)
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#done-title")
    await _tab_to(page, "I do this")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("text=(you)")
    await _tab_to(page, "", field="ask-reference")
    await page.keyboard.type("BCC-4711")
    await _tab_to(page, "It is done")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("text=BCC-4711")

    assert "Done" in await page.inner_text(".facts")


async def _tab_to(page: Page, words: str, *, field: str = "") -> None:  # noqa: F811
    for _ in range(90):
        await page.keyboard.press("Tab")
        text, id = await page.evaluate("[document.activeElement.innerText, document.activeElement.id]")
        if (field and id == field) or (not field and text and text.startswith(words)):
            return
    raise AssertionError(f"nothing to tab to: {words or field}")


async def test_without_script_what_is_missing_is_said_at_its_field(
    browser: Browser,  # noqa: F811
    office: Office,
    cast: Cast,
) -> None:
    await a_worker_was_told(office)
    async with visit(browser, scripts=False) as plain_page:
        await comes_in(plain_page, office, cast.bruno)
        await plain_page.click(".case a")
        await plain_page.click(f"text={INTERNAL}")
        await plain_page.fill("#ask-reference", "   ")
        await plain_page.click("button:has-text('It is done')")
        said_ = await plain_page.inner_text("[role=alert]")
        marked = await plain_page.locator("[aria-invalid=true]").count()

    assert "Fill in: Reference number." in said_
    assert marked == 1
