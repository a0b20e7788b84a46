"""Two devices at once: whatever Amina does on both, nothing is lost or done twice, and keys match what she said."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from bot.app import App
from bot.storage.tables import cases, consents, letter_keys, letters, links
from tests.afterwards import kept, office
from tests.at_the_console import Office
from tests.browser import browser
from tests.clock import Clock
from tests.conftest import Cast
from tests.on_telegram import app, sends_a_short_report, telegram
from tests.on_the_web import Visitor, field_of, site
from tests.stories import (
    alert_rows,
    alerts_in,
    at_work,
    browsing,
    comes_back,
    goes_through,
    keys_match_consents,
    links_the_chat,
    only_case,
    opens_door,
    taps_all,
)
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld
from tests.test_telegram_staff import linked

__all__ = ["app", "browser", "office", "site", "telegram"]

ON_THE_PHONE, ON_THE_WEB = "From my phone: he came back.", "From the library: he came back."


@pytest.fixture
async def code(cast: Cast, telegram: TelegramWorld) -> str:
    return await sends_a_short_report(telegram.person("Amina"), "They shouted at me.")


@pytest.fixture
async def amina(app: App, telegram: TelegramWorld, code: str, clock: Clock) -> Person:
    """An hour later on Telegram, in the room of her report, with her chat linked."""
    clock.advance(hours=1)
    amina = telegram.person("Amina")
    await comes_back(amina, code)
    await links_the_chat(amina, words="The plants need water", hours="At any time")
    return amina


@pytest.fixture
async def at_the_library(browser: Browser, site: str, amina: Person, code: str) -> AsyncIterator[Visitor]:
    """The same Amina in a browser, in the same room."""
    async with browsing(browser, site, code) as visitor:
        yield visitor


async def writes_up_to_the_check(amina: Person) -> None:
    await goes_through(amina, "Write to them")
    await amina.says(ON_THE_PHONE)
    await taps_all(amina, "That's all")


async def writes_up_to_the_check_there(visitor: Visitor) -> None:
    await opens_door(visitor, "Write to them")
    await visitor.writes(ON_THE_WEB)
    await visitor.is_asked("Shall I send this?")


async def presses_often(visitor: Visitor, label: str, times: int = 4) -> set[int]:
    """The same form, sent again and again at the same moment; gives the answers' states."""
    html = await visitor.page.content()
    fields = {"form": field_of(html, "form"), "tap": field_of(html, "tap", label=label)}
    post = visitor.page.context.request.post
    form: dict[str, str | float | bool] = {**fields}
    answers = await asyncio.gather(*(post(f"{visitor.site}/chat", form=form) for _ in range(times)))
    return {answer.status for answer in answers}


async def test_letters_from_both_devices_arrive_once_each(
    app: App, cast: Cast, office: Office, telegram: TelegramWorld, amina: Person, at_the_library: Visitor
) -> None:
    phone = telegram.person("Bruno")
    await linked(app, phone, "bhcds")
    await writes_up_to_the_check(amina)
    await writes_up_to_the_check_there(at_the_library)
    await app.delivery.send_due()
    await phone.settles()
    before = alerts_in(phone)

    await asyncio.gather(amina.taps("Send it"), at_the_library.presses("Send it"))
    await amina.reads("I have sent your message.")
    await at_the_library.reads("I have sent your message.")
    await app.delivery.send_due()
    await phone.settles()

    async with at_work(office, cast.bruno) as bruno:
        page = (await bruno.opens(await only_case(bruno))).body
    assert page.count(ON_THE_PHONE) == page.count(ON_THE_WEB) == 1
    assert len(await kept(app, letters)) == 2
    assert len(await kept(app, letter_keys)) == 4
    assert len(await kept(app, cases)) == len(await alert_rows(app)) == 1
    assert 1 <= alerts_in(phone) - before <= 2


NARROWS, WITHDRAWS = "Only the facts", "No, do not share"


@pytest.mark.parametrize("first", ["telegram", "web"])
@pytest.mark.parametrize(("by_phone", "by_web"), [(NARROWS, WITHDRAWS), (WITHDRAWS, NARROWS)])
async def test_one_narrows_while_the_other_withdraws(
    app: App, cast: Cast, office: Office, amina: Person, at_the_library: Visitor, first: str, by_phone: str, by_web: str
) -> None:
    await goes_through(amina, "Who has my report")
    await taps_all(amina, "Number 1")
    await opens_door(at_the_library, "Who has my report")
    await at_the_library.presses("Number 1")

    both = [amina.taps(by_phone), at_the_library.presses(by_web)]
    await asyncio.gather(*(both if first == "telegram" else reversed(both)))
    await amina.settles()

    [case] = await kept(app, cases)
    standing = [row["package"] for row in await kept(app, consents) if row["withdrawn_at"] is None]
    assert await keys_match_consents(app)
    assert (case["state"], standing) in [("withdrawn", []), ("submitted", ["facts"])]
    assert len(await alert_rows(app)) == 1
    async with at_work(office, cast.bruno) as bruno:
        page = (await bruno.opens(await only_case(bruno))).body
    assert ("You may read the facts" in page) is (standing == ["facts"])
    assert "They shouted at me." not in page


async def test_two_phones_on_one_chat_send_one_letter(app: App, telegram: TelegramWorld, amina: Person) -> None:
    await writes_up_to_the_check(amina)
    [send] = [button for button in amina.chat[-1].buttons if button.label == "Send it"]

    await telegram.deliver_together([amina.taps_again(send), amina.taps_again(send), amina.taps_again(send)])

    await amina.reads("I have sent your message.")
    await amina.settles()
    assert len(await kept(app, letters)) == 1


async def test_two_phones_on_one_chat_that_answer_differently_end_at_one_answer(
    app: App, telegram: TelegramWorld, amina: Person
) -> None:
    await goes_through(amina, "Who has my report")
    await taps_all(amina, "Number 1")
    buttons = {button.label: button for button in amina.chat[-1].buttons}

    await telegram.deliver_together([amina.taps_again(buttons[NARROWS]), amina.taps_again(buttons[WITHDRAWS])])
    await amina.settles()

    assert "That button is from before. This is where we are now." in amina.screen.text
    assert "can now open what you chose." in amina.screen.text
    assert await keys_match_consents(app)
    assert [row["package"] for row in await kept(app, consents) if not row["withdrawn_at"]] == ["facts"]


async def test_a_letter_sent_from_one_page_many_times_is_one_letter(
    app: App, amina: Person, at_the_library: Visitor
) -> None:
    await writes_up_to_the_check_there(at_the_library)

    assert await presses_often(at_the_library, "Send it") == {200}

    assert len(await kept(app, letters)) == 1


async def test_a_deletion_asked_for_many_times_is_one(app: App, amina: Person, at_the_library: Visitor) -> None:
    await opens_door(at_the_library, "Delete my report")

    assert await presses_often(at_the_library, "Delete it") == {200}

    await at_the_library.opens("/chat")
    await at_the_library.reads("Your report is deleted here.")
    assert await kept(app, letters) == []
    assert len(await alert_rows(app)) == 1


async def test_an_old_tab_of_her_room_gets_a_kind_answer(app: App, amina: Person, at_the_library: Visitor) -> None:
    old = Visitor(page=await at_the_library.page.context.new_page(), site=at_the_library.site)
    await old.opens("/chat")
    await opens_door(at_the_library, "Delete my report")
    await at_the_library.presses("Delete it")
    await at_the_library.presses("Back to the menu")

    await opens_door(old, "Write to them")

    await old.reads("That button is from before. This is where we are now.")
    await old.is_asked("What would you like to do?")


async def test_a_letter_to_a_report_deleted_on_the_other_device_is_not_said_to_be_sent(
    app: App, amina: Person, at_the_library: Visitor
) -> None:
    await writes_up_to_the_check(amina)
    await opens_door(at_the_library, "Delete my report")
    await at_the_library.presses("Delete it")
    await at_the_library.reads("Your report is deleted here.")

    await taps_all(amina, "Send it")

    assert "I have sent your message." not in amina.screen.text
    assert await kept(app, letters) == []


async def test_nothing_can_be_shared_that_was_deleted_on_the_other_device(
    app: App, cast: Cast, office: Office, amina: Person, at_the_library: Visitor
) -> None:
    await opens_door(at_the_library, "Who has my report")
    await at_the_library.presses("Number 1")
    await goes_through(amina, "Delete my report")
    await taps_all(amina, "Delete it")

    await at_the_library.presses(NARROWS)

    [case] = await kept(app, cases)
    assert case["state"] == "withdrawn"
    assert [row for row in await kept(app, consents) if row["withdrawn_at"] is None] == []
    assert "can now open what you chose." not in await at_the_library.page.inner_text("main")


async def test_a_room_whose_report_was_deleted_elsewhere_says_so(
    app: App, amina: Person, at_the_library: Visitor
) -> None:
    await opens_door(at_the_library, "Who has my report")
    await goes_through(amina, "Delete my report")
    await taps_all(amina, "Delete it")

    await at_the_library.presses("Back to my report")

    await at_the_library.reads("This report was deleted.")
    await at_the_library.presses("Back to the menu")
    await at_the_library.is_asked("What would you like to do?")


async def test_no_chat_can_be_linked_with_a_report_deleted_elsewhere(
    app: App, telegram: TelegramWorld, amina: Person, code: str
) -> None:
    tablet = telegram.person("Amina on her tablet")
    await comes_back(tablet, code)
    await goes_through(tablet, "Tell me when there is news")
    await taps_all(tablet, "Yes, link this chat", "There is news for you.")
    await goes_through(amina, "Delete my report")
    await taps_all(amina, "Delete it")

    await taps_all(tablet, "At any time")

    assert "This chat is linked." not in tablet.screen.text
    assert await kept(app, links) == []
    await taps_all(tablet, "Back to my report")
    await tablet.reads("This report was deleted.")
