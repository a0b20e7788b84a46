"""People who work at agencies, their keys, and what slows down guessing at their passphrases."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select, update

from bot.storage.tables import staff


class StaffRole(StrEnum):
    """What somebody may do at their agency."""

    CASEWORKER = "caseworker"  #: works on cases
    MANAGER = "manager"  #: and invites people, decides what needs a second person, sees who looked
    DUTY = "duty"  #: a caseworker who is alerted first
    ADVOCATE = "advocate"  #: only the cases given to them
    MONITORING = "monitoring"  #: figures, no case
    ADMINISTRATOR = "administrator"  #: people and settings; can read nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """`private_key`: under the passphrase. `agency_key`: the agency's private key, sealed to this person.

    `locked_totp`: the second factor's secret, under the server's. `last_totp`: the last step that was used.
    """

    id: str
    agency: str
    name: str = field(repr=False)
    role: str = StaffRole.MANAGER
    public_key: bytes = field(repr=False)
    private_key: bytes = field(repr=False)
    agency_key: bytes = field(repr=False)
    locked_totp: bytes = field(repr=False)
    last_totp: int = 0
    failures: int = 0
    wait_until: datetime | None = None
    created_at: datetime


def add(connection: Connection, member: StaffMember) -> None:
    connection.execute(insert(staff).values(**{name: getattr(member, name) for name in _NAMES}))


def by_name(connection: Connection, name: str) -> StaffMember | None:
    row = connection.execute(select(staff).where(staff.c.name == name)).first()
    return None if row is None else StaffMember(**row._mapping)


def by_id(connection: Connection, id: str) -> StaffMember | None:
    row = connection.execute(select(staff).where(staff.c.id == id)).first()
    return None if row is None else StaffMember(**row._mapping)


def works_at(connection: Connection, id: str, agency: str) -> bool:
    """Whether this person still works there."""
    found = select(staff.c.id).where(staff.c.id == id, staff.c.agency == agency)
    return connection.execute(found).first() is not None


def failed(connection: Connection, member: StaffMember, wait_until: datetime) -> None:
    """Count a failed sign-in; nobody is locked out, everybody waits longer."""
    statement = update(staff).where(staff.c.id == member.id)
    connection.execute(statement.values(failures=staff.c.failures + 1, wait_until=wait_until))


def signed_in(connection: Connection, member: StaffMember, totp_step: int) -> bool:
    """Forget failures and use up this one-time code; False if it was used before."""
    unused = (staff.c.id == member.id) & (staff.c.last_totp < totp_step)
    statement = update(staff).where(unused).values(failures=0, wait_until=None, last_totp=totp_step)
    return connection.execute(statement).rowcount == 1


_NAMES = tuple(StaffMember.__dataclass_fields__)
