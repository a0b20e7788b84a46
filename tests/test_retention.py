"""What is forgotten and when, with a clock moved by hand to just before and just after each promise."""

import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy import Table, func, insert, select

from bot.app import App
from bot.joining import LINK_LIFE
from bot.messages import Asked, Said
from bot.storage import conversations as kept_conversations
from bot.storage.reports import keep_blob
from bot.storage.retention import AUDIT
from bot.storage.tables import (
    alert_ways,
    audit,
    blobs,
    cases,
    consents,
    conversations,
    link_codes,
    metadata,
    outbox,
    parts,
    reports,
    staff,
    traces,
    updates,
)
from tests.clock import Clock
from tests.conftest import Cast
from tests.talking import Talker

A_SECOND = timedelta(seconds=1)


async def drafts(app: App) -> int:
    """How many conversations still hold what somebody said."""
    held = select(func.count()).where(conversations.c.sealed_state != b"")
    return await app.house.database.look(lambda c: c.execute(held).scalar_one())


async def rows(app: App, table: Table) -> int:
    return await app.house.database.look(lambda c: c.execute(select(func.count()).select_from(table)).scalar_one())


async def passes(app: App, clock: Clock, time: timedelta) -> None:
    """Time passes, and the program sweeps."""
    clock.advance(seconds=time.total_seconds())
    await app.retention.sweep()


async def conversation_of(talker: Talker) -> str:
    found = await talker.app.conversations.conversation_id(talker.address)
    assert found is not None
    return found


@pytest.fixture
async def amina(app: App, cast: Cast) -> Talker:
    """In the middle of a report, with a file and messages that Exit could delete."""
    amina = Talker(app)
    await amina.begins_a_story("They shouted at me.")
    conversation, now = await conversation_of(amina), app.house.clock()
    await app.house.database.unit(lambda c: keep_blob(c, "b" * 32, conversation, b"sealed"))
    await app.house.database.unit(lambda c: kept_conversations.showing(c, conversation, "17", now))
    return amina


async def test_a_draft_goes_24_hours_after_the_last_thing_done(amina: Talker, app: App, clock: Clock) -> None:
    clock.advance(hours=23)
    await amina.says("And then they left.")

    await passes(app, clock, timedelta(hours=24) - A_SECOND)
    assert await drafts(app) == 1
    await passes(app, clock, A_SECOND)
    assert await drafts(app) == 0


async def test_everything_of_a_draft_goes_with_it(amina: Talker, app: App, clock: Clock) -> None:
    before = [await rows(app, table) for table in (blobs, outbox)]

    await passes(app, clock, timedelta(hours=24))

    assert all(before)
    assert [await rows(app, table) for table in (blobs, outbox)] == [0, 0]


async def test_exit_still_clears_messages_of_a_draft_that_is_over(amina: Talker, app: App, clock: Clock) -> None:
    await passes(app, clock, timedelta(hours=30))

    turned = await amina.does(Asked(command="exit"))

    assert "17" in turned.hide


async def test_an_emptied_conversation_goes_when_nothing_of_it_can_be_cleared(
    amina: Talker, app: App, clock: Clock
) -> None:
    await passes(app, clock, timedelta(hours=48) - A_SECOND)
    assert await rows(app, conversations) == 1
    await passes(app, clock, A_SECOND)
    assert await rows(app, conversations) == 0


async def test_looking_at_a_screen_does_not_prolong_a_draft(amina: Talker, app: App, clock: Clock) -> None:
    clock.advance(hours=23)
    await app.conversations.look(amina.address)

    await passes(app, clock, timedelta(hours=1))

    assert await drafts(app) == 0


async def test_messages_are_remembered_for_48_hours(amina: Talker, app: App, clock: Clock) -> None:
    clock.advance(hours=23)
    await amina.says("Still here.")
    clock.advance(hours=23)
    await amina.says("Still here.")

    await passes(app, clock, timedelta(hours=2) - A_SECOND)
    assert await rows(app, traces) == 1
    await passes(app, clock, A_SECOND)
    assert await rows(app, traces) == 0


async def test_updates_are_remembered_for_three_days(amina: Talker, app: App, clock: Clock) -> None:
    again = amina.update(Said(words="Only once."))
    await amina.takes(again)

    await passes(app, clock, timedelta(days=3) - A_SECOND)
    assert await amina.takes(again) is None
    await passes(app, clock, A_SECOND)
    assert await rows(app, updates) == 0


async def test_link_codes_go_after_an_hour(app: App, cast: Cast, clock: Clock) -> None:
    await app.joining.staff_chat_code("bhcds")

    await passes(app, clock, LINK_LIFE - A_SECOND)
    assert await rows(app, link_codes) == 1
    await passes(app, clock, A_SECOND)
    assert await rows(app, link_codes) == 0


async def test_the_audit_is_kept_for_six_years(app: App, clock: Clock) -> None:
    look = insert(audit).values(at=clock(), agency="bhcds", staff="s", act="look", link=b"l")
    await app.house.database.unit(lambda c: c.execute(look).close())

    await passes(app, clock, timedelta(days=6 * 365))
    assert await rows(app, audit) == 1
    await passes(app, clock, AUDIT - timedelta(days=6 * 365))
    assert await rows(app, audit) == 0


async def test_a_report_outlives_its_draft_with_its_files(amina: Talker, app: App, clock: Clock) -> None:
    await amina.taps("That's all", "No more questions", "No", "Send")
    kept = (reports, parts, consents, cases, staff, alert_ways)
    before = [await rows(app, table) for table in kept]

    await passes(app, clock, timedelta(days=400))

    assert [await rows(app, table) for table in kept] == before
    assert before[0] == 1
    assert await rows(app, conversations) == 0


async def test_a_sweep_empties_the_journal_even_if_nothing_is_due(amina: Talker, app: App) -> None:
    """An answer that was changed still lies in the journal as it was before."""
    journal = app.config.database.with_name(app.config.database.name + "-wal")
    assert journal.stat().st_size > 0

    assert await app.retention.sweep() == 0

    assert journal.stat().st_size == 0


async def test_a_journal_in_use_is_emptied_by_a_later_sweep(amina: Talker, app: App, clock: Clock) -> None:
    await app.house.database.unit(lambda c: c.exec_driver_sql("PRAGMA busy_timeout=10").close())
    journal = app.config.database.with_name(app.config.database.name + "-wal")
    reader = sqlite3.connect(app.config.database, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM reports").fetchone()

    await passes(app, clock, timedelta(hours=24))
    reader.execute("ROLLBACK")
    reader.close()
    assert journal.stat().st_size > 0
    await app.retention.sweep()

    assert journal.stat().st_size == 0


def test_every_table_that_promises_a_time_has_a_rule_or_an_owner() -> None:
    """A table is swept, or goes with the row it belongs to, or says whose policy keeps it."""
    swept = {"conversations", "updates", "traces", "link_codes", "audit", "wrong_codes"}
    for table in metadata.sorted_tables:
        owned = any(key.ondelete == "CASCADE" for key in table.foreign_keys)
        kept = any(word in (table.comment or "") for word in ("Kept", "Deleting", "policy", "unlinked"))

        assert table.name in swept or owned or kept, f"{table.name} is never forgotten"


async def test_a_draft_whose_time_is_over_does_not_open_even_before_the_sweep(
    app: App, cast: Cast, clock: Clock
) -> None:
    amina = Talker(app)
    await amina.begins_a_story("They shouted at me.")

    clock.advance(hours=24)
    await amina.asks("start")

    assert amina.shown is not None
    assert amina.shown.key == "!language"
    assert "They shouted" not in amina.reads()
