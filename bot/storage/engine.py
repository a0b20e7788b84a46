"""How a database file is opened, and what its refusals are called; `database.py` runs units of work on it."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.errors import StorageError

PATIENCE = 15.0  # seconds to wait for another process that is writing
REFUSED = "refused"  # marks a connection on which the disk refused a statement
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "temp_store=MEMORY")


class Line:
    """One thread's connection; after a fault it is made anew, so that a disk that recovers is used again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def connection(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):  # it is being thrown away
                connection.close()


def engine_for(path: Path, *, begin: str) -> Engine:
    """For the database in `path`; `begin`: how its transactions begin. Its errors are `StorageError`."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        connect_args={"timeout": PATIENCE},
        hide_parameters=True,  # no value in the text of an exception
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's recipe: transactions begin when we say so
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "handle_error", _refused)
    return engine


def _refused(context: ExceptionContext) -> None:
    """What the disk says becomes `StorageError`; what a constraint says is for the statement's own code."""
    fault = context.sqlalchemy_exception
    if isinstance(fault, IntegrityError) or not isinstance(fault, DBAPIError):
        return
    if context.connection is not None:
        context.connection.info[REFUSED] = True
    context.chained_exception = StorageError()
