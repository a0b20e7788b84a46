"""How much a draft holds in locked files, and the removal of one; `reports.py` keeps and moves them."""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select

from bot.storage.tables import blobs


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The files of one draft: how many, and how many bytes they take."""

    files: int
    size: int


def held(connection: Connection, conversation: str) -> Held:
    """What the draft of this conversation holds."""
    found = select(func.count(), func.coalesce(func.sum(func.length(blobs.c.sealed)), 0)).where(
        blobs.c.conversation == conversation
    )
    files, size = connection.execute(found).one()
    return Held(files=files, size=size)


def drop(connection: Connection, id: str, conversation: str) -> None:
    """Delete a file of a draft; one that belongs to a report by now stays."""
    connection.execute(delete(blobs).where(blobs.c.id == id, blobs.c.conversation == conversation))


def drop_all(connection: Connection, conversation: str) -> None:
    """Delete all files of a draft that was given up."""
    connection.execute(delete(blobs).where(blobs.c.conversation == conversation))
