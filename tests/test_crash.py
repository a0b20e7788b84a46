"""The program is killed at every moment of a report, and again: the report exists once, opens, and its alert left.

Amina never repeats herself: what she said once was either kept, or is delivered again by Telegram. The short form
plays a spread of moments; with LONG_TESTS=1 every moment is played, then pairs of deaths drawn by chance.
"""

import random
from collections import Counter
from functools import partial

import pytest
from sqlalchemy import select

from bot.encryption.codes import code_key, lookup_id, parse_code
from bot.encryption.content import ContentKey, bind, unlock
from bot.encryption.keyring import KeyRing
from bot.encryption.keys import PrivateKey
from bot.encryption.passphrase import FOR_TESTS
from bot.encryption.sealing import Purpose, open_sealed
from bot.filing import PART_VERSION, REPORTER
from bot.reports.report import ReportPart
from bot.storage import reports
from bot.storage.database import Database
from bot.storage.tables import alerts, cases
from bot.storage.tables import reports as report_rows
from tests.crashing import AFTER_COMMIT, AFTER_MAIL, AFTER_SEND, BEFORE_COMMIT, BEFORE_MAIL, BEFORE_SEND
from tests.surviving import LONG, House, Run, a_run, house

__all__ = ["house"]

PAIRS = 500  # of deaths, in the long form
FIRST_WORDS, LATER_WORDS = "They shouted at me.", "Then they laughed at me."
REPORT = (  # what Amina reads, and what she then taps or, after a colon, says
    ("", ":/start"),
    ("English", "English"),
    ("What would you like", "Report hate or harassment"),
    ("Are you safe right now?", "Yes"),
    ("Which of these is you?", "It happened to me"),
    ("Where did it happen?", "Bristol"),
    ("Shall we go on?", "Go on"),
    ("What happened?", f":{FIRST_WORDS}"),
    ("I have kept 1 message", f":{LATER_WORDS}"),
    ("I have kept 2 messages", "That's all"),
    ("Is that enough for now?", "No more questions"),
    ("contact you?", "No"),
    ("Shall I send this now?", "Send"),
)


async def sends_a_report(run: Run) -> str:
    """Send the whole report, each thing once; returns the code that was shown."""
    amina = run.world.person("Amina")
    await run.starts()
    await run.goes(amina, REPORT)
    await run.until(lambda: "Your code is" in amina.screen.text, lambda: str(amina.screen))
    await run.until(lambda: bool(run.house.mail.arrived), lambda: "no alert left")
    await run.ends()
    return next(label for label in amina.screen.labels if label.replace(" ", "").isdecimal())


async def holds_one_report(run: Run, code: str) -> None:
    """Exactly one report: it opens with the agency's key and with the code, holds every word, and has one alert."""
    keyring = KeyRing(run.house.config.secrets)
    async with Database.open(run.path) as database:
        rows = await database.look(lambda c: c.execute(select(report_rows)).all())
        alerted = await database.look(lambda c: c.execute(select(alerts.c.number)).scalars().all())
        opened = await database.look(lambda c: c.execute(select(cases.c.agency)).scalars().all())
        assert (len(rows), len(alerted), opened) == (1, 1, ["bhcds"])
        [report] = rows
        for receiver, key in (("bhcds", run.house.agency_key), (REPORTER, _reporter_key(report, code, keyring))):
            found = await database.look(partial(reports.parts_for, report=report.id, receiver=receiver))
            sealed, locked = found["account"]
            part = bind(report.id, "account", PART_VERSION)
            content = ContentKey.from_bytes(
                open_sealed(sealed, key, Purpose.PART_KEY, context=bind(report.id, "account", PART_VERSION, receiver))
            )
            account = ReportPart.from_bytes(unlock(locked, content, Purpose.PART, context=part))
            [story] = [entry for entry in account.entries if entry.stored]
            assert [item["words"] for item in story.stored["items"]] == [FIRST_WORDS, LATER_WORDS]
    assert {alert for _, mail in run.house.mail.arrived for alert in alerted if alert in mail["Subject"]}


def _reporter_key(report: object, code: str, keyring: KeyRing) -> PrivateKey:
    parsed = parse_code(code)
    assert parsed is not None
    assert lookup_id(parsed, keyring.pepper()) == getattr(report, "lookup", b"")
    key = code_key(parsed, getattr(report, "salt", b""), FOR_TESTS)
    locked, id = getattr(report, "reporter_private", b""), getattr(report, "id", "")
    return PrivateKey.from_bytes(unlock(locked, key, Purpose.REPORTER_KEY, context=bind(id)))


async def survives(house: House, *fates: tuple[str, int]) -> Counter[str]:
    """Play a report through `fates`; returns how many moments of each kind were passed."""
    async with a_run(house, list(fates)) as run:
        code = await sends_a_report(run)
        await holds_one_report(run, code)
        return Counter(house.program.passed)


def spread(kinds: tuple[str, ...], passed: Counter[str], most: int) -> list[tuple[str, int]]:
    """At most this many of the moments that a report passes, evenly; `passed` may differ by a few next time."""
    moments = [(kind, number) for number in range(1, max(passed.values()) + 1) for kind in kinds]
    real = [(kind, number) for kind, number in moments if number <= passed[kind]]
    return real if LONG else real[:: -(-len(real) // most)]


@pytest.mark.parametrize("kinds", [(BEFORE_COMMIT, AFTER_COMMIT), (BEFORE_SEND, AFTER_SEND, BEFORE_MAIL, AFTER_MAIL)])
async def test_a_report_survives_a_death_at_any_moment(house: House, kinds: tuple[str, ...]) -> None:
    passed = await survives(house)
    deaths = 0

    for fate in spread(kinds, passed, most=8):
        await survives(house, fate)
        deaths += house.program.lives - 1

    assert deaths >= len(spread(kinds, passed, most=8)) - 2  # the last moments of a report may come after its end


@pytest.mark.parametrize("seed", range(PAIRS // 50) if LONG else [1])
async def test_a_report_survives_one_death_after_another(house: House, seed: int) -> None:
    dice = random.Random(seed)
    passed = await survives(house)
    moments = sorted(passed.elements())

    for _ in range(50 if LONG else 2):
        kinds = dice.choices(moments, k=dice.choice((2, 2, 3)))
        await survives(house, *((kind, dice.randint(1, passed[kind])) for kind in kinds))
