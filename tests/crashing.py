"""The program, killing itself at a chosen moment with SIGKILL; `test_crash.py` plays the person and the other side.

`python -m tests.crashing` imports everything once, then reads one JSON object a line and forks a child for each,
which is the whole program, on Telegram. It writes "started PID", "moment KIND NUMBER" for every moment the child
passes, and "ended" once it is dead.
"""

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection

from bot.alerts.email import EmailAlerts
from bot.alerts.words import AlertWords
from bot.app import App, World, open_app
from bot.config import Config
from bot.encryption.passphrase import FOR_TESTS
from bot.logs import EventLog
from bot.serving import running
from bot.storage.database import Database
from tests.telegram_world.server import TOKEN

T = TypeVar("T")

BEFORE_COMMIT, AFTER_COMMIT = "before-commit", "after-commit"
BEFORE_SEND, AFTER_SEND = "before-send", "after-send"
BEFORE_FETCH, AFTER_FETCH = "before-fetch", "after-fetch"
BEFORE_MAIL, AFTER_MAIL = "before-mail", "after-mail"
SENDS = frozenset({"sendMessage", "editMessageText", "deleteMessages", "answerCallbackQuery"})


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@dataclass(frozen=True)
class Fate:
    """When to die: at the moment of this kind with this number, counted from 1 since it was armed."""

    kind: str
    number: int
    armed: asyncio.Event = field(default_factory=asyncio.Event)
    passed: Counter[str] = field(default_factory=Counter)

    def arm(self) -> None:
        self.armed.set()
        say("armed")

    def moment(self, kind: str) -> None:
        if not self.armed.is_set():
            return
        self.passed[kind] += 1
        say(f"moment {kind} {self.passed[kind]}")
        if (kind, self.passed[kind]) == (self.kind, self.number):
            os.kill(os.getpid(), signal.SIGKILL)


def doomed(fate: Fate) -> type[Database]:
    """A database whose moments are those before and after it makes something durable."""

    class Doomed(Database):
        wrote = False

        async def unit(self, work: Callable[[Connection], T]) -> T:
            wrote = []

            def watched(connection: Connection) -> T:
                before = _changes(connection)
                result = work(connection)
                wrote.extend([True] if _changes(connection) > before else [])
                self.wrote = self.wrote or bool(wrote)
                return result

            result = await super().unit(watched)
            if wrote:
                fate.moment(AFTER_COMMIT)
            return result

        def before_commit(self) -> None:
            if self.wrote:
                self.wrote = False
                fate.moment(BEFORE_COMMIT)

    return Doomed


def _changes(connection: Connection) -> int:
    raw: Any = connection.connection.dbapi_connection
    return int(raw.total_changes)


def doom_requests(app: App, fate: Fate) -> None:
    """Let the moments of the bot's requests be those before they leave and after they were answered."""
    assert app.telegram is not None
    request = app.telegram.bot.request
    do_request: Callable[..., Awaitable[tuple[int, bytes]]] = request.do_request

    async def passing(url: str, *rest: Any, **named: Any) -> tuple[int, bytes]:
        before, after = _moments_of(url)
        if before:
            fate.moment(before)
        answer = await do_request(url, *rest, **named)
        if after:
            fate.moment(after)
        return answer

    vars(request)["do_request"] = passing


def _moments_of(url: str) -> tuple[str, str]:
    method = url.rpartition("/")[2]
    if method in SENDS:
        return BEFORE_SEND, AFTER_SEND
    return (BEFORE_FETCH, AFTER_FETCH) if method == "getFile" or "/file/bot" in url else ("", "")


@dataclass(frozen=True)
class DoomedMail:
    """Alerts by email, whose moments are those before and after the mail server took one."""

    alerts: EmailAlerts
    fate: Fate

    async def send(self, address: str, words: AlertWords) -> None:
        self.fate.moment(BEFORE_MAIL)
        await self.alerts.send(address, words)
        self.fate.moment(AFTER_MAIL)


async def live(given: dict[str, Any]) -> None:
    """Be the program until killed. `ahead`: seconds the clock runs ahead of the machine's; `armed`: from the start,
    else from SIGUSR1 on."""
    config = Config.from_env({**given["environ"], "SAYSAFE_TELEGRAM_TOKEN": TOKEN})
    assert config.mail is not None
    fate = Fate(kind=given["kind"], number=given["number"])
    if given["armed"]:
        fate.arm()
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, fate.arm)
    ahead = timedelta(seconds=given["ahead"])
    world = World(
        clock=lambda: datetime.now(UTC) + ahead,
        code_cost=FOR_TESTS,
        passphrase_cost=FOR_TESTS,
        database=doomed(fate),
    )
    async with AsyncExitStack() as stack:
        mail = {"doomed": DoomedMail(EmailAlerts(config.mail), fate)}
        app = await stack.enter_async_context(open_app(config, EventLog(), world, senders=mail))
        doom_requests(app, fate)
        await stack.enter_async_context(running(app.works, app.house.log))
        await asyncio.Event().wait()


def main() -> None:
    """Fork the program for every line of standard input."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(live(json.loads(line)))
        say(f"started {child}")
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main()
