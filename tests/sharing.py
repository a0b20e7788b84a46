"""Steps of those who share a report later: Amina with her code, Bruno who asks, and what each agency then holds."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.app import App
from bot.storage import reports
from bot.storage.tables import letter_keys, part_keys
from dialogs.parts import Package
from services_directory.routing import Situation
from tests.at_the_console import Answer, Clerk, Office, Told, account, contact, facts
from tests.clock import Clock
from tests.telegram_world.people import Person

WORDS, NUMBER = "They shouted at me at the bus stop.", "+44 7700 900999"
REASON = "They could move you to a safer flat."
EVERYTHING = (*facts(), *account(WORDS, locale="en"), *contact(NUMBER))
BRISTOL = Situation(area="bristol", contactable=True)
ALREADY_MINE = "I have a code"


async def filed(
    office: Office, receivers: dict[str, Package], *, told: tuple[Told, ...] = EVERYTHING, where: Situation = BRISTOL
) -> str:
    """Amina's report lies here, sealed as the dialog would have sent it; gives its code."""
    return await office.file(told, receivers, situation=where, locale="en")


def accusing(*organisations: str) -> Situation:
    """They are part of what happened."""
    return replace(BRISTOL, accused=frozenset(organisations))


async def opens_it(amina: Person, code: str) -> None:
    """From the beginning to the room of her report."""
    await amina.says("/start")
    await amina.settles()
    if "Delete it and start again" in amina.screen.labels:
        await amina.taps("Delete it and start again")
        await amina.settles()
    if "English" in amina.screen.labels:
        await amina.taps("English")
    await amina.taps(ALREADY_MINE)
    await amina.says(code)
    await amina.reads("What would you like to do next?")


async def asks(clerk: Clerk, case: str, **fields: str) -> Answer:
    """Staff ask the reporter to share with another agency."""
    given = {"agency": "livewest", "package": "account", "reason": REASON, "language": "en", **fields}
    return await clerk.presses("/console/", f"{case}/questions", **given)


async def only_case(clerk: Clerk) -> str:
    [case] = await clerk.cases()
    return case


async def taps(amina: Person, *labels: str) -> None:
    """One after the other, until the last has been answered."""
    for label in labels:
        await amina.taps(label)
    await amina.settles()


def seen_by(person: Person) -> str:
    """The screen without the marks that keep names apart."""
    return person.screen.text.replace("\u2068", "").replace("\u2069", "")


async def parts_of(app: App, agency: str) -> set[str]:
    """The parts an agency holds a key to, of the one report there is."""
    found = select(part_keys.c.part).where(part_keys.c.receiver == agency)
    return set(await app.house.database.look(lambda c: c.execute(found).scalars().all()))


async def letters_of(app: App, agency: str) -> int:
    """How many letters an agency holds a key to."""
    found = select(letter_keys.c.letter).where(letter_keys.c.receiver == agency)
    return len(await app.house.database.look(lambda c: c.execute(found).scalars().all()))


async def package_of(app: App, agency: str) -> str:
    """What the only report's reporter allows an agency; "" for nothing."""
    [report] = await app.house.database.look(lambda c: list(c.execute(select(part_keys.c.report).distinct()).scalars()))
    given = await app.house.database.look(lambda c: reports.consent_of(c, report, agency))
    return given.package if given else ""


@pytest.fixture
async def asked(app: App, amina: Person, bruno: Clerk, office: Office, clock: Clock) -> str:
    """Bruno has asked about the landlord, and Amina has opened her report; gives his case."""
    code = await filed(office, {"bhcds": Package.FULL})
    clock.advance(minutes=5)
    case = await only_case(bruno)
    assert (await asks(bruno, case)).status == 303
    clock.advance(minutes=5)
    await opens_it(amina, code)
    return case
