"""What must hold of the database at every moment at which the program may die, whatever it was doing."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from bot.storage import cases as case_rows
from bot.storage.engine import engine_for
from bot.storage.tables import alerts, blobs, cases, consents, letter_keys, letters, links, part_keys, parts, reports
from dialogs.parts import OPENS, Package

REPORTER = "reporter"
Agreed = dict[str, str]  # the package of each agency that has one by now


@dataclass(frozen=True)
class Kept:
    """One report as it lies there. `keys`: by receiver, the parts they can open; `parts`: those there are."""

    id: str
    deleted_at: datetime | None
    agreed: Agreed
    keys: dict[str, set[str]]
    parts: set[str]
    cases: dict[str, str]  # the state, by agency


async def is_sound(database: Path) -> None:
    """Look at a copy, so that its journal stays as the program has left it."""
    copy = database.with_name(f"found-{database.name}")
    files = {database: copy, _journal(database): _journal(copy)}
    for file, beside in files.items():
        if file.exists():
            shutil.copy(file, beside)
    engine = engine_for(copy, begin="BEGIN")
    try:
        with closing(engine.connect()) as connection:
            _check(connection)
    finally:
        engine.dispose()
        for left in copy.parent.glob(f"{copy.name}*"):
            left.unlink()


def _journal(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def _check(connection: Connection) -> None:
    assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    for report in kept(connection):
        if report.deleted_at is None:
            _is_whole(report)
        else:
            _is_gone(connection, report)
    _letters_are_whole(connection)
    _files_have_one_home(connection)
    rung = Counter(connection.execute(select(alerts.c.case)).scalars())
    assert rung == Counter(connection.execute(select(cases.c.id)).scalars()), "one alert for each case"


def kept(connection: Connection) -> Iterator[Kept]:
    """Every report there is, or was."""
    for row in connection.execute(select(reports.c.id, reports.c.deleted_at)).all():
        yield Kept(
            id=row.id,
            deleted_at=row.deleted_at,
            agreed=_agreed(connection, row.id),
            keys=_keys(connection, row.id),
            parts=set(connection.execute(select(parts.c.part).where(parts.c.report == row.id)).scalars()),
            cases={
                case.agency: case.state for case in connection.execute(select(cases).where(cases.c.report == row.id))
            },
        )


def _agreed(connection: Connection, report: str) -> Agreed:
    standing = (consents.c.report == report) & consents.c.withdrawn_at.is_(None)
    rows = connection.execute(select(consents.c.agency, consents.c.package).where(standing)).all()
    assert len({row.agency for row in rows}) == len(rows), "an agency has one consent at most"
    return {row.agency: row.package for row in rows}


def _keys(connection: Connection, report: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in connection.execute(select(part_keys).where(part_keys.c.report == report)):
        found.setdefault(row.receiver, set()).add(row.part)
    return found


def _is_whole(report: Kept) -> None:
    """No consent without exactly its keys, and no keys without a consent."""
    expected = {agency: OPENS[Package(package)] & report.parts for agency, package in report.agreed.items()}
    given = {receiver: parts for receiver, parts in report.keys.items() if receiver != REPORTER}
    assert given == {agency: parts for agency, parts in expected.items() if parts}, "keys are those agreed to"
    assert report.keys[REPORTER] == report.parts, "the reporter opens every part"
    working = {agency for agency, state in report.cases.items() if state != case_rows.WITHDRAWN}
    assert working == set(report.agreed), "there is work where there is consent"


def _is_gone(connection: Connection, report: Kept) -> None:
    assert (report.agreed, report.keys, report.parts) == ({}, {}, set()), "nothing of a deleted report is left"
    assert set(report.cases.values()) <= {case_rows.WITHDRAWN}
    for table in (blobs, letters, links):
        assert connection.execute(select(table.c.report).where(table.c.report == report.id)).all() == []


def _letters_are_whole(connection: Connection) -> None:
    """Each letter opens for its reporter and its author, and for nobody whose consent is gone but their own."""
    agreed = {report.id: report.agreed for report in kept(connection)}
    held = _receivers(connection)
    for letter in connection.execute(select(letters)).all():
        receivers = held.get(letter.id, set())
        assert {REPORTER, letter.author} <= receivers
        assert receivers - {REPORTER, letter.author} <= set(agreed[letter.report])


def _receivers(connection: Connection) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in connection.execute(select(letter_keys)):
        found.setdefault(row.letter, set()).add(row.receiver)
    return found


def _files_have_one_home(connection: Connection) -> None:
    for row in connection.execute(select(blobs.c.conversation, blobs.c.report, blobs.c.sealed)):
        assert (row.conversation is None) != (row.report is None), "a file belongs to a draft or to a report"
        assert row.sealed, "no file is kept by half"
