"""A story of a month: Amina reports in a browser, loses it, and comes back on Telegram to change who may open what."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot.app import App
from bot.storage.tables import alerts, consents
from tests.afterwards import kept, office
from tests.at_the_console import Answer, Office
from tests.browser import browser
from tests.clock import Clock
from tests.conftest import Cast
from tests.on_telegram import app, telegram
from tests.on_the_web import Visitor, site, somebody, starts_a_report
from tests.photos import phone_photo
from tests.stories import (
    ARABIC_DIGITS,
    at_work,
    code_shown,
    comes_back,
    files_on,
    goes_through,
    keys_match_consents,
    only_case,
    plain,
    says_what_it_may_open,
    sends,
    takes,
    taps_all,
    walks,
    writes,
)
from tests.talking import Talker
from tests.telegram_reading import read_by
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld

__all__ = ["app", "browser", "office", "site", "telegram"]

HERE = "Bristol Hate Crime & Discrimination Services"
WORDS = "The neighbour threw paint at our door."
CHECK = "Shall I send this now?"
HER_LANDLORDS_HOUSE = {
    "Is that enough": ("A few more questions",),
    "What kind of place": ("Outside the home, at the door",),
    "Who owns or runs": ("A housing association",),
    "Who is the landlord": ("…Live West", "Go on", "LiveWest"),
    "Is the landlord": ("No",),
    "You said that LiveWest": ("Facts and my words",),
}


async def reports_from_the_landlords_house(amina: Visitor, folder: Path) -> str:
    """A report for the reporting centre and for her landlord, with a photo; returns its code."""
    photo = folder / "door.jpg"
    photo.write_bytes(phone_photo())
    await starts_a_report(amina)
    await amina.writes(WORDS, then="Keep this and add more")
    await amina.attaches(photo)
    await amina.presses("That's all")
    await walks(amina, CHECK, HER_LANDLORDS_HOUSE)
    assert "LiveWest can open the facts, your words and your files." in plain(await amina.page.inner_text("main"))
    await amina.presses("Send")
    await amina.reads("Your code is")
    return await code_shown(amina)


@pytest.fixture
async def lost_browser(app: App, cast: Cast, browser: Browser, site: str, tmp_path: Path) -> str:
    """The code is all that is left to her: the browser forgets that she was there."""
    async with somebody(browser, site) as amina:
        code = await reports_from_the_landlords_house(amina, tmp_path)
        await amina.page.context.clear_cookies()
        await amina.opens("/chat")
        assert code not in await amina.page.content()
        assert WORDS not in await amina.page.content()
    return code


@pytest.fixture
async def code(app: App, cast: Cast) -> str:
    """The same report, told faster: turn by turn, without a browser."""
    talker = Talker(app, who="a cookie", channel="web")
    await talker.begins_a_story(WORDS)
    await talker.taps("That's all", "A few more questions")
    await talker.skips_to("What kind of place")
    await talker.taps("Outside the home, at the door")
    await talker.skips_to("Who owns or runs")
    await talker.taps("A housing association")
    await talker.says("Live West")
    await talker.taps("LiveWest", "No")
    await talker.skips_to("LiveWest runs the home", "\u2068LiveWest\u2069 runs the home")
    await talker.taps("Facts and my words", "Send")
    assert talker.shown is not None
    return talker.shown.copy


async def a_month_later(app: App, telegram: TelegramWorld, clock: Clock, code: str) -> Person:
    """On Telegram, where she has never been, at the report that her code opens."""
    clock.advance(days=31)
    await app.retention.sweep()
    amina = telegram.person("Amina")
    await comes_back(amina, code.translate(ARABIC_DIGITS))
    return amina


@pytest.fixture
async def amina(app: App, telegram: TelegramWorld, clock: Clock, code: str) -> Person:
    return await a_month_later(app, telegram, clock, code)


async def seen_by(office: Office, cast: Cast) -> tuple[Answer, Answer]:
    """The case pages of Bruno and of Carla."""
    async with at_work(office, cast.bruno) as bruno, at_work(office, cast.carla) as carla:
        return await bruno.opens(await only_case(bruno)), await carla.opens(await only_case(carla))


async def test_a_month_later_the_landlord_opens_nothing_any_more_and_bruno_only_the_facts(
    app: App, cast: Cast, office: Office, telegram: TelegramWorld, clock: Clock, lost_browser: str
) -> None:
    amina = await a_month_later(app, telegram, clock, lost_browser)
    before = await seen_by(office, cast)
    assert all(WORDS in page.body and len(files_on(page)) == 1 for page in before)

    await says_what_it_may_open(amina, "Number 1", "Only the facts")
    await says_what_it_may_open(amina, "Number 2", "No, do not share")

    for_bruno, for_carla = await seen_by(office, cast)
    assert WORDS not in for_bruno.body + for_carla.body
    assert files_on(for_bruno) + files_on(for_carla) == []
    assert "Taken back by the reporter" in for_carla.body
    assert "A housing association" in for_bruno.body
    assert "The reporter has not shared their own words with you." in for_bruno.body
    assert [set(parts) for parts in await read_by(app, cast.bruno)] == [{"facts"}]
    assert await read_by(app, cast.carla) == []
    assert await keys_match_consents(app)


async def test_a_file_saved_before_cannot_be_fetched_again(
    app: App, cast: Cast, office: Office, telegram: TelegramWorld, clock: Clock, lost_browser: str
) -> None:
    amina = await a_month_later(app, telegram, clock, lost_browser)
    async with at_work(office, cast.bruno) as bruno, at_work(office, cast.carla) as carla:
        [of_bruno] = files_on(await bruno.opens(await only_case(bruno)))
        [of_carla] = files_on(await carla.opens(await only_case(carla)))
        assert {(await bruno.opens(of_bruno)).status, (await carla.opens(of_carla)).status} == {200}

        await says_what_it_may_open(amina, "Number 1", "Only the facts")
        await says_what_it_may_open(amina, "Number 2", "No, do not share")

        assert (await bruno.opens(of_bruno)).status == 404
        assert (await carla.opens(of_carla)).status == 404


async def test_she_reads_who_may_open_what_since_when(amina: Person) -> None:
    await goes_through(amina, "Who has my report")

    one, two = [line for line in plain((await amina.settles()).text).split("\n") if line[1:3] == ". "]
    assert one == f"1. {HERE} can read the facts, your words and your files. You agreed on 1 March 2027."
    assert two == "2. LiveWest can read the facts, your words and your files. You agreed on 1 March 2027."


async def test_letters_end_with_the_consent(cast: Cast, office: Office, amina: Person) -> None:
    await writes(amina, "It happened again.", "Number 2")
    async with at_work(office, cast.carla) as carla:
        case = await only_case(carla)
        assert "It happened again." in (await carla.opens(case)).body
        await says_what_it_may_open(amina, "Number 2", "No, do not share")

        page = await carla.opens(case)
        refused = await sends(carla, case, "Please tell us more.")

    assert "It happened again." not in page.body
    assert refused.status == 404
    assert "Write to the reporter" not in page.body
    await goes_through(amina, "Write to them")
    await amina.reads("What would you like to tell them?")  # there is one agency left, so nothing to pick


async def test_carla_is_told_that_something_changed_and_each_once(app: App, cast: Cast, amina: Person) -> None:
    await app.house.database.unit(lambda c: c.execute(alerts.update().values(seen_at=app.house.clock())) and None)

    await says_what_it_may_open(amina, "Number 2", "No, do not share")

    unread = [row["agency"] for row in await kept(app, alerts) if row["seen_at"] is None]
    assert unread == ["livewest"]
    assert len(await kept(app, alerts)) == 2


async def test_what_was_taken_back_can_be_given_again(app: App, cast: Cast, office: Office, amina: Person) -> None:
    await says_what_it_may_open(amina, "Number 2", "No, do not share")

    await goes_through(amina, "Who has my report")
    assert "2. LiveWest can open nothing here now. You stopped that on 1 April 2027." in plain(amina.screen.text)
    await taps_all(amina, "Number 2", "Facts and my words", "Back to my report")

    async with at_work(office, cast.carla) as carla:
        page = await carla.opens(await only_case(carla))
        await takes(carla, await only_case(carla))
    assert WORDS in page.body
    assert await keys_match_consents(app)
    assert len(await kept(app, consents)) == 3  # what she had said before stays written
