"""The tables. Each comment says what a table is for and when its rows are forgotten.

No column holds a word of a reporter, or an id by which a person could be found: such things are sealed,
locked or hashed under a key before they come here.
"""

from bot.storage.tables.agencies import agencies, alert_ways, audit, link_codes, staff
from bot.storage.tables.base import Moment, metadata
from bot.storage.tables.chats import blobs, conversations, outbox, traces, updates, wrong_codes
from bot.storage.tables.feedback import feedback, surveys
from bot.storage.tables.letters import letter_keys, letters, links
from bot.storage.tables.reports import alerts, cases, consents, equality, part_keys, parts, reports
from bot.storage.tables.tasks import task_entries, tasks

__all__ = [
    "Moment",
    "agencies",
    "alert_ways",
    "alerts",
    "audit",
    "blobs",
    "cases",
    "consents",
    "conversations",
    "equality",
    "feedback",
    "letter_keys",
    "letters",
    "link_codes",
    "links",
    "metadata",
    "outbox",
    "part_keys",
    "parts",
    "reports",
    "staff",
    "surveys",
    "task_entries",
    "tasks",
    "traces",
    "updates",
    "wrong_codes",
]
