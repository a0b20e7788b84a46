"""A thief takes the database, its journal and a backup, and after a season of use finds no word and nobody."""

import base64
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.app import App
from bot.attachments import Attachments
from bot.drafts import DRAFT_LIFE, Drafts
from bot.encryption.content import bind
from bot.encryption.errors import CannotOpen
from bot.encryption.keyring import KeyRing
from bot.encryption.keys import PrivateKey
from bot.encryption.passphrase import open_private
from bot.encryption.sealing import Purpose, open_sealed
from bot.filing import PART_VERSION
from bot.state import Unreadable
from bot.storage import conversations as kept_conversations
from bot.storage.staff import by_name
from bot.storage.tables import conversations, equality, part_keys
from tests.clock import Clock
from tests.conftest import PASSPHRASE, SECRET, Cast
from tests.talking import Talker

CHAT = "5987654321"
WORDS = "Zwetschgenknödel shouted at me, and Gänseblümchen too."
NAME, PHONE = "Amina Quetzalcoatl", "07700 900876"
FILE, FILE_NAME, CAPTION = b"JFIF the photograph of Xylophonia " * 20, "Rumpelstilzchen.jpg", "Kaleidoskop"
DRAFT_WORDS = "Only ever Unfinished: Brombeerstrauch."
HIDDEN_WORDS = "Cleared away: Schmetterling."
CANARIES = (
    "Zwetschgenknödel", "Gänseblümchen", NAME, "Quetzalcoatl", PHONE, "900876", "+447700900876", CHAT, CHAT[:-2] + "99",
    "Xylophonia", FILE_NAME, CAPTION, "Brombeerstrauch", "Schmetterling", SECRET, PASSPHRASE, "desk@bhcds.example",
)  # fmt: skip


def written(canary: str) -> Iterator[bytes]:
    """All the ways in which a program may have written it down."""
    plain = canary.encode()
    for form in {canary, canary.lower(), canary.upper(), canary.replace(" ", "")}:
        yield form.encode()
        yield form.encode("utf-16-le")
        yield form.encode("utf-16-be")
        yield json.dumps(form)[1:-1].encode()
        yield form.encode().hex().encode()
        yield form.encode().hex().upper().encode()
    for shift in range(3):  # in the middle of a longer text, base64 depends on where it begins
        inner = base64.b64encode(b"\0" * shift + plain)
        yield inner[4 if shift else 0 : -4]
    if canary.isdecimal():
        yield int(canary).to_bytes(8, "big").lstrip(b"\0")
        yield int(canary).to_bytes(8, "little").rstrip(b"\0")


def found(loot: bytes, canaries: tuple[str, ...] = CANARIES) -> list[str]:
    return [canary for canary in canaries if any(len(form) >= 4 and form in loot for form in written(canary))]


def loot_of(database: Path) -> bytes:
    """The database file, its journal, its shared memory, and a backup made beside the running program."""
    backup = database.with_name("backup.sqlite3")
    with sqlite3.connect(database) as source, sqlite3.connect(backup) as copy:
        source.backup(copy)
    source.close()
    copy.close()
    files = [database, backup, *(database.with_name(database.name + end) for end in ("-wal", "-shm", "-journal"))]
    return b"".join(path.read_bytes() for path in files if path.exists())


@pytest.fixture
def database(app: App) -> Path:
    return app.config.database


async def sends_a_file(talker: Talker) -> None:
    attachments = Attachments(talker.app.house.database, talker.app.house.random)
    conversation = await talker.app.conversations.conversation_id(talker.address)
    kept = await attachments.keep(
        conversation,
        FILE,
        kind="photo",
        at=talker.app.house.clock(),
        media_type="image/jpeg",
        name=FILE_NAME,
        caption=CAPTION,
        ref="9",
    )
    await talker.does(kept)


@pytest.fixture
async def amina(app: App, cast: Cast) -> Talker:
    """After a season: a whole report with a file and a contact, equality answers, a draft, a cleared chat."""
    await app.joining.agency("bristol-monitoring")
    await app.house.database.unit(
        lambda c: app.joining.alert_way(c, agency="bhcds", kind="email", address="desk@bhcds.example")
    )
    amina = Talker(app, who=CHAT)
    await amina.begins_a_story(WORDS)
    await sends_a_file(amina)
    await amina.taps("That's all", "No more questions", "Yes")
    await amina.skips_to("Which way is safe")
    await amina.taps("Phone call")
    await amina.says(PHONE)
    await amina.skips_to("What name should they call you?")
    await amina.says(NAME)
    await amina.skips_to("Shall I send this now?")
    await amina.taps("Send", "I have kept my code")
    await amina.skips_to("May I ask a few things about you?")
    await amina.taps("Yes", "25 to 34")
    await amina.skips_to("That was all")
    cleared = Talker(app, who=CHAT[:-2] + "99")
    await cleared.begins_a_story(HIDDEN_WORDS)
    await cleared.asks("exit")
    unfinished = Talker(app, who="5" * 10)
    await unfinished.begins_a_story(DRAFT_WORDS)
    await sends_a_file(unfinished)
    return amina


async def test_the_loot_holds_no_word_name_number_or_file(amina: Talker, database: Path) -> None:
    assert found(loot_of(database)) == []


async def test_the_loot_holds_none_after_the_drafts_expired(amina: Talker, database: Path, clock: Clock) -> None:
    clock.advance(hours=25)
    await amina.app.retention.sweep()

    assert found(loot_of(database)) == []


@pytest.mark.parametrize("canary", CANARIES)
def test_whatever_had_been_written_would_be_found(canary: str) -> None:
    forms = [form for form in written(canary) if len(form) >= 4]

    assert len(forms) > 8
    assert all(canary in found(b"--" + form + b"--") for form in forms)


async def test_a_careless_row_would_be_found(amina: Talker, database: Path) -> None:
    with sqlite3.connect(database) as raw:
        raw.execute("CREATE TABLE careless (words)")
        raw.execute("INSERT INTO careless VALUES (?)", (WORDS,))
    raw.close()

    assert "Zwetschgenknödel" in found(loot_of(database))


async def test_what_went_into_the_database_can_be_read_by_its_receiver(amina: Talker, cast: Cast) -> None:
    """Else the scan would prove nothing."""
    house = amina.app.house
    counted = await house.database.look(lambda c: c.execute(select(func.count()).select_from(equality)).scalar_one())
    receivers = [receiver for _, _, receiver, _ in await keys_in(amina.app)]

    assert counted == 1
    assert set(receivers) == {"bhcds", "reporter"}
    opens = opened_with(cast.bruno.agency.key, await keys_in(amina.app))
    assert {"facts", "account", "contact"} <= set(opens)
    assert len(opens) == receivers.count("bhcds")


async def keys_in(app: App) -> list[tuple[str, str, str, bytes]]:
    found = await app.house.database.look(lambda c: c.execute(select(part_keys)).all())
    return [(row.report, row.part, row.receiver, row.sealed) for row in found]


def opened_with(key: PrivateKey, rows: list[tuple[str, str, str, bytes]]) -> list[str]:
    """The parts whose content keys this private key opens, tried on every row under every receiver's name."""
    opens = []
    for report, part, receiver, sealed in rows:
        for name in {receiver, "bhcds", "livewest", "reporter"}:
            try:
                open_sealed(sealed, key, Purpose.PART_KEY, context=bind(report, part, PART_VERSION, name))
                opens.append(part)
            except CannotOpen:
                continue
    return opens


async def test_the_key_of_another_agency_opens_nothing(amina: Talker, cast: Cast) -> None:
    assert opened_with(cast.carla.agency.key, await keys_in(amina.app)) == []


async def test_staff_rows_without_a_passphrase_open_nothing(amina: Talker, cast: Cast) -> None:
    member = await amina.app.house.database.look(lambda c: by_name(c, "bruno"))
    assert member is not None

    for guess in ("", "password", PASSPHRASE.title(), PASSPHRASE[:-1], member.name):
        with pytest.raises(CannotOpen):
            open_private(member.private_key, guess, context=bind(member.id))
    with pytest.raises(CannotOpen):
        open_sealed(member.agency_key, PrivateKey.generate(), Purpose.AGENCY_KEY, context=bind("bhcds", member.id))
    with pytest.raises(CannotOpen):
        KeyRing([b"0123456789abcdef" * 4]).unlock_address(member.locked_totp, context=bind(member.id, "totp"))


async def test_with_the_passphrase_the_agency_key_opens(amina: Talker, cast: Cast) -> None:
    member = await amina.app.house.database.look(lambda c: by_name(c, "bruno"))
    assert member is not None

    mine = open_private(member.private_key, PASSPHRASE, context=bind(member.id))
    agency = open_sealed(member.agency_key, mine, Purpose.AGENCY_KEY, context=bind("bhcds", member.id))

    assert opened_with(PrivateKey.from_bytes(agency), await keys_in(amina.app))


async def test_an_expired_draft_cannot_be_found_even_with_the_secret(
    amina: Talker, database: Path, clock: Clock
) -> None:
    versions = await every_version_of_a_draft(amina.app)
    assert any(version in loot_of(database) for version in versions)

    clock.advance(seconds=DRAFT_LIFE.total_seconds())
    await amina.app.retention.sweep()

    left = loot_of(database)
    pieces = [version[at : at + 64] for version in versions for at in range(0, len(version) - 64, 64)]
    assert len(pieces) > 50
    assert not [piece for piece in pieces if piece in left]
    assert database.with_name(database.name + "-wal").stat().st_size == 0


async def every_version_of_a_draft(app: App) -> list[bytes]:
    """Say something, again and again, and note each time what lies in the database then."""
    talker, versions = Talker(app, who="777"), []
    await talker.begins_a_story()
    for number in range(6):
        await talker.says(f"{DRAFT_WORDS} {number}")
        rows = await app.house.database.look(
            lambda c: c.execute(select(conversations.c.wrapped_key, conversations.c.sealed_state)).all()
        )
        versions += [bytes(value) for row in rows for value in row]
    return versions


async def test_a_draft_does_not_open_with_another_secret(amina: Talker) -> None:
    house = amina.app.house
    kept = await house.database.look(
        lambda c: kept_conversations.by_person(c, house.keyring.person_id("telegram", "5" * 10))
    )
    assert kept is not None
    strangers = Drafts(KeyRing([b"0123456789abcdef" * 4]), house.random)

    with pytest.raises(Unreadable):
        strangers.open(kept)
    with pytest.raises(Unreadable):
        Drafts(house.keyring, house.random).open(replace(kept, id="0" * 32))


async def test_who_somebody_is_cannot_be_tried_out_without_the_secret(amina: Talker) -> None:
    """Chat ids are small numbers: an unkeyed hash of one would be found by trying them all."""
    strangers = KeyRing([b"0123456789abcdef" * 4])
    person = strangers.person_id("telegram", CHAT)

    assert await amina.app.house.database.look(lambda c: kept_conversations.by_person(c, person)) is None


async def test_equality_answers_lie_in_no_order_of_time(amina: Talker, database: Path) -> None:
    with sqlite3.connect(database) as raw, pytest.raises(sqlite3.OperationalError, match="rowid"):
        raw.execute("SELECT rowid FROM equality")
    raw.close()
