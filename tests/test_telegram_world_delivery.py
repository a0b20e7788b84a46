"""The Telegram of the tests: polling, webhooks, planned faults, bare HTTP, and a world in another process."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientSession, FormData, web
from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError, TimedOut

from tests.clock import A_MONDAY, Clock
from tests.telegram_world.alone import YES_OR_NO, amina, amina_wrote, bot, inline, world
from tests.telegram_world.people import Person, until
from tests.telegram_world.server import TOKEN, TelegramWorld, in_a_thread

__all__ = ["amina", "amina_wrote", "bot", "world"]


async def test_updates_wait_until_acknowledged_and_come_in_order(bot: Bot, amina: Person) -> None:
    for text in "abc":
        await amina.says(text)
    first = await bot.get_updates(limit=2)
    again = await bot.get_updates()
    await bot.get_updates(offset=again[1].update_id + 1)

    assert [update.message.text for update in first + again if update.message] == ["a", "b", "a", "b", "c"]
    assert [update.update_id for update in await bot.get_updates()] == [again[2].update_id]
    assert await bot.get_updates(offset=again[2].update_id + 1) == ()


async def test_a_long_poll_wakes_at_once_and_ends_when_overtaken(world: TelegramWorld, bot: Bot, amina: Person) -> None:
    async with Bot(TOKEN, base_url=world.base_url) as twin:
        first = asyncio.create_task(bot.get_updates(timeout=10))
        await until(world, lambda: world.polls == 1, lambda: "nobody polls")
        second = asyncio.create_task(twin.get_updates(timeout=10))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await amina.says("hello")

        assert len(await second) == 1


async def test_polling_is_refused_while_a_webhook_is_set(bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:1/hook")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()

    assert await bot.get_updates() == ()


async def test_taps_are_kept_150_seconds_and_messages_a_day(bot: Bot, amina: Person, clock: Clock) -> None:
    await amina.says("/start")
    await bot.send_message(amina.id, "Safe?", reply_markup=YES_OR_NO)
    await amina.taps("No", at_once=True)
    counts = []
    for step in ({"seconds": 149}, {"seconds": 1}, {"hours": 24}):
        clock.advance(**step)
        counts.append(len(await bot.get_updates()))

    assert counts == [2, 1, 0]


async def test_only_allowed_kinds_are_kept_from_then_on(world: TelegramWorld, bot: Bot, amina: Person) -> None:
    assert world.inject({"chat_member": {}}) == 0
    await bot.get_updates(allowed_updates=["callback_query"])
    await amina.says("unheard")
    await bot.get_updates(allowed_updates=[])
    await amina.says("heard")

    assert [update.message.text for update in await bot.get_updates() if update.message] == ["heard"]


async def test_an_update_can_be_repeated_after_its_acknowledgement(
    world: TelegramWorld, bot: Bot, amina: Person
) -> None:
    await amina.says("hello")
    (update,) = await bot.get_updates()
    await bot.get_updates(offset=update.update_id + 1)
    world.repeat_last_update()

    assert await bot.get_updates(offset=update.update_id + 1) == (update,)
    assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_two_acts_can_be_delivered_in_one_answer(world: TelegramWorld, bot: Bot, amina: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    await world.deliver_together([amina.says("one"), amina.says("two")])

    assert len(await poll) == 2


class Hook:
    """A webhook that fails on messages of the first chat until a tap has come through."""

    def __init__(self) -> None:
        self.got = list[str]()

    async def take(self, http: web.Request) -> web.Response:
        assert http.headers["X-Telegram-Bot-Api-Secret-Token"] == "s3cret"
        text = (await http.json()).get("message", {}).get("text", "(tap)")
        if text == "first" and "(tap)" not in self.got:
            return web.Response(status=500)
        self.got.append(text)
        return web.Response()


@pytest.fixture
async def hook(unused_tcp_port: int) -> AsyncIterator[tuple[Hook, str]]:
    hook, app = Hook(), web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    yield hook, f"http://127.0.0.1:{unused_tcp_port}/hook"
    await runner.cleanup()


async def test_a_failing_webhook_delays_its_chat_and_no_one_else(
    world: TelegramWorld, bot: Bot, amina: Person, hook: tuple[Hook, str]
) -> None:
    await amina.says("first")
    await amina.says("second")
    sent = await bot.send_message(amina.id, "Safe?", reply_markup=YES_OR_NO)
    await world.person("Bruno").says("mine")
    await bot.set_webhook(hook[1], secret_token="s3cret")
    await until(world, lambda: bool(world.webhook and world.webhook.errors), lambda: "no post failed")
    await until(world, lambda: len(list(world.waiting())) == 2, lambda: "Bruno's message did not get past Amina's")
    await amina.taps("No", message=sent.message_id, at_once=True)
    await amina.settles()
    info = await bot.get_webhook_info()

    assert hook[0].got == ["mine", "(tap)", "first", "second"]
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    assert info.pending_update_count == 0


@pytest.mark.usefixtures("amina_wrote")
async def test_planned_faults_hit_so_many_calls_and_no_more(
    world: TelegramWorld, bot: Bot, amina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # the library's own switch to its future types
    for fault in ({"status": 502}, {"retry_after": 7}, {"drop": "before"}, {"drop": "after"}, {"garble": True}):
        world.fails("sendMessage", **fault)
    met = [await _met(bot.send_message(amina.id, str(number))) for number in range(6)]

    hung_up = "httpx.RemoteProtocolError: Server disconnected without sending a response."
    limited = "Flood control exceeded. Retry in 0:00:07"
    assert met == ["Bad Gateway", limited, hung_up, hung_up, "Invalid server response", None]
    assert [message.text for message in amina.chat] == ["/start", "3", "4", "5"]
    assert [params["text"] for params in world.requests_of("sendMessage")] == ["0", "1", "3", "4", "5"]


async def _met(call: Awaitable[object]) -> str | None:
    try:
        await call
    except TelegramError as error:
        return error.message
    return None


@pytest.mark.usefixtures("amina_wrote")
async def test_a_slow_answer_comes_after_the_message_is_there(world: TelegramWorld, bot: Bot, amina: Person) -> None:
    world.fails("sendMessage", slow=60)
    with pytest.raises(TimedOut):
        await bot.send_message(amina.id, "hello", read_timeout=0.2)

    assert "hello" in amina.screen


async def test_a_wrong_token_and_an_unknown_method_are_refused(world: TelegramWorld) -> None:
    with pytest.raises(InvalidToken, match="rejected by the server"):
        async with Bot("1:wrong", base_url=world.base_url):
            pass
    async with ClientSession() as http:
        refusals = [
            await (await http.get(f"{world.url}/{path}")).json()
            for path in ("bot1:wrong/getMe", "file/bot1:wrong/voice/file_0.oga", f"bot{TOKEN}/sendHug")
        ]

    unauthorised = {"ok": False, "error_code": 401, "description": "Unauthorized"}
    unknown = {"ok": False, "error_code": 404, "description": "Not Found: method not found"}
    assert refusals == [unauthorised, unauthorised, unknown]


async def test_json_forms_multipart_and_queries_say_the_same(world: TelegramWorld, amina: Person) -> None:
    await amina.says("/start")
    fields = {
        "chat_id": str(amina.id),
        "text": "hello",
        "reply_markup": json.dumps(inline("Yes")),
    }
    multipart = FormData(fields, quote_fields=False)
    multipart.add_field("unused", b"x", filename="x.bin")
    native = {
        "chat_id": amina.id,
        "text": "hello",
        "reply_markup": inline("Yes"),
    }
    async with ClientSession(f"{world.base_url}{TOKEN}/") as http:
        for body in ({"json": native}, {"data": fields}, {"data": multipart}, {"params": fields}):
            async with http.post("SENDMESSAGE", **body) as answer:
                assert (await answer.json())["ok"]
        async with http.post("sendMessage", data=b"{", headers={"Content-Type": "application/json"}) as answer:
            assert (answer.status, (await answer.json())["error_code"]) == (400, 400)

    assert [message.text for message in amina.chat if message.buttons] == ["hello"] * 4


async def _drive(url: str) -> Any:
    """Another process's way: make Amina, let her write, answer her, let her tap, move the clock, read all of it."""
    async with ClientSession(url) as http, Bot(TOKEN, base_url=f"{url}/bot") as bot:
        amina = await (await http.post("/_world/people", json={"name": "Amina", "language_code": "ar"})).json()
        await http.post("/_world/people/Amina/says", json={"text": "/start"})
        await http.post("/_world/people/Amina/sends_voice", json={"seconds": 3, "data": {"base64": "T2dnUw=="}})
        await http.post("/_world/faults", json={"method": "sendMessage", "status": 500})
        with suppress(NetworkError):
            await bot.send_message(amina, "lost")
        await bot.send_message(amina, "Safe?", reply_markup=YES_OR_NO)
        refused = await http.post("/_world/people/Amina/taps", json={"label": "Maybe", "at_once": True})
        await http.post("/_world/people/Amina/taps", json={"label": "No", "at_once": True})
        updates = await bot.get_updates()
        await http.post("/_world/clock", json={"hours": 25})
        left = await bot.get_updates()
        made = await (await http.get("/_world/requests")).json()
        chat = (await (await http.get("/_world/people/Amina")).json())["chat"]
        return refused.status, [update.effective_user for update in updates], left, made["counts"], chat


def _expect(seen: Any) -> None:
    refused, users, left, counts, chat = seen
    assert (refused, len(users), left, counts["sendMessage"]) == (422, 3, (), 2)
    assert users[0].language_code == "ar"
    assert [(one["text"], one["labels"]) for one in chat] == [("/start", []), ("", []), ("Safe?", ["Yes", "No"])]


async def test_a_world_of_its_own_process_is_driven_over_http() -> None:
    command = (sys.executable, "-m", "tests.telegram_world.server", "--port", "0")
    server = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert server.stdout
    try:
        ready, url = (await asyncio.wait_for(server.stdout.readline(), 20)).decode().split()
        _expect(await _drive(url))
    finally:
        server.kill()
        await server.wait()
    assert ready == "ready"


async def test_a_world_in_a_thread_is_driven_over_http() -> None:
    with in_a_thread() as url:
        _expect(await _drive(url))


def test_a_clock_refuses_to_start_without_zone_or_go_back(clock: Clock) -> None:
    with pytest.raises(ValueError, match="time zone"):
        Clock(datetime(2027, 3, 1))  # noqa: DTZ001 - the naive value is what must be refused
    with pytest.raises(ValueError, match="go back"):
        clock.advance(hours=-1)

    assert clock.advance(hours=1) == clock() == A_MONDAY + timedelta(hours=1)
