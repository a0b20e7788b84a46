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
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import DatabaseTooNew, StorageError
from bot.storage.engine import REFUSED, Line, engine_for

T = TypeVar("T")
Work = Callable[[Connection], T]

HEAD = "0003"  # the newest migration; a test compares it with the folder
MOST_TOGETHER = 32  # units in one commit


@dataclass(frozen=True, slots=True)
class _Job:
    work: Work[Any]
    done: "asyncio.Future[Any]"
    loop: asyncio.AbstractEventLoop
    alone: bool = False  # outside any transaction

    def answer(self, result: Any, fault: BaseException | None) -> None:
        with suppress(RuntimeError):  # whoever asked has gone, and their event loop with them
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
        self._writer = engine_for(path, begin="BEGIN IMMEDIATE")
        self._reader = engine_for(path, begin="BEGIN")
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._looks: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False

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
            database._closed = True
            database._jobs.put(None)
            database._looks.put(None)
            for thread in threads:
                await asyncio.to_thread(thread.join)
            database._writer.dispose()
            database._reader.dispose()

    async def unit(self, work: Work[T]) -> T:
        """Run `work` in a transaction; what it wrote is durable when this returns. Raises what `work` raises,
        having undone it, or `StorageError` if the disk would not take it, whatever `work` made of that."""
        return await self._put(self._jobs, work)

    async def look(self, work: Work[T]) -> T:
        """Run `work`, which only reads. Raises what `work` raises, or `StorageError`."""
        return await self._put(self._looks, work)

    async def empty_journal(self) -> bool:
        """Move the write-ahead journal into the database file and cut it to nothing; False if it is in use."""
        return await self._put(self._jobs, _empty_journal, alone=True)

    async def _put(self, jobs: "queue.SimpleQueue[_Job | None]", work: Work[T], *, alone: bool = False) -> T:
        if self._closed:
            raise StorageError
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        jobs.put(_Job(work, done, loop, alone))
        return await done

    def _write(self) -> None:
        line = Line(self._writer)
        while batch := self._next_batch():
            for job, result, fault in self._outcomes(line, [job for job in batch if not job.alone]):
                job.answer(result, fault)
            for job in batch:
                if job.alone:
                    job.answer(*_answer(line, job.work))
        line.drop()

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

    def _outcomes(self, line: Line, batch: list[_Job]) -> list[tuple[_Job, Any, BaseException | None]]:
        """What came of each unit. Nothing is told to anybody before all of it is durable."""
        if not batch:
            return []
        try:
            connection = line.connection()
            with connection.begin():
                outcomes = [(job, *_attempt(connection, job.work)) for job in batch]
                self.before_commit()
        except Exception:  # whatever it was, nothing of this batch is durable, and the next one must be run
            line.drop()
            return [(job, None, StorageError()) for job in batch]
        return outcomes

    def before_commit(self) -> None:
        """Called in the writer's thread when a batch is about to be made durable."""

    def _read(self) -> None:
        line = Line(self._reader)
        while (job := self._looks.get()) is not None:
            job.answer(*_answer(line, job.work, begin=True))
        line.drop()


def _attempt(connection: Connection, work: Work[Any]) -> tuple[Any, BaseException | None]:
    """Run one unit of a batch; if it fails, undo it alone.

    A unit in which the disk refused anything has failed, even if it caught that and went on.
    """
    connection.info.pop(REFUSED, None)
    savepoint = connection.begin_nested()
    try:
        result, fault = work(connection), None
    except Exception as problem:  # it belongs to the one who asked
        result, fault = None, problem
    if connection.info.pop(REFUSED, False):
        fault = StorageError()
    if fault is None:
        savepoint.commit()
        return result, None
    savepoint.rollback()
    return None, fault


def _answer(line: Line, work: Work[Any], *, begin: bool = False) -> tuple[Any, BaseException | None]:
    """Run what writes nothing."""
    try:
        connection = line.connection()
        if not begin:
            return work(connection), None
        with connection.begin():
            return work(connection), None
    except (StorageError, SQLAlchemyError):  # whatever it was, the connection is not to be trusted
        line.drop()
        return None, StorageError()
    except Exception as fault:  # it belongs to the one who asked
        return None, fault


def _empty_journal(connection: Connection) -> bool:
    raw = connection.connection.dbapi_connection
    if raw is None:
        return False
    busy, *_pages = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


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
    ended = subprocess.run(command, check=False).returncode  # noqa: S603  # our own module, our own path
    if ended != 0 and _version(path) != HEAD:  # another process may have been quicker
        raise StorageError


def _version(path: Path) -> str | None:
    if not path.exists():
        return None
    engine = engine_for(path, begin="BEGIN")
    try:
        with engine.begin() as connection:
            known = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").scalar()
            found: Any = known and connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            return str(found) if found else None
    except SQLAlchemyError:  # on the way to a connection
        raise StorageError from None
    finally:
        engine.dispose()
