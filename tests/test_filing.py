"""What is sealed is exactly what was consented to, and whoever was not consented to does not learn that it exists."""

from collections.abc import Mapping
from functools import partial
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Select, select

from bot.app import App
from bot.commands import Setting
from bot.encryption.codes import code_key, parse_code
from bot.encryption.content import ContentKey, bind, unlock
from bot.encryption.errors import CannotOpen
from bot.encryption.keys import PrivateKey
from bot.encryption.passphrase import FOR_TESTS
from bot.encryption.sealing import Purpose, open_sealed
from bot.filing import PART_VERSION, REPORTER
from bot.reports import own
from bot.reports.report import ReportPart
from bot.series import FilingInSeries
from bot.state import State
from bot.storage import reports as report_rows
from bot.storage.tables import alerts, audit, cases, consents, metadata, outbox, part_keys, parts, reports
from dialogs.commands import FileReport
from dialogs.consent import Receiver, Sheet, SheetLine
from dialogs.parts import OPENS, Package, Part
from dialogs.texts import text
from services_directory.routing import Situation
from tests.clock import A_MONDAY
from tests.conftest import Cast
from tests.talking import Talker

BHCDS, LIVEWEST, POLICE = "bhcds", "livewest", "avon-and-somerset-police"
JOINED = (BHCDS, LIVEWEST, POLICE)
ANSWERS = {
    "types": (Part.FACTS, ["verbal"]),
    "account": (Part.ACCOUNT, {"items": [{"words": "They shouted.", "locale": "en", "ref": "1"}], "done": True}),
    "contact_where": (Part.CONTACT, "07700 900123"),
    "evidence": (Part.EVIDENCE, {"items": [{"kind": "photo", "blob": "b" * 32, "key": "k", "ref": "2"}], "done": True}),
}
BOUND = {"bound": "a" * 64, "locale": "en"}


def command(receivers: Mapping[str, Package]) -> FileReport:
    lines = tuple(SheetLine(id=id, part=part, label=text("x"), answer=()) for id, (part, _) in ANSWERS.items())
    named = tuple((Receiver(agency=agency, package=package), text("x")) for agency, package in receivers.items())
    first, *others = receivers
    return FileReport(
        "file",
        sheet=Sheet(receivers=named, lines=lines),
        situation=Situation(area="bristol"),
        urgent=False,
        consents={first: "check[1]", **{agency: f"consent[{agency}]" for agency in others}},
    )


def stored(receivers: Mapping[str, Package]) -> dict[str, object]:
    """The answers, with every consent as it was given."""
    agreed = {f"consent[{agency}]": {"package": package.value, **BOUND} for agency, package in receivers.items()}
    given: dict[str, object] = {id: answer for id, (_, answer) in ANSWERS.items()}
    return {**given, **agreed, "check[1]": {"choice": "send", **BOUND}}


async def all_of(app: App, statement: "Select[Any]") -> list[Any]:
    return list(await app.house.database.look(lambda c: c.execute(statement).all()))


async def files(app: App, receivers: Mapping[str, Package], answers: Mapping[str, object]) -> str:
    """Carry out the command; returns the code."""
    filing = app.house.runners[FileReport]
    assert isinstance(filing, FilingInSeries)
    prepared = await filing.prepare(command(receivers))
    state = State(draft="abcd", began=A_MONDAY.date(), locale="en", answers=dict(answers))
    setting = Setting(conversation="", state=state, now=app.house.clock())
    given = command(receivers)
    result = await app.house.database.unit(lambda c: filing.run(c, given, prepared, setting))
    return str(result["code"])


@pytest.fixture
async def keys(app: App) -> dict[str, PrivateKey]:
    """Three agencies have joined; the private key of each."""
    return {agency: (await app.joining.agency(agency)).key for agency in JOINED}


def opened(found: Mapping[str, tuple[bytes, bytes]], key: PrivateKey, report: str, receiver: str) -> set[Part]:
    """The parts that open with `key`; each is read to its end."""
    parts = set()
    for part, (sealed, locked) in found.items():
        context = bind(report, part, PART_VERSION, receiver)
        content = ContentKey.from_bytes(open_sealed(sealed, key, Purpose.PART_KEY, context=context))
        plain = unlock(locked, content, Purpose.PART, context=bind(report, part, PART_VERSION))
        if part == Part.OWN:
            assert own.from_bytes(plain).area == "bristol"
        else:
            assert ReportPart.from_bytes(plain).part == part
        parts.add(Part(part))
    return parts


a_choice = st.lists(
    st.tuples(st.sampled_from(JOINED), st.sampled_from(Package)), min_size=1, max_size=3, unique_by=lambda pair: pair[0]
).map(dict)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(receivers=a_choice)
async def test_each_receiver_opens_exactly_its_package(
    app: App, keys: dict[str, PrivateKey], receivers: dict[str, Package]
) -> None:
    code = await files(app, receivers, stored(receivers))
    parsed = parse_code(code)
    assert parsed is not None
    rows = await all_of(app, select(reports))
    mine = [row for row in rows if _reporter(row, code_key(parsed, row.salt, FOR_TESTS))]
    assert len(mine) == 1
    [report] = mine
    reporter = _reporter(report, code_key(parsed, report.salt, FOR_TESTS))
    assert reporter is not None

    held = {
        receiver: await app.house.database.look(partial(report_rows.parts_for, report=report.id, receiver=receiver))
        for receiver in (*JOINED, REPORTER)
    }

    everybody = {**keys, REPORTER: reporter}
    for agency in JOINED:
        expected = OPENS[receivers[agency]] if agency in receivers else frozenset()
        assert opened(held[agency], keys[agency], report.id, agency) == expected
    assert opened(held[REPORTER], reporter, report.id, REPORTER) == set(Part)
    for holder, thief in product(held, everybody):
        if thief != holder and held[holder]:
            with pytest.raises(CannotOpen):
                opened(held[holder], everybody[thief], report.id, holder)


def _reporter(report: object, key: ContentKey) -> PrivateKey | None:
    locked, id = getattr(report, "reporter_private", b""), getattr(report, "id", "")
    try:
        return PrivateKey.from_bytes(unlock(locked, key, Purpose.REPORTER_KEY, context=bind(id)))
    except CannotOpen:
        return None


async def test_a_key_moved_to_another_part_report_or_receiver_opens_nothing(
    app: App, keys: dict[str, PrivateKey]
) -> None:
    receivers = {BHCDS: Package.FULL, POLICE: Package.FACTS}
    await files(app, receivers, stored(receivers))
    [row] = await app.house.database.look(
        lambda c: c.execute(select(part_keys).where(part_keys.c.receiver == POLICE)).all()
    )

    for moved in ((row.report, "account", POLICE), ("0" * 32, row.part, POLICE), (row.report, row.part, BHCDS)):
        report, part, receiver = moved
        context = bind(report, part, PART_VERSION, receiver)
        with pytest.raises(CannotOpen):
            open_sealed(row.sealed, keys[POLICE], Purpose.PART_KEY, context=context)


def refusals() -> dict[str, dict[str, object]]:
    """Answers that do not hold a consent to what the command would send, each for a reason of its own."""
    whole = stored({BHCDS: Package.FULL, POLICE: Package.FACTS})
    police = f"consent[{POLICE}]"
    return {
        "never asked": {id: answer for id, answer in whole.items() if id != police},
        "skipped": {**whole, police: None},
        "no": {**whole, police: {"package": "no", **BOUND}},
        "to less": {**whole, police: {"package": "count", **BOUND}},
        "bound to nothing": {**whole, police: {"package": "facts", "bound": "", "locale": "en"}},
        "by the first sheet": {**whole, police: {"choice": "send", **BOUND}},
        "not sent": {**whole, "check[1]": {"choice": "stop", **BOUND}},
        "sent unbound": {**whole, "check[1]": {"choice": "send", "bound": "", "locale": "en"}},
    }


@pytest.mark.parametrize("why", refusals())
async def test_a_receiver_nobody_consented_to_is_refused_and_nothing_filed(
    app: App, keys: dict[str, PrivateKey], why: str
) -> None:
    with pytest.raises(RuntimeError, match="nobody consented"):
        await files(app, {BHCDS: Package.FULL, POLICE: Package.FACTS}, refusals()[why])

    for table in (reports, parts, part_keys, consents, cases, alerts, outbox):
        assert await all_of(app, select(table)) == []


async def test_a_report_without_receivers_is_refused(app: App, keys: dict[str, PrivateKey]) -> None:
    filing = app.house.runners[FileReport]
    nobody = FileReport(
        "file", sheet=Sheet(receivers=(), lines=()), situation=Situation(area="bristol"), urgent=False, consents={}
    )
    state = State(draft="abcd", began=A_MONDAY.date(), locale="en")
    setting = Setting(conversation="", state=state, now=app.house.clock())
    prepared = await filing.prepare(nobody)

    with pytest.raises(RuntimeError):
        await app.house.database.unit(lambda c: filing.run(c, nobody, prepared, setting))


async def every_value(app: App) -> list[object]:
    """Every value of every row, but for the rows that say that an agency has joined."""
    joined = {"agencies", "staff", "alert_ways", "link_codes"}
    tables = [table for table in metadata.sorted_tables if table.name not in joined]
    rows = [row for table in tables for row in await all_of(app, select(table))]
    return [value for row in rows for value in row]


async def test_an_agency_nobody_consented_to_has_no_row_anywhere(app: App, cast: Cast) -> None:
    await Talker(app).sends_a_report("They shouted at me.")

    values = await every_value(app)
    assert BHCDS in values
    assert LIVEWEST not in values


async def test_the_accused_agency_has_no_row_anywhere(app: App, cast: Cast) -> None:
    await app.joining.agency(POLICE)
    amina = Talker(app)
    await amina.asks("start")
    await amina.taps("English", "Report hate or harassment", "Yes", "It happened to me", "Bristol")
    await amina.taps("They are part of this")

    assert "Nothing was sent" in amina.reads()
    assert BHCDS not in await every_value(app)


async def test_nothing_an_agency_sees_counts_reports_it_was_not_sent(app: App, keys: dict[str, PrivateKey]) -> None:
    """Ids and alert numbers are random: those that follow are not those before plus something."""
    for _ in range(3):
        for receivers in ({BHCDS: Package.FULL}, {BHCDS: Package.FULL, POLICE: Package.FACTS}):
            await files(app, receivers, stored(receivers))

    ids = [
        row[0] for column in (cases.c.id, cases.c.report, alerts.c.number) for row in await all_of(app, select(column))
    ]
    assert len({str(id)[:4] for id in ids}) > len(ids) * 3 // 5
    assert await all_of(app, select(audit)) == []


async def test_files_of_answers_that_were_not_sent_are_forgotten(app: App, keys: dict[str, PrivateKey]) -> None:
    amina = Talker(app)
    await amina.begins_a_story()
    conversation = await app.conversations.conversation_id(amina.address)
    assert conversation is not None
    sent, hidden = "b" * 32, "c" * 32
    for blob in (sent, hidden):
        keep = partial(report_rows.keep_blob, id=blob, conversation=conversation, sealed=b"sealed")
        await app.house.database.unit(keep)
    off_the_path = {"items": [{"kind": "photo", "blob": hidden, "key": "k", "ref": "3"}], "done": True}
    answers = {**stored({BHCDS: Package.FULL}), "evidence_before": off_the_path}
    filing = app.house.runners[FileReport]
    state = State(draft="abcd", began=A_MONDAY.date(), locale="en", answers=answers)
    setting = Setting(conversation=conversation, state=state, now=app.house.clock())
    prepared = await filing.prepare(command({BHCDS: Package.FULL}))

    given = command({BHCDS: Package.FULL})
    await app.house.database.unit(lambda c: filing.run(c, given, prepared, setting))

    [report] = await app.house.database.look(lambda c: c.execute(select(reports.c.id)).scalars().all())
    assert await app.house.database.look(lambda c: report_rows.blob(c, sent, report)) == b"sealed"
    assert await app.house.database.look(lambda c: report_rows.blob(c, hidden, report)) is None
