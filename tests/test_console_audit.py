"""The record of every look: complete, without personal words, and any change to it is found."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from bot.app import App
from bot.storage import audit
from bot.storage.database import Database
from bot.storage.tables import audit as table
from dialogs.parts import Package
from tests.at_the_console import Clerk, Office, account, clerk, facts, office
from tests.clock import A_MONDAY
from tests.conftest import Cast

__all__ = ["office"]

KEY, OLDER_KEY = b"k" * 32, b"o" * 32


@pytest.fixture
async def database(app: App) -> Database:
    """A database with five rows of record, the first two from before the server's secret was changed."""
    for place in range(5):
        act = audit.Act(at=A_MONDAY, agency="bhcds", staff="s" * 32, act="case", case=f"{place}")
        key = OLDER_KEY if place < 2 else KEY
        await app.house.database.unit(partial(audit.record, act=act, key=key))
    return app.house.database


async def broken(database: Database, change: Any = None) -> int | None:
    """What checking says once somebody has changed the table."""
    if change is not None:
        await database.unit(lambda c: c.execute(change) and None)
    return await database.look(lambda c: audit.verify(c, (KEY, OLDER_KEY)))


async def test_an_untouched_record_is_whole(database: Database) -> None:
    assert await broken(database) is None


@pytest.mark.parametrize("column", ["at", "agency", "staff", "act", "case", "link"])
async def test_a_changed_row_is_found(database: Database, column: str) -> None:
    value: Any = {"at": A_MONDAY.replace(hour=10), "link": bytes(32)}.get(column, "other")

    assert await broken(database, update(table).where(table.c.id == 3).values({column: value})) == 3


async def test_a_removed_row_is_found(database: Database) -> None:
    assert await broken(database, delete(table).where(table.c.id == 2)) == 3


async def test_a_removed_beginning_is_found(database: Database) -> None:
    assert await broken(database, delete(table).where(table.c.id == 1)) == 2


async def test_a_row_put_in_without_the_key_is_found(database: Database) -> None:
    forged = {"at": A_MONDAY, "agency": "bhcds", "staff": "x", "act": "case", "case": "", "link": bytes(32)}

    assert await broken(database, insert(table).values(id=6, **forged)) == 6


async def test_rows_that_changed_places_are_found(database: Database) -> None:
    for old, new in ((4, 99), (5, 4), (99, 5)):
        await broken(database, update(table).where(table.c.id == old).values(id=new))

    assert await broken(database) == 4


async def test_every_look_is_recorded_with_its_case_and_no_words(office: Office, cast: Cast) -> None:
    photo = await office.attach(b"photo")
    told = (*facts(), *account("She shouted", files=[photo]))
    await office.file(told, {"bhcds": Package.ACCOUNT})
    async with clerk(office) as bruno:
        await bruno.enters(cast.bruno)
        case = await _works(bruno, photo["blob"])
    house = office.app.house
    acts = await house.database.look(lambda c: audit.acts(c, "bhcds"))
    rows = await house.database.look(lambda c: str(c.execute(select(table)).all()))

    assert [(act.act, act.case) for act in acts] == [
        ("sign-in", ""),
        ("inbox", ""),
        ("case", case),
        ("download", case),
        ("case", case),
        ("take", case),
        ("refused", ""),
        ("inbox", ""),
        ("sign-out", ""),
    ]
    assert await house.database.look(lambda c: audit.verify(c, house.keyring.tokens(audit.KEY))) is None
    assert not any(word in rows for word in ("bruno", "shouted", photo["blob"], "Bristol"))


async def _works(bruno: Clerk, blob: str) -> str:
    """Look at the list, the case and its file, take it, look for what is not there, leave."""
    case = (await bruno.cases())[0]
    await bruno.opens(case)
    await bruno.opens(f"{case}/files/{blob}")
    await bruno.presses(case, f"{case}/take")
    await bruno.opens(f"{case}/files/{'0' * 32}")
    await bruno.presses("/console/", "/console/sign-out")
    return case.rpartition("/")[2]
