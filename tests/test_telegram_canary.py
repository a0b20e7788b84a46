"""Canaries: unique words, names and ids go through the whole program on Telegram, and none of them reaches a log."""

import asyncio
import logging
import re
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from bot.app import App
from bot.channels.telegram import fetching, receiver
from bot.config import Config
from bot.logs import EventLog, set_up_logs
from tests.clock import Clock
from tests.conftest import PASSPHRASE, SECRET, Cast
from tests.on_telegram import app, starts_a_report, telegram
from tests.telegram_world.people import Person
from tests.telegram_world.server import TOKEN, TelegramWorld
from tests.telegram_world.world import Fault

__all__ = ["app", "telegram"]

CANARIES = {
    "word": "Quokkabird",
    "second word": "Wombatella",
    "edited word": "Numbatina",
    "caption": "Potoroolia",
    "file name": "bettongfile",
    "file": "Bilbycontent",
    "name": "Zsuzsannacanary",
    "user name": "kookaburracanary",
    "poster": "quollposter",
    "contact": "dunnartcanary",
    "staff name": "Tasmancanary",
    "token": TOKEN.partition(":")[2],
    "secret": SECRET[:32],
    "passphrase": PASSPHRASE,
}
FAULTS = (
    Fault(method="sendMessage", status=500),
    Fault(method="editMessageText", status=502),
    Fault(method="sendMessage", garble=True),
    Fault(method="sendMessage", drop="after"),
    Fault(method="getUpdates", drop="before"),
    Fault(method="getUpdates", garble=True),
    Fault(method="getUpdates", status=409),
    Fault(method="getFile", status=500),
    Fault(method="getFile", drop="after"),
    Fault(method="answerCallbackQuery", status=400),
    Fault(method="deleteMessages", retry_after=3),
    Fault(method="editMessageText", status=400),
)


class Lines(logging.Handler):
    """Keeps what our formatter would write of every record, and the exceptions behind them."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written += [handler.format(record) for handler in logging.getLogger().handlers if handler is not self]


class Watched(EventLog):
    """The program's own log, with the exceptions it was given."""

    def __init__(self, own: EventLog) -> None:
        super().__init__()
        self.own, self.faults = own, list[BaseException]()

    def failure(self, event: str, fault: BaseException) -> None:
        self.faults.append(fault)
        self.own.failure(event, fault)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiver, "PAUSE", 0.01)
    monkeypatch.setattr(fetching, "PAUSES", (0.01, 0.01))


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Logging as it is set up in production, with a second listener."""
    root, before = logging.getLogger(), list(logging.getLogger().handlers)
    set_up_logs()
    listener = Lines()
    root.addHandler(listener)
    yield listener
    for handler in list(root.handlers):
        root.removeHandler(handler)
    for handler in before:
        root.addHandler(handler)


@dataclass(frozen=True)
class Line:
    """The line between us and Telegram, with what goes wrong on it."""

    app: App
    clock: Clock
    faults: tuple[Fault, ...] = ()

    async def calms(self, person: Person) -> None:
        """Until nothing waits to be sent."""
        for _ in range(4):
            await person.settles()
            self.clock.advance(seconds=20)
            await self.app.delivery.send_due()
        await person.settles()


async def tells_everything(person: Person, telegram: TelegramWorld, line: Line) -> None:
    """A report with a canary in every place where words go, on a line that stumbles."""
    await person.opens_link(CANARIES["poster"])
    await starts_a_report(person)
    telegram.faults = [replace(fault) for fault in line.faults]
    said = await person.says(f"A {CANARIES['word']} shouted at me.")
    await person.says(f"Then a {CANARIES['second word']} came.")
    await person.sends_photo(CANARIES["file"].encode(), CANARIES["caption"])
    await person.sends_document(b"x" + CANARIES["file"].encode(), f"{CANARIES['file name']}.pdf", "application/pdf")
    await person.edits(said, f"A {CANARIES['edited word']} shouted at me.")
    await person.sends_sticker()
    for label in ("That's all", "No more questions", "Yes", "Email"):
        await line.calms(person)
        await person.taps(label)
    await line.calms(person)
    await person.says(f"{CANARIES['contact']}@example.com")
    await line.calms(person)
    while "Send" not in person.screen.labels:
        await person.taps("Skip" if "Skip" in person.screen.labels else person.screen.labels[0])
        await line.calms(person)
    await person.taps("Send")
    await line.calms(person)
    await person.reads("Your code is")


def in_the_clear(words: str) -> list[str]:
    return [place for place, canary in CANARIES.items() if canary.lower() in words.lower()]


@pytest.mark.usefixtures("quick")
async def test_no_word_name_or_token_reaches_a_log_line(
    app: App,
    cast: Cast,
    telegram: TelegramWorld,
    clock: Clock,
    lines: Lines,
    capfd: pytest.CaptureFixture[str],
) -> None:
    app.house.log.info("begins")
    amina = telegram.person(CANARIES["name"], username=CANARIES["user name"])
    bruno = telegram.person(CANARIES["staff name"])
    await bruno.says(f"/link {await app.joining.staff_chat_code('bhcds')}")
    await amina.settles()
    line = Line(app, clock, FAULTS)

    await tells_everything(amina, telegram, line)
    code = re.sub(r"\D", "", next(label for label in amina.screen.labels if label.replace(" ", "").isdecimal()))
    await amina.says("/hide")
    await line.calms(amina)
    await asyncio.sleep(0)

    captured = capfd.readouterr()
    written = "\n".join([captured.out, captured.err, *lines.written])
    assert "not-delivered" in written
    assert "polling-failed" in written
    assert in_the_clear(written) == []
    assert not [id for id in (str(amina.id), str(bruno.id), code) if id in written]


@pytest.mark.usefixtures("quick")
async def test_no_word_is_in_a_traceback_of_a_dialog_at_fault(
    app: App, cast: Cast, telegram: TelegramWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(EventLog())
    monkeypatch.setattr("bot.logs.EventLog.failure", lambda _, event, fault: watched.faults.append(fault))
    amina = telegram.person(CANARIES["name"])
    await starts_a_report(amina)
    await app.house.database.unit(lambda c: c.execute(sql("DROP TABLE traces")))

    await amina.says(f"A {CANARIES['word']} shouted at me.")
    while not watched.faults:
        await telegram.change()

    texts = ["".join(traceback.format_exception_only(fault)) for fault in watched.faults]
    assert [in_the_clear(text) for text in texts] == [[] for _ in texts]
    assert not [text for text in texts if str(amina.id) in text]


async def test_no_word_lies_in_the_database_or_its_journal(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock, config: Config
) -> None:
    amina = telegram.person(CANARIES["name"], username=CANARIES["user name"])
    await tells_everything(amina, telegram, Line(app, clock))

    folder = Path(config.database).parent
    held = b"".join(path.read_bytes() for path in folder.iterdir() if path.name.startswith(config.database.name))
    assert [place for place, canary in CANARIES.items() if canary.encode() in held] == []
    assert str(amina.id).encode() not in held
