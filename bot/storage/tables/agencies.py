"""Agencies, the people who work there, and what those did."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, UniqueConstraint

from bot.storage.tables.base import Moment, metadata

agencies = Table(
    "agencies",
    metadata,
    Column("id", String(60), primary_key=True),  # the directory's id
    Column("public_key", LargeBinary, nullable=False),
    Column("recovery", LargeBinary, nullable=False),  # the private key under the printed recovery code
    Column("joined_at", Moment, nullable=False),
    comment="Agencies that can receive reports here. Kept until they leave.",
)

staff = Table(
    "staff",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("agency", ForeignKey("agencies.id"), nullable=False, index=True),
    Column("name", String(80), nullable=False, unique=True),  # to sign in with
    Column("role", String(16), nullable=False, server_default="manager"),
    Column("public_key", LargeBinary, nullable=False),
    Column("private_key", LargeBinary, nullable=False),  # under the passphrase
    Column("agency_key", LargeBinary, nullable=False),  # the agency's private key, sealed to this person
    Column("locked_totp", LargeBinary, nullable=False),  # under the server's secret
    Column("last_totp", Integer, nullable=False, default=0),  # the last step used: a code works once
    Column("failures", Integer, nullable=False, default=0),
    Column("wait_until", Moment, nullable=True),
    Column("created_at", Moment, nullable=False),
    comment="People who work at agencies. Deleting the row takes their access away.",
)

alert_ways = Table(
    "alert_ways",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("agency", ForeignKey("agencies.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),  # "telegram" or "email"
    Column("locked_address", LargeBinary, nullable=False),
    Column("address_id", LargeBinary(32), nullable=False),  # keyed hash, to know the chat again
    Column("position", Integer, nullable=False),  # who is alerted first, second ...
    UniqueConstraint("agency", "address_id"),
    comment="Where an agency's alerts go, in order of escalation. Forgotten when unlinked.",
)

link_codes = Table(
    "link_codes",
    metadata,
    Column("code_id", LargeBinary(32), primary_key=True),  # keyed hash of the code
    Column("agency", ForeignKey("agencies.id", ondelete="CASCADE"), nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    comment="One-time codes that link a staff chat. Forgotten when used, or after an hour.",
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("agency", String(60), nullable=False, index=True),
    Column("staff", String(32), nullable=False),
    Column("act", String(24), nullable=False),
    Column("case", String(32), nullable=False, default=""),
    Column("link", LargeBinary(32), nullable=False),  # hash over this row and the link before it
    comment="Every look and act of staff, each row bound to the one before. Kept for six years.",
)
