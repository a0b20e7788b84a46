"""What staff have to do about a case, and what they wrote down about doing it."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table

from bot.storage.tables.base import Moment, metadata

tasks = Table(
    "tasks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),  # to the agency: which task it is, and what it is about
    Column("made_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=True, index=True),
    Column("owner", ForeignKey("staff.id", ondelete="SET NULL"), nullable=True),
    Column("closed_at", Moment, nullable=True),  # done, or not needed: the last entry says which
    Column("warned", Integer, nullable=False, default=0),  # how many warnings have gone out
    comment="What staff have to do about a case, and until when. Forgotten with the case.",
)

task_entries = Table(
    "task_entries",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("task", ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("author", ForeignKey("staff.id", ondelete="SET NULL"), nullable=True),
    Column("sealed", LargeBinary, nullable=False),  # to the agency
    Column("at", Moment, nullable=False),
    comment="What staff wrote down about a task. Never edited, only added to. Forgotten with the case.",
)
