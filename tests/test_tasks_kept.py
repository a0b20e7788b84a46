"""Tasks in the database: for whom they are made, when they are forgotten, and that a thief learns no kind of report."""

from functools import partial

import pytest
from sqlalchemy import Connection, select

from bot.app import App
from bot.casework import FILLED, open_task
from bot.commands import Setting
from bot.console.words import listed
from bot.encryption.keys import PrivateKey
from bot.reminding import Reminding
from bot.reports.tasks import Task
from bot.state import State
from bot.storage import cases, tables, tasks
from bot.storage.tasks import SealedTask
from dialogs.my_report_commands import Opened, OpenReport
from dialogs.my_report_sharing_commands import DeleteReport, ShareWith, StopSharing
from dialogs.parts import Package
from dialogs.script import Command
from services_directory.load import load
from services_directory.routing import Situation
from tests.at_the_console import Office, account, clerk, facts, office
from tests.clock import Clock
from tests.conftest import Cast
from tests.test_console_tasks import ASSAULT, INTERNAL, a_worker_was_told, task, told_by_a_worker
from tests.test_theft import loot_of

__all__ = ["office"]

HATE = Situation(area="bristol", kinds=frozenset({"verbal", "graffiti"}))
KINDS = {
    "told": ASSAULT,
    "hate": HATE,
    "sexual": Situation(area="bristol", kinds=frozenset({"sexual"})),
    "home": Situation(area="bristol", kinds=frozenset({"home"})),
}


async def opened_with(office: Office, code: str) -> Opened:
    runner, command = office.app.house.runners[OpenReport], OpenReport("opened", code=code)
    prepared = await runner.prepare(command)
    setting = Setting(conversation="d" * 32, state=_state(office, {}), now=office.clock())
    stored = await office.app.house.database.unit(lambda c: runner.run(c, command, prepared, setting))
    return command.read(stored)


async def runs(office: Office, command: Command[bool], **answers: object) -> bool:
    """Amina has come back and asks for something."""
    setting = Setting(conversation="d" * 32, state=_state(office, answers), now=office.clock())
    runner = office.app.house.runners[type(command)]
    return bool(await office.app.house.database.unit(lambda c: runner.run(c, command, None, setting)))


def _state(office: Office, answers: dict[str, object]) -> State:
    return State(draft="d", began=office.clock().date(), locale="en", answers=answers)


async def shares(office: Office, opened: Opened, package: Package) -> None:
    agreed = {"package": package.value, "bound": "f" * 64, "locale": "en"}
    command = ShareWith("shared", opened, agency="livewest", package=package, consent="yes")
    assert await runs(office, command, yes=agreed)


async def tasks_at(office: Office, agency: str, key: PrivateKey) -> list[Task | None]:
    sealed = await office.app.house.database.look(partial(_of_agency, agency=agency))
    return [one for one in (open_task(each, key) for each in sealed) if one is None or one.words]


def _of_agency(connection: Connection, agency: str) -> list[SealedTask]:
    listing = cases.list_cases(connection, agency)
    return [one for case in listing.cases for one in tasks.of_case(connection, case.case.id, agency).tasks]


async def test_an_agency_told_later_has_tasks_that_begin_then(office: Office, cast: Cast, clock: Clock) -> None:
    code = await office.file(told_by_a_worker(), {"bhcds": Package.ACCOUNT}, situation=ASSAULT)
    clock.advance(hours=100)
    await shares(office, await opened_with(office, code), Package.FACTS)
    sealed = await office.app.house.database.look(partial(_of_agency, agency="livewest"))

    made = await tasks_at(office, "livewest", cast.carla.agency.key)
    assert "serious-incident-report" in {one.template for one in made if one}
    assert all(one.due_at is None or one.due_at > clock() for one in sealed)


async def test_an_agency_that_counted_has_tasks_once_it_may_read(office: Office, cast: Cast, clock: Clock) -> None:
    receivers = {"bhcds": Package.ACCOUNT, "livewest": Package.COUNT}
    code = await office.file(told_by_a_worker(), receivers, situation=ASSAULT)
    opened = await opened_with(office, code)
    assert await tasks_at(office, "livewest", cast.carla.agency.key) == []

    for package in (Package.FACTS, Package.ACCOUNT):
        clock.advance(minutes=1)
        await shares(office, opened, package)

    made = await tasks_at(office, "livewest", cast.carla.agency.key)
    assert len(made) == len(set(made)) > 10


async def test_a_deleted_report_leaves_no_task(office: Office) -> None:
    code = await office.file(told_by_a_worker(), {"bhcds": Package.ACCOUNT}, situation=ASSAULT)
    assert await runs(office, DeleteReport("deleted", await opened_with(office, code)))

    for table in (tables.tasks, tables.task_entries):
        left = await office.app.house.database.look(lambda c, table=table: c.execute(select(table)).all())  # type: ignore[misc]
        assert left == []


async def test_a_report_that_was_taken_back_rings_no_more(office: Office, clock: Clock) -> None:
    code = await office.file(told_by_a_worker(), {"bhcds": Package.ACCOUNT}, situation=ASSAULT)
    assert await runs(office, StopSharing("stopped", await opened_with(office, code), agency="bhcds"))
    clock.advance(hours=47)

    assert await Reminding(office.app.house).remind() == 0


async def test_another_agencys_key_opens_no_task(office: Office, cast: Cast) -> None:
    await a_worker_was_told(office)

    assert set(await tasks_at(office, "bhcds", cast.carla.agency.key)) == {None}
    assert None not in await tasks_at(office, "bhcds", cast.bruno.agency.key)


@pytest.mark.parametrize("kind", list(KINDS))
async def test_every_kind_of_report_has_as_many_rows_of_one_size(office: Office, kind: str) -> None:
    await office.file((*facts(), *account("Loud.")), {"bhcds": Package.ACCOUNT}, situation=KINDS[kind])
    sealed = await office.app.house.database.look(partial(_of_agency, agency="bhcds"))

    assert len(sealed) == FILLED
    assert {len(one.sealed) for one in sealed} == {1 + 1136 + 256}


async def test_a_thief_finds_no_kind_of_report(office: Office, cast: Cast, app: App) -> None:
    await a_worker_was_told(office, same_property="yes")
    async with clerk(office) as bruno:
        await bruno.enters(cast.bruno)
        address = await task(bruno, INTERNAL)
        await bruno.presses(address, f"{address}/note", kind="said", **{"note-words": "Zwetschgenknödel"})
        await bruno.presses(address, f"{address}/done", **{"ask-reference": "Brombeerstrauch"})
    loot = loot_of(app.config.database)
    templates = load().tasks_for("bristol")
    said = ["Zwetschgenknödel", "Brombeerstrauch", "sexual", "assault", "respondent", "same-property"]
    said += [words for one in templates for words in (one.id, one.words) if len(words) > 8]

    assert listed([words for words in said if words.encode() in loot or words.upper().encode() in loot]) == ""
