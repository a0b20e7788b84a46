"""Reports, the consents and keys to them, and what agencies make of them."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from bot.storage.tables.base import Moment, metadata

reports = Table(
    "reports",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("area", String(40), nullable=False),
    Column("filed_at", Moment, nullable=False),
    Column("lookup", LargeBinary(32), nullable=False, unique=True),  # the code under the pepper
    Column("salt", LargeBinary(32), nullable=False),  # of the key that the code gives
    Column("reporter_public", LargeBinary, nullable=False),
    Column("reporter_private", LargeBinary, nullable=False),  # under the code
    Column("held_since", Moment, nullable=True),  # a court or law forbids deleting it: since the first hold that stands
    Column("deleted_at", Moment, nullable=True),  # by its reporter: only this row and its cases are left
    comment="What reporters confirmed and sent. Never edited, only added to. Kept as the receivers' policy says.",
)

parts = Table(
    "parts",
    metadata,
    Column("report", ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("part", String(16), primary_key=True),
    Column("locked", LargeBinary, nullable=False),
    comment="The pieces of a report, each under its own content key. Forgotten with the report.",
)

part_keys = Table(
    "part_keys",
    metadata,
    Column("report", ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("part", String(16), primary_key=True),
    Column("receiver", String(60), primary_key=True),  # an agency's id, or "reporter"
    Column("sealed", LargeBinary, nullable=False),
    comment="Content keys sealed to those who may open a part. Forgotten when the consent is withdrawn.",
)

consents = Table(
    "consents",
    metadata,
    Column("report", ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("agency", ForeignKey("agencies.id"), primary_key=True),
    Column("package", String(16), nullable=False),
    Column("text_hash", String(64), nullable=False),  # of exactly what was read
    Column("locale", String(16), nullable=False),
    Column("given_at", Moment, primary_key=True),
    Column("withdrawn_at", Moment, nullable=True),
    comment="Who said what may be opened by whom, each time they said so. Kept with the report, as its proof.",
)

cases = Table(
    "cases",
    metadata,
    Column("id", String(32), primary_key=True),  # random: nothing can be told from a gap
    Column("agency", ForeignKey("agencies.id"), nullable=False),
    Column("report", ForeignKey("reports.id", ondelete="CASCADE"), nullable=False),
    Column("state", String(24), nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("taken_by", ForeignKey("staff.id", ondelete="SET NULL"), nullable=True),
    Column("taken_at", Moment, nullable=True),
    Column("held_since", Moment, nullable=True),  # this agency must keep the report by law
    UniqueConstraint("agency", "report"),
    Index("ix_cases_inbox", "agency", "urgent", "due_at", "id"),
    comment="One agency's work on a report. Forgotten as the agency's policy says.",
)

alerts = Table(
    "alerts",
    metadata,
    Column("number", String(12), primary_key=True),  # random, says nothing
    Column("case", ForeignKey("cases.id", ondelete="CASCADE"), nullable=True, index=True),
    Column("agency", ForeignKey("agencies.id"), nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("due_at", Moment, nullable=False),  # when somebody must have read it
    Column("step", Integer, nullable=False, default=0),  # how often it was passed on
    Column("seen_at", Moment, nullable=True),
    comment="That something waits, for whom and until when. Forgotten with the case, or once read where it has none.",
)

equality = Table(
    "equality",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("month", String(7), nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # to the monitoring agency
    comment="Answers to the equality questions, linked to no report and no day. Kept for the figures.",
    sqlite_with_rowid=False,  # kept in the order of their random ids, not in that in which they came
)
