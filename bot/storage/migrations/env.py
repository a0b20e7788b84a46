"""Runs all missing migrations in one transaction, so that a database is never left between two versions.

Whoever begins second waits, and then finds nothing missing.
"""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, NullPool, create_engine, event

from bot.storage.tables import Moment, metadata


def plain_types(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Migrations are history: they name no type of ours that may change."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


PATIENCE = 600.0  # seconds to wait for another process that migrates
# A table that is copied into its new shape is dropped in between, which must not delete the rows that point to it.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF", "secure_delete=ON", "temp_store=MEMORY")

url = context.config.get_main_option("sqlalchemy.url") or ""
engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": PATIENCE}, hide_parameters=True)


@event.listens_for(engine, "connect")
def prepare(connection: Any, _record: Any) -> None:
    """As in `engine.py`: by itself the driver begins no transaction for changes of tables."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(engine, "begin")
def start(connection: Connection) -> None:
    """Before the version is read."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
        render_item=plain_types,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
