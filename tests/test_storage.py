"""Units of work on a real database file: whole or not at all, durable when they return, and patient with the disk."""

import asyncio
import shutil
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, LargeBinary, cast, func, insert, select

from bot.errors import Conflict, DatabaseTooNew, StorageError
from bot.storage import conversations
from bot.storage.conversations import Kept
from bot.storage.database import MOST_TOGETHER, Database
from bot.storage.tables import blobs, updates
from tests.clock import A_MONDAY


class Watched(Database):
    """A database that counts what it makes durable, and whose disk fails when told to."""

    commits = 0
    fault: BaseException | None = None

    def before_commit(self) -> None:
        if self.fault is not None:
            raise self.fault
        self.commits += 1


@pytest.fixture
def path(tmp_path: Path, empty_database: Path) -> Path:
    return Path(shutil.copy(empty_database, tmp_path / "saysafe.sqlite3"))


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Watched]:
    async with Watched.open(path) as opened:
        assert isinstance(opened, Watched)
        yield opened


def remembers(id: str) -> Callable[[Connection], None]:
    """A unit that writes one row."""

    def unit(connection: Connection) -> None:
        connection.execute(insert(updates).values(channel="test", id=id, seen_at=A_MONDAY))

    return unit


async def remembered(database: Database) -> set[str]:
    return set(await database.look(lambda c: c.execute(select(updates.c.id)).scalars().all()))


def pragma(setting: str) -> Callable[[Connection], None]:
    """A unit that changes the writer's connection; the disk's refusals below are SQLite's own."""

    def unit(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA {setting}")

    return unit


def fails(_: Connection) -> None:
    raise LookupError


async def together(database: Database, *units: Callable[[Connection], None]) -> list[BaseException | None]:
    """Run `units` in one batch: the writer is busy until all of them wait."""
    busy, gate = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        busy.set()
        gate.wait(10)

    first = asyncio.ensure_future(database.unit(hold))
    await asyncio.to_thread(busy.wait, 10)
    waiting = [asyncio.ensure_future(database.unit(unit)) for unit in units]
    await asyncio.sleep(0)
    gate.set()
    await first
    return await asyncio.gather(*waiting, return_exceptions=True)


async def test_units_that_wait_share_one_commit(database: Watched) -> None:
    await together(database, *(remembers(str(n)) for n in range(MOST_TOGETHER)))

    assert database.commits == 2
    assert len(await remembered(database)) == MOST_TOGETHER


async def test_a_unit_that_fails_spoils_none_of_its_neighbours(database: Watched) -> None:
    def half(connection: Connection) -> None:
        remembers("half")(connection)
        fails(connection)

    came_of = await together(database, remembers("before"), half, remembers("after"))

    assert [type(one) for one in came_of] == [type(None), LookupError, type(None)]
    assert await remembered(database) == {"before", "after"}


@pytest.mark.parametrize("fault", [OSError(), RuntimeError()])
async def test_a_commit_that_fails_fails_every_unit_of_its_batch(database: Watched, fault: Exception) -> None:
    await database.unit(remembers("acknowledged"))
    database.fault = fault

    with pytest.raises(StorageError):
        await database.unit(remembers("lost"))
    database.fault = None
    await database.unit(remembers("later"))

    assert await remembered(database) == {"acknowledged", "later"}


async def test_all_units_of_a_failed_batch_are_told_so(database: Watched) -> None:
    def breaks(connection: Connection) -> None:
        database.fault = OSError()

    came_of = await together(database, remembers("one"), breaks, remembers("two"))

    assert [type(one) for one in came_of] == [StorageError, StorageError, StorageError]
    assert await remembered(database) == set()


async def test_a_full_disk_is_waited_out(database: Watched) -> None:
    await database.unit(remembers("acknowledged"))
    pages = await database.look(lambda c: int(c.exec_driver_sql("PRAGMA page_count").scalar_one()))
    await database.unit(pragma(f"max_page_count={pages}"))
    large = insert(blobs).values(id="x", sealed=cast(func.zeroblob(200_000), LargeBinary))

    with pytest.raises(StorageError):
        await database.unit(lambda c: c.execute(large) and None)
    await database.unit(pragma("max_page_count=1000000"))
    await database.unit(lambda c: c.execute(large) and None)

    assert await remembered(database) == {"acknowledged"}


async def test_a_disk_that_became_read_only_is_waited_out(database: Watched) -> None:
    await database.unit(pragma("query_only=ON"))

    with pytest.raises(StorageError):
        await database.unit(remembers("refused"))
    await database.unit(pragma("query_only=OFF"))
    await database.unit(remembers("taken"))

    assert await remembered(database) == {"taken"}


async def test_a_unit_that_overlooks_a_refusal_of_the_disk_is_undone(database: Watched) -> None:
    def overlooks(connection: Connection) -> str:
        remembers("half")(connection)
        connection.exec_driver_sql("PRAGMA query_only=ON")
        try:
            remembers("refused")(connection)
        except StorageError:
            return "all is well"
        finally:
            connection.exec_driver_sql("PRAGMA query_only=OFF")
        return "never"

    with pytest.raises(StorageError):
        await database.unit(overlooks)

    assert await remembered(database) == set()


async def test_a_database_locked_by_another_process_is_waited_out(database: Watched, path: Path) -> None:
    await database.unit(pragma("busy_timeout=10"))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StorageError):
        await database.unit(remembers("refused"))
    other.execute("ROLLBACK")
    other.close()
    await database.unit(remembers("taken"))

    assert await remembered(database) == {"taken"}


async def test_a_broken_connection_is_made_anew(database: Watched) -> None:
    def breaks(connection: Connection) -> None:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.close()
        remembers("refused")(connection)

    with pytest.raises(StorageError):
        await database.unit(breaks)
    with pytest.raises(StorageError):
        await database.look(breaks)
    await database.unit(remembers("taken"))

    assert await remembered(database) == {"taken"}


async def test_no_exception_of_the_database_shows_a_value(database: Watched) -> None:
    await database.unit(remembers("aminas-secret"))

    with pytest.raises(Exception, match="UNIQUE") as refused:
        await database.unit(remembers("aminas-secret"))

    assert "aminas-secret" not in str(refused.value)


async def test_reading_a_row_that_does_not_exist_is_no_fault_of_the_disk(database: Watched) -> None:
    with pytest.raises(LookupError):
        await database.look(fails)


async def test_a_closed_database_says_so(path: Path) -> None:
    async with Database.open(path) as database:
        pass

    with pytest.raises(StorageError):
        await database.unit(remembers("late"))


async def test_a_database_of_a_newer_program_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()

    with pytest.raises(DatabaseTooNew):
        async with Database.open(path):
            pass


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_bytes(b"Dear neighbour, " * 1000)

    with pytest.raises(StorageError):
        async with Database.open(tmp_path / "letter.txt"):
            pass


async def test_a_new_database_is_made_in_a_folder_only_we_may_read(tmp_path: Path) -> None:
    path = tmp_path / "a folder with % and ?" / "saysafe.sqlite3"

    async with Database.open(path) as database:
        await database.unit(remembers("first"))

    assert path.exists()
    assert path.parent.stat().st_mode & 0o077 == 0


async def test_two_programs_on_one_file_see_each_others_work(database: Watched, path: Path) -> None:
    async with Database.open(path) as other:
        pairs = ((one, f"{name}-{n}") for n in range(50) for one, name in ((database, "here"), (other, "there")))
        await asyncio.gather(*(one.unit(remembers(id)) for one, id in pairs))

        assert len(await remembered(database)) == 100
        assert await remembered(other) == await remembered(database)


async def test_of_two_who_advance_a_conversation_one_is_told_to_look_again(database: Watched) -> None:
    begun = Kept(id="c" * 32, person=b"p" * 32, revision=1, wrapped_key=b"k", sealed_state=b"one", expires_at=A_MONDAY)
    await database.unit(lambda c: conversations.begin(c, begun))
    await database.unit(lambda c: conversations.advance(c, replace(begun, revision=2, sealed_state=b"two")))

    with pytest.raises(Conflict):
        await database.unit(lambda c: conversations.advance(c, replace(begun, revision=2, sealed_state=b"lost")))
    with pytest.raises(Conflict):
        await database.unit(lambda c: conversations.begin(c, replace(begun, id="d" * 32)))

    kept = await database.look(lambda c: conversations.by_person(c, b"p" * 32))
    assert kept is not None
    assert kept.sealed_state == b"two"


async def test_a_screen_shown_to_somebody_forgotten_meanwhile_leaves_nothing(database: Watched) -> None:
    await database.unit(lambda c: conversations.showing(c, "gone", "17", A_MONDAY))

    assert await database.look(lambda c: conversations.traces_of(c, "gone")) == ()


async def test_the_journal_is_emptied_but_not_under_a_reader(database: Watched, path: Path) -> None:
    await database.unit(pragma("busy_timeout=10"))
    await database.unit(remembers("one"))
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM updates").fetchall()
    await database.unit(remembers("two"))

    assert not await database.empty_journal()
    reader.execute("ROLLBACK")
    reader.close()
    assert await database.empty_journal()
    assert path.with_name(path.name + "-wal").stat().st_size == 0
