"""Amina takes everything back and deletes it: no word, number, file or key of hers is left in anything we hold."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.app import App
from bot.storage.tables import blobs, letter_keys, letters, links, part_keys, parts, reports
from tests.afterwards import kept, office
from tests.at_the_console import Office
from tests.clock import Clock
from tests.conftest import Cast
from tests.evidence import sends_a_phones_photo
from tests.on_telegram import app, starts_a_report, telegram
from tests.photos import CAMERA
from tests.stories import (
    at_the_door,
    at_work,
    code_on,
    comes_back,
    goes_through,
    links_the_chat,
    only_case,
    says_what_it_may_open,
    sends,
    takes,
    taps_all,
)
from tests.telegram_reading import state_of
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld
from tests.test_evidence_choice import key_behind
from tests.test_telegram_canary import Lines, lines
from tests.test_theft import found, loot_of

__all__ = ["app", "lines", "office", "telegram"]

WORDS, NAME, PHONE = "Quokkabird shouted at me.", "Zsuzsannacanary", "07700 900876"
NUDGE, LETTER, QUESTION = "Bilbygarden needs water", "Numbatina came again.", "Did Wombatella see it?"
CANARIES = ("Quokkabird", NAME, PHONE, "+447700900876", "Bilbygarden", "Numbatina", "Wombatella", CAMERA)
LOCKED = (parts, part_keys, letters, letter_keys, blobs, links, reports)
PIECE = 48  # bytes; shorter than any sealed key


@dataclass(frozen=True)
class Hers:
    """What Amina holds, and what lay locked in the house before she took it back."""

    amina: Person
    code: str = field(repr=False)
    key: bytes = field(repr=False)
    locked: tuple[bytes, ...] = field(repr=False)


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program would put temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def written(lines: Lines, capfd: pytest.CaptureFixture[str]) -> Callable[[], bytes]:
    """All that the program has written to its log since, and to anything else."""

    def all_of_it() -> bytes:
        captured = capfd.readouterr()
        return "\n".join([captured.out, captured.err, *lines.written]).encode()

    return all_of_it


@pytest.fixture
async def hers(app: App, cast: Cast, telegram: TelegramWorld, office: Office, written: Callable[[], bytes]) -> Hers:
    """A report with all that a report can hold, linked, with a letter each way; she is in its room."""
    app.house.log.info("begins")
    amina = telegram.person("Amina")
    code = await tells_everything(amina)
    await comes_back(amina, code)
    await links_the_chat(amina, words=NUDGE, hours="At any time")
    await writes_without_the_original(amina)
    async with at_work(office, cast.bruno) as bruno:
        case = await only_case(bruno)
        await takes(bruno, case)
        await sends(bruno, case, QUESTION)
    await app.delivery.send_due()
    await amina.reads(NUDGE)
    await comes_back(amina)
    _, key = await key_behind(app, code)
    return Hers(amina=amina, code=code, key=key.to_bytes(), locked=await locked_in(app))


async def tells_everything(amina: Person) -> str:
    await starts_a_report(amina)
    await sends_a_phones_photo(amina)
    await amina.says(WORDS)
    await taps_all(amina, "Also keep the original", "That's all", "No more questions", "Yes", "Phone call")
    await amina.says(PHONE)
    while "Send" not in (await amina.settles()).labels:
        if "What name should they call you?" in amina.screen.text:
            await amina.says(NAME)
        else:
            await amina.taps("Skip")
    await taps_all(amina, "Send")
    await amina.reads("Your code is")
    return code_on(amina)


async def writes_without_the_original(amina: Person) -> None:
    await goes_through(amina, "Write to them")
    await amina.says(LETTER)
    await taps_all(amina, "That's all", "No", "Send it", "Back to my report")


async def locked_in(app: App) -> tuple[bytes, ...]:
    """Every piece of what is stored locked or sealed of a report, and each key to it."""
    rows = [row for table in LOCKED for row in await kept(app, table)]
    values = [value for row in rows for value in row.values() if isinstance(value, bytes)]
    return tuple(value[at : at + PIECE] for value in values for at in range(0, len(value) - PIECE, PIECE))


def files_of(app: App) -> bytes:
    """The database, its journal and whatever else lies beside it."""
    folder = app.config.database.parent
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


async def takes_it_back_and_deletes_it(app: App, amina: Person) -> None:
    await says_what_it_may_open(amina, "Number 1", "No, do not share")
    await goes_through(amina, "Delete my report")
    await taps_all(amina, "Delete it")
    await amina.reads("Your report is deleted here.")
    await taps_all(amina, "Back to the menu")
    await app.delivery.send_due()


async def test_no_word_of_hers_lies_in_any_file_or_log_line(
    app: App, hers: Hers, written: Callable[[], bytes], temporary: Path
) -> None:
    assert found(files_of(app), CANARIES) == []

    await takes_it_back_and_deletes_it(app, hers.amina)
    await app.retention.sweep()

    log = written()
    assert found(files_of(app) + loot_of(app.config.database), CANARIES) == []
    assert b"begins" in log
    assert hers.code.replace(" ", "").encode() not in log
    assert found(log, (*CANARIES, QUESTION, hers.code, str(hers.amina.id))) == []
    assert os.listdir(temporary) == []


async def test_what_was_locked_and_its_keys_are_gone_from_the_files(app: App, hers: Hers) -> None:
    before = files_of(app)
    whole = [piece for piece in hers.locked if piece in before]  # the others lie on two pages of the file
    assert len(whole) > 0.9 * len(hers.locked)

    await takes_it_back_and_deletes_it(app, hers.amina)

    after = files_of(app)
    assert [piece for piece in whole if piece in after] == []


async def test_withdrawing_alone_destroys_the_keys_of_that_agency_and_leaves_hers(app: App, hers: Hers) -> None:
    sealed = [row["sealed"][:PIECE] for row in await kept(app, part_keys) if row["receiver"] == "bhcds"]
    assert len(sealed) == 3
    assert any(key in files_of(app) for key in sealed)

    await says_what_it_may_open(hers.amina, "Number 1", "No, do not share")
    await app.retention.sweep()

    after = files_of(app)
    assert [key for key in sealed if key in after] == []
    assert {row["receiver"] for row in await kept(app, part_keys)} == {"reporter"}
    assert len(await kept(app, blobs)) == 2


async def test_her_own_key_never_lies_readable_and_is_forgotten_by_her_chat(app: App, hers: Hers) -> None:
    def readable(files: bytes) -> bool:
        return hers.key in files or hers.key.hex().encode() in files

    assert not readable(files_of(app))
    assert hers.key.hex().encode() in (await state_of(app, hers.amina)).to_bytes()  # sealed, while she looks

    await takes_it_back_and_deletes_it(app, hers.amina)

    assert not readable(files_of(app))
    state = (await state_of(app, hers.amina)).to_bytes()
    assert hers.key.hex().encode() not in state
    assert hers.code.replace(" ", "").encode() not in state


async def test_her_code_and_her_linked_chat_open_nothing_any_more(app: App, hers: Hers) -> None:
    await takes_it_back_and_deletes_it(app, hers.amina)

    await at_the_door(hers.amina)
    await hers.amina.reads("What is your code?")
    await hers.amina.says(hers.code)

    await hers.amina.reads("I do not know that code.")
    assert [row for table in LOCKED if table is not reports for row in await kept(app, table)] == []


async def test_bruno_learns_that_it_was_taken_back_and_opens_nothing(
    app: App, cast: Cast, office: Office, hers: Hers, clock: Clock
) -> None:
    await takes_it_back_and_deletes_it(app, hers.amina)

    async with at_work(office, cast.bruno) as bruno:
        page = (await bruno.opens(await only_case(bruno))).body
    assert "Taken back by the reporter" in page
    assert found(page.encode(), (*CANARIES, QUESTION)) == []
