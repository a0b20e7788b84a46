"""Reports, their locked parts, the sealed keys to them, and the consents behind those keys."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from bot.storage.tables import blobs, consents, letters, links, part_keys, parts, reports


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledReport:
    """A report's own row. `lookup`: its code under the pepper. `reporter_private`: locked under the code."""

    id: str
    area: str
    filed_at: datetime
    lookup: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    reporter_public: bytes = field(repr=False)
    reporter_private: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenConsent:
    """That an agency may open a package, to exactly which words, in which language."""

    report: str
    agency: str
    package: str
    text_hash: str
    locale: str
    given_at: datetime


def file_report(connection: Connection, report: FiledReport, locked: dict[str, bytes]) -> None:
    """Insert a report and its parts, `locked` by the part's name."""
    connection.execute(insert(reports).values(**{name: getattr(report, name) for name in _REPORT}))
    for part, content in locked.items():
        connection.execute(insert(parts).values(report=report.id, part=part, locked=content))


def hand_key(connection: Connection, report: str, part: str, *, receiver: str, sealed: bytes) -> None:
    """Give `receiver` (an agency's id, or "reporter") the sealed content key of a part."""
    connection.execute(insert(part_keys).values(report=report, part=part, receiver=receiver, sealed=sealed))


def record_consent(connection: Connection, consent: GivenConsent) -> None:
    connection.execute(insert(consents).values(**{name: getattr(consent, name) for name in _CONSENT}))


def parts_for(connection: Connection, report: str, receiver: str) -> dict[str, tuple[bytes, bytes]]:
    """The parts `receiver` holds a key to: by name, the sealed key and the locked content."""
    found = (
        select(parts.c.part, part_keys.c.sealed, parts.c.locked)
        .join(part_keys, (part_keys.c.report == parts.c.report) & (part_keys.c.part == parts.c.part))
        .where(parts.c.report == report, part_keys.c.receiver == receiver)
    )
    return {row.part: (row.sealed, row.locked) for row in connection.execute(found)}


def consent_of(connection: Connection, report: str, agency: str) -> GivenConsent | None:
    """The consent this agency holds, if it was not withdrawn."""
    found = select(*(consents.c[name] for name in _CONSENT)).where(
        consents.c.report == report, consents.c.agency == agency, consents.c.withdrawn_at.is_(None)
    )
    row = connection.execute(found).first()
    return None if row is None else GivenConsent(**row._mapping)


def ended_consents(connection: Connection, report: str) -> dict[str, tuple[GivenConsent, datetime]]:
    """The last consent of each agency, and when it was taken back; also of those that were given another since."""
    mine = (consents.c.report == report) & consents.c.withdrawn_at.is_not(None)
    columns = (*(consents.c[name] for name in _CONSENT), consents.c.withdrawn_at)
    rows = connection.execute(select(*columns).where(mine).order_by(consents.c.withdrawn_at, consents.c.given_at))
    return {row.agency: (GivenConsent(**{n: getattr(row, n) for n in _CONSENT}), row.withdrawn_at) for row in rows}


def packages_of(connection: Connection, report: str, agency: str) -> frozenset[str]:
    """Every package this agency could open at some time, also if it was taken back since."""
    found = select(consents.c.package).where(consents.c.report == report, consents.c.agency == agency)
    return frozenset(connection.execute(found).scalars())


def keep_blob(connection: Connection, id: str, conversation: str, sealed: bytes) -> None:
    """Keep a locked file with its draft."""
    connection.execute(insert(blobs).values(id=id, conversation=conversation, sealed=sealed))


def by_lookup(connection: Connection, lookup: bytes) -> FiledReport | None:
    """The report with this code under the pepper."""
    found = select(*(reports.c[name] for name in _REPORT)).where(reports.c.lookup == lookup)
    row = connection.execute(found.where(reports.c.deleted_at.is_(None))).first()
    return None if row is None else FiledReport(**row._mapping)


def consents_of(connection: Connection, report: str) -> dict[str, GivenConsent]:
    """What each agency may open by now, by agency."""
    mine = (consents.c.report == report) & consents.c.withdrawn_at.is_(None)
    found = select(*(consents.c[name] for name in _CONSENT)).where(mine)
    return {row.agency: GivenConsent(**row._mapping) for row in connection.execute(found)}


def area_of(connection: Connection, report: str) -> str:
    """Where the report was made. Raises if there is no such report."""
    area: str = connection.execute(select(reports.c.area).where(reports.c.id == report)).scalar_one()
    return area


def reporter_of(connection: Connection, report: str) -> bytes:
    """The reporter's public key; empty where the reporter has deleted the report."""
    found = select(reports.c.reporter_public).where(reports.c.id == report)
    return bytes(connection.execute(found).scalar() or b"")


def deleted(connection: Connection, report: str) -> bool:
    """Whether its reporter has deleted this report, perhaps on another device."""
    found = select(reports.c.id).where(reports.c.id == report, reports.c.deleted_at.is_not(None))
    return connection.execute(found).first() is not None


def held(connection: Connection, report: str) -> bool:
    """Whether a court or law forbids deleting this report."""
    return connection.execute(select(reports.c.held_since).where(reports.c.id == report)).scalar() is not None


def withdraw(connection: Connection, report: str, agency: str, at: datetime) -> None:
    """Take from an agency its keys to a report; what it was allowed before stays written."""
    standing = (consents.c.report == report) & (consents.c.agency == agency) & consents.c.withdrawn_at.is_(None)
    connection.execute(update(consents).where(standing).values(withdrawn_at=at))
    connection.execute(delete(part_keys).where(part_keys.c.report == report, part_keys.c.receiver == agency))


def erase(connection: Connection, report: str, *, lookup: bytes, at: datetime) -> None:
    """Delete all that was ever sent, with every key to it; `lookup`: takes the place of the code's."""
    for table in (part_keys, parts, blobs, letters, links):
        connection.execute(delete(table).where(table.c.report == report))
    empty = {"lookup": lookup, "salt": b"", "reporter_public": b"", "reporter_private": b"", "deleted_at": at}
    connection.execute(update(reports).where(reports.c.id == report).values(**empty))


def blob(connection: Connection, id: str, report: str) -> bytes | None:
    """A locked file of this report."""
    found = select(blobs.c.sealed).where(blobs.c.id == id, blobs.c.report == report)
    sealed: bytes | None = connection.execute(found).scalar()
    return sealed


def move_blobs(connection: Connection, conversation: str, report: str, ids: tuple[str, ...]) -> None:
    """Move the files named from the draft to the report, and forget the draft's others."""
    mine = blobs.c.conversation == conversation
    connection.execute(update(blobs).where(mine, blobs.c.id.in_(ids)).values(conversation=None, report=report))
    connection.execute(delete(blobs).where(mine))


_REPORT = tuple(FiledReport.__dataclass_fields__)
_CONSENT = tuple(GivenConsent.__dataclass_fields__)
