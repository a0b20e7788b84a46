"""Amina opens more, or less, to an agency weeks after sending: each then holds exactly what she chose, and no more."""

from playwright.async_api import Page
from sqlalchemy import select

from bot.app import App
from bot.encryption.content import bind
from bot.encryption.errors import CannotOpen
from bot.encryption.sealing import Purpose, open_sealed
from bot.filing import PART_VERSION
from bot.storage.tables import part_keys
from dialogs.parts import Package
from tests.afterwards import amina, bruno, carla, office
from tests.at_the_console import Clerk, Office, account, comes_in, facts
from tests.browser import axe_violations, browser, page
from tests.clock import Clock
from tests.conftest import Cast, Desk
from tests.evidence import sends_a_phones_photo, sends_the_report
from tests.on_telegram import app, starts_a_report, telegram
from tests.photos import CAMERA
from tests.sharing import NUMBER, WORDS, asks, filed, letters_of, only_case, opens_it, parts_of, seen_by, taps
from tests.telegram_reading import read_by
from tests.telegram_world.people import Person

__all__ = ["amina", "app", "browser", "bruno", "carla", "office", "page", "telegram"]

LATER = "They came back on Sunday."
RIGHT = "It was Monday, not Tuesday."
EVERY = {"facts", "account", "contact"}


async def changes(amina: Person, number: int, to: str) -> None:
    await taps(amina, "Who has my report", f"Number {number}", to)


async def writes(amina: Person, words: str, *, to: tuple[str, ...], door: str = "Write to them") -> None:
    """To those agencies, of the two that have it."""
    await taps(amina, door, *to, "Go on")
    await amina.says(words)
    await taps(amina, "That's all", "Send it", "Back to my report")


async def sealed_for(app: App, agency: str) -> list[tuple[str, str, bytes]]:
    """Every part key an agency ever held, by report and part."""
    found = select(part_keys.c.report, part_keys.c.part, part_keys.c.sealed).where(part_keys.c.receiver == agency)
    return [tuple(row) for row in await app.house.database.look(lambda c: c.execute(found).all())]


# More.


async def test_more_opens_exactly_the_parts_she_added(
    app: App, amina: Person, carla: Clerk, office: Office, clock: Clock
) -> None:
    code = await filed(office, {"bhcds": Package.FULL, "livewest": Package.FACTS})
    clock.advance(days=20)
    await opens_it(amina, code)
    assert await parts_of(app, "livewest") == {"facts"}

    await changes(amina, 2, "Facts and my words")
    assert await parts_of(app, "livewest") == {"facts", "account"}
    clock.advance(minutes=5)
    await taps(amina, "Back to my report")
    await changes(amina, 2, "All, and how to reach me")

    assert await parts_of(app, "livewest") == EVERY
    assert await parts_of(app, "bhcds") == EVERY


async def test_a_new_agency_reads_no_message_that_was_sent_to_others(
    app: App, amina: Person, bruno: Clerk, carla: Clerk, office: Office, clock: Clock
) -> None:
    code = await filed(office, {"bhcds": Package.FULL})
    clock.advance(minutes=5)
    await opens_it(amina, code)
    await taps(amina, "Write to them")
    await amina.says(LATER)
    await taps(amina, "That's all", "Send it", "Back to my report")
    await asks(bruno, await only_case(bruno), package="full")
    await opens_it(amina, code)

    await taps(amina, "They ask you something", "Answer now", "All, and how to reach me")

    assert await parts_of(app, "livewest") == EVERY
    assert await letters_of(app, "livewest") == 0
    body = (await carla.opens(await only_case(carla))).body
    assert WORDS in body
    assert LATER not in body
    assert LATER in (await bruno.opens(await only_case(bruno))).body


async def test_what_is_opened_later_holds_the_photo_that_was_sent_and_not_the_original(
    app: App, amina: Person, bruno: Clerk, carla: Clerk, cast: Cast, clock: Clock
) -> None:
    await starts_a_report(amina)
    await sends_a_phones_photo(amina)
    await taps(amina, "Also keep the original")
    code = await sends_the_report(amina)
    clock.advance(minutes=5)
    await asks(bruno, await only_case(bruno))
    await opens_it(amina, code)
    assert await carla.cases() == []
    await taps(amina, "They ask you something", "Answer now", "Facts and my words")

    case = await only_case(carla)
    [item] = (await read_by(app, cast.carla))[0]["account"].entries[0].stored["items"]
    saved = await carla.opens(f"{case}/files/{item['blob']}")
    original = await carla.opens(f"{case}/files/{item['original']['blob']}")
    assert saved.status == 200
    assert CAMERA.encode() not in saved.raw
    assert original.status == 404


# Less.


async def test_less_destroys_the_keys_to_what_is_no_longer_open(
    app: App, amina: Person, carla: Clerk, cast: Cast, office: Office, clock: Clock
) -> None:
    code = await filed(office, {"bhcds": Package.FULL, "livewest": Package.FULL})
    clock.advance(minutes=5)
    await opens_it(amina, code)
    await writes(amina, LATER, to=("Number 1", "Number 2"))
    case = await only_case(carla)
    assert LATER in (await carla.opens(case)).body

    await changes(amina, 2, "Only the facts")

    assert await parts_of(app, "livewest") == {"facts"}
    assert await letters_of(app, "livewest") == 0
    body = (await carla.opens(case)).body
    assert not any(words in body for words in (WORDS, NUMBER, LATER))
    assert "Shouting or insults" in body
    assert (await parts_of(app, "bhcds"), await letters_of(app, "bhcds")) == (EVERY, 1)


async def test_more_leaves_the_messages_that_an_agency_has(
    app: App, amina: Person, carla: Clerk, office: Office, clock: Clock
) -> None:
    code = await filed(office, {"bhcds": Package.FULL, "livewest": Package.FACTS})
    clock.advance(minutes=5)
    await opens_it(amina, code)
    await writes(amina, LATER, to=("Number 2",))

    await changes(amina, 2, "All, and how to reach me")

    assert await letters_of(app, "livewest") == 1
    assert LATER in (await carla.opens(await only_case(carla))).body


async def test_after_no_the_agencys_own_key_opens_nothing_that_lies_here(
    app: App, amina: Person, cast: Cast, office: Office, clock: Clock
) -> None:
    code = await filed(office, {"bhcds": Package.FULL, "livewest": Package.FULL})
    clock.advance(minutes=5)
    await opens_it(amina, code)
    await writes(amina, LATER, to=("Number 1", "Number 2"))
    before = await opened_by(app, cast.carla, "livewest")

    await changes(amina, 2, "No, do not share")

    assert before == EVERY
    assert await sealed_for(app, "livewest") == []
    assert await letters_of(app, "livewest") == 0
    others = await sealed_for(app, "bhcds") + await sealed_for(app, "reporter")
    assert others
    for report, part, sealed in others:
        assert not any(opens(cast.carla, report, part, sealed, who) for who in ("livewest", "bhcds", "reporter"))


async def opened_by(app: App, desk: Desk, agency: str) -> set[str]:
    return {p for report, p, sealed in await sealed_for(app, agency) if opens(desk, report, p, sealed, agency)}


def opens(desk: Desk, report: str, part: str, sealed: bytes, receiver: str) -> bool:
    """Whether a desk's agency can open this key with its own."""
    context = bind(report, part, PART_VERSION, receiver)
    try:
        return bool(open_sealed(sealed, desk.agency.key, Purpose.PART_KEY, context=context))
    except CannotOpen:
        return False


# Who has it, and who had it.


async def test_she_sees_who_has_it_since_when_and_who_no_longer(amina: Person, office: Office, clock: Clock) -> None:
    code = await filed(office, {"bhcds": Package.FULL, "livewest": Package.FACTS})
    clock.advance(days=2)
    await opens_it(amina, code)
    await changes(amina, 2, "No, do not share")
    await taps(amina, "Back to my report", "Who has my report")

    assert "can read all of it, and how to reach you. You agreed on 1 March 2027." in seen_by(amina)
    assert "2. LiveWest can open nothing here now. You stopped that on 3 March 2027." in seen_by(amina)


async def test_who_no_longer_has_it_can_be_given_it_again(
    app: App, amina: Person, carla: Clerk, office: Office, clock: Clock
) -> None:
    code = await filed(office, {"bhcds": Package.FULL, "livewest": Package.FACTS})
    clock.advance(minutes=5)
    await opens_it(amina, code)
    await changes(amina, 2, "No, do not share")
    clock.advance(minutes=5)
    await taps(amina, "Back to my report")

    await changes(amina, 2, "Facts and my words")

    await amina.reads("can now open what you chose.")
    assert await parts_of(app, "livewest") == {"facts", "account"}
    assert WORDS in (await carla.opens(await only_case(carla))).body


# Something in it is not right.


async def test_a_correction_stands_above_the_words_it_leaves_unchanged(
    app: App, amina: Person, bruno: Clerk, office: Office, clock: Clock
) -> None:
    code = await filed(office, {"bhcds": Package.FULL}, told=(*facts(), *account(WORDS, locale="en")))
    clock.advance(minutes=5)
    await opens_it(amina, code)
    await taps(amina, "Correct something")
    await amina.says(RIGHT)
    await taps(amina, "That's all", "Send it")
    await amina.reads("I have sent your correction.")

    body = (await bruno.opens(await only_case(bruno))).body
    above, _, below = body.partition('id="account"')
    assert "The reporter has corrected something" in above
    assert RIGHT in above
    assert WORDS in below
    assert ": correction" in body
    await taps(amina, "Back to my report", "Read my messages")
    assert "You corrected on 1 March 2027:" in seen_by(amina)


async def test_a_corrected_case_has_no_barriers(
    app: App, amina: Person, cast: Cast, office: Office, page: Page, clock: Clock
) -> None:
    code = await filed(office, {"bhcds": Package.FULL})
    clock.advance(minutes=5)
    await opens_it(amina, code)
    await taps(amina, "Correct something")
    await amina.says(RIGHT)
    await taps(amina, "That's all", "Send it")

    await comes_in(page, office, cast.bruno)
    await page.click(".case a")
    await page.wait_for_selector("#corrections-title")
    assert await axe_violations(page) == []


async def test_only_those_she_picks_read_a_correction(
    app: App, amina: Person, bruno: Clerk, carla: Clerk, office: Office, clock: Clock
) -> None:
    code = await filed(office, {"bhcds": Package.FULL, "livewest": Package.ACCOUNT})
    clock.advance(minutes=5)
    await opens_it(amina, code)
    before = (await carla.opens(await only_case(carla))).body

    await writes(amina, RIGHT, to=("Number 1",), door="Correct something")

    assert RIGHT in (await bruno.opens(await only_case(bruno))).body
    assert (await carla.opens(await only_case(carla))).body == before


async def test_who_only_counts_a_report_is_never_written_to(
    app: App, amina: Person, office: Office, clock: Clock
) -> None:
    code = await filed(office, {"bhcds": Package.FULL, "livewest": Package.COUNT})
    clock.advance(minutes=5)
    await opens_it(amina, code)
    await taps(amina, "Correct something")
    await amina.says(RIGHT)
    await taps(amina, "That's all")

    assert "LiveWest" not in seen_by(amina)
    await taps(amina, "Send it")
    assert await letters_of(app, "livewest") == 0
