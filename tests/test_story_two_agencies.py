"""Two agencies write to Amina and she answers one; and two reports lie behind one linked chat."""

from typing import Any

import pytest

from bot.app import App
from bot.storage.tables import alerts, links
from tests.afterwards import kept, office
from tests.at_the_console import Clerk, Office
from tests.clock import Clock
from tests.conftest import Cast, desk
from tests.on_telegram import app, starts_a_report, telegram
from tests.stories import (
    ROOM,
    alerts_in,
    at_the_door,
    at_work,
    code_on,
    comes_back,
    goes_through,
    links_the_chat,
    only_case,
    plain,
    sends,
    takes,
    taps_all,
    without_tokens,
    writes,
)
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld
from tests.test_telegram_staff import linked

__all__ = ["app", "office", "telegram"]

FROM_BRUNO, FROM_CARLA = "Bruno asks: are you safe at home?", "Carla asks: which street was it?"
ANSWER = "Yes, my sister is with me."
PAGES = ("/console/", "/console/feedback")


@pytest.fixture
async def cast(app: App) -> Cast:
    """Carla works for the council here, which a short report may go to as well."""
    return Cast(bruno=await desk(app, "bhcds", "bruno"), carla=await desk(app, "bristol-city-council", "carla"))


@pytest.fixture
async def amina(cast: Cast, telegram: TelegramWorld) -> Person:
    """She has sent one report to both, and is in its room."""
    amina = telegram.person("Amina")
    await comes_back(amina, await reports_to_both(amina))
    return amina


async def sends_a_report_from(amina: Person, words: str) -> str:
    """A whole short report from the language or the menu on; returns its code."""
    if "English" in (await amina.settles()).labels:
        await amina.taps("English")
    await taps_all(amina, "Report hate or harassment", "Yes", "It happened to me", "Bristol", "Go on")
    await amina.says(words)
    await taps_all(amina, "That's all", "No more questions", "No", "Send")
    await amina.reads("Your code is")
    return code_on(amina)


async def comes_in_again(amina: Person) -> None:
    """Out of the room of her report and in again, so that she sees what is new."""
    await goes_through(amina, "Who has my report")
    await taps_all(amina, "Back to my report")


async def reports_to_both(amina: Person) -> str:
    await starts_a_report(amina)
    await amina.says("They shouted at me.")
    await taps_all(amina, "That's all", "No more questions", "No", "Add who gets it", "Facts and my words", "Send")
    await amina.reads("Your code is")
    return code_on(amina)


async def both_write(office: Office, cast: Cast) -> None:
    async with at_work(office, cast.bruno) as bruno, at_work(office, cast.carla) as carla:
        for someone, words in ((bruno, FROM_BRUNO), (carla, FROM_CARLA)):
            case = await only_case(someone)
            await takes(someone, case)
            await sends(someone, case, words)
            office.clock.advance(minutes=5)


async def everything_she_sees(carla: Clerk) -> list[str]:
    """All pages of somebody's console, twice, as looking itself changes what is new."""
    for _ in range(2):
        seen = [without_tokens(await carla.opens(page)) for page in (*PAGES, await only_case(carla))]
    return seen


async def test_she_reads_who_wrote_what(cast: Cast, office: Office, amina: Person) -> None:
    await both_write(office, cast)
    await comes_in_again(amina)
    await amina.reads("You have 2 new messages.")

    await goes_through(amina, "Read my messages")
    newest = plain((await amina.settles()).text)
    await taps_all(amina, "Read more")
    oldest = plain(amina.screen.text)

    assert newest.startswith("Bristol City Council wrote on 1 March 2027:")
    assert FROM_CARLA in newest
    assert oldest.startswith("Bristol Hate Crime & Discrimination Services wrote on 1 March 2027:")
    assert FROM_BRUNO in oldest
    await taps_all(amina, "Back to my report")
    assert "new message" not in amina.screen.text


def of_carla(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["agency"] == "bristol-city-council"]


async def test_the_one_she_does_not_answer_infers_nothing(
    app: App, cast: Cast, office: Office, telegram: TelegramWorld, amina: Person
) -> None:
    phone = telegram.person("Carla")
    await linked(app, phone, "bristol-city-council")
    await both_write(office, cast)
    await app.delivery.send_due()
    await comes_in_again(amina)
    await goes_through(amina, "Read my messages")
    await taps_all(amina, "That is enough")
    async with at_work(office, cast.carla) as carla:
        before = await everything_she_sees(carla), of_carla(await kept(app, alerts)), alerts_in(phone)

        await writes(amina, ANSWER, "Number 1")

        await app.delivery.send_due()
        await phone.settles()
        after = await everything_she_sees(carla), of_carla(await kept(app, alerts)), alerts_in(phone)
    assert after == before
    async with at_work(office, cast.bruno) as bruno:
        assert ANSWER in (await bruno.opens(await only_case(bruno))).body


async def test_each_agency_reads_its_own_letters_only(app: App, cast: Cast, office: Office, amina: Person) -> None:
    await both_write(office, cast)
    await comes_in_again(amina)
    await writes(amina, ANSWER, "Number 1")
    await writes(amina, "For both of you.", "Number 1", "Number 2")

    async with at_work(office, cast.bruno) as bruno, at_work(office, cast.carla) as carla:
        for_bruno = (await bruno.opens(await only_case(bruno))).body
        for_carla = (await carla.opens(await only_case(carla))).body

    said = (FROM_BRUNO, FROM_CARLA, ANSWER, "For both of you.")
    assert [words in for_bruno for words in said] == [True, False, True, True]
    assert [words in for_carla for words in said] == [False, True, False, True]
    assert "Bristol City Council" not in for_bruno
    assert "Bristol Hate Crime" not in for_carla


@pytest.fixture
async def twice(app: App, cast: Cast, telegram: TelegramWorld, clock: Clock) -> Person:
    """Amina has sent a report on Monday and another on Tuesday, and has linked her chat with both."""
    amina = telegram.person("Amina")
    for words in ("They shouted at me.", "They threw a stone."):
        await amina.says("/start")
        await amina.settles()
        if "Delete it and start again" in amina.screen:
            await taps_all(amina, "Delete it and start again")
        code = await sends_a_report_from(amina, words)
        await at_the_door(amina)
        if "Type another code" in amina.screen:
            await taps_all(amina, "Type another code")
        await amina.says(code)
        await amina.reads(ROOM)
        await links_the_chat(amina, words="The plants need water", hours="At any time")
        clock.advance(hours=20)
    return amina


async def test_two_reports_of_one_chat_are_opened_separately(
    app: App, cast: Cast, office: Office, twice: Person
) -> None:
    async with at_work(office, cast.bruno) as bruno:
        [first, second] = await bruno.cases()
        assert "They shouted at me." in (await bruno.opens(first)).body
        await sends(bruno, first, FROM_BRUNO)
    await app.delivery.send_due()
    await twice.reads("The plants need water")

    await at_the_door(twice)
    await twice.reads("Which report would you like to see?")
    await taps_all(twice, "Open report 1")
    newer = plain(twice.screen.text)
    await at_the_door(twice)
    await taps_all(twice, "Open report 2")
    older = plain(twice.screen.text)

    assert "new message" not in newer
    assert "You have 1 new message." in older
    assert sum(message.by_bot and "plants" in message.text for message in twice.chat) == 1
    async with at_work(office, cast.bruno) as bruno:
        assert FROM_BRUNO not in (await bruno.opens(second)).body


async def test_unlinking_one_report_leaves_the_other_linked(
    app: App, cast: Cast, office: Office, twice: Person
) -> None:
    await at_the_door(twice)
    await taps_all(twice, "Open report 2")
    await goes_through(twice, "Stop telling me about news")
    await taps_all(twice, "Yes, unlink it")

    async with at_work(office, cast.bruno) as bruno:
        for case in await bruno.cases():
            await sends(bruno, case, FROM_BRUNO)
    await app.delivery.send_due()

    await twice.reads("The plants need water")
    await at_the_door(twice)
    await taps_all(twice, "Open my report")
    assert "You have 1 new message." in twice.screen.text
    [left] = await kept(app, links)
    assert left["made_at"].day == 2


async def test_deleting_one_report_leaves_the_other_whole(app: App, cast: Cast, office: Office, twice: Person) -> None:
    await at_the_door(twice)
    await taps_all(twice, "Open report 2")
    await goes_through(twice, "Delete my report")
    await taps_all(twice, "Delete it", "Back to the menu")

    await taps_all(twice, "I have a code", "Open my report")
    assert "has your report." in twice.screen.text
    async with at_work(office, cast.bruno) as bruno:
        first, second = [(await bruno.opens(case)).body for case in await bruno.cases()]
    assert "They shouted at me." not in first
    assert "They threw a stone." in second
