"""Amina's files on Telegram: steps that several tests take, and what lies in the house afterwards."""

from typing import Any

from sqlalchemy import select

from bot.app import App
from bot.storage.tables import blobs
from tests.conftest import Cast
from tests.photos import phone_photo
from tests.telegram_reading import read_by
from tests.telegram_world.people import Person

SAYS = "This photo says where and when it was taken. The phone or camera is named too."
TAKEN_OUT = "I take that out before I send it."


async def sends_a_phones_photo(person: Person) -> bytes:
    """As a file, since Telegram itself takes such things out of what is sent as a photo."""
    taken = phone_photo()
    await person.sends_document(taken, "IMG_2027.jpg", "image/jpeg")
    await person.reads("I have kept 1 message.")
    await person.settles()
    return taken


async def sends_the_report(person: Person) -> str:
    """To the end; gives the code."""
    for label in ("That's all", "No more questions", "No"):
        await person.taps(label)
    await person.taps("Send")
    await person.reads("Your code is")
    await person.settles()
    return next(label for label in person.screen.labels if label.replace(" ", "").isdecimal())


async def item_read_by_bruno(app: App, cast: Cast) -> dict[str, Any]:
    (report,) = await read_by(app, cast.bruno)
    (item,) = report["account"].entries[0].stored["items"]
    return dict(item)


async def kept_blobs(app: App) -> set[str]:
    return set(await app.house.database.look(lambda c: c.execute(select(blobs.c.id)).scalars().all()))


async def comes_back(person: Person, code: str) -> None:
    for label in ("I have kept my code", "No, thank you", "I have a code"):
        await person.taps(label)
    await person.says(code)
    await person.reads("What would you like to do next?")
    await person.taps("Write to them")
    await person.reads("Each can have 20 MB at most.")
