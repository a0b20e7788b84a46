"""A court or the law makes an agency keep a report: what that stops, what it does not, and who learns of it."""

import re

import pytest
from playwright.async_api import Browser

from bot.app import App
from bot.storage import audit
from bot.storage.staff import StaffRole
from bot.storage.tables import reports
from dialogs.parts import Package
from tests.afterwards import amina, bruno, carla, kept, office
from tests.at_the_console import Answer, Clerk, Office, clerk, comes_in
from tests.browser import axe_violations, browser, too_wide, visit
from tests.clock import Clock
from tests.conftest import PASSPHRASE, Cast, Desk
from tests.on_telegram import app, telegram
from tests.sharing import WORDS, filed, only_case, opens_it, parts_of, seen_by, taps
from tests.telegram_world.people import Person

__all__ = ["amina", "app", "browser", "bruno", "carla", "office", "telegram"]

ORDER = "Crown Court order of 1 March: keep everything."
NAME = "Bristol Hate Crime & Discrimination Services"
DAY = "1 March 2027"


async def holds(clerk: Clerk, case: str, reason: str = ORDER) -> Answer:
    return await clerk.presses("/console/", f"{case}/hold", reason=reason)


async def lifts(clerk: Clerk, case: str, reason: str = "The trial is over.") -> Answer:
    return await clerk.presses("/console/", f"{case}/hold/lift", reason=reason)


async def wants_it_deleted(amina: Person) -> None:
    await taps(amina, "Delete my report")


@pytest.fixture
async def code(office: Office) -> str:
    """Amina's report lies with Bruno and with Carla."""
    return await filed(office, {"bhcds": Package.FULL, "livewest": Package.FULL})


async def test_what_is_kept_by_law_cannot_be_deleted_and_she_is_told_by_whom(
    app: App, amina: Person, bruno: Clerk, code: str
) -> None:
    await holds(bruno, await only_case(bruno))
    await opens_it(amina, code)

    await wants_it_deleted(amina)

    assert "The law makes us keep this report for now." in seen_by(amina)
    assert f"{NAME} has kept it by law since {DAY}." in seen_by(amina)
    assert ORDER not in amina.screen.text
    assert await parts_of(app, "bhcds") == {"facts", "account", "contact"}


async def test_a_hold_set_while_she_decides_is_told_instead_of_deleting(
    app: App, amina: Person, bruno: Clerk, code: str
) -> None:
    await opens_it(amina, code)
    await wants_it_deleted(amina)
    await holds(bruno, await only_case(bruno))

    await amina.taps("Delete it")

    await amina.reads("The law makes us keep this report for now.")
    assert await parts_of(app, "reporter") >= {"facts", "account", "contact"}


async def test_once_it_is_lifted_she_can_delete_it(app: App, amina: Person, bruno: Clerk, code: str) -> None:
    case = await only_case(bruno)
    await holds(bruno, case)
    await lifts(bruno, case)
    await opens_it(amina, code)

    await taps(amina, "Delete my report", "Delete it")

    await amina.reads("Your report is deleted here.")
    assert await parts_of(app, "reporter") == set()


async def test_it_stays_until_the_last_agency_lets_go(
    app: App, amina: Person, bruno: Clerk, carla: Clerk, code: str, clock: Clock
) -> None:
    theirs, hers = await only_case(bruno), await only_case(carla)
    await holds(bruno, theirs)
    clock.advance(minutes=5)
    await holds(carla, hers)
    await lifts(bruno, theirs)
    await opens_it(amina, code)
    await wants_it_deleted(amina)

    assert "LiveWest has kept it by law" in seen_by(amina)
    assert NAME not in seen_by(amina)
    await lifts(carla, hers)
    assert [row["held_since"] for row in await kept(app, reports)] == [None]


async def test_a_hold_does_not_stop_her_from_taking_back_what_she_allowed(
    app: App, amina: Person, bruno: Clerk, code: str
) -> None:
    case = await only_case(bruno)
    await holds(bruno, case)
    await opens_it(amina, code)
    await taps(amina, "Who has my report", "Number 1", "No, do not share")
    await amina.reads("cannot open your report here.")

    body = (await bruno.opens(case)).body
    assert await parts_of(app, "bhcds") == set()
    assert WORDS not in body
    assert "Your agency keeps this report by law" in body
    assert (await lifts(bruno, case)).status == 303  # or nobody ever could
    assert [row["held_since"] for row in await kept(app, reports)] == [None]


async def test_who_may_open_nothing_any_more_can_hold_nothing(app: App, amina: Person, bruno: Clerk, code: str) -> None:
    case = await only_case(bruno)
    await opens_it(amina, code)
    await taps(amina, "Who has my report", "Number 1", "No, do not share")

    assert (await holds(bruno, case)).status == 404
    assert [row["held_since"] for row in await kept(app, reports)] == [None]


async def test_she_reads_who_keeps_it_beside_who_has_it(amina: Person, bruno: Clerk, code: str) -> None:
    await holds(bruno, await only_case(bruno))
    await opens_it(amina, code)

    await taps(amina, "Who has my report")

    assert f"{NAME} has kept it by law since {DAY}." in seen_by(amina)


# Who may do it, and who learns of it.


async def test_only_a_manager_sets_and_lifts_it(app: App, cast: Cast, office: Office, bruno: Clerk, code: str) -> None:
    member = await app.joining.member(cast.bruno.agency, name="bea", passphrase=PASSPHRASE, role=StaffRole.CASEWORKER)
    async with clerk(office) as bea:
        await bea.enters(Desk(agency=cast.bruno.agency, member=member))
        case = await only_case(bea)
        assert "Only a manager of your agency can set or lift this." in (await bea.opens(case)).body
        assert (await holds(bea, case)).status == 404
        await holds(bruno, case)
        assert (await lifts(bea, case)).status == 404
        assert ORDER in (await bea.opens(case)).body  # their agency's reason is theirs to read
    acts = await app.house.database.look(lambda c: audit.acts(c, "bhcds"))

    assert [act.act for act in acts if act.staff == member.id].count("refused") == 2
    assert [row["held_since"] is not None for row in await kept(app, reports)] == [True]


async def test_the_page_says_who_set_it_when_and_what_it_does(bruno: Clerk, code: str) -> None:
    case = await only_case(bruno)
    await holds(bruno, case)
    await lifts(bruno, case)
    body = re.sub(r"<[^>]+>", "", (await bruno.opens(case)).body)

    assert "Set by bruno on Mon 1 March 2027, 09:00" in body
    assert "Lifted by bruno on Mon 1 March 2027, 09:00" in body
    assert body.count(ORDER) == 1  # it is no message to the reporter
    assert "The trial is over." in body
    assert "What it does: the reporter cannot delete the report here." in body
    assert "What it does not do: it opens nothing more to you." in body


async def test_carla_learns_nothing_of_brunos_hold(bruno: Clerk, carla: Clerk, code: str) -> None:
    theirs, hers = await only_case(bruno), await only_case(carla)
    before = (await carla.opens(hers)).body
    await holds(bruno, theirs)

    assert (await carla.opens(hers)).body == before
    assert "does not keep this report by law" in before
    for address in (f"{theirs}/hold", f"{theirs}/hold/lift"):
        answer = await carla.presses("/console/", address, reason=ORDER)
        nothing = await carla.presses("/console/", re.sub(r"\w{32}", "0" * 32, address), reason=ORDER)
        assert (answer.status, answer.body) == (nothing.status, nothing.body) == (404, nothing.body)


async def test_the_reason_lies_nowhere_unlocked_and_in_no_record(app: App, bruno: Clerk, code: str) -> None:
    case = await only_case(bruno)
    await holds(bruno, case)
    await lifts(bruno, case)

    database = app.config.database.read_bytes() + app.config.database.with_suffix(".sqlite3-wal").read_bytes()
    acts = await app.house.database.look(lambda c: audit.acts(c, "bhcds"))
    assert b"Crown Court" not in database
    assert b"trial" not in database
    assert [(act.act, act.case) for act in acts if "hold" in act.act] == [
        ("hold", case.rpartition("/")[2]),
        ("hold-lifted", case.rpartition("/")[2]),
    ]


async def test_the_first_of_two_who_set_it_counts(app: App, bruno: Clerk, code: str, clock: Clock) -> None:
    case = await only_case(bruno)
    await holds(bruno, case)
    clock.advance(minutes=5)
    answer = await holds(bruno, case, "Again.")
    body = (await bruno.opens(case)).body
    acts = await app.house.database.look(lambda c: audit.acts(c, "bhcds"))

    assert answer.status == 303
    assert "Again." not in body
    assert [act.act for act in acts if "hold" in act.act] == ["hold", "hold-too-late"]


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1_001])
async def test_without_a_reason_nothing_is_held(app: App, bruno: Clerk, code: str, reason: str) -> None:
    answer = await holds(bruno, await only_case(bruno), reason)

    assert answer.status == 422
    assert [row["held_since"] for row in await kept(app, reports)] == [None]


@pytest.mark.parametrize("phone", [False, True])
async def test_bruno_holds_and_lifts_it_in_his_browser(
    browser: Browser, cast: Cast, office: Office, code: str, phone: bool
) -> None:
    async with visit(browser, phone=phone) as page:
        await comes_in(page, office, cast.bruno)
        await page.click(".case a")
        for button in ("Keep it by law", "Lift the hold"):
            await page.fill("#hold-reason", ORDER)
            assert await axe_violations(page) == []
            assert not await too_wide(page)
            await page.click(f"button:has-text('{button}')")
            await page.wait_for_load_state()
        assert await page.locator("h3:has-text('Lifted by bruno')").count() == 1
        assert await axe_violations(page) == []
