"""Conversations, what passes through them, and what must leave."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, false

from bot.storage.tables.base import Moment, metadata

updates = Table(
    "updates",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("id", String(80), primary_key=True),
    Column("seen_at", Moment, nullable=False, index=True),
    comment="Which updates were handled, so that none is handled twice. Forgotten after three days.",
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person", LargeBinary(32), nullable=False, unique=True),  # keyed hash of the chat
    Column("revision", Integer, nullable=False),  # compare-and-set: two writers cannot both win
    Column("wrapped_key", LargeBinary, nullable=False),  # without it the state is noise
    Column("sealed_state", LargeBinary, nullable=False),
    Column("screen", String(40), nullable=False, default=""),  # the channel's id of the message that shows the screen
    Column("expires_at", Moment, nullable=False, index=True),
    Column("unfinished", Boolean, nullable=False, server_default=false()),  # answers that were not sent are in it
    Column("sweeps", LargeBinary, nullable=True),  # whose messages are to be deleted in time; only if they chose that
    comment="One row for each chat. Emptied 24 hours after the last thing its person did. Forgotten after 48 hours, "
    "once none of its messages can be deleted; the choice to delete them in time is kept for 90 days.",
)

traces = Table(
    "traces",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("message", String(40), primary_key=True),
    Column("sent_at", Moment, nullable=False, index=True),
    comment="Messages that Exit can still delete. Forgotten after 48 hours, when Telegram no longer deletes them.",
)

blobs = Table(
    "blobs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=True, index=True),
    Column("report", ForeignKey("reports.id", ondelete="CASCADE"), nullable=True, index=True),
    Column("sealed", LargeBinary, nullable=False),
    comment="Voice notes, photos and files, locked each under its own key. Forgotten with their draft or report.",
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", String(32), primary_key=True),
    Column(
        "kind", String(16), nullable=False
    ),  # "screen", "hide", "alert", "nudge", "wipe", "clear", "sweep" or "reminder"
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=True, index=True),
    Column("alert", ForeignKey("alerts.number", ondelete="CASCADE"), nullable=True, index=True),
    Column("link", ForeignKey("links.id", ondelete="CASCADE"), nullable=True, index=True),
    Column("locked", LargeBinary, nullable=False),  # to whom and what, under the server's secret
    Column("due_at", Moment, nullable=False, index=True),
    Column("attempts", Integer, nullable=False, default=0),
    comment="What must leave, written with what caused it. Forgotten once it has left, or cannot ever.",
)

wrong_codes = Table(
    "wrong_codes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person", LargeBinary(32), nullable=False, index=True),  # keyed hash of the chat
    Column("at", Moment, nullable=False, index=True),
    comment="That a code was tried which opens nothing, so that guessing is slowed. Forgotten after an hour.",
)
