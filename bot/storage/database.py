"""The database as units of work: each runs whole or not at all, and is on the disk when it returns.

SQLite has one writer, so units are run by one thread that commits those that wait together in one go:
a turn is a single hop, and the cost of making it durable is shared. Readers have a thread of their own.
"""

import asyncio
import queue
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.errors import DatabaseTooNew, StorageError

T = TypeVar("T")
Work = Callable[[Connection], T]

HEAD = "0001"  # the newest migration; a test compares it with the folder
MOST_TOGETHER = 32  # units in one commit
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "temp_store=MEMORY")


@dataclass(frozen=True, slots=True)
class _Job:
    work: Work[Any]
    done: "asyncio.Future[Any]"
    loop: asyncio.AbstractEventLoop
    alone: bool = False  # outside any transaction

    def answer(self, result: Any, fault: BaseException | None) -> None:
        self.loop.call_soon_threadsafe(_settle, self.done, result, fault)


def _settle(done: "asyncio.Future[Any]", result: Any, fault: BaseException | None) -> None:
    if done.cancelled():
        return
    if fault is None:
        done.set_result(result)
    else:
        done.set_exception(fault)


class Database:
    """Open with `Database.open`."""

    def __init__(self, path: Path) -> None:
        self._writer = _engine(path, begin="BEGIN IMMEDIATE")
        self._reader = _engine(path, begin="BEGIN")
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._looks: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path) -> "AsyncIterator[Database]":
        """The database in the file `path`, brought up to date first. Raises `DatabaseTooNew`."""
        await asyncio.to_thread(bring_up_to_date, path)
        database = cls(path)
        threads = [
            threading.Thread(target=database._write, name="database-writer"),
            threading.Thread(target=database._read, name="database-reader"),
        ]
        for thread in threads:
            thread.start()
        try:
            yield database
        finally:
            database._jobs.put(None)
            database._looks.put(None)
            for thread in threads:
                await asyncio.to_thread(thread.join)
            database._writer.dispose()
            database._reader.dispose()

    async def unit(self, work: Work[T]) -> T:
        """Run `work` in a transaction; what it wrote is durable when this returns. Raises what `work` raises,
        having undone it, or `StorageError` if the disk would not take it."""
        return await self._put(self._jobs, work)

    async def look(self, work: Work[T]) -> T:
        """Run `work`, which only reads."""
        return await self._put(self._looks, work)

    async def empty_journal(self) -> None:
        """Move the write-ahead journal into the database file and cut it to nothing."""
        await self._put(self._jobs, _empty_journal, alone=True)

    async def _put(self, jobs: "queue.SimpleQueue[_Job | None]", work: Work[T], *, alone: bool = False) -> T:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        jobs.put(_Job(work, done, loop, alone))
        return await done

    def _write(self) -> None:
        with self._writer.connect() as connection:
            while batch := self._next_batch():
                self._run(connection, [job for job in batch if not job.alone])
                for job in batch:
                    if job.alone:
                        job.answer(*_attempt_alone(connection, job.work))

    def _next_batch(self) -> list[_Job]:
        """The units that wait, at least one; none when it is time to stop."""
        batch: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            batch.append(job)
            if len(batch) == MOST_TOGETHER or self._jobs.empty():
                return batch
            job = self._jobs.get()
        if batch:
            self._jobs.put(None)
        return batch

    def _run(self, connection: Connection, batch: list[_Job]) -> None:
        if not batch:
            return
        outcomes: list[tuple[_Job, Any, BaseException | None]] = []
        try:
            with connection.begin():
                outcomes = [(job, *_attempt(connection, job.work)) for job in batch]
                self.before_commit()
        except (DBAPIError, OSError):
            fault = StorageError()
            outcomes = [(job, None, fault) for job in batch]
        for job, result, problem in outcomes:
            job.answer(result, problem)

    def before_commit(self) -> None:
        """Called in the writer's thread when a batch is about to be made durable."""

    def _read(self) -> None:
        with self._reader.connect() as connection:
            while (job := self._looks.get()) is not None:
                try:
                    with connection.begin():
                        result, fault = job.work(connection), None
                except Exception as problem:  # whatever it is, it belongs to the one who asked
                    result, fault = None, problem
                job.answer(result, fault)


def _attempt(connection: Connection, work: Work[Any]) -> tuple[Any, BaseException | None]:
    """Run one unit of a batch; if it fails, undo it alone."""
    savepoint = connection.begin_nested()
    try:
        result = work(connection)
    except Exception as fault:  # it belongs to the one who asked
        savepoint.rollback()
        return None, fault
    savepoint.commit()
    return result, None


def _attempt_alone(connection: Connection, work: Work[Any]) -> tuple[Any, BaseException | None]:
    try:
        return work(connection), None
    except Exception as fault:  # it belongs to the one who asked
        return None, fault


def _empty_journal(connection: Connection) -> None:
    raw = connection.connection.dbapi_connection
    if raw is not None:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _engine(path: Path, *, begin: str) -> Engine:
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, connect_args={"timeout": 15})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's recipe: transactions begin when we say so
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def bring_up_to_date(path: Path) -> None:
    """Run the migrations that `path` has not had, in a process of their own: Alembic is slow to import.

    Raises `DatabaseTooNew` if the file was written by a newer program, `StorageError` if a migration fails.
    """
    version = _version(path)
    if version == HEAD:
        return
    if version is not None and version > HEAD:
        raise DatabaseTooNew
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    command = [sys.executable, "-m", "bot.storage.migrate", str(path)]
    if subprocess.run(command, check=False).returncode != 0:  # noqa: S603  # our own module, our own path
        raise StorageError


def _version(path: Path) -> str | None:
    if not path.exists():
        return None
    engine = _engine(path, begin="BEGIN")
    try:
        with engine.begin() as connection:
            found: Any = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            return found if found is None else str(found)
    except OperationalError:  # a new file without tables
        return None
    finally:
        engine.dispose()
