"""The tables. Each comment says what a table is for and when its rows are forgotten.

No column holds a word of a reporter, or an id by which a person could be found: such things are sealed,
locked or hashed under a key before they come here.
"""

from datetime import UTC

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)


class Moment(TypeDecorator):  # type: ignore[type-arg]  # SQLAlchemy's own recipe for aware times
    """A time with its zone; kept in UTC, since SQLite keeps none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value, dialect):  # type: ignore[no-untyped-def]
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a time without a zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value, dialect):  # type: ignore[no-untyped-def]
        return None if value is None else value.replace(tzinfo=UTC)


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
    comment="One row for each chat. Emptied 24 hours after the last thing its person did. Forgotten after 48 hours.",
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
    Column("kind", String(16), nullable=False),  # "screen", "hide" or "alert"
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=True, index=True),
    Column("alert", ForeignKey("alerts.number", ondelete="CASCADE"), nullable=True, index=True),
    Column("locked", LargeBinary, nullable=False),  # to whom and what, under the server's secret
    Column("due_at", Moment, nullable=False, index=True),
    Column("attempts", Integer, nullable=False, default=0),
    comment="What must leave, written with what caused it. Forgotten once it has left, or cannot ever.",
)

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
    Column("given_at", Moment, nullable=False),
    Column("withdrawn_at", Moment, nullable=True),
    comment="Who said what may be opened by whom. Kept with the report, as its proof.",
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
    UniqueConstraint("agency", "report"),
    Index("ix_cases_inbox", "agency", "urgent", "due_at", "id"),
    comment="One agency's work on a report. Forgotten as the agency's policy says.",
)

alerts = Table(
    "alerts",
    metadata,
    Column("number", String(12), primary_key=True),  # random, says nothing
    Column("case", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("agency", ForeignKey("agencies.id"), nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("due_at", Moment, nullable=False),  # when somebody must have read it
    Column("step", Integer, nullable=False, default=0),  # how often it was passed on
    Column("seen_at", Moment, nullable=True),
    comment="That something waits, for whom and until when. Forgotten with the case.",
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
