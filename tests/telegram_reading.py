"""What lies in the house after people talked on Telegram, opened with the keys of those who may: for tests only."""

from typing import Any

import telegram
from sqlalchemy import func, select

from bot.app import App
from bot.drafts import Drafts
from bot.encryption.content import ContentKey, bind, unlock
from bot.encryption.sealing import Purpose, open_sealed
from bot.filing import PART_VERSION
from bot.reports.report import ReportPart
from bot.state import State
from bot.storage import conversations, reports, tables
from bot.storage.conversations import Kept
from tests.conftest import Desk
from tests.telegram_world.people import Person


async def kept_for(app: App, person: Person) -> Kept | None:
    """The row of a person's conversation."""
    key = app.house.keyring.person_id("telegram", str(person.id))
    return await app.house.database.look(lambda c: conversations.by_person(c, key))


async def state_of(app: App, person: Person) -> State:
    """Where a person's conversation is."""
    kept = await kept_for(app, person)
    assert kept is not None
    return Drafts(app.house.keyring, app.house.random).open(kept).state


async def told_by(app: App, person: Person, question: str = "account") -> list[Any]:
    """The messages and files that a person's draft holds for a question, as they are stored."""
    stored = (await state_of(app, person)).answers.get(question)
    return list(stored["items"]) if stored else []


async def words_of(app: App, person: Person, question: str = "account") -> list[str]:
    """The messages that a person's draft holds for a question."""
    return [item["words"] for item in await told_by(app, person, question)]


async def file_of(app: App, item: dict[str, Any]) -> bytes:
    """A file of an answer, unlocked with the key that stands in the answer."""
    found = select(tables.blobs.c.sealed).where(tables.blobs.c.id == item["blob"])
    sealed: bytes = await app.house.database.look(lambda c: c.execute(found).scalar_one())
    key = ContentKey.from_bytes(bytes.fromhex(item["key"]))
    return unlock(sealed, key, Purpose.BLOB, context=bind(item["blob"]))


async def read_by(app: App, desk: Desk) -> list[dict[str, ReportPart]]:
    """Every report that a desk's agency holds keys to, each as the parts it may open."""
    ids = await app.house.database.look(lambda c: list(c.execute(select(tables.reports.c.id)).scalars()))
    agency = desk.agency.agency
    held = await app.house.database.look(lambda c: {id: reports.parts_for(c, id, agency) for id in ids})
    return [{name: _opened(id, name, two, desk) for name, two in parts.items()} for id, parts in held.items() if parts]


def _opened(report: str, part: str, sealed_and_locked: tuple[bytes, bytes], desk: Desk) -> ReportPart:
    sealed, locked = sealed_and_locked
    context = bind(report, part, PART_VERSION, desk.agency.agency)
    key = ContentKey.from_bytes(open_sealed(sealed, desk.agency.key, Purpose.PART_KEY, context=context))
    return ReportPart.from_bytes(unlock(locked, key, Purpose.PART, context=bind(report, part, PART_VERSION)))


def bot_of(app: App) -> telegram.Bot:
    """The program's own bot."""
    assert app.telegram is not None
    return app.telegram.bot


async def rows(app: App, table: Any) -> int:
    """How many rows a table has."""
    return await app.house.database.look(lambda c: int(c.execute(select(func.count()).select_from(table)).scalar_one()))
