"""The program is killed while Amina adds a photo, writes, and changes who may open her report: all of it, or none.

The short form kills it at one moment of each kind, one after the other; with LONG_TESTS=1 at every moment there is.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select

from bot import correspondence
from bot.app import World, open_app
from bot.correspondence import REPORTER
from bot.encryption.codes import code_key, lookup_id, parse_code
from bot.encryption.content import ContentKey, bind, unlock
from bot.encryption.keyring import KeyRing
from bot.encryption.passphrase import FOR_TESTS
from bot.encryption.purposes import Purpose
from bot.linking import Linking
from bot.logs import EventLog
from bot.reporter_keys import key_of, open_part
from bot.reports.report import ReportPart
from bot.storage import cases, letters, links, reports
from bot.storage.database import Database
from bot.storage.tables import blobs, outbox
from bot.storage.tables import reports as report_rows
from dialogs.my_report_commands import Opened
from dialogs.parts import Part
from tests.clock import RunningClock
from tests.conftest import SECRET
from tests.crashing import (
    AFTER_COMMIT,
    AFTER_FETCH,
    AFTER_MAIL,
    AFTER_SEND,
    BEFORE_COMMIT,
    BEFORE_FETCH,
    BEFORE_MAIL,
    BEFORE_SEND,
)
from tests.photos import dots, phone_photo
from tests.soundness import is_sound
from tests.surviving import LONG, MAILBOX, House, Moment, Run, Step, a_run, house
from tests.talking import Talker
from tests.telegram_world.people import Person
from tests.test_crash import REPORT

__all__ = ["house"]

COUNCIL = "bristol-city-council"
COUNCILS_MAILBOX = "desk@council.example"
WORDS, MORE = "They shouted at me.", "It happened again today."
PHOTO = phone_photo()
NEXT = "What would you like to do next?"
KINDS = (BEFORE_COMMIT, AFTER_COMMIT, BEFORE_SEND, AFTER_SEND, BEFORE_MAIL, AFTER_MAIL)
IN_TURN = tuple((kind, 1) for kind in KINDS)
WHILE_IT_COMES = (
    *((BEFORE_FETCH, 1), (AFTER_FETCH, 1), (AFTER_FETCH, 2)),  # asked where it lies, then fetched
    *((BEFORE_COMMIT, 1), (AFTER_COMMIT, 1)),  # the file is kept
    *((BEFORE_COMMIT, 2), (AFTER_COMMIT, 2)),  # it has become part of the answer
    (AFTER_SEND, 1),
)


@dataclass(frozen=True)
class Reported:
    """A report that lies in the house, with its code."""

    house: House
    code: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Story:
    """What Amina does while the program dies: `before`, then the `deed`, then until she reads `told`.

    `rings`: whose mailbox is told of it. `fates`: the moment of each life, counted from the deed on. `holds`: what must
    be true in the end, of the database and her report.
    """

    before: tuple[Step, ...]
    deed: Step
    after: tuple[Step, ...] = ()
    told: str
    rings: str = ""
    fates: tuple[Moment, ...] = IN_TURN
    holds: Callable[[Connection, Opened], None]


@pytest.fixture
async def reported(house: House) -> Reported:
    """Amina has sent a report to the centre; the council, which she did not tell, has joined too."""
    world = World(clock=RunningClock(), code_cost=FOR_TESTS, passphrase_cost=FOR_TESTS)
    async with open_app(house.config, EventLog(), world) as app:
        await app.joining.agency(COUNCIL)
        await app.house.database.unit(
            lambda c: app.joining.alert_way(c, agency=COUNCIL, kind="doomed", address=COUNCILS_MAILBOX)
        )
        code = await Talker(app, channel="web").sends_a_report(WORDS)
        await app.house.database.unit(lambda c: c.execute(delete(outbox)) and None)
    return Reported(house, code)


# What must hold in the end.


def _opened(connection: Connection, code: str, keyring: KeyRing) -> Opened:
    """The report behind a code; nothing if there is none any more."""
    parsed = parse_code(code)
    assert parsed is not None
    filed = reports.by_lookup(connection, lookup_id(parsed, keyring.pepper()))
    if filed is None:
        return Opened()
    key = code_key(parsed, filed.salt, FOR_TESTS)
    private = unlock(filed.reporter_private, key, Purpose.REPORTER_KEY, context=bind(filed.id))
    return Opened(report=filed.id, key=private.hex())


def _agreed(connection: Connection, opened: Opened) -> dict[str, str]:
    return {agency: consent.package for agency, consent in reports.consents_of(connection, opened.report).items()}


def _one_photo(connection: Connection, opened: Opened, items: Sequence[Mapping[str, Any]]) -> None:
    """The photo is there once and opens, and no file lies beside it that nobody named."""
    [item] = [item for item in items if item.get("blob")]
    assert connection.execute(select(blobs.c.id)).scalars().all() == [item["blob"]]
    sealed = reports.blob(connection, item["blob"], opened.report)
    assert sealed is not None
    plain = unlock(sealed, ContentKey.from_bytes(bytes.fromhex(item["key"])), Purpose.BLOB, context=bind(item["blob"]))
    assert dots(plain) == dots(PHOTO)


def the_report_has_its_photo(connection: Connection, opened: Opened) -> None:
    assert _agreed(connection, opened) == {"bhcds": "account"}
    account = ReportPart.from_bytes(open_part(connection, opened, Part.ACCOUNT) or b"")
    [story] = [entry for entry in account.entries if entry.stored]
    _one_photo(connection, opened, story.stored["items"])


def the_letter_came_once(connection: Connection, opened: Opened) -> None:
    found = letters.letters_for(connection, opened.report, REPORTER)
    [one] = correspondence.read(found, REPORTER, key_of(opened))
    assert one.letter is not None
    assert one.letter.words == MORE
    assert set(letters.read_marks(connection, opened.report)[one.id]) == {"bhcds", REPORTER}
    _one_photo(connection, opened, one.letter.items)


def both_may_open_it(connection: Connection, opened: Opened) -> None:
    assert _agreed(connection, opened) == {"bhcds": "account", COUNCIL: "facts"}
    assert {case.agency: case.state for case in cases.of_report(connection, opened.report)} == {
        "bhcds": cases.SUBMITTED,
        COUNCIL: cases.SUBMITTED,
    }


def nobody_may_open_it(connection: Connection, opened: Opened) -> None:
    assert _agreed(connection, opened) == {}
    assert open_part(connection, opened, Part.ACCOUNT)


def it_is_gone(connection: Connection, opened: Opened) -> None:
    assert not opened
    assert connection.execute(select(report_rows.c.deleted_at.is_(None))).scalars().all() == [False]


def the_chat_opens_it(connection: Connection, opened: Opened) -> None:
    [linked] = links.of_report(connection, opened.report)
    wishes = Linking(KeyRing([SECRET.encode()]), token_bytes).wishes(linked)
    assert wishes is not None
    assert (wishes.key, wishes.words) == (opened.key, "news")


# What she does.

OPENS: tuple[Step, ...] = (
    ("", ":/start"),
    ("English", "English"),
    ("What would you like", "I have a code"),
    ("What is your code?", ":{code}"),
)
WRITES: tuple[Step, ...] = (*OPENS, (NEXT, "Write to them"), ("20 MB at most", f":{MORE}"))
ASKED = next(at for at, (sees, _) in enumerate(REPORT) if sees == "What happened?")
SENT = tuple(REPORT[next(at for at, (_, does) in enumerate(REPORT) if does == "That's all") + 1 :])
STORIES = {
    "a photo for a report": Story(
        before=REPORT[:ASKED],
        deed=("What happened?", PHOTO),
        after=(("I have kept 1 message", "That's all"), *SENT),
        told="Your code is",
        rings=MAILBOX,
        fates=WHILE_IT_COMES,
        holds=the_report_has_its_photo,
    ),
    "a photo for a letter": Story(
        before=WRITES,
        deed=("I have kept 1 message", PHOTO),
        after=(("I have kept 2 messages", "That's all"), ("", "Send it")),
        told="I have sent your message.",
        rings=MAILBOX,
        fates=WHILE_IT_COMES,
        holds=the_letter_came_once,
    ),
    "a letter": Story(
        before=(*WRITES, ("I have kept 1 message", PHOTO), ("I have kept 2 messages", "That's all")),
        deed=("", "Send it"),
        told="I have sent your message.",
        rings=MAILBOX,
        holds=the_letter_came_once,
    ),
    "sharing with one more": Story(
        before=(*OPENS, (NEXT, "Who has my report"), ("", "Number 2")),
        deed=("", "Only the facts"),
        told="can now open what you chose.",
        rings=COUNCILS_MAILBOX,
        holds=both_may_open_it,
    ),
    "taking it back": Story(
        before=(*OPENS, (NEXT, "Who has my report"), ("", "Number 1")),
        deed=("", "No, do not share"),
        told="cannot open your report here.",
        rings=MAILBOX,
        holds=nobody_may_open_it,
    ),
    "deleting it": Story(
        before=(
            *WRITES,
            ("I have kept 1 message", PHOTO),
            ("I have kept 2 messages", "That's all"),
            ("", "Send it"),
            ("I have sent your message.", "Back to my report"),
            (NEXT, "Delete my report"),
        ),
        deed=("", "Delete it"),
        told="Your report is deleted here.",
        rings=MAILBOX,
        holds=it_is_gone,
    ),
    "linking the chat": Story(
        before=(
            *OPENS,
            (NEXT, "Tell me when there is news"),
            ("", "Yes, link this chat"),
            ("", "There is news for you."),
        ),
        deed=("", "At any time"),
        told="This chat is linked.",
        holds=the_chat_opens_it,
    ),
}


async def survives(reported: Reported, story: Story, fates: Sequence[Moment]) -> Run:
    """Play a story through `fates`, looking at what each death has left."""
    async with a_run(reported.house, fates, armed=False) as run:
        run.after_death = is_sound
        amina = run.world.person("Amina")
        await run.starts()
        await run.goes(amina, [_with(reported.code, step) for step in story.before])
        await run.until(lambda: _can_do(amina, story.deed), lambda: str(amina.screen))
        await run.arms()
        await run.goes(amina, [story.deed, *story.after])
        await run.until(lambda: story.told in amina.screen.text, lambda: str(amina.screen))
        await run.until(lambda: _rang(run, story.rings), lambda: "no alert left")
        await run.ends()
        shown = [label for label in amina.screen.labels if label.replace(" ", "").isdecimal()]
        await _holds(run, story, *shown[:1] or [reported.code])
    return run


def _with(code: str, step: Step) -> Step:
    sees, does = step
    return (sees, does.replace("{code}", code)) if isinstance(does, str) else step


def _can_do(amina: Person, deed: Step) -> bool:
    sees, does = deed
    return sees in amina.screen and (isinstance(does, bytes) or does in amina.screen.labels)


def _rang(run: Run, mailbox: str) -> bool:
    return not mailbox or bool(run.house.mail.to(mailbox))


async def _holds(run: Run, story: Story, code: str) -> None:
    keyring = KeyRing(run.house.config.secrets)
    async with Database.open(run.path) as database:
        await database.look(lambda c: story.holds(c, _opened(c, code, keyring)))


@pytest.mark.parametrize("name", STORIES)
async def test_what_amina_does_survives_one_death_after_another(reported: Reported, name: str) -> None:
    story = STORIES[name]

    run = await survives(reported, story, story.fates)

    assert run.deaths > len(story.fates) - 3  # the mail leaves in its own time, and some stories send none
    others = {MAILBOX, COUNCILS_MAILBOX} - {story.rings}
    assert not [mailbox for mailbox in others if run.house.mail.to(mailbox)]


if LONG:  # an hour

    @pytest.mark.parametrize("name", STORIES)
    async def test_what_amina_does_survives_a_death_at_any_moment(reported: Reported, name: str) -> None:
        await survives(reported, STORIES[name], ())
        passed = Counter(reported.house.program.passed)

        for moment in [(kind, number + 1) for kind in passed for number in range(passed[kind])]:
            await survives(reported, STORIES[name], (moment,))
