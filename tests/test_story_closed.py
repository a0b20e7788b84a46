"""Bruno's work is done: Amina says how it went, complains, is answered in time, and nothing of it leads back to her."""

from functools import partial

import pytest

from bot.app import App
from bot.storage import cases
from bot.storage.tables import feedback, surveys
from tests.afterwards import LIST, kept, office, says_how_it_went
from tests.at_the_console import Office
from tests.clock import Clock
from tests.conftest import Cast, desk
from tests.on_telegram import app, sends_a_short_report, telegram
from tests.stories import at_work, comes_back, goes_through, only_case, plain, sends, takes, taps_all
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld

__all__ = ["app", "office", "telegram"]

HERE = "Bristol Hate Crime & Discrimination Services"
COMPLAINT = "Nobody told me that it was over."


async def closes(app: App) -> None:
    """The console cannot do this yet: what a member of staff does when the work is done."""
    [case] = await app.house.database.look(partial(cases.of_report, report=await only_report(app)))
    await app.house.database.unit(lambda c: cases.set_state(c, case.id, "closed"))


async def only_report(app: App) -> str:
    [case] = await app.house.database.look(lambda c: cases.list_cases(c, "bhcds").cases)
    return case.case.report


@pytest.fixture
async def code(cast: Cast, telegram: TelegramWorld) -> str:
    return await sends_a_short_report(telegram.person("Amina"), "They shouted at me.")


@pytest.fixture
async def amina(app: App, cast: Cast, office: Office, telegram: TelegramWorld, clock: Clock, code: str) -> Person:
    """Three weeks after her report; Bruno took it the next day and has closed it. She is in its room."""
    amina = telegram.person("Amina")
    clock.advance(days=1)
    async with at_work(office, cast.bruno) as bruno:
        await takes(bruno, await only_case(bruno))
    clock.advance(days=20)  # Monday 22 March; Good Friday is that week
    await closes(app)
    await comes_back(amina, code)
    return amina


async def complains(amina: Person) -> None:
    await goes_through(amina, "Thank or complain")
    await taps_all(amina, "Complain", "Number 1")
    await amina.says(COMPLAINT)
    await taps_all(amina, "That's all", "Send it")
    await amina.reads("Their answer comes here.")
    await taps_all(amina, "Back to my report")


async def test_she_reads_that_it_is_done_and_is_asked_first_how_it_went(amina: Person) -> None:
    assert plain(amina.screen.text).startswith(f"{HERE} has finished its work on your report.")
    assert amina.screen.labels[0] == "Say how it went"


async def test_what_she_ticks_is_counted_without_a_way_back_to_her(
    app: App, amina: Person, clock: Clock, office: Office
) -> None:
    mona = await desk(app, "bristol-monitoring", "mona")
    await comes_back_in(amina)
    await says_how_it_went(amina)

    [row] = await kept(app, surveys)
    assert set(row) == {"id", "month", "sealed"}
    assert row["month"] == "2027-03"
    async with at_work(office, mona) as counting:
        assert await counting.cases() == []
        assert "called me back" not in (await counting.opens(LIST)).body
    await goes_through(amina, "Delete my report")
    await taps_all(amina, "Delete it")
    await amina.reads("Your report is deleted here.")
    assert await kept(app, feedback) == []
    assert await kept(app, surveys) == [row]


async def comes_back_in(amina: Person) -> None:
    """Out of the room and in again: others may have joined meanwhile."""
    await goes_through(amina, "Who has my report")
    await taps_all(amina, "Back to my report")


async def test_her_complaint_is_acknowledged_and_answered_by_when_she_was_told(
    app: App, cast: Cast, amina: Person, office: Office, clock: Clock, code: str
) -> None:
    await complains(amina)
    [row] = await kept(app, feedback)
    assert row["acknowledge_by"].isoformat() == "2027-03-31T23:00:00+00:00"  # five working days, without Easter
    clock.advance(days=2)

    async with at_work(office, cast.bruno) as bruno:
        assert COMPLAINT in (await bruno.opens(LIST)).body
        await bruno.presses(LIST, f"{LIST}/{row['id']}/acknowledged")
        await sends(bruno, await only_case(bruno), "I am sorry. I should have told you.")
        await bruno.presses(LIST, f"{LIST}/{row['id']}/answered")
        listed = (await bruno.opens(LIST)).body

    assert listed.count("done in time") == 2
    await comes_back(amina, code)
    await goes_through(amina, "Read my messages")
    await amina.reads("I am sorry. I should have told you.")


async def test_a_complaint_nobody_looked_at_is_late_and_rings(
    app: App, cast: Cast, amina: Person, office: Office, clock: Clock
) -> None:
    await complains(amina)

    clock.advance(days=12)

    assert await app.alerts.escalate() == 1
    async with at_work(office, cast.bruno) as bruno:
        listed = (await bruno.opens(LIST)).body
    assert "2 days late" in listed


async def test_she_can_still_write_to_them_and_thank_them_once_it_is_closed(
    cast: Cast, amina: Person, office: Office
) -> None:
    await goes_through(amina, "Thank or complain")
    await taps_all(amina, "Say thank you", "Number 1")
    await amina.says("You listened.")
    await taps_all(amina, "That's all", "Send it", "Back to my report")
    await goes_through(amina, "Write to them")
    await amina.says("It began again.")
    await taps_all(amina, "That's all", "Send it")
    await amina.reads("I have sent your message.")

    async with at_work(office, cast.bruno) as bruno:
        page = (await bruno.opens(await only_case(bruno))).body
    assert "It began again." in page
    assert "You listened." in page
