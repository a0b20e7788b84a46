"""The list and "I have it": order, pages, words for times, and that of two who take a case one has it."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import delete, select, update

from bot.console.words import due, lasting, size
from bot.encryption.content import bind
from bot.storage import audit, cases, tables
from dialogs.parts import Package
from tests.at_the_console import Clerk, Office, Told, account, bruno, clerk, contact, facts, office
from tests.clock import A_MONDAY, Clock
from tests.conftest import PASSPHRASE, Cast, Desk

__all__ = ["bruno", "office"]

REPORT = (*facts(), *account("It was loud."))


async def colleague(office: Office, cast: Cast) -> Desk:
    """Bea works beside Bruno."""
    member = await office.app.joining.member(cast.bruno.agency, name="bea", passphrase=PASSPHRASE)
    return Desk(agency=cast.bruno.agency, member=member)


async def test_urgent_cases_come_first_then_those_due_first(bruno: Clerk, office: Office, clock: Clock) -> None:
    for urgent in (False, True, False, True):
        await office.file(REPORT, {"bhcds": Package.ACCOUNT}, urgent=urgent)
        clock.advance(minutes=1)
    listing = await office.app.house.database.look(lambda c: cases.list_cases(c, "bhcds"))
    order = [(listed.case.urgent, listed.case.opened_at - A_MONDAY) for listed in listing.cases]

    assert order == [(True, timedelta(minutes=m)) for m in (1, 3)] + [(False, timedelta(minutes=m)) for m in (0, 2)]
    assert await bruno.cases() == [f"/console/cases/{listed.case.id}" for listed in listing.cases]


async def test_a_long_list_is_turned_page_by_page_without_gap(bruno: Clerk, office: Office, clock: Clock) -> None:
    for place in range(11):
        await office.file(REPORT, {"bhcds": Package.ACCOUNT}, urgent=place % 3 == 0)
        clock.advance(seconds=place % 2)  # some are due at the same moment
    database, turned, after = office.app.house.database, [], "start"
    while after:
        listing = await database.look(partial(cases.list_cases, agency="bhcds", after=after, most=3))
        turned += [listed.case.id for listed in listing.cases]
        after = listing.after
    whole = await database.look(lambda c: cases.list_cases(c, "bhcds"))

    assert turned == [listed.case.id for listed in whole.cases]
    assert len(set(turned)) == whole.all == 11


async def test_fifty_cases_stand_on_a_page(bruno: Clerk, office: Office) -> None:
    await asyncio.gather(*(office.file(REPORT, {"bhcds": Package.ACCOUNT}) for _ in range(52)))
    first = await bruno.opens("/console/")
    after = first.body.partition("?after=")[2][:32]
    second = await bruno.opens(f"/console/?after={after}")

    assert first.body.count('class="case"') == 50
    assert second.body.count('class="case"') == 2
    assert "Next cases" not in second.body
    assert "Back to the first ones" in second.body


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (timedelta(minutes=-40), "in 40 minutes"),
        (timedelta(minutes=-119), "in 119 minutes"),
        (timedelta(hours=-30), "in 30 hours"),
        (timedelta(days=-3), "in 3 days"),
        (timedelta(seconds=-1), "in 1 second"),
        (timedelta(0), "1 second late"),
        (timedelta(hours=3, minutes=59), "3 hours late"),
    ],
)
def test_deadlines_are_told_in_words(later: timedelta, said: str) -> None:
    assert due(A_MONDAY, A_MONDAY + later) == said


def test_one_of_anything_is_told_as_one() -> None:
    assert (lasting(timedelta(minutes=1)), size(1), size(2_500_000)) == ("1 minute", "1 byte", "2.5 MB")


async def test_i_have_it_takes_the_case_and_quiets_its_alert(bruno: Clerk, office: Office, cast: Cast) -> None:
    await office.file(REPORT, {"bhcds": Package.ACCOUNT})
    case = (await bruno.cases())[0]
    answer = await bruno.presses(case, f"{case}/take")
    database = office.app.house.database
    listed = await database.look(lambda c: cases.of_agency(c, case.rpartition("/")[2], "bhcds"))
    seen = await database.look(lambda c: c.execute(select(tables.alerts.c.seen_at)).scalars().all())

    assert answer.where == case
    assert listed is not None
    assert (listed.taker, listed.case.state, listed.case.taken_at) == ("bruno", "triage", office.clock())
    assert seen == [office.clock()]


async def test_taking_twice_is_taking_once(bruno: Clerk, office: Office) -> None:
    await office.file(REPORT, {"bhcds": Package.ACCOUNT})
    case, token = (await bruno.cases())[0], await bruno.token("/console/")
    answers = [await bruno.asks("POST", f"{case}/take", data={"token": token}) for _ in range(2)]

    assert [answer.where for answer in answers] == [case, case]


async def test_of_two_at_once_exactly_one_has_it(bruno: Clerk, office: Office, cast: Cast) -> None:
    bea_desk = await colleague(office, cast)
    for _ in range(5):
        await office.file(REPORT, {"bhcds": Package.ACCOUNT})
    async with clerk(office) as bea:
        await bea.enters(bea_desk)
        tokens = {each: await each.token("/console/") for each in (bruno, bea)}
        for case in await bruno.cases():
            presses = (each.asks("POST", f"{case}/take", data={"token": token}) for each, token in tokens.items())
            answers = await asyncio.gather(*presses)
            assert sorted(answer.status for answer in answers) == [303, 409]
            late = next(answer for answer in answers if answer.status == 409)
            assert "Somebody was a moment quicker" in late.body
    acts = await office.app.house.database.look(lambda c: audit.acts(c, "bhcds"))

    assert sorted(act.act for act in acts if "take" in act.act) == ["take"] * 5 + ["take-too-late"] * 5


async def test_a_case_whose_keeper_left_can_be_taken_again(bruno: Clerk, office: Office, cast: Cast) -> None:
    bea_desk = await colleague(office, cast)
    await office.file(REPORT, {"bhcds": Package.ACCOUNT})
    case = (await bruno.cases())[0]
    async with clerk(office) as bea:
        await bea.enters(bea_desk)
        await bea.presses(case, f"{case}/take")
    gone = delete(tables.staff).where(tables.staff.c.name == "bea")
    await office.app.house.database.unit(lambda c: c.execute(gone) and None)

    assert (await bruno.presses(case, f"{case}/take")).where == case


@pytest.mark.parametrize(
    ("told", "package", "said"),
    [
        ((*facts(contact="no"), *contact()), Package.FULL, "Never contact this person"),
        (facts(contact="no"), Package.ACCOUNT, "Never contact this person"),
        (facts(), Package.ACCOUNT, "has not shared how to reach them with you"),
        (facts(), Package.FULL, "gave no safe way"),
        ((*facts(), *contact(message="no")), Package.FULL, "Do not leave a message."),
        ((*facts(), *contact(openly="no")), Package.FULL, "to nobody but them."),
    ],
)
async def test_how_not_to_reach_somebody_stands_at_the_top(
    bruno: Clerk, office: Office, told: tuple[Told, ...], package: Package, said: str
) -> None:
    await office.file(told, {"bhcds": package})
    body = (await bruno.opens((await bruno.cases())[0])).body

    assert said in body.partition("Where it stands")[0]


async def test_a_part_that_was_tampered_with_is_named_and_the_rest_is_read(bruno: Clerk, office: Office) -> None:
    await office.file(REPORT, {"bhcds": Package.ACCOUNT})
    damage = update(tables.parts).where(tables.parts.c.part == "account").values(locked=b"\x01" + bytes(400))
    await office.app.house.database.unit(lambda c: c.execute(damage) and None)
    body = (await bruno.opens((await bruno.cases())[0])).body

    assert "This part is damaged and cannot be opened." in body
    assert "Shouting or insults" in body
    assert "It was loud." not in body


async def test_a_file_that_was_swapped_is_not_handed_out(bruno: Clerk, office: Office) -> None:
    file = await office.attach(b"the photo")
    file["sha256"] = "0" * 64
    await office.file((*facts(), *account("see", files=[file])), {"bhcds": Package.ACCOUNT})
    answer = await bruno.opens(f"{(await bruno.cases())[0]}/files/{file['blob']}")

    assert answer.status == 500
    assert b"the photo" not in answer.raw
    assert bind(file["blob"]) not in answer.raw
