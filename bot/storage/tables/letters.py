"""What a reporter and the agencies write to each other about a report after it was sent."""

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table, UniqueConstraint

from bot.storage.tables.base import Moment, metadata

letters = Table(
    "letters",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("report", ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("author", String(60), nullable=False),  # an agency's id, or "reporter"
    Column("locked", LargeBinary, nullable=False),  # under a content key of its own
    Column("sent_at", Moment, nullable=False),
    comment="Messages and additions to a report, each locked under its own key. Forgotten with the report.",
)

letter_keys = Table(
    "letter_keys",
    metadata,
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    Column("receiver", String(60), primary_key=True),  # an agency's id, or "reporter"
    Column("sealed", LargeBinary, nullable=False),
    Column("read_at", Moment, nullable=True),
    comment="Content keys of letters, sealed to those who may read them. Forgotten when the consent is withdrawn.",
)

links = Table(
    "links",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("report", ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("person", LargeBinary(32), nullable=False, index=True),  # keyed hash of the chat
    Column("locked", LargeBinary, nullable=False),  # the chat, the reporter's key and their wishes, under the secret
    Column("made_at", Moment, nullable=False),
    UniqueConstraint("report", "person"),
    comment="Chats that open a report without its code, and are told of news. Forgotten when unlinked or unreachable.",
)
