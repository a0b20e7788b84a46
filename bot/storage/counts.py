"""Rows that are only ever counted."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, insert

from bot.storage.tables import equality, surveys


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedRow:
    """Answers to the equality questions or to a survey, sealed to the monitoring agency. `month`: "2026-11"."""

    id: str
    month: str
    sealed: bytes = field(repr=False)


def keep_equality(connection: Connection, row: CountedRow) -> None:
    connection.execute(insert(equality).values(id=row.id, month=row.month, sealed=row.sealed))


def keep_survey(connection: Connection, row: CountedRow) -> None:
    connection.execute(insert(surveys).values(id=row.id, month=row.month, sealed=row.sealed))
