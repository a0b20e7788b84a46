"""Telegram calling the program instead of being polled: checked, handled, and only then acknowledged."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
import uvicorn

from bot.app import App, World, open_app
from bot.channels.telegram.webhook import HEADER
from bot.config import Config, TelegramSettings
from bot.encryption.passphrase import FOR_TESTS
from bot.logs import EventLog
from bot.storage import tables
from tests.clock import Clock
from tests.conftest import desk
from tests.on_telegram import starts_a_report, telegram
from tests.telegram_reading import rows, words_of
from tests.telegram_world.server import TOKEN, TelegramWorld
from tests.test_telegram_faults import Refusing

__all__ = ["telegram"]


class Called:
    """The program behind its address, and a way to call it as Telegram does."""

    def __init__(self, app: App, url: str, http: aiohttp.ClientSession) -> None:
        self.app, self.url, self._http = app, url, http
        self.secret = app.telegram.webhook.secret if app.telegram and app.telegram.webhook else ""

    async def call(self, body: bytes, **headers: str) -> int:
        async with self._http.post(self.url, data=body, headers=headers) as answer:
            return answer.status

    async def deliver(self, update: dict[str, Any]) -> int:
        return await self.call(json.dumps(update).encode(), **{HEADER: self.secret})


@pytest.fixture
async def called(telegram: TelegramWorld, config: Config, clock: Clock) -> AsyncIterator[Called]:
    """The program in webhook mode, on a port of its own, announced to Telegram."""
    Refusing.refusals = 0
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{door.getsockname()[1]}/telegram"
        settings = TelegramSettings(token=TOKEN, webhook=url, api=telegram.url)
        world = World(clock=clock, code_cost=FOR_TESTS, passphrase_cost=FOR_TESTS, database=Refusing)
        async with (
            open_app(replace(config, telegram=settings), EventLog(), world) as app,
            served(app, door),
            aiohttp.ClientSession() as http,
        ):
            assert app.telegram is not None
            assert app.telegram.webhook is not None
            await desk(app, "bhcds", "bruno")
            await app.telegram.webhook.announce()
            telegram.bot_is_idle, telegram.patience = app.telegram.chats.settle, 20.0
            yield Called(app, url, http)
            Refusing.refusals = 0
            await app.telegram.chats.settle()
            await app.telegram.bot.delete_webhook()


@asynccontextmanager
async def served(app: App, door: socket.socket) -> AsyncIterator[None]:
    server = uvicorn.Server(uvicorn.Config(app.asgi, log_config=None, lifespan="off", access_log=False))
    task = asyncio.create_task(server.serve([door]))
    try:
        yield
    finally:
        server.should_exit = True
        await task


async def test_a_report_goes_through_the_webhook(called: Called, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")

    await starts_a_report(amina)
    await amina.says("They threw paint.")
    for label in ("That's all", "No more questions", "No", "Send"):
        await amina.taps(label)
    await amina.reads("Your code is")
    await amina.settles()

    assert await rows(called.app, tables.reports) == 1
    assert telegram.counts["getUpdates"] == 0


async def test_telegram_is_told_what_to_send(called: Called, telegram: TelegramWorld) -> None:
    (announced,) = telegram.requests_of("setWebhook")

    assert announced["allowed_updates"] == ["message", "edited_message", "callback_query"]
    assert len(announced["secret_token"]) >= 32
    assert announced["url"] == called.url


@pytest.mark.parametrize("secret", ["", "wrong", "é", "x" * 256])
async def test_a_call_without_the_secret_is_refused(called: Called, telegram: TelegramWorld, secret: str) -> None:
    amina = telegram.person("Amina")
    message = {"message_id": 1, "date": 1, "chat": amina.about | {"type": "private"}, "from": amina.about, "text": "x"}
    body = json.dumps({"update_id": 1, "message": message}).encode()

    headers = {HEADER: secret.encode().decode("latin-1")} if secret else {}
    status = await called.call(body, **headers)

    assert status == 403
    assert await rows(called.app, tables.updates) == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"[1]",
        b"1",
        b'"x"',
        b"{}",
        b'{"update_id": 1, "message": 5}',
        b"[" * 50_000,
    ],
)
async def test_garbage_with_the_secret_is_refused_or_ignored(called: Called, body: bytes) -> None:
    status = await called.call(body, **{HEADER: called.secret})

    assert status == 400
    assert await rows(called.app, tables.updates) == 0


async def test_a_call_is_acknowledged_only_once_it_is_durable(called: Called, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    Refusing.refusals = 3

    await amina.says("They threw paint.")
    await amina.reads("I have kept 1 message.")
    await amina.settles()

    assert telegram.webhook is not None
    assert [error["last_error_message"][:40] for error in telegram.webhook.errors] == [
        "Wrong response from the webhook: 503 Ser"
    ] * 3
    assert await words_of(called.app, amina) == ["They threw paint."]


async def test_calls_in_any_order_and_twice_are_each_handled_once(called: Called, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    chat = amina.about | {"type": "private"}
    updates = [
        {
            "update_id": 7_000 + number,
            "message": {"message_id": 900 + number, "date": 1, "chat": chat, "from": amina.about, "text": f"{number}."},
        }
        for number in range(10)
    ]
    shuffled = [updates[place] for place in (3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 0, 7, 8, 0)]

    statuses = await asyncio.gather(*(called.deliver(update) for update in shuffled))
    await amina.settles()

    assert set(statuses) == {200}
    assert sorted(await words_of(called.app, amina)) == [f"{number}." for number in range(10)]
