"""Amina takes her report back from one agency, then deletes it: nothing of it can be found or opened any more.

The thief here has the council's own private key, the server's secret, and every file of the house.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import App
from bot.attachments import Attachments
from bot.encryption.content import bind
from bot.encryption.errors import CannotOpen
from bot.encryption.keys import PrivateKey
from bot.encryption.purposes import Purpose
from bot.encryption.sealing import open_sealed
from bot.storage.tables import blobs, letter_keys, letters, links, part_keys, parts, reports
from dialogs.inputs import Copy
from tests.clock import Clock
from tests.conftest import Cast
from tests.photos import CAMERA, phone_photo
from tests.talking import Talker
from tests.telegram_reading import rows
from tests.test_telegram_canary import Lines, lines
from tests.test_theft import found, keys_in, loot_of, opened_with

__all__ = ["lines"]

COUNCIL = "bristol-city-council"
WORDS, LATER = "Vergissmeinnicht shouted at me.", "Then Pusteblume came back."
NAME, PHONE = "Amina Tausendschön", "07700 900854"
FILE_NAME, CAPTION = "Löwenzahn.jpg", "Sauerampfer"
CANARIES = (
    "Vergissmeinnicht", "Pusteblume", "Tausendschön", PHONE, "900854", "+447700900854", "Löwenzahn", CAPTION, CAMERA,
)  # fmt: skip
PIECE = 48  # bytes of something locked that are looked for, wherever they may lie


@dataclass(frozen=True)
class Shared:
    """A report that two agencies hold. `council`: the private key of the one it is taken back from."""

    app: App
    amina: Talker
    code: str = field(repr=False)
    council: PrivateKey = field(repr=False)
    photo: bytes = field(repr=False)

    @property
    def files(self) -> bytes:
        """The database, its journal and shared memory, and a backup."""
        return loot_of(self.app.config.database)

    async def pieces(self, *tables: str) -> list[bytes]:
        """Parts of everything that lies locked or sealed in these tables."""
        lying = await self.app.house.database.look(
            lambda c: [
                bytes(value)
                for table in tables
                for row in c.exec_driver_sql(f"SELECT * FROM {table}")  # noqa: S608  # our own names
                for value in row
                if isinstance(value, bytes) and len(value) > 2 * PIECE
            ]
        )
        return [value[at : at + PIECE] for value in lying for at in range(0, len(value) - PIECE, 8 * PIECE)]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where anything that goes through the disk would pass."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
async def shared(app: App, cast: Cast) -> Shared:
    """Amina has told the centre, then the council, and has written to both; each of her files went along."""
    council = await app.joining.agency(COUNCIL)
    amina, photo = Talker(app, channel="web"), phone_photo()
    await amina.begins_a_story(WORDS)
    await attaches(amina, photo)
    await amina.taps("Send it as it is", "That's all", "No more questions", "Yes")
    await amina.skips_to("Which way is safe")
    await amina.taps("Phone call")
    await amina.says(PHONE)
    await amina.skips_to("What name should they call you?")
    await amina.says(NAME)
    await amina.skips_to("Shall I send this now?")
    await amina.taps("Send")
    assert amina.shown is not None
    code = amina.shown.copy
    amina = await comes_back(app, code, who="5000000002")
    await amina.taps("Who has my report", "Number 2", "All, and how to reach me", "Back to my report")
    await amina.taps("Write to them", "Number 2", "Go on")
    await amina.says(LATER)
    await attaches(amina, photo)
    await amina.taps("That's all", "Send it", "Back to my report")
    return Shared(app, amina, code, council.key, photo)


async def attaches(amina: Talker, photo: bytes) -> None:
    house = amina.app.house
    kept = await Attachments(house.database, house.random).keep(
        await amina.app.conversations.conversation_id(amina.address),
        photo,
        kind="photo",
        at=house.clock(),
        media_type="image/jpeg",
        name=FILE_NAME,
        caption=CAPTION,
        ref="9",
    )
    assert isinstance(kept.clean, Copy)
    await amina.does(kept)


async def comes_back(app: App, code: str, *, who: str) -> Talker:
    """From another device."""
    amina = Talker(app, who=who, channel="web")
    await amina.asks("start")
    await amina.taps("English", "I have a code")
    await amina.says(code)
    return amina


async def takes_it_back(shared: Shared) -> None:
    await shared.amina.taps("Who has my report", "Number 2", "No, do not share", "Back to my report")
    await shared.app.delivery.send_due()


async def deletes_it(shared: Shared) -> None:
    await shared.amina.taps("Delete my report", "Delete it")
    await shared.app.delivery.send_due()


async def letters_opened_with(app: App, key: PrivateKey) -> list[str]:
    """The letters this private key opens, tried under the council's name and every other."""
    look = app.house.database.look
    report = {row.id: row.report for row in await look(lambda c: c.execute(select(letters)).all())}
    opens = []
    for row in await look(lambda c: c.execute(select(letter_keys)).all()):
        for name in {row.receiver, COUNCIL}:
            try:
                open_sealed(row.sealed, key, Purpose.MESSAGE_KEY, context=bind(report[row.letter], row.letter, name))
                opens.append(row.letter)
            except CannotOpen:
                continue
    return opens


async def test_the_councils_key_opens_all_of_it_while_amina_shares_it(shared: Shared) -> None:
    """Else what follows would prove nothing."""
    assert {"facts", "account", "contact"} <= set(opened_with(shared.council, await keys_in(shared.app)))
    assert len(await letters_opened_with(shared.app, shared.council)) == 1
    pieces = await shared.pieces("part_keys", "letter_keys", "parts", "letters", "blobs")
    assert len(pieces) > 50
    files = shared.files
    assert sum(piece in files for piece in pieces) > 0.9 * len(pieces)  # some lie across two pages of the database


async def test_what_is_taken_back_opens_with_nothing_the_council_has(shared: Shared) -> None:
    look = shared.app.house.database.look
    held = await look(
        lambda c: [
            bytes(sealed)
            for table in (part_keys, letter_keys)
            for sealed in c.execute(select(table.c.sealed).where(table.c.receiver == COUNCIL)).scalars()
        ]
    )

    await takes_it_back(shared)

    assert len(held) > 3
    assert opened_with(shared.council, await keys_in(shared.app)) == []
    assert await letters_opened_with(shared.app, shared.council) == []
    files = shared.files
    assert [sealed for sealed in held if sealed[:PIECE] in files or sealed[-PIECE:] in files] == []


async def test_the_centre_still_opens_what_was_not_taken_back(shared: Shared, cast: Cast) -> None:
    await takes_it_back(shared)

    assert {"facts", "account"} <= set(opened_with(cast.bruno.agency.key, await keys_in(shared.app)))


async def test_less_for_the_council_leaves_no_key_to_more(shared: Shared, clock: Clock) -> None:
    look = shared.app.house.database.look
    held = await look(lambda c: list(c.execute(select(part_keys.c.sealed).where(part_keys.c.receiver == COUNCIL))))

    clock.advance(hours=1)
    await shared.amina.taps("Who has my report", "Number 2", "Only the facts", "Back to my report")
    await shared.app.delivery.send_due()

    assert set(opened_with(shared.council, await keys_in(shared.app))) == {"facts"}
    files = shared.files
    assert [row for row in held if row.sealed[:PIECE] in files] == []


async def test_a_deleted_report_lies_in_no_file_even_locked(shared: Shared, cast: Cast) -> None:
    pieces = await shared.pieces("part_keys", "letter_keys", "parts", "letters", "blobs")
    filed = await shared.app.house.database.look(lambda c: c.execute(select(reports)).one())

    await deletes_it(shared)

    for table in (parts, part_keys, letters, letter_keys, blobs, links):
        assert await rows(shared.app, table) == 0
    files = shared.files
    assert [piece for piece in pieces if piece in files] == []
    for secret in (filed.lookup, filed.salt, filed.reporter_private[:PIECE]):
        assert secret not in files


async def test_the_code_of_a_deleted_report_opens_nothing(shared: Shared, clock: Clock) -> None:
    await deletes_it(shared)

    amina = await comes_back(shared.app, shared.code, who="5000000003")

    assert "I do not know that code." in amina.reads()


@pytest.mark.parametrize("deed", [takes_it_back, deletes_it])
async def test_no_word_name_number_or_file_lies_anywhere(
    temporary: Path, lines: Lines, shared: Shared, deed: object, capfd: pytest.CaptureFixture[str]
) -> None:
    await (takes_it_back if deed is takes_it_back else deletes_it)(shared)

    said = capfd.readouterr()
    written = "\n".join([said.out, said.err, *lines.written]).encode()
    passing = list(_contents(temporary))
    everywhere = shared.files + written
    assert found(everywhere, CANARIES) == []
    assert shared.photo[100:200] not in everywhere
    assert shared.code.replace(" ", "").encode() not in everywhere
    assert passing == []


def _contents(folder: Path) -> Iterator[bytes]:
    return (file.read_bytes() for file in folder.rglob("*") if file.is_file())
