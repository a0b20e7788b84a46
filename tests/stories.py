"""Steps of stories that go on for weeks: Amina on two devices, Bruno and Carla at work, and what the house keeps.

What a story is about stands in `test_story_*.py`.
"""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, expect

from bot.app import App
from bot.storage.tables import alerts, cases, consents, part_keys, reports
from dialogs.parts import OPENS, Package, Part
from tests.afterwards import kept
from tests.at_the_console import Answer, Clerk, Office, clerk
from tests.clock import Clock
from tests.conftest import Desk
from tests.on_the_web import Visitor, somebody
from tests.telegram_world.people import Person

ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
ROOM = "What would you like to do next?"  # what the room of an opened report asks
TELLS = "When is it safe to write to you?"
MORE = "More answers"
TURNS = 4  # pages of buttons, at most
STAFF_ALERT = "Something waits for you in Saysafe."


# Amina on Telegram.


async def comes_back(amina: Person, code: str = "") -> None:
    """From /start to the room of her report: with its code, or, without one, through her linked chat."""
    await at_the_door(amina)
    if code and "Type another code" in amina.screen:
        await amina.taps("Type another code")
    if code:
        await amina.says(code)
    else:
        await amina.taps("Open my report")
    await amina.reads(ROOM)
    await amina.settles()


async def at_the_door(amina: Person) -> None:
    """From /start to "I have a code", wherever she was before and whether or not that is forgotten."""
    await amina.says("/start")
    await amina.settles()
    for label in ("Delete it and start again", "English"):
        if label in amina.screen.labels:
            await amina.taps(label)
            await amina.settles()
    await amina.taps("I have a code")
    await amina.settles()


async def goes_through(amina: Person, door: str) -> None:
    """One of the doors of her report's room, which may be on a further page of its buttons."""
    for _ in range(TURNS):
        if door in (await amina.settles()).labels:
            break
        await amina.taps(MORE)
    await amina.taps(door)
    await amina.settles()


async def taps_all(amina: Person, *labels: str) -> None:
    """One button after the other."""
    for label in labels:
        await amina.taps(label)
    await amina.settles()


async def links_the_chat(amina: Person, *, words: str, hours: str) -> None:
    """From the room and back to it."""
    await goes_through(amina, "Tell me when there is news")
    await taps_all(amina, "Yes, link this chat", "My own words")
    await amina.says(words)
    await amina.reads(TELLS)
    await amina.taps(hours)
    await amina.reads("This chat is linked.")
    await taps_all(amina, "Back to my report")


async def writes(amina: Person, words: str, *to: str) -> None:
    """A letter, from the room and back to it; `to`: the numbers to tick where several agencies hold the report."""
    await goes_through(amina, "Write to them")
    if to:
        await taps_all(amina, *to, "Go on")
    await amina.says(words)
    await taps_all(amina, "That's all", "Send it")
    await amina.reads("I have sent your message.")
    await taps_all(amina, "Back to my report")


async def says_what_it_may_open(amina: Person, number: str, answer: str) -> None:
    """Changes what one agency may open, from the room and back to it."""
    await goes_through(amina, "Who has my report")
    await taps_all(amina, number, answer, "Back to my report")


def code_on(amina: Person) -> str:
    """The code that the receipt shows."""
    return next(label for label in amina.screen.labels if label.replace(" ", "").isdecimal())


# Amina in a browser.


@asynccontextmanager
async def browsing(browser: Browser, site: str, code: str) -> AsyncIterator[Visitor]:
    """Amina in a browser without a history, in the room of her report."""
    async with somebody(browser, site) as amina:
        await amina.chooses("English")
        await amina.presses("I have a code")
        await amina.writes(code, then="Go on")
        await amina.is_asked(ROOM)
        yield amina


async def walks(amina: Visitor, to: str, given: Mapping[str, Sequence[str]]) -> None:
    """Skips every question until the one that is `to`, but for those whose beginning is in `given`: what she presses
    there, where "…" before a word means that she types it."""
    heading = amina.page.locator("h1")
    while (asked := plain(await heading.inner_text())) != to:
        answers = next((answers for start, answers in given.items() if asked.startswith(start)), ("Skip",))
        for answer in answers:
            await (amina.types(answer[1:]) if answer.startswith("…") else amina.presses(answer))
        await expect(heading).not_to_have_text(asked)


async def opens_door(amina: Visitor, door: str) -> None:
    """One of the doors of her report's room, which may be on a further page of its buttons."""
    for _ in range(TURNS):
        if await amina.page.get_by_role("button", name=door, exact=True).count():
            break
        await amina.presses(MORE)
    await amina.presses(door)


async def code_shown(amina: Visitor) -> str:
    return (await amina.page.locator(".code").inner_text()).strip()


# Bruno and Carla.


@asynccontextmanager
async def at_work(office: Office, desk: Desk) -> AsyncIterator[Clerk]:
    """Somebody who comes to work; whoever came on another day is signed out by now."""
    office.clock.advance(minutes=1)  # a code of their app works once
    async with clerk(office) as someone:
        await someone.enters(desk)
        yield someone


async def takes(bruno: Clerk, case: str) -> None:
    assert (await bruno.presses(case, f"{case}/take")).status == 303


async def sends(bruno: Clerk, case: str, words: str) -> Answer:
    """Write to the reporter."""
    return await bruno.presses(case, f"{case}/letters", words=words, language="en")


async def only_case(someone: Clerk) -> str:
    [case] = await someone.cases()
    return case


def files_on(page: Answer) -> list[str]:
    """The addresses of the files that a case page offers."""
    return re.findall(r'href="(/console/cases/\w+/files/\w+)"', page.body)


def without_tokens(page: Answer) -> str:
    """A page but for what is new each time it is asked for."""
    return re.sub(r'name="token" value="\w+"', "", page.body)


def alerts_in(bruno: Person) -> int:
    """How many messages in a staff chat say that something waits."""
    return sum(STAFF_ALERT in message.text for message in bruno.chat)


# Time.

BRISTOL = ZoneInfo("Europe/London")


def waits_until(clock: Clock, hour: int, minute: int = 0) -> None:
    """The next time a clock in Bristol shows this."""
    now = clock().astimezone(BRISTOL)
    then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if then < now:
        then = (then + timedelta(days=1)).replace(hour=hour)
    clock.advance(seconds=(then.astimezone(UTC) - clock()).total_seconds())


# What the house keeps.


def plain(words: str) -> str:
    """Words without the marks that keep names apart from the text around them."""
    return words.replace("\u2068", "").replace("\u2069", "")


async def keys_match_consents(app: App) -> bool:
    """Whether each agency holds exactly the keys of what it may open by now; and each case agrees with that."""
    given = {(c["report"], c["agency"]): c["package"] for c in await kept(app, consents) if not c["withdrawn_at"]}
    held: dict[tuple[str, str], set[str]] = {}
    for key in await kept(app, part_keys):
        held.setdefault((key["report"], key["receiver"]), set()).add(key["part"])
    for report in await kept(app, reports):
        there = held.pop((report["id"], "reporter"), set())
        for agency in {agency for of, agency in {*given, *held} if of == report["id"]}:
            allowed = OPENS[Package(given[report["id"], agency])] if (report["id"], agency) in given else frozenset()
            if held.get((report["id"], agency), set()) != {part for part in there if Part(part) in allowed}:
                return False
    states = {(c["report"], c["agency"]): c["state"] for c in await kept(app, cases)}
    return {of for of, state in states.items() if state != "withdrawn"} == set(given)


async def alert_rows(app: App) -> list[dict[str, Any]]:
    return await kept(app, alerts)
