"""Amina's visit in a browser: she reports, goes back and forth, presses twice, and leaves no trace when she exits."""

import asyncio

from playwright.async_api import Browser, Page
from sqlalchemy import func, select

from bot.app import App
from bot.channels.web.guard import AWAY
from bot.channels.web.sessions import CHANNEL
from bot.messages import Address
from bot.storage.tables import cases, reports
from tests.browser import browser
from tests.conftest import Cast
from tests.on_the_web import Visitor, amina, comes_to_the_check, field_of, site, somebody, starts_a_report

__all__ = ["amina", "browser", "site"]


async def filed(app: App) -> tuple[int, list[str]]:
    """How many reports there are, and which agencies have a case."""
    look = app.house.database.look
    count = select(func.count()).select_from(reports)
    agencies = await look(lambda c: list(c.execute(select(cases.c.agency)).scalars()))
    return int(await look(lambda c: c.execute(count).scalar_one())), agencies


async def reaches(page: Page, label: str) -> None:
    """Goes there with the Tab key, as somebody without a mouse does."""
    for _ in range(40):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id") == label:
            return
    raise AssertionError(f"the keyboard does not reach {label}")


async def test_amina_reports_with_the_keyboard_only(app: App, cast: Cast, amina: Visitor) -> None:
    await amina.opens()
    for label in ("English", "Report hate or harassment", "Yes", "It happened to me", "Bristol", "Go on"):
        await reaches(amina.page, label)
        async with amina.page.expect_navigation():
            await amina.page.keyboard.press("Enter")
    await reaches(amina.page, "words")
    await amina.page.keyboard.type("They shouted at me at the bus stop.")
    for label in ("That's all", "No more questions", "No", "Send"):
        await reaches(amina.page, label)
        async with amina.page.expect_navigation():
            await amina.page.keyboard.press("Space")

    await amina.reads("Your code is")
    assert await filed(app) == (1, ["bhcds"])


async def test_the_code_can_be_selected_with_one_press(app: App, cast: Cast, amina: Visitor) -> None:
    await comes_to_the_check(amina, "They shouted.")
    await amina.presses("Send")

    await amina.page.locator(".code").click()

    selected = await amina.page.evaluate("getSelection().toString()")
    assert len(selected.strip().replace(" ", "")) == 20


async def test_what_is_sent_stands_on_the_check_page(cast: Cast, amina: Visitor) -> None:
    await comes_to_the_check(amina, "They shouted at me <loudly>.")

    await amina.reads("Who gets it")
    assert await amina.page.locator("dd", has_text="They shouted at me <loudly>.").count() == 1


async def test_send_pressed_twice_files_one_report(app: App, cast: Cast, amina: Visitor) -> None:
    await comes_to_the_check(amina, "They shouted.")
    html = await amina.page.content()
    form: dict[str, str | float | bool] = {"form": field_of(html, "form"), "tap": field_of(html, "tap", label="Send")}

    post = amina.page.context.request.post
    answers = await asyncio.gather(*(post(f"{amina.site}/chat", form=form) for _ in range(4)))

    assert {answer.status for answer in answers} == {200}
    assert await filed(app) == (1, ["bhcds"])


async def test_a_double_click_answers_one_question(cast: Cast, amina: Visitor) -> None:
    await amina.chooses("English")
    await amina.presses("Report hate or harassment")

    await amina.page.get_by_role("button", name="Yes", exact=True).dblclick(no_wait_after=True)
    await amina.page.wait_for_load_state("networkidle")

    await amina.is_asked("Which of these is you?")


async def test_reload_and_browser_back_lose_nothing(app: App, cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    await amina.writes("They shouted.", then="Keep this and add more")

    await amina.page.reload()
    await amina.reads("I have kept 1 message.")
    await amina.page.go_back()
    await amina.page.go_back()
    await amina.opens("/chat")

    await amina.reads("I have kept 1 message.")


async def test_the_address_of_every_page_is_the_same(cast: Cast, amina: Visitor) -> None:
    await comes_to_the_check(amina, "They shouted.")

    visited = {address.removeprefix(amina.site) for address in amina.asked_for if address.startswith("http")}
    assert visited == {"/", "/start", "/chat"}
    assert await amina.page.title() == "Saysafe"


async def test_a_page_in_another_tab_offers_to_change_the_answer(cast: Cast, amina: Visitor) -> None:
    await amina.chooses("English")
    await amina.presses("Report hate or harassment")
    old = Visitor(page=await amina.page.context.new_page(), site=amina.site)
    await old.opens("/chat")
    await amina.presses("Yes")
    await amina.is_asked("Which of these is you?")

    await old.presses("No")

    await old.is_asked("Do you want to change your answer?")


async def test_words_on_an_old_page_answer_no_other_question(cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    old = Visitor(page=await amina.page.context.new_page(), site=amina.site)
    await old.opens("/chat")
    await amina.writes("They shouted.")

    await old.writes("They also pushed me.", then="Keep this and add more")

    await old.is_asked("Do you want to change your answer?")
    assert await old.has_typed() == "They also pushed me."


async def test_exit_leaves_and_nothing_can_be_gone_back_to(app: App, cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    await amina.writes("A word nobody may find.", then="Keep this and add more")
    address = Address(channel=CHANNEL, who=(await amina.page.context.cookies())[0].get("value", ""))

    await amina.page.get_by_role("button", name="Exit this page").click()
    await amina.page.wait_for_url(f"{AWAY}**")

    assert await amina.page.context.cookies() == []
    await amina.page.go_back()
    await amina.reads("Choose a language to begin.")
    assert "A word nobody may find." not in await amina.page.content()
    kept = await app.conversations.look(address)
    assert kept is None or kept.key == "menu"


async def test_exit_is_quick(cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    exit_button = amina.page.get_by_role("button", name="Exit this page")

    async with amina.page.expect_request(f"{AWAY}**", timeout=1_000):
        await exit_button.click()


async def test_the_word_exit_leaves_too(cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)

    await amina.writes("Exit", then="Keep this and add more")

    await amina.page.wait_for_url(f"{AWAY}**")
    assert await amina.page.context.cookies() == []


async def test_who_chose_to_keep_the_draft_finds_it_after_exit(cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    await amina.presses("Privacy")
    await amina.presses("On Exit: keep for 24 hours")
    await amina.presses("Carry on")
    await amina.presses("Exit")
    await amina.page.wait_for_url(f"{AWAY}**")

    await amina.opens("/chat")

    await amina.is_asked("You were in the middle of something. What would you like to do?")
    await amina.presses("Carry on")
    await amina.is_asked("What happened? Tell me in your own words.")


async def test_the_first_page_asks_who_holds_the_phone_now(cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)

    await amina.chooses("English")

    await amina.is_asked("You were in the middle of something. What would you like to do?")


async def test_two_visitors_share_nothing(browser: Browser, site: str, cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    async with somebody(browser, site) as dana:
        await dana.chooses("English")
        await dana.is_asked("What would you like to do?")

    await amina.opens("/chat")
    await amina.is_asked("What happened? Tell me in your own words.")
