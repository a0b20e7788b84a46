"""What Amina took back stays taken back: no button, letter or task of staff goes on without her consent."""

from collections import Counter
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import Connection

from bot.app import App
from bot.asking import Answers, Asked
from bot.casework import FILLED
from bot.reports.request import Request, Said
from bot.storage import cases, tables
from dialogs.consent import SEND, Receiver, Sheet, SheetLine
from dialogs.feedback_commands import Kind, SendFeedback
from dialogs.my_report_commands import Opened, SendLetter
from dialogs.my_report_sharing_commands import DeleteReport, ShareWith, StopSharing
from dialogs.parts import Package, Part
from dialogs.texts import text
from tests.afterwards import bruno, carla, kept, office
from tests.at_the_console import Clerk, Office
from tests.conftest import Cast
from tests.sharing import BRISTOL, EVERYTHING, filed, letters_of, only_case
from tests.test_console_tasks import ASSAULT, INTERNAL, task, told_by_a_worker
from tests.test_tasks_kept import opened_with, runs, tasks_at

__all__ = ["bruno", "carla", "office"]

SECRET = "They know my new address."


async def takes_back(office: Office, opened: Opened) -> None:
    office.clock.advance(minutes=1)
    assert await runs(office, StopSharing("stopped", opened, agency="bhcds"))


async def deletes(office: Office, opened: Opened) -> None:
    office.clock.advance(minutes=1)
    assert await runs(office, DeleteReport("deleted", opened))


async def shares(office: Office, opened: Opened, agency: str, package: Package = Package.FULL) -> None:
    office.clock.advance(minutes=1)
    agreed = {"package": package.value, "bound": "f" * 64, "locale": "en"}
    assert await runs(office, ShareWith("shared", opened, agency=agency, package=package, consent="yes"), yes=agreed)


async def writes(office: Office, opened: Opened, *to: str) -> bool:
    """From a screen of another device, on which those agencies still stand."""
    words = {"items": [{"words": SECRET, "locale": "en", "ref": ""}], "done": True}
    return await runs(office, SendLetter("letter", opened, words="w", to=to), w=words)


async def complains(office: Office, opened: Opened) -> bool:
    """From such a screen too."""
    line = SheetLine(id="words", part=Part.ACCOUNT, label=text("Your words"), answer=())
    sheet = Sheet(receivers=((Receiver(agency="bhcds", package=Package.ACCOUNT), text("gets it")),), lines=(line,))
    command = SendFeedback("said", opened, kind=Kind.COMPLAINT, sheet=sheet, check="check")
    return await runs(office, command, words=SECRET, check={"choice": SEND, "bound": "f" * 64})


async def tells(office: Office, opened: Opened) -> bool:
    """An answer to something Bruno's agency asked before."""
    house, at = office.app.house, office.clock()
    request = Request(agency="livewest", package=Package.FACTS)
    asked = Asked(id="q" * 32, asker="bhcds", request=request, asked_at=at)
    answers = Answers(random=house.random, directory=house.directory)
    return await house.database.unit(lambda c: answers.tell(c, opened, asked, said=Said.NO, at=at))


async def looks_at_work_again(app: App) -> None:
    """Its state says that somebody works on it, as "I have it" once made of what was taken back."""
    [case] = await kept(app, tables.cases)
    await app.house.database.unit(lambda c: cases.set_state(c, case["id"], "triage"))


async def states(app: App) -> list[str]:
    return [row["state"] for row in await kept(app, tables.cases)]


# Taken back, or deleted.


@pytest.mark.parametrize("ends", ["takes back", "deletes"])
async def test_nobody_takes_a_case_without_her_consent(app: App, bruno: Clerk, office: Office, ends: str) -> None:
    opened = await opened_with(office, await filed(office, {"bhcds": Package.FULL}))
    case = await only_case(bruno)
    assert "I have it" in (await bruno.opens(case)).body
    await (takes_back if ends == "takes back" else deletes)(office, opened)

    assert "I have it" not in (await bruno.opens(case)).body
    assert (await bruno.presses("/console/", f"{case}/take")).status == 404
    assert await states(app) == [cases.WITHDRAWN]
    assert not await app.house.database.unit(partial(_takes, office=office))
    assert await states(app) == [cases.WITHDRAWN]


def _takes(connection: Connection, office: Office) -> bool:
    """Without the page in between."""
    [listed] = cases.list_cases(connection, "bhcds").cases
    [member] = connection.execute(tables.staff.select().where(tables.staff.c.agency == "bhcds")).all()
    return cases.take(connection, listed.case, member.id, office.clock())


async def test_who_looks_at_a_case_taken_back_stops_its_alert(app: App, bruno: Clerk, office: Office) -> None:
    opened = await opened_with(office, await filed(office, {"bhcds": Package.FULL}))
    case = await only_case(bruno)
    await takes_back(office, opened)
    await bruno.opens(case)

    assert [row["seen_at"] is None for row in await kept(app, tables.alerts)] == [False]


async def sends(act: str, office: Office, opened: Opened) -> bool:
    if act == "writes":
        return await writes(office, opened, "bhcds")
    return await (complains if act == "complains" else tells)(office, opened)


@pytest.mark.parametrize("act", ["writes", "complains", "tells"])
@pytest.mark.parametrize("ends", ["takes back", "deletes", "goes on"])
async def test_an_old_screen_sends_nothing_to_who_has_no_consent(
    app: App, bruno: Clerk, office: Office, ends: str, act: str
) -> None:
    opened = await opened_with(office, await filed(office, {"bhcds": Package.FULL}))
    if ends != "goes on":
        await (takes_back if ends == "takes back" else deletes)(office, opened)
        await looks_at_work_again(app)
    sent = await sends(act, office, opened)

    assert sent == (ends == "goes on")
    assert await letters_of(app, "bhcds") == int(sent)
    assert (SECRET in (await bruno.opens(await only_case(bruno))).body) == (sent and act != "tells")


async def test_what_she_writes_goes_to_those_who_still_may_read(app: App, office: Office) -> None:
    opened = await opened_with(office, await filed(office, {"bhcds": Package.FULL, "livewest": Package.FACTS}))
    await takes_back(office, opened)

    assert await writes(office, opened, "bhcds", "livewest")
    assert (await letters_of(app, "bhcds"), await letters_of(app, "livewest")) == (0, 1)


# Who only counts.


async def test_who_only_counts_a_report_neither_holds_nor_writes(app: App, carla: Clerk, office: Office) -> None:
    code = await filed(office, {"bhcds": Package.FULL, "livewest": Package.COUNT})
    case = await only_case(carla)
    body = (await carla.opens(case)).body
    wrote = await carla.presses("/console/", f"{case}/letters", words="Hello.", language="en")
    held = await carla.presses("/console/", f"{case}/hold", reason="A court says so.")

    assert (wrote.status, held.status) == (404, 404)
    assert not any(words in body for words in ("Write to the reporter", "Which court or law", "Only a manager"))
    assert await letters_of(app, "reporter") == 0
    assert await runs(office, DeleteReport("deleted", await opened_with(office, code)))


async def test_an_old_screen_writes_nothing_to_who_only_counts(app: App, office: Office) -> None:
    opened = await opened_with(office, await filed(office, {"bhcds": Package.FULL, "livewest": Package.COUNT}))

    assert not await writes(office, opened, "livewest")
    assert await letters_of(app, "livewest") == 0


# Tasks.


@pytest.mark.parametrize("ends", ["takes back", "deletes"])
async def test_no_task_is_added_without_her_consent(app: App, bruno: Clerk, office: Office, ends: str) -> None:
    opened = await opened_with(office, await filed(office, {"bhcds": Package.FULL}))
    case = await only_case(bruno)
    await (takes_back if ends == "takes back" else deletes)(office, opened)
    before = await kept(app, tables.tasks)

    assert (await bruno.presses("/console/", f"{case}/tasks", words="Amina, 07700 900999")).status == 404
    assert await kept(app, tables.tasks) == before
    assert "A task of your own" not in (await bruno.opens(case)).body


@pytest.mark.parametrize("act", ["take", "give", "note", "done", "not-needed", "open-again", "respondent"])
async def test_nothing_is_written_about_a_case_taken_back(
    app: App, bruno: Clerk, cast: Cast, office: Office, act: str
) -> None:
    code = await office.file(told_by_a_worker(), {"bhcds": Package.ACCOUNT}, situation=ASSAULT)
    address = await task(bruno, INTERNAL)
    await takes_back(office, await opened_with(office, code))
    page, before = (await bruno.opens(address)).body, await kept(app, tables.tasks)
    fields = {"owner": cast.bruno.member.id, "kind": "said", "note-words": SECRET, "ask-reference": "7"}
    fields |= {"not-needed-words": SECRET, "reopened-words": SECRET}

    assert (await bruno.presses("/console/", f"{address}/{act}", **fields)).status == 404
    assert await kept(app, tables.task_entries) == []
    assert await kept(app, tables.tasks) == before
    assert f"{address}/" not in page
    assert "Report it on your internal incident system" in page  # what they did before stays theirs to read


# Given again.


async def test_who_is_given_it_again_takes_it_anew_and_has_new_time(app: App, bruno: Clerk, office: Office) -> None:
    opened = await opened_with(office, await filed(office, {"bhcds": Package.FULL}))
    case = await only_case(bruno)
    await bruno.presses(case, f"{case}/take")
    [first] = await kept(app, tables.cases)
    await takes_back(office, opened)
    office.clock.advance(hours=3)
    await shares(office, opened, "bhcds")
    [again] = await kept(app, tables.cases)
    [alert] = await kept(app, tables.alerts)

    assert (again["state"], again["taken_by"], again["taken_at"]) == (cases.SUBMITTED, None, None)
    assert again["opened_at"] == first["opened_at"]
    assert again["due_at"] == alert["due_at"] > office.clock() > first["due_at"]
    assert alert["seen_at"] is None


async def test_more_for_who_has_it_leaves_it_with_who_took_it(
    app: App, cast: Cast, bruno: Clerk, office: Office
) -> None:
    opened = await opened_with(office, await filed(office, {"bhcds": Package.FACTS}))
    case = await only_case(bruno)
    await bruno.presses(case, f"{case}/take")
    await shares(office, opened, "bhcds")

    assert [(row["state"], row["taken_by"]) for row in await kept(app, tables.cases)] == [
        ("triage", cast.bruno.member.id)
    ]


async def test_an_urgent_report_is_urgent_for_who_gets_it_later(app: App, office: Office) -> None:
    code = await office.file(EVERYTHING, {"bhcds": Package.FULL}, urgent=True, situation=BRISTOL)
    opened = await opened_with(office, code)
    await takes_back(office, opened)
    await shares(office, opened, "livewest")
    for table in (tables.cases, tables.alerts):
        rows = {row["agency"]: row for row in await kept(app, table)}
        assert rows["livewest"]["urgent"]
        assert (rows["livewest"]["due_at"] - office.clock()).total_seconds() == 15 * 60


# Tasks of who may open more, or less.

REACH = {"first-contact", "interview", "action-plan", "update-given", "closure-talked"}
HATE = replace(BRISTOL, kinds=frozenset({"verbal"}))


async def tasks_at_carlas(office: Office, cast: Cast) -> list[str]:
    return sorted(one.template for one in await tasks_at(office, "livewest", cast.carla.agency.key) if one)


@pytest.mark.parametrize("first", [Package.COUNT, Package.FACTS, Package.ACCOUNT])
async def test_more_brings_the_tasks_that_were_missing_once(office: Office, cast: Cast, first: Package) -> None:
    opened = await opened_with(office, await filed(office, {"bhcds": Package.FULL}, where=HATE))
    await shares(office, opened, "livewest", first)
    before = await tasks_at_carlas(office, cast)
    for package in (Package.FULL, Package.FACTS, Package.FULL):
        await shares(office, opened, "livewest", package)
    after = await tasks_at_carlas(office, cast)

    assert bool(before) == (first is not Package.COUNT)
    assert not REACH & set(before)
    assert set(after) == REACH | set(before or after)
    assert len(after) == len(set(after)) > len(REACH)


async def test_a_task_of_their_own_keeps_no_other_away(office: Office, cast: Cast, carla: Clerk) -> None:
    opened = await opened_with(office, await filed(office, {"livewest": Package.COUNT}, where=HATE))
    case = await only_case(carla)
    await carla.presses(case, f"{case}/tasks", words="Count it")
    await shares(office, opened, "livewest")

    assert set(await tasks_at_carlas(office, cast)) > REACH


async def test_the_number_of_tasks_added_tells_no_kind(app: App, office: Office) -> None:
    """As many rows for somebody who cannot be reached, or whose report brings no such task."""
    for where in (HATE, replace(HATE, contactable=False), ASSAULT):
        opened = await opened_with(office, await filed(office, {"livewest": Package.FACTS}, where=where))
        await shares(office, opened, "livewest")
    rows = Counter(row["case"] for row in await kept(app, tables.tasks))

    assert list(rows.values()) == [2 * FILLED] * 3
