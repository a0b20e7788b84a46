"""How much a draft holds in locked files, and the removal of one; `reports.py` keeps and moves them."""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select

from bot.storage.tables import blobs

_COPY = "copy"  # begins the id of a copy without hidden data, and no other id, as those are hexadecimal


def copy_id(id: str) -> str:
    """The id of the copy of the file `id` that says no more than it shows."""
    return f"{_COPY}{id[len(_COPY) :]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The files of one draft: how many, and how many bytes they take; their copies, which are smaller, not counted."""

    files: int
    size: int


def held(connection: Connection, conversation: str) -> Held:
    """What the draft of this conversation holds."""
    found = select(func.count(), func.coalesce(func.sum(func.length(blobs.c.sealed)), 0)).where(
        blobs.c.conversation == conversation, blobs.c.id.not_like(f"{_COPY}%")
    )
    files, size = connection.execute(found).one()
    return Held(files=files, size=size)


def drop(connection: Connection, ids: tuple[str, ...], conversation: str) -> None:
    """Delete files of a draft; those that belong to a report by now stay."""
    connection.execute(delete(blobs).where(blobs.c.id.in_(ids), blobs.c.conversation == conversation))


def drop_all(connection: Connection, conversation: str) -> None:
    """Delete all files of a draft that was given up."""
    connection.execute(delete(blobs).where(blobs.c.conversation == conversation))
