"""What is forgotten, and when; the comments in `tables.py` promise it."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from bot.storage.tables import (
    alerts,
    audit,
    blobs,
    conversations,
    feedback,
    link_codes,
    outbox,
    traces,
    updates,
    wrong_codes,
)
from bot.storage.wrong_codes import REMEMBERED

EMPTY = timedelta(hours=24)  # for which an emptied conversation stays, so that Exit still knows its messages
CHOICE = timedelta(days=89)  # for which it stays where messages are to be deleted in time: 90 from the last visit
UPDATES = timedelta(days=3)
TRACES = timedelta(hours=48)
FEEDBACK = timedelta(days=2 * 365 + 1)
AUDIT = timedelta(days=6 * 365 + 2)


def forget(connection: Connection, now: datetime) -> int:
    """Delete everything whose time has come; returns how many rows went or were emptied."""
    over = select(conversations.c.id).where(conversations.c.expires_at <= now)
    of_a_draft = outbox.c.kind.in_(("screen", "reminder"))
    chosen = conversations.c.sweeps.is_not(None) & (conversations.c.expires_at > now - CHOICE)
    to_clear = select(traces.c.conversation)
    statements = (
        delete(blobs).where(blobs.c.conversation.in_(over)),
        delete(outbox).where(outbox.c.conversation.in_(over), of_a_draft),
        update(conversations)
        .where(conversations.c.expires_at <= now, conversations.c.sealed_state != b"")
        .values(sealed_state=b"", wrapped_key=b""),
        delete(traces).where(traces.c.sent_at <= now - TRACES),
        delete(conversations).where(
            conversations.c.expires_at <= now - EMPTY, conversations.c.id.not_in(to_clear), ~chosen
        ),
        delete(updates).where(updates.c.seen_at <= now - UPDATES),
        delete(wrong_codes).where(wrong_codes.c.at <= now - REMEMBERED),
        delete(link_codes).where(link_codes.c.expires_at <= now),
        delete(feedback).where(feedback.c.sent_at <= now - FEEDBACK),
        delete(alerts).where(alerts.c.case.is_(None), alerts.c.seen_at.is_not(None)),
        delete(audit).where(audit.c.at <= now - AUDIT),
    )
    return sum(connection.execute(statement).rowcount for statement in statements)
