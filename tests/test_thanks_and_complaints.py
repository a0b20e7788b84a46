"""Thanks and complaints: Amina says what was wrong; whom it is for reads it and answers in time, and nobody else."""

from functools import partial

import pytest
from playwright.async_api import Page
from sqlalchemy import update

from bot.app import App
from bot.commands import Setting
from bot.feedback import SendingFeedback
from bot.state import State
from bot.storage import audit
from bot.storage.tables import alerts, feedback
from dialogs.consent import Receiver, Sheet
from dialogs.feedback_commands import NO_REPORT, Kind, SendFeedback
from dialogs.parts import Package
from dialogs.texts import text
from tests.afterwards import LIST, amina, at_the_menu, bruno, carla, kept, office, takes_the_case
from tests.at_the_console import Clerk, Office, clerk, comes_in
from tests.browser import axe_violations, browser, page, requested, too_wide, visit  # noqa: F401  # fixtures
from tests.clock import A_MONDAY, Clock
from tests.conftest import Cast, desk
from tests.on_telegram import app, sends_a_short_report, telegram
from tests.telegram_world.people import Person
from tests.test_my_report import opens_her_report

__all__ = ["amina", "app", "bruno", "carla", "office", "telegram"]


async def complains(amina: Person, *, kind: str = "Complain", about: str = "Number 1") -> None:
    """From the menu, without a report and without a way to be reached."""
    await at_the_menu(amina)
    for label in ("Thank or complain", kind, "Bristol", about):
        await amina.taps(label)
    await amina.says("The woman at the desk laughed at me.")


# Thanks and complaints about a report.


async def test_a_complaint_about_a_report_comes_with_its_case_and_rings(
    app: App, amina: Person, bruno: Clerk, clock: Clock
) -> None:
    code = await sends_a_short_report(amina, "They shouted at me.")
    case = await takes_the_case(bruno)
    await opens_her_report(amina, code)
    for label in ("Thank or complain", "Complain", "Number 1"):
        await amina.taps(label)
    await amina.says("Nobody wrote back.")
    for label in ("That's all", "Send it"):
        await amina.taps(label)
    await amina.reads("They should answer within 20 working days.")
    await amina.reads("Their answer comes here.")

    assert [alert["seen_at"] for alert in await kept(app, alerts)] == [None]
    listed = (await bruno.opens(LIST)).body
    assert "Nobody wrote back." in listed
    assert f"{case}#messages" in listed
    assert ": complaint" in (await bruno.opens(case)).body


async def test_a_complaint_can_go_past_those_it_is_about(app: App, cast: Cast, amina: Person, office: Office) -> None:
    council = await desk(app, "bristol-city-council", "conny")
    await complains_past_bruno(amina)

    async with clerk(office) as conny, clerk(office) as bruno:
        await conny.enters(council)
        await bruno.enters(cast.bruno)
        assert "laughed at me" in (await conny.opens(LIST)).body
        assert "laughed at me" not in (await bruno.opens(LIST)).body


async def test_those_who_only_count_are_told_no_words(app: App, cast: Cast, amina: Person) -> None:
    await desk(app, "bristol-monitoring", "mona")
    await at_the_menu(amina)
    for label in ("Thank or complain", "Complain", "Bristol"):
        await amina.taps(label)
    await amina.reads("Who is it about?")
    assert "monitoring" not in amina.screen.text

    await amina.taps("Number 1")

    await amina.reads("What went wrong?")
    runner = app.house.runners[SendFeedback]
    assert isinstance(runner, SendingFeedback)
    sheet = Sheet(
        receivers=((Receiver(agency="bristol-monitoring", package=Package.ACCOUNT), text("gets it")),), lines=()
    )
    command = SendFeedback("sent", NO_REPORT, kind=Kind.COMPLAINT, sheet=sheet, check="feedback_check")
    state = State(
        draft="d", began=A_MONDAY.date(), locale="en", answers={"feedback_check": {"choice": "send", "bound": "f"}}
    )
    setting = Setting(conversation="c", state=state, now=A_MONDAY)
    assert not await app.house.database.unit(partial(runner.run, command=command, prepared=None, setting=setting))


async def complains_past_bruno(amina: Person) -> None:
    await at_the_menu(amina)
    for label in ("Thank or complain", "Complain", "Bristol", "Number 1"):
        await amina.taps(label)
    await amina.reads("Anyone who reads reports for")
    await amina.reads("You can choose \u2068Bristol City Council\u2069 instead.")
    await amina.taps("Number 2")
    await amina.says("The woman at the desk laughed at me.")
    for label in ("Skip", "Send it"):
        await amina.taps(label)


# Thanks and complaints without a report.


async def test_thanks_need_no_report_and_have_no_clock(app: App, amina: Person, bruno: Clerk) -> None:
    await complains(amina, kind="Say thank you")
    await amina.taps("Send it")
    await amina.reads("I have sent it to")

    [row] = await kept(app, feedback)
    listed = (await bruno.opens(LIST)).body
    assert (row["kind"], row["due_at"], row["acknowledge_by"]) == ("compliment", None, None)
    assert "laughed at me" in listed
    assert "It is answered" not in listed
    assert await kept(app, alerts) == []


async def test_a_complaint_waits_with_its_due_day_until_it_is_answered(
    app: App, cast: Cast, amina: Person, bruno: Clerk, clock: Clock
) -> None:
    await complains_and_can_be_called(amina)
    listed = (await bruno.opens(LIST)).body
    assert "+44 7700 900123" in listed
    assert "in 7 days (by" in listed
    assert "in 30 days (by" in listed

    [row] = await kept(app, feedback)
    await bruno.presses(LIST, f"{LIST}/{row['id']}/acknowledged")
    clock.advance(days=33)
    await bruno.enters(cast.bruno)
    listed = (await bruno.opens(LIST)).body
    assert "done in time" in listed
    assert '<dd class="late">2 days late' in listed
    await bruno.presses(LIST, f"{LIST}/{row['id']}/answered")
    listed = (await bruno.opens(LIST)).body
    assert "done 2 days late" in listed
    assert "It is answered" not in listed


async def complains_and_can_be_called(amina: Person) -> None:
    await complains(amina)
    await amina.taps("Phone call")
    await amina.says("07700 900123")
    await amina.taps("Send it")
    await amina.reads("I have sent it to")


async def test_working_days_leave_out_easter(app: App, amina: Person, cast: Cast) -> None:
    await complains_and_can_be_called(amina)

    [row] = await kept(app, feedback)
    assert row["acknowledge_by"].isoformat() == "2027-03-09T00:00:00+00:00"  # the fifth working day is over
    assert row["due_at"].isoformat() == "2027-03-31T23:00:00+00:00"  # without Good Friday and Easter Monday


async def test_a_complaint_rings_on_until_somebody_has_looked(
    app: App, cast: Cast, amina: Person, bruno: Clerk, clock: Clock
) -> None:
    await complains_and_can_be_called(amina)
    [alert] = await kept(app, alerts)
    assert (alert["case"], alert["agency"], alert["seen_at"], alert["urgent"]) == (None, "bhcds", None, False)
    clock.advance(hours=2)
    assert await app.alerts.escalate() == 1

    await bruno.enters(cast.bruno)
    await bruno.opens(LIST)

    clock.advance(hours=4)
    assert await app.alerts.escalate() == 0
    await app.retention.sweep()
    assert await kept(app, alerts) == []


async def test_a_complaint_about_data_says_the_law_and_who_stands_above(amina: Person, cast: Cast) -> None:
    await at_the_menu(amina)
    for label in ("Thank or complain", "Complain about my data", "Bristol", "This bot"):
        await amina.taps(label)
    await amina.reads("for those who run this bot.")
    await amina.says("You kept my number.")
    await amina.reads("Within 5 working days")
    for label in ("Skip", "Send it"):
        await amina.taps(label)

    await amina.reads("They have no way to reach you.")
    await amina.reads("By law they must tell you within 30 days that they have it.")
    await amina.reads("ico.org.uk")


async def test_nothing_leaves_before_she_has_seen_who_gets_it(app: App, amina: Person, cast: Cast) -> None:
    await complains(amina)
    await amina.taps("Skip")
    await amina.reads("gets this message, and no report.")
    assert await kept(app, feedback) == []

    await amina.taps("Do not send")

    await amina.reads("Nothing was sent.")
    assert await kept(app, feedback) == []


async def test_what_was_not_agreed_to_is_refused(app: App, cast: Cast, amina: Person, bruno: Clerk) -> None:
    """The last line of defence, should a dialog ever forget to ask."""
    await complains(amina)
    await amina.taps("Skip")
    runner = app.house.runners[SendFeedback]
    assert isinstance(runner, SendingFeedback)
    sheet = Sheet(receivers=((Receiver(agency="bhcds", package=Package.ACCOUNT), text("gets it")),), lines=())
    command = SendFeedback("sent", NO_REPORT, kind=Kind.COMPLAINT, sheet=sheet, check="feedback_check")
    for answer in (None, {"choice": "stop", "bound": "f"}, {"choice": "send", "bound": ""}):
        state = State(draft="d", began=A_MONDAY.date(), locale="en", answers={"feedback_check": answer})
        setting = Setting(conversation="c", state=state, now=A_MONDAY)
        with pytest.raises(RuntimeError):
            await app.house.database.unit(partial(runner.run, command=command, prepared=None, setting=setting))


async def test_a_complaint_lies_sealed_and_only_its_agency_opens_or_marks_it(
    app: App, amina: Person, bruno: Clerk, carla: Clerk
) -> None:
    await complains_and_can_be_called(amina)

    stored = app.config.database.read_bytes() + app.config.database.with_suffix(".sqlite3-wal").read_bytes()
    assert b"laughed" not in stored
    assert b"900123" not in stored
    [row] = await kept(app, feedback)
    for mark in ("acknowledged", "answered"):
        assert (await carla.presses("/console/", f"{LIST}/{row['id']}/{mark}")).status == 404
    assert (await bruno.presses(LIST, f"{LIST}/{row['id']}/sealed")).status == 404
    assert await kept(app, feedback) == [row]


async def test_each_look_and_each_mark_is_recorded(app: App, cast: Cast, amina: Person, bruno: Clerk) -> None:
    await complains_and_can_be_called(amina)
    [row] = await kept(app, feedback)
    await bruno.presses(LIST, f"{LIST}/{row['id']}/acknowledged")
    await bruno.presses(LIST, f"{LIST}/{row['id']}/answered")

    acts = await app.house.database.look(lambda c: audit.acts(c, "bhcds"))
    done = [act.act for act in acts if act.act.startswith("feedback")]
    assert done == ["feedback", "feedback-acknowledged", "feedback", "feedback-answered"]


async def test_a_complaint_that_was_damaged_is_said_to_be(app: App, amina: Person, bruno: Clerk) -> None:
    await complains_and_can_be_called(amina)
    await app.house.database.unit(lambda c: c.execute(update(feedback).values(sealed=b"x" * 1_200)) and None)

    assert "This is damaged and cannot be opened." in (await bruno.opens(LIST)).body


async def test_what_was_said_is_forgotten_after_two_years(app: App, cast: Cast, amina: Person, clock: Clock) -> None:
    await complains_and_can_be_called(amina)
    clock.advance(days=730)
    await app.retention.sweep()
    assert len(await kept(app, feedback)) == 1

    clock.advance(days=1)
    await app.retention.sweep()

    assert await kept(app, feedback) == []


async def test_a_deleted_report_takes_its_complaint_along(app: App, amina: Person, bruno: Clerk) -> None:
    code = await sends_a_short_report(amina, "They shouted at me.")
    await opens_her_report(amina, code)
    for label in ("Thank or complain", "Say thank you", "Number 1"):
        await amina.taps(label)
    await amina.says("You listened.")
    for label in ("That's all", "Send it", "Back to my report", "Delete my report", "Delete it"):
        await amina.taps(label)
    await amina.reads("Your report is deleted here.")

    assert await kept(app, feedback) == []
    assert "You listened." not in (await bruno.opens(LIST)).body


async def test_the_list_has_no_barriers(
    page: Page,  # noqa: F811
    office: Office,
    cast: Cast,
    amina: Person,
    clock: Clock,
) -> None:
    await complains_and_can_be_called(amina)
    clock.advance(days=10)
    await comes_in(page, office, cast.bruno)
    await page.click("text=Thanks and complaints")
    await page.wait_for_selector("h1:has-text('Thanks and complaints')")

    assert "2 days late" in await page.inner_text("main")
    assert await axe_violations(page) == []
    assert not await too_wide(page)
