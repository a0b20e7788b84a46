"""Thanks, complaints and surveys, and the ticked rows that are only counted."""

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table

from bot.storage.tables.base import Moment, metadata

feedback = Table(
    "feedback",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("agency", ForeignKey("agencies.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),  # "survey", "compliment", "complaint" or "data-complaint"
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), nullable=True, index=True),  # holds the words
    Column("sealed", LargeBinary, nullable=False),  # the words to the agency's key; empty where a letter holds them
    Column("sent_at", Moment, nullable=False, index=True),
    Column("acknowledge_by", Moment, nullable=True),
    Column("acknowledged_at", Moment, nullable=True),
    Column("due_at", Moment, nullable=True),
    Column("answered_at", Moment, nullable=True),
    comment="What people say about an agency, sealed to it. Forgotten two years after it was sent.",
)

surveys = Table(
    "surveys",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("month", String(7), nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # to the monitoring agency
    comment="Ticks of a survey, linked to no report and no day. Kept for the figures.",
    sqlite_with_rowid=False,  # kept in the order of their random ids, not in that in which they came
)
