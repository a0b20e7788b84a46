"""Bruno asks Amina whether another agency may open her report: she alone decides, and he learns yes or no."""

import re

import pytest
from playwright.async_api import Browser, Page

from bot.app import App
from bot.storage import audit
from bot.storage.tables import alerts, cases, consents, part_keys
from dialogs.parts import Package
from tests.afterwards import amina, bruno, carla, kept, office
from tests.at_the_console import Clerk, Office, comes_in
from tests.browser import axe_violations, browser, too_wide, visit
from tests.clock import Clock
from tests.conftest import Cast
from tests.on_telegram import app, telegram
from tests.sharing import (
    REASON,
    WORDS,
    accusing,
    asked,
    asks,
    filed,
    letters_of,
    only_case,
    opens_it,
    package_of,
    parts_of,
    seen_by,
    taps,
)
from tests.telegram_world.people import Person

__all__ = ["amina", "app", "asked", "browser", "bruno", "carla", "office", "telegram"]

LIVEWEST, BHCDS = "LiveWest", "Bristol Hate Crime & Discrimination Services"
DOOR = "They ask you something"
DETAILS = re.compile(r'name="token" value="\w+"|[0-9a-f]{32}|Case \w{8}|case \w{8}')


def alike(body: str) -> str:
    """A page without what differs between any two cases."""
    return DETAILS.sub("", body)


# What Amina sees, and what becomes of her answer.


async def test_she_reads_who_asks_for_whom_and_their_reason(amina: Person, asked: str) -> None:
    await amina.reads("1 question waits for you.")
    await amina.taps(DOOR)

    await amina.reads(REASON)
    assert f"{BHCDS} asks to share your report with {LIVEWEST}" in seen_by(amina)
    assert "They see your yes or no, and nothing more." in seen_by(amina)


async def test_after_her_yes_the_agency_opens_exactly_what_she_chose(
    app: App, amina: Person, bruno: Clerk, carla: Clerk, asked: str
) -> None:
    assert await carla.cases() == []

    await taps(amina, DOOR, "Answer now", "Facts and my words")
    await amina.reads("can open what you chose.")

    assert await parts_of(app, "livewest") == {"facts", "account"}
    theirs = (await carla.opens(await only_case(carla))).body
    assert WORDS in theirs
    assert "Yes, on" in (await bruno.opens(asked)).body
    assert sorted(alert["agency"] for alert in await kept(app, alerts)) == ["bhcds", "livewest"]


async def test_she_may_give_less_than_was_asked_but_never_more(app: App, amina: Person, asked: str) -> None:
    await taps(amina, DOOR, "Answer now")

    assert amina.screen.labels[:3] == ("No, do not share", "Only the facts", "Facts and my words")
    assert "All, and how to reach me" not in amina.screen.labels
    await amina.taps("Only the facts")
    await amina.reads("can open what you chose.")
    assert await parts_of(app, "livewest") == {"facts"}


async def test_a_no_is_told_without_any_reason_and_shares_nothing(
    app: App, amina: Person, bruno: Clerk, carla: Clerk, asked: str
) -> None:
    await taps(amina, DOOR, "Answer now", "No, do not share")
    await amina.reads("They see that you said no.")

    assert "No, on" in (await bruno.opens(asked)).body
    assert await parts_of(app, "livewest") == set()
    assert await carla.cases() == []
    await amina.taps("Back to my report")
    await amina.reads("What would you like to do next?")
    assert DOOR not in amina.screen.labels


@pytest.mark.parametrize("way", [("Later",), ("Answer now", "Skip")])
async def test_who_puts_it_off_is_asked_again_later(
    app: App, amina: Person, bruno: Clerk, asked: str, way: tuple[str, ...]
) -> None:
    await taps(amina, DOOR, *way)
    await amina.reads("1 question waits for you.")

    body = (await bruno.opens(asked)).body
    assert "None yet" in body
    assert "Not yet" not in body  # she has read it, and that is all he learns
    assert await parts_of(app, "livewest") == set()
    assert DOOR in amina.screen.labels


async def test_reading_one_question_marks_no_other_message_as_read(
    amina: Person, bruno: Clerk, asked: str, clock: Clock
) -> None:
    await bruno.presses(asked, f"{asked}/letters", words="How are you today?", language="en")
    clock.advance(minutes=1)

    await taps(amina, DOOR, "Later")

    await amina.reads("You have 1 new message.")
    assert (await bruno.opens(asked)).body.count("Not read by the reporter yet.") == 1


async def test_a_yes_she_takes_back_later_is_told_too(
    app: App, amina: Person, bruno: Clerk, asked: str, clock: Clock
) -> None:
    await taps(amina, DOOR, "Answer now", "Facts and my words", "Back to my report")
    clock.advance(minutes=5)
    await taps(amina, "Who has my report", "Number 2")
    assert f"{BHCDS} asked you for this. They see if you stop." in seen_by(amina)

    await amina.taps("No, do not share")

    await amina.reads("cannot open your report here.")
    assert "No longer, on" in (await bruno.opens(asked)).body
    assert await parts_of(app, "livewest") == set()


# What Bruno may not learn.


async def test_only_she_is_told_that_the_agency_is_part_of_what_happened(
    app: App, amina: Person, bruno: Clerk, office: Office, clock: Clock
) -> None:
    codes = {await files_one_more(bruno, office, accused): accused for accused in (True, False)}
    forms = [alike((await bruno.opens(f"{case}/questions")).body) for case, _ in codes]
    answers = [(await asks(bruno, case)).status for case, _ in codes]
    clock.advance(minutes=1)
    for (_, code), accused in codes.items():
        await opens_it(amina, code)
        for label in (DOOR, "Answer now"):
            await taps(amina, label)
            assert ("You told me that LiveWest is part of what happened." in seen_by(amina)) is accused
        await taps(amina, "No, do not share")
    pages = [alike((await bruno.opens(case)).body) for case, _ in codes]

    assert (forms[0], answers[0]) == (forms[1], answers[1])
    assert "No, on" in pages[0]
    assert pages[0] == pages[1]


async def files_one_more(bruno: Clerk, office: Office, accused: bool) -> tuple[str, str]:
    """Another report for Bruno, which may name the landlord as part of it; gives his case and its code."""
    before = await bruno.cases()
    where = accusing("livewest") if accused else accusing()
    code = await filed(office, {"bhcds": Package.FULL}, where=where)
    [case] = [one for one in await bruno.cases() if one not in before]
    return case, code


async def test_he_cannot_tell_from_asking_who_has_it_already(
    app: App, amina: Person, bruno: Clerk, office: Office, clock: Clock
) -> None:
    seen: list[tuple[str, str, int, str]] = []
    for receivers in ({"bhcds": Package.FULL}, {"bhcds": Package.FULL, "livewest": Package.ACCOUNT}):
        await filed(office, receivers)
        case = next(one for one in await bruno.cases() if one not in [before[0] for before in seen])
        form = (await bruno.opens(f"{case}/questions")).body
        answer = await asks(bruno, case)
        seen.append((case, alike(form), answer.status, alike((await bruno.opens(case)).body)))

    assert seen[0][1:] == seen[1][1:]


async def test_that_somebody_has_it_already_is_hers_to_tell(
    app: App, amina: Person, bruno: Clerk, carla: Clerk, office: Office, clock: Clock
) -> None:
    code = await filed(office, {"bhcds": Package.FULL, "livewest": Package.FULL})
    clock.advance(minutes=5)
    case = await only_case(bruno)
    await asks(bruno, case)
    before = [await kept(app, table) for table in (cases, consents, part_keys)]
    await opens_it(amina, code)

    await taps(amina, DOOR, "Answer now")
    assert f"May {BHCDS} know that {LIVEWEST} has your report?" in seen_by(amina)
    await amina.taps("Yes, they may know")

    await amina.reads("Those who asked see that you said yes.")
    assert "can open" not in amina.screen.text
    assert "Yes, on" in (await bruno.opens(case)).body
    assert await package_of(app, "livewest") == "full"  # asked for less, it keeps what she gave it
    assert [await kept(app, table) for table in (cases, consents, part_keys)] == before


async def test_her_answer_and_his_reason_lie_nowhere_unlocked(app: App, amina: Person, asked: str) -> None:
    await taps(amina, DOOR, "Answer now", "No, do not share")

    database = app.config.database.read_bytes() + app.config.database.with_suffix(".sqlite3-wal").read_bytes()
    assert REASON.encode() not in database
    assert b"request-answer" not in database
    acts = [act.act for act in await app.house.database.look(lambda c: audit.acts(c, "bhcds"))]
    assert acts.count("ask") == 1
    assert await letters_of(app, "bhcds") == 2


# News of it, and the pages.


async def test_a_linked_chat_is_told_that_there_is_news(
    app: App, amina: Person, bruno: Clerk, office: Office, clock: Clock
) -> None:
    await opens_it(amina, await filed(office, {"bhcds": Package.FULL}))
    await taps(amina, "Tell me when there is news", "Yes, link this chat", "Your reminder for today.", "At any time")
    await amina.reads("This chat is linked.")
    clock.advance(minutes=5)

    await asks(bruno, await only_case(bruno))
    await app.delivery.send_due()

    await amina.reads("Your reminder for today.")
    assert LIVEWEST not in amina.screen.text


@pytest.mark.parametrize("phone", [False, True])
async def test_bruno_asks_in_his_browser_with_the_keyboard_alone(
    browser: Browser, cast: Cast, office: Office, phone: bool
) -> None:
    await filed(office, {"bhcds": Package.FULL})
    async with visit(browser, phone=phone) as page:
        await asks_by_keyboard(page, office, cast)
        assert await page.locator("#asking-title").count() == 1
        assert "None yet" in await page.inner_text("main")
        assert await axe_violations(page) == []
        assert not await too_wide(page)


async def asks_by_keyboard(page: Page, office: Office, cast: Cast) -> None:
    await comes_in(page, office, cast.bruno)
    await page.click(".case a")
    await page.focus("a:has-text('Ask about another agency')")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("h1:has-text('Ask the reporter')")
    assert await axe_violations(page) == []
    assert not await too_wide(page)
    await page.focus("#agency")
    await page.keyboard.type("Live")
    for key in ("Tab", "Tab"):
        await page.keyboard.press(key)
    await page.keyboard.type(REASON)
    for key in ("Tab", "Tab", "Enter"):
        await page.keyboard.press(key)
    await page.wait_for_selector("h3:has-text('LiveWest')")
