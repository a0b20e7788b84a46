"""Migrations and tables are the same thing told twice, and every table says when its rows are forgotten."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import BatchOperations
from alembic.script import ScriptDirectory
from sqlalchemy import (
    URL,
    Boolean,
    Column,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    NullPool,
    Table,
    create_engine,
    insert,
    select,
)

from bot.storage.database import HEAD, bring_up_to_date
from bot.storage.migrate import configuration
from bot.storage.tables import metadata
from tests.clock import A_MONDAY

TABLES = metadata.sorted_tables


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "migrated.sqlite3"


def engine_of(path: Path) -> Engine:
    return create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)


def example(column: "Column[Any]") -> Any:
    """A value such as this column may hold."""
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, Integer):
        return 1
    if isinstance(column.type, LargeBinary):
        return b"\x01" * 32
    return A_MONDAY if isinstance(getattr(column.type, "impl_instance", column.type), DateTime) else "1"


def fill(path: Path) -> None:
    """A row in every table, each pointing to the others' rows."""
    with engine_of(path).begin() as connection:
        for table in TABLES:
            connection.execute(insert(table).values({column.name: example(column) for column in table.columns}))


def rows(path: Path) -> dict[str, list[Any]]:
    with engine_of(path).connect() as connection:
        return {table.name: [tuple(row) for row in connection.execute(select(table))] for table in TABLES}


def test_the_migrations_make_exactly_the_tables(path: Path) -> None:
    command.upgrade(configuration(path), "head")

    with engine_of(path).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_missing_column_would_be_noticed(path: Path) -> None:
    command.upgrade(configuration(path), "head")
    with sqlite3.connect(path) as raw:
        raw.execute("ALTER TABLE outbox DROP COLUMN attempts")
    raw.close()

    with engine_of(path).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) != []


def test_the_program_knows_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(configuration(Path("none"))).get_heads() == [HEAD]


def test_migrations_are_numbered_in_a_single_line() -> None:
    revisions = list(ScriptDirectory.from_config(configuration(Path("none"))).walk_revisions())

    assert [one.revision for one in reversed(revisions)] == [f"{n:04}" for n in range(1, len(revisions) + 1)]
    assert all(one.doc for one in revisions)


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_table_says_when_its_rows_are_forgotten(table: Table) -> None:
    assert re.search(r"\b(Forgotten|Kept|Deleting)\b", table.comment or ""), f"{table.name} promises nothing"


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_no_table_has_a_column_for_words_or_names_of_a_reporter(table: Table) -> None:
    """Strings are codes, ids and counts; 80 letters are the longest, and belong to staff and to update ids."""
    lengths = {column.name: getattr(column.type, "length", None) for column in table.columns}
    texts = {name for name, length in lengths.items() if isinstance(length, int) and length > 64}

    assert texts <= ({"id"} if table.name == "updates" else {"name"} if table.name == "staff" else set())


def test_migrating_again_changes_no_row(path: Path) -> None:
    command.upgrade(configuration(path), "head")
    fill(path)
    before = rows(path)

    command.upgrade(configuration(path), "head")

    assert rows(path) == before
    assert all(before.values())


def test_each_migration_goes_down_and_up_again_on_data(path: Path) -> None:
    command.upgrade(configuration(path), "head")
    fill(path)
    for script in ScriptDirectory.from_config(configuration(path)).walk_revisions():
        command.downgrade(configuration(path), str(script.down_revision or "base"))
        command.upgrade(configuration(path), script.revision)
        command.upgrade(configuration(path), "head")

    with engine_of(path).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


@pytest.mark.parametrize("index", ["ix_links_person", "ix_tasks_due_at"])
def test_a_migration_that_was_interrupted_is_made_whole_next_time(
    path: Path, monkeypatch: pytest.MonkeyPatch, index: str
) -> None:
    command.upgrade(configuration(path), "0001")
    before = contents(path)
    make = BatchOperations.create_index

    def fails(operations: BatchOperations, name: str, *given: Any, **more: Any) -> None:
        if name == index:
            raise InterruptedError
        make(operations, name, *given, **more)

    monkeypatch.setattr(BatchOperations, "create_index", fails)
    with pytest.raises(InterruptedError):
        command.upgrade(configuration(path), "head")
    assert contents(path) == before

    monkeypatch.undo()
    bring_up_to_date(path)

    with engine_of(path).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def contents(path: Path) -> list[Any]:
    """The tables and indexes there are, and the version."""
    with sqlite3.connect(path) as raw:
        made = raw.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        version = raw.execute("SELECT version_num FROM alembic_version").fetchall()
    raw.close()
    return [*made, *version]


def test_two_that_migrate_at_once_do_it_one_after_the_other(path: Path) -> None:
    program = [sys.executable, "-m", "bot.storage.migrate", str(path)]

    both = [subprocess.Popen(program) for _ in range(2)]

    assert [one.wait() for one in both] == [0, 0]
    assert contents(path)[-1] == (HEAD,)
