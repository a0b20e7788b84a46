"""The Bot API over HTTP: methods, long polling, webhooks, file downloads, faults, and `/_world/` for other processes.
What the methods change lives in `world`, what they refuse in `limits`.

`python -m tests.telegram_world.server --port N` serves alone and prints one line, `ready http://127.0.0.1:N`.
"""

import argparse
import asyncio
import base64
import json
import sys
from asyncio import AbstractEventLoop, Queue, Semaphore, Task
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from inspect import iscoroutinefunction
from queue import SimpleQueue
from threading import Thread
from typing import Any

import uvloop
from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.clock import Clock, RunningClock
from tests.telegram_world.limits import Json, Refused, bad_request, check_secret_token, too_many_requests
from tests.telegram_world.methods import METHODS, Upload
from tests.telegram_world.people import Group, Person
from tests.telegram_world.world import Fault, Update, World

TOKEN = "1234567890:a-token-for-tests"
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_BOTH_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_HAS_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_NUMBERS = frozenset({"chat_id", "message_id", "offset", "limit", "timeout", "max_connections", "user_id"})
_VALUES = frozenset({
    "reply_markup", "allowed_updates", "commands", "scope", "entities", "caption_entities", "message_ids",
    "menu_button", "link_preview_options", "reply_parameters", "drop_pending_updates", "show_alert", "protect_content",
})  # fmt: skip
_SENTENCES = frozenset(name for name, part in vars(Person).items() if iscoroutinefunction(part))


@dataclass(slots=True, kw_only=True)
class Webhook:
    """Where updates are posted to: one line per chat in order, taps in a line of their own, each retried until 2xx."""

    url: str
    secret: str = field(repr=False)
    connections: int
    free: Semaphore
    errors: list[Json] = field(default_factory=list)
    lines: dict[tuple[str, int], "Queue[Update]"] = field(default_factory=dict)
    workers: list[Task[None]] = field(default_factory=list)


class TelegramWorld(World):
    """`World` behind a real HTTP server on loopback; `async with TelegramWorld.start(...) as world`."""

    first_retry, longest_retry = 0.02, 60.0  # real seconds between posts to a failing webhook; doubles

    def __init__(self, *, token: str, clock: Callable[[], datetime], session: ClientSession) -> None:
        super().__init__(token=token, clock=clock)
        self.url, self.polls, self.closing = "", 0, False
        self.people: dict[str, Person] = {}
        self.webhook: Webhook | None = None
        self._session = session

    @property
    def base_url(self) -> str:
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"

    @classmethod
    @asynccontextmanager
    async def start(
        cls, *, token: str = TOKEN, clock: Callable[[], datetime] | None = None, port: int = 0
    ) -> AsyncIterator["TelegramWorld"]:
        """Serve on `port` (0: any free one) of 127.0.0.1 until the block ends; without `clock`, time stands still."""
        async with ClientSession(timeout=ClientTimeout(total=10)) as session:
            world = cls(token=token, clock=clock or Clock(), session=session)
            runner = web.AppRunner(_application(world), access_log=None, handler_cancellation=True, shutdown_timeout=1)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", port).start()
            world.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            try:
                yield world
            finally:
                world.closing = True
                world.wake()
                await world.set_webhook(None)
                await runner.cleanup()

    def person(self, name: str, *, language_code: str | None = "en", username: str | None = None) -> Person:
        """The person of this name, made at the first call; Telegram's ids no longer fit 32 bits."""
        about: Json = {"id": 5_000_000_000 + 1 + len(self.people), "is_bot": False, "first_name": name}
        about |= {key: value for key, value in (("language_code", language_code), ("username", username)) if value}
        return self.people.setdefault(name, Person(self, about))

    def group(self, title: str, *, members: list[Person]) -> Group:
        """A group whose first member has just added the bot."""
        group = Group(self, {"id": -4_000_000 - len(self.chats), "type": "group", "title": title}, members)
        group.adds_the_bot(members[0])
        return group

    async def set_webhook(self, webhook: Webhook | None) -> None:
        if self.webhook is webhook:
            return
        if self.webhook:
            for worker in self.webhook.workers:
                worker.cancel()
            await asyncio.gather(*self.webhook.workers, return_exceptions=True)
        self.webhook, self.on_update = webhook, self._line_up if webhook else None
        self.polls += 1  # a poll under way sees that it was overtaken
        self.wake()
        for update in self.waiting() if webhook else ():
            self._line_up(update)

    def _line_up(self, update: Update) -> None:
        assert self.webhook
        if update.queue not in self.webhook.lines:
            self.webhook.lines[update.queue] = Queue()
            worker = self._deliver(self.webhook, self.webhook.lines[update.queue])
            self.webhook.workers.append(asyncio.create_task(worker))
        self.webhook.lines[update.queue].put_nowait(update)

    async def _deliver(self, webhook: Webhook, line: "Queue[Update]") -> None:
        while True:
            update = await line.get()
            while self.held:
                await self.change()
            pause = self.first_retry
            while update.expires > self.clock() and not await self._is_taken(webhook, update):
                await asyncio.sleep(pause)
                pause = min(pause * 2, self.longest_retry)
            self.forget(update)

    async def _is_taken(self, webhook: Webhook, update: Update) -> bool:
        headers = {_HEADER: webhook.secret} if webhook.secret else {}
        try:
            async with webhook.free, self._session.post(webhook.url, json=update.body, headers=headers) as answer:
                if 200 <= answer.status < 300:
                    return True
                why = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (ClientError, TimeoutError):
            why = "Connection refused"
        webhook.errors.append({"last_error_date": int(self.clock().timestamp()), "last_error_message": why})
        self.wake()
        return False


async def get_updates(world: TelegramWorld, p: Json) -> list[Json]:
    if world.webhook:
        raise Refused(409, _HAS_WEBHOOK)
    _allow(world, p)
    mine = world.polls = world.polls + 1
    world.wake()
    world.acknowledge(int(p.get("offset") or 0))
    limit = min(max(int(p.get("limit") or 100), 1), 100)
    with suppress(TimeoutError):
        async with asyncio.timeout(min(int(p.get("timeout") or 0), 50)):
            while not (world.closing or world.polls != mine or next(world.waiting(), None) and not world.held):
                await world.change()
    if world.polls != mine:
        raise Refused(409, "Conflict: terminated by setWebhook request" if world.webhook else _BOTH_POLL)
    return world.hand_out(limit)


async def set_webhook(world: TelegramWorld, p: Json) -> bool:
    secret = check_secret_token(p.get("secret_token", ""))
    _allow(world, p)
    if p.get("drop_pending_updates"):
        world.drop_updates()
    connections = min(max(int(p.get("max_connections") or 40), 1), 100)
    url = p.get("url", "")
    await world.set_webhook(
        Webhook(url=url, secret=secret, connections=connections, free=Semaphore(connections)) if url else None
    )
    return True


async def delete_webhook(world: TelegramWorld, p: Json) -> bool:
    return await set_webhook(world, {key: value for key, value in p.items() if key == "drop_pending_updates"})


async def get_webhook_info(world: TelegramWorld, _: Json) -> Json:
    about: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(list(world.waiting()))}
    if world.webhook:
        about |= {"url": world.webhook.url, "max_connections": world.webhook.connections}
        about |= world.webhook.errors[-1] if world.webhook.errors else {}
    return about | ({"allowed_updates": world.allowed_updates} if world.allowed_updates else {})


def _allow(world: TelegramWorld, p: Json) -> None:
    if p.get("allowed_updates") is not None:
        world.allowed_updates = list(p["allowed_updates"])


DELIVERY: dict[str, Callable[[TelegramWorld, Json], Awaitable[Any]]] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
_TRUE_NAMES = {name.lower(): name for name in (*METHODS, *DELIVERY)}
_WORLD = web.AppKey("world", TelegramWorld)


def _application(world: TelegramWorld) -> web.Application:
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app[_WORLD] = world
    app.add_routes(
        [
            web.route("*", "/bot{token:[^/]+}/{method}", _call),
            web.get("/file/bot{token:[^/]+}/{path:.+}", _download),
            web.post("/_world/{what}", _steer),
            web.post("/_world/people/{name}/{sentence}", _act),
            web.get("/_world/people/{name}", _transcript),
            web.get("/_world/requests", _made),
        ]
    )
    return app


async def _call(http: web.Request) -> web.StreamResponse:
    world, method = http.app[_WORLD], _TRUE_NAMES.get(http.match_info["method"].lower(), "")
    fault = world.next_fault(method) or Fault()
    if fault.drop == "before":
        return _hang_up(http)
    with world.at_work(method) if method != "getUpdates" else nullcontext():
        try:
            answer = {"ok": True, "result": await _execute(world, method, http, fault)}
        except Refused as refused:
            return web.json_response(refused.as_json(), status=refused.code)
        if fault.slow:
            await asyncio.sleep(fault.slow)
    if fault.drop == "after":
        return _hang_up(http)
    return web.Response(text='{"ok":tr' if fault.garble else json.dumps(answer), content_type="application/json")


async def _execute(world: TelegramWorld, method: str, http: web.Request, fault: Fault) -> Any:
    if http.match_info["token"] != world.token:
        raise Refused(401, "Unauthorized")
    if not method:
        raise Refused(404, "Not Found: method not found")
    params = await _parameters(http)
    world.record(method, params)
    if fault.retry_after:
        raise too_many_requests(fault.retry_after)
    if fault.status:
        raise Refused(fault.status, HTTPStatus(fault.status).phrase)
    if method in DELIVERY:
        return await DELIVERY[method](world, params)
    return METHODS[method](world, params)


def _hang_up(http: web.Request) -> web.StreamResponse:
    if http.transport:
        http.transport.abort()
    return web.Response()


async def _parameters(http: web.Request) -> Json:
    values: Json = dict(http.query)
    if http.content_type == "application/json":
        values |= _decoded(await http.text() or "{}")
    else:
        values |= await http.post()
    return {name: _value(name, value) for name, value in values.items()}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, web.FileField):
        return Upload(name=value.filename, data=value.file.read())
    if not isinstance(value, str):
        return value
    if name in _NUMBERS and value.lstrip("-").isdecimal():
        return int(value)
    return _decoded(value) if name in _VALUES and value else value


def _decoded(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request("can't parse JSON object") from None


async def _download(http: web.Request) -> web.Response:
    world = http.app[_WORLD]
    with world.at_work("download"):
        try:
            if http.match_info["token"] != world.token:
                raise Refused(401, "Unauthorized")
            return web.Response(body=world.download(http.match_info["path"]))
        except Refused as refused:
            return web.json_response(refused.as_json(), status=refused.code)


async def _act(http: web.Request) -> web.Response:
    """A person's sentence; the body is its keyword arguments, bytes as {"base64": "..."}."""
    person = http.app[_WORLD].person(http.match_info["name"])
    sentence, given = http.match_info["sentence"], await http.json() if http.can_read_body else {}
    if sentence not in _SENTENCES:
        raise web.HTTPNotFound
    values = {
        key: base64.b64decode(value["base64"]) if isinstance(value, dict) else value for key, value in given.items()
    }
    try:
        await getattr(person, sentence)(**values)
    except (AssertionError, Refused, TypeError) as wrong:
        return web.json_response({"wrong": str(wrong)}, status=422)
    return web.json_response(_seen_by(person))


async def _transcript(http: web.Request) -> web.Response:
    return web.json_response(_seen_by(http.app[_WORLD].person(http.match_info["name"])))


def _seen_by(person: Person) -> Json:
    chat = [
        {"message_id": one.message_id, "by_bot": one.by_bot, "text": one.text, "labels": [b.label for b in one.buttons]}
        for one in person.chat
    ]
    return {"id": person.id, "chat": chat, "toasts": person.toasts}


async def _steer(http: web.Request) -> web.Response:
    """POST people, faults, heal, clock or updates: make a person, plan a fault, heal, move time, queue an update."""
    world, given = http.app[_WORLD], await http.json() if http.can_read_body else {}
    steps: dict[str, Callable[[], object]] = {
        "people": lambda: world.person(**given).id,
        "faults": lambda: world.fails(**given),
        "heal": world.heals,
        "clock": lambda: _moved(world.clock, given),
        "updates": lambda: world.inject(given),
    }
    if http.match_info["what"] not in steps:
        raise web.HTTPNotFound
    return web.json_response(steps[http.match_info["what"]]())


def _moved(clock: Callable[[], datetime], by: Json) -> str:
    assert isinstance(clock, Clock), "only the clocks of the tests can be moved"
    return clock.advance(**by).isoformat()


async def _made(http: web.Request) -> web.Response:
    made = [{"method": one.method, "params": one.params} for one in http.app[_WORLD].requests]
    text = json.dumps({"counts": http.app[_WORLD].counts, "requests": made}, default=repr)
    return web.Response(text=text, content_type="application/json")


async def _serve(port: int, token: str, ready: Callable[[str], object], ended: Callable[[], Awaitable[object]]) -> None:
    async with TelegramWorld.start(token=token, clock=RunningClock(), port=port) as world:
        ready(world.url)
        await ended()


@contextmanager
def in_a_thread(*, token: str = TOKEN) -> Iterator[str]:
    """Serve beside the caller's own event loop, on the machine's time; gives the URL, `/_world/` steers it."""
    answers: SimpleQueue[tuple[str, AbstractEventLoop, asyncio.Event]] = SimpleQueue()

    async def serve() -> None:
        stop = asyncio.Event()
        await _serve(0, token, lambda url: answers.put((url, asyncio.get_running_loop(), stop)), stop.wait)

    thread = Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    url, loop, stop = answers.get(timeout=10)
    try:
        yield url
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(timeout=10)


def main() -> None:
    options = argparse.ArgumentParser(description="A Bot API server for tests, on the machine's time.")
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--token", default=TOKEN)
    chosen = options.parse_args()

    def ready(url: str) -> None:
        sys.stdout.write(f"ready {url}\n")
        sys.stdout.flush()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(chosen.port, chosen.token, ready, asyncio.Event().wait))


if __name__ == "__main__":
    main()
