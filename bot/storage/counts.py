"""Rows that are only ever counted."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, insert

from bot.storage.tables import equality


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualityRow:
    """Answers to the equality questions, sealed to the monitoring agency. `month`: "2026-11"."""

    id: str
    month: str
    sealed: bytes = field(repr=False)


def keep_equality(connection: Connection, row: EqualityRow) -> None:
    connection.execute(insert(equality).values(id=row.id, month=row.month, sealed=row.sealed))
