"""Runs each migration in a transaction of its own."""

from typing import Literal

from alembic import context
from sqlalchemy import create_engine

from bot.storage.tables import Moment, metadata


def plain_types(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Migrations are history: they name no type of ours that may change."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        transaction_per_migration=True,
        render_item=plain_types,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
