"""A story of weeks: Amina links her chat, is told of news as she wished it, writes back with a photo, and unlinks."""

import pytest

from bot.app import App
from bot.storage.tables import letters, links, outbox
from tests.afterwards import kept, office
from tests.at_the_console import Office
from tests.clock import Clock
from tests.conftest import Cast
from tests.evidence import sends_a_phones_photo
from tests.on_telegram import app, sends_a_short_report, telegram
from tests.photos import CAMERA, dots
from tests.stories import (
    alerts_in,
    at_the_door,
    at_work,
    comes_back,
    files_on,
    goes_through,
    links_the_chat,
    only_case,
    plain,
    sends,
    takes,
    taps_all,
    waits_until,
    writes,
)
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld
from tests.test_telegram_staff import linked

__all__ = ["app", "office", "telegram"]

PLANTS = "The plants need water"
QUESTION = "Was it the same man as before?"
TELLING = ("report", "saysafe", "bristol", "hate", "message", "letter", "red jacket")  # words that give it away


@pytest.fixture
async def amina(app: App, cast: Cast, telegram: TelegramWorld, office: Office, clock: Clock) -> Person:
    """She reported and linked her chat on Monday, Bruno took the case on Tuesday; now it is Wednesday morning."""
    amina = telegram.person("Amina")
    code = await sends_a_short_report(amina, "They shouted at me.")
    await app.delivery.send_due()
    await comes_back(amina, code)
    await links_the_chat(amina, words=PLANTS, hours="5 to 9 in the evening")
    clock.advance(days=1)
    async with at_work(office, cast.bruno) as bruno:
        await takes(bruno, await only_case(bruno))
    clock.advance(days=1)
    await app.retention.sweep()
    return amina


def nudges(amina: Person) -> int:
    return sum(message.by_bot and plain(message.text) == PLANTS for message in amina.chat)


async def bruno_writes(office: Office, cast: Cast, words: str = QUESTION) -> None:
    async with at_work(office, cast.bruno) as bruno:
        await sends(bruno, await only_case(bruno), words)


async def test_news_waits_for_the_evening_and_says_only_her_own_words(
    app: App, cast: Cast, amina: Person, office: Office, telegram: TelegramWorld, clock: Clock
) -> None:
    await bruno_writes(office, cast)
    telegram.requests.clear()
    waits_until(clock, 16, 59)
    await app.delivery.send_due()
    assert nudges(amina) == 0

    waits_until(clock, 17)
    await app.delivery.send_due()

    nudge = await amina.reads(PLANTS)
    told = str([request.params for request in telegram.requests if request.method != "getUpdates"]).lower()
    assert plain(nudge.text) == PLANTS
    assert [button.label for button in nudge.buttons] == ["Start"]
    assert not [word for word in TELLING if word in told]


async def test_what_is_written_at_night_waits_for_the_next_evening(
    app: App, cast: Cast, amina: Person, office: Office, clock: Clock
) -> None:
    waits_until(clock, 21)
    await bruno_writes(office, cast)

    waits_until(clock, 16, 59)
    await app.delivery.send_due()
    assert nudges(amina) == 0
    waits_until(clock, 17)
    await app.delivery.send_due()

    await amina.reads(PLANTS)


async def test_the_evening_is_her_evening_after_the_clocks_have_changed(
    app: App, cast: Cast, amina: Person, office: Office, clock: Clock
) -> None:
    clock.advance(days=28)  # 31 March: an hour ahead by now
    await bruno_writes(office, cast)

    waits_until(clock, 16, 59)
    await app.delivery.send_due()
    assert nudges(amina) == 0
    waits_until(clock, 17)
    await app.delivery.send_due()

    await amina.reads(PLANTS)
    assert clock().hour == 16


async def test_two_letters_on_one_day_are_one_nudge(
    app: App, cast: Cast, amina: Person, office: Office, clock: Clock
) -> None:
    await bruno_writes(office, cast)
    clock.advance(hours=1)
    await bruno_writes(office, cast, "I am here until five.")

    waits_until(clock, 17)
    await app.delivery.send_due()

    await amina.reads(PLANTS)
    assert nudges(amina) == 1
    await comes_back(amina)
    await amina.reads("You have 2 new messages.")


async def test_she_opens_without_the_code_and_bruno_sees_that_she_read(
    app: App, cast: Cast, amina: Person, office: Office, clock: Clock
) -> None:
    async with at_work(office, cast.bruno) as bruno:
        case = await only_case(bruno)
        await sends(bruno, case, QUESTION)
        assert "Not read by the reporter yet." in (await bruno.opens(case)).body
    waits_until(clock, 17)
    await app.delivery.send_due()
    await amina.reads(PLANTS)

    await taps_all(amina, "Start", "English", "I have a code", "Open my report")
    await amina.reads("You have 1 new message.")
    await goes_through(amina, "Read my messages")
    await amina.reads(QUESTION)

    async with at_work(office, cast.bruno) as bruno:
        page = (await bruno.opens(case)).body
    assert "Read by the reporter on Wed 3 Mar" in page
    assert "Not read by the reporter yet." not in page


async def test_bruno_is_alerted_and_opens_the_photo_she_answers_with(
    app: App, cast: Cast, amina: Person, office: Office, telegram: TelegramWorld
) -> None:
    phone = telegram.person("Bruno")
    await linked(app, phone, "bhcds")
    await bruno_writes(office, cast)
    await comes_back(amina)
    await goes_through(amina, "Write to them")

    taken = await sends_a_phones_photo(amina)
    await amina.says("He wore the red jacket again.")
    await taps_all(amina, "That's all", "Send it")
    await amina.reads("I have sent your message.")
    await app.delivery.send_due()
    await phone.settles()

    assert alerts_in(phone) == 1
    async with at_work(office, cast.bruno) as bruno:
        page = await bruno.opens(await only_case(bruno))
        [file] = files_on(page)
        photo = (await bruno.opens(file)).raw
    assert "He wore the red jacket again." in page.body
    assert dots(photo) == dots(taken)
    assert CAMERA.encode() not in photo


async def test_her_answer_rings_until_bruno_has_looked(
    app: App, cast: Cast, amina: Person, office: Office, clock: Clock
) -> None:
    await comes_back(amina)
    await writes(amina, "He wore the red jacket again.")
    clock.advance(hours=2)
    assert await app.alerts.escalate() == 1

    async with at_work(office, cast.bruno) as bruno:
        await bruno.opens(await only_case(bruno))

    clock.advance(days=1)
    assert await app.alerts.escalate() == 0


async def test_weeks_later_she_unlinks_and_is_told_of_nothing_any_more(
    app: App, cast: Cast, amina: Person, office: Office, clock: Clock
) -> None:
    clock.advance(days=23)
    await app.retention.sweep()
    await comes_back(amina)
    await goes_through(amina, "Stop telling me about news")
    await taps_all(amina, "Yes, unlink it")
    await amina.reads("This chat is no longer linked.")
    before = len(amina.chat)

    clock.advance(days=2)
    await app.retention.sweep()
    await bruno_writes(office, cast)
    clock.advance(days=1)
    await app.delivery.send_due()
    await amina.settles()

    assert len(amina.chat) == before
    assert await kept(app, links) == []
    assert [row["kind"] for row in await kept(app, outbox)] == []
    assert len(await kept(app, letters)) == 1
    await at_the_door(amina)
    await amina.reads("What is your code?")


async def test_a_nudge_that_waits_is_not_sent_once_she_has_unlinked(
    app: App, cast: Cast, amina: Person, office: Office, clock: Clock
) -> None:
    await bruno_writes(office, cast)
    await comes_back(amina)
    await goes_through(amina, "Stop telling me about news")
    await taps_all(amina, "Yes, unlink it")

    waits_until(clock, 17)
    await app.delivery.send_due()
    await amina.settles()

    assert nudges(amina) == 0
