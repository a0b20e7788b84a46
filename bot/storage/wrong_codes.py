"""Codes that were tried and opened nothing: who tried when, so that guessing can be slowed; never the code itself."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, select

from bot.storage.tables import wrong_codes

REMEMBERED = timedelta(hours=1)


def note(connection: Connection, id: str, person: bytes, at: datetime) -> None:
    """Remember that a person (the keyed hash of their chat) tried a code which opens nothing."""
    connection.execute(insert(wrong_codes).values(id=id, person=person, at=at))


def tried_by(connection: Connection, person: bytes, now: datetime) -> tuple[datetime, ...]:
    """When this person tried wrong codes within the hour, oldest first."""
    mine = select(wrong_codes.c.at).where(wrong_codes.c.person == person, wrong_codes.c.at > now - REMEMBERED)
    return tuple(connection.execute(mine.order_by(wrong_codes.c.at)).scalars())


def tried_by_all(connection: Connection, now: datetime, *, most: int) -> int:
    """How many wrong codes everybody together tried within the hour, counted up to `most`."""
    recent = select(wrong_codes.c.id).where(wrong_codes.c.at > now - REMEMBERED).limit(most).subquery()
    return int(connection.execute(select(func.count()).select_from(recent)).scalar_one())
