"""What is forgotten, and when; the comments in `tables.py` promise it."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from bot.storage.tables import audit, conversations, link_codes, traces, updates

UPDATES = timedelta(days=3)
TRACES = timedelta(hours=48)
AUDIT = timedelta(days=6 * 365 + 2)


def forget(connection: Connection, now: datetime) -> int:
    """Delete everything whose time has come; returns how many rows went."""
    statements = (
        delete(conversations).where(conversations.c.expires_at <= now),
        delete(updates).where(updates.c.seen_at <= now - UPDATES),
        delete(traces).where(traces.c.sent_at <= now - TRACES),
        delete(link_codes).where(link_codes.c.expires_at <= now),
        delete(audit).where(audit.c.at <= now - AUDIT),
    )
    return sum(connection.execute(statement).rowcount for statement in statements)
