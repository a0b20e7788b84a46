"""Agencies that have joined, and the ways their alerts go."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from bot.storage.tables import agencies, alert_ways, link_codes


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedAgency:
    """An agency's keys. `recovery`: the private key under the printed recovery code."""

    id: str
    public_key: bytes = field(repr=False)
    recovery: bytes = field(repr=False)
    joined_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertWay:
    """Where alerts go. `locked_address`: under the server's secret. `address_id`: its keyed hash."""

    id: str
    agency: str
    kind: str
    locked_address: bytes = field(repr=False)
    address_id: bytes = field(repr=False)
    position: int


def join(connection: Connection, agency: JoinedAgency) -> None:
    connection.execute(insert(agencies).values(**_values(agency)))


def joined(connection: Connection) -> dict[str, JoinedAgency]:
    """All agencies that can receive reports here, by id."""
    return {row.id: JoinedAgency(**row._mapping) for row in connection.execute(select(agencies))}


_IDS = select(agencies.c.id)  # asked in every turn


def joined_ids(connection: Connection) -> frozenset[str]:
    """Ids of all agencies that can receive reports here."""
    return frozenset(connection.execute(_IDS).scalars())


def ways(connection: Connection, agency: str) -> tuple[AlertWay, ...]:
    """Where this agency's alerts go, the first first."""
    found = select(alert_ways).where(alert_ways.c.agency == agency).order_by(alert_ways.c.position)
    return tuple(AlertWay(**row._mapping) for row in connection.execute(found))


def add_way(connection: Connection, way: AlertWay) -> None:
    """Add a way at the end; again for the same address changes nothing."""
    mine = alert_ways.c.agency == way.agency
    if connection.execute(select(alert_ways.c.id).where(mine, alert_ways.c.address_id == way.address_id)).first():
        return
    last = connection.execute(select(func.max(alert_ways.c.position)).where(mine)).scalar()
    values = {**_values(way), "position": 0 if last is None else last + 1}
    connection.execute(insert(alert_ways).values(**values))


def drop_way(connection: Connection, id: str) -> None:
    connection.execute(delete(alert_ways).where(alert_ways.c.id == id))


def agencies_at(connection: Connection, address_id: bytes) -> tuple[str, ...]:
    """The agencies whose alerts go to this address."""
    found = select(alert_ways.c.agency).where(alert_ways.c.address_id == address_id)
    return tuple(connection.execute(found).scalars())


def offer_link(connection: Connection, code_id: bytes, agency: str, expires_at: datetime) -> None:
    """Remember a one-time code with which a staff chat can be linked."""
    connection.execute(insert(link_codes).values(code_id=code_id, agency=agency, expires_at=expires_at))


def use_link(connection: Connection, code_id: bytes, now: datetime) -> str | None:
    """The agency a code links to, which uses it up; None if it is unknown or too old."""
    found = select(link_codes.c.agency).where(link_codes.c.code_id == code_id, link_codes.c.expires_at > now)
    agency: str | None = connection.execute(found).scalar()
    connection.execute(delete(link_codes).where(link_codes.c.code_id == code_id))
    return agency


def _values(value: JoinedAgency | AlertWay) -> dict[str, object]:
    return {name: getattr(value, name) for name in type(value).__dataclass_fields__}
