"""What Telegram knows in a test: chats, messages, updates, button taps, files, faults to come and requests made.
No HTTP here (`server`), no sentences of persons (`people`), and every limit is asked of `limits`."""

import asyncio
import random
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Literal

from tests.telegram_world.limits import (
    CALLBACK_ANSWERABLE_FOR,
    CALLBACK_UPDATE_KEPT_FOR,
    KINDS_SENT_ONLY_IF_ASKED_FOR,
    LARGEST_DOWNLOAD,
    NOT_MODIFIED,
    QUERY_TOO_OLD,
    UPDATE_KEPT_FOR,
    Json,
    Refused,
    bad_request,
    check_deletable,
    webhook_line,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An inline button as a person saw it; it stays usable after its message was edited or deleted."""

    label: str
    chat_id: int
    message_id: int
    data: str | None = field(default=None, repr=False)
    url: str | None = None
    copies: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message at one moment: `body` is the Bot API's object; an edit makes a new value under the same id."""

    chat_id: int
    message_id: int
    sent: datetime
    by_bot: bool
    body: Json = field(repr=False)

    @property
    def text(self) -> str:
        return str(self.body.get("text") or self.body.get("caption") or "")

    @property
    def rows(self) -> tuple[tuple[Button, ...], ...]:
        keyboard = self.body.get("reply_markup", {}).get("inline_keyboard", [])
        return tuple(tuple(map(self._button, row)) for row in keyboard)

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)

    def _button(self, raw: Json) -> Button:
        where = {"chat_id": self.chat_id, "message_id": self.message_id}
        copies = raw.get("copy_text", {}).get("text")
        return Button(label=raw["text"], data=raw.get("callback_data"), url=raw.get("url"), copies=copies, **where)


@dataclass(slots=True, kw_only=True)
class Chat:
    """A private chat or a group, and how the bot stands in it; `hidden` are messages that the person's app dropped."""

    about: Json = field(repr=False)
    bot_status: Literal["member", "left", "kicked"] = "member"
    members: list[int] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    hidden: set[int] = field(default_factory=set)
    keyboard: Json | None = field(default=None, repr=False)
    actions: list[str] = field(default_factory=list)
    last_id: int = 0

    @property
    def id(self) -> int:
        return int(self.about["id"])

    @property
    def is_private(self) -> bool:
        return bool(self.about["type"] == "private")


@dataclass(slots=True, kw_only=True, eq=False)
class Update:
    """An update waiting for the bot; `queue` is the line it stands in when a webhook delivers it."""

    body: Json = field(repr=False)
    queue: tuple[str, int]
    expires: datetime
    repeated: bool = False
    handed: bool = False

    @property
    def update_id(self) -> int:
        return int(self.body["update_id"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """A callback query; `toast` is what the bot answered, None until it did."""

    query_id: str
    user_id: int
    at: datetime
    toast: str | None = field(default=None, repr=False)
    alert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    file_id: str
    path: str
    data: bytes = field(repr=False)
    fetched: datetime | None = None  # when getFile last gave its path


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One call of the bot as it arrived, before any rule was applied."""

    method: str
    params: Json = field(repr=False)
    at: datetime


@dataclass(slots=True, kw_only=True)
class Fault:
    """What goes wrong with the next `times` calls of `method` (None: until healed; "*": any method).

    `status` refuses with that HTTP status, `retry_after` with 429 and these seconds; `drop` hangs up before the call
    is read or after it took effect; `garble` answers broken JSON, `slow` these seconds late, both after the effect.
    """

    method: str = "*"
    times: int | None = 1
    status: int | None = None
    retry_after: int | None = None
    drop: Literal["before", "after"] | None = None
    garble: bool = False
    slow: float = 0


class World:
    """The state behind one bot token. Times come from `clock`; ids and their gaps from `seed`.

    `patience` is how many real seconds a waiting sentence waits, `quiet` how long nothing may happen before the bot
    counts as settled. A test that knows better when its bot is idle sets `bot_is_idle`, which is awaited last.
    """

    def __init__(self, *, token: str, clock: Callable[[], datetime], seed: int = 0) -> None:
        self.token, self.clock = token, clock
        self.patience, self.quiet = 5.0, 0.05
        self.bot_is_idle: Callable[[], Awaitable[object]] | None = None
        self.reads_groups = False  # BotFather's privacy mode is on, as it is for new bots
        self.remembers_requests = True
        self.bot: Json = {"id": int(token.split(":")[0]), "is_bot": True, "first_name": "Bot", "username": "test_bot"}
        self._change = asyncio.Event()
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.taps: dict[str, Tap] = {}
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.counts, self.in_flight = Counter[str](), Counter[str]()
        self.allowed_updates: list[str] = []
        self.commands: dict[str, list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[int | None, Json] = {}
        self.held, self.last_stir = False, 0.0
        self.on_update: Callable[[Update], None] | None = None
        self._dice = random.Random(seed)
        self._next_update_id = 100_000_000 + self._dice.randrange(1_000_000)
        self._updates: deque[Update] = deque()
        self._last_update: Update | None = None

    def stir(self) -> None:
        """Tell all who wait that something happened."""
        self.last_stir = time.monotonic()
        self.wake()

    def wake(self) -> None:
        """Let them look again, though nothing happened that a person could notice."""
        self._change.set()
        self._change = asyncio.Event()

    async def change(self) -> None:
        await self._change.wait()

    def number(self) -> int:
        return self._dice.randrange(10**17, 10**18)

    def chat_with(self, chat_id: Any) -> Chat:
        if chat_id in (None, "", 0):
            raise bad_request("chat_id is empty")
        if chat_id not in self.chats:
            raise bad_request("chat not found")
        return self.chats[chat_id]

    def writable_chat(self, chat_id: Any) -> Chat:
        chat = self.chat_with(chat_id)
        if chat.bot_status == "member":
            return chat
        if chat.is_private:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if new_id := chat.about.get("migrated_to"):
            parameters = {"migrate_to_chat_id": new_id}
            raise Refused(400, "Bad Request: group chat was upgraded to a supergroup chat", parameters)
        how = "was kicked from" if chat.bot_status == "kicked" else "is not a member of"
        raise Refused(403, f"Forbidden: bot {how} the {chat.about['type']} chat")

    def post(self, chat: Chat, content: Json, *, sender: Json) -> Message:
        now = self.clock()
        chat.last_id += self._dice.choice((1, 1, 2, 3))
        head = {"message_id": chat.last_id, "from": sender, "chat": chat.about, "date": int(now.timestamp())}
        by_bot = sender is self.bot
        message = Message(chat_id=chat.id, message_id=chat.last_id, sent=now, by_bot=by_bot, body=head | content)
        chat.messages[chat.last_id] = message
        self.stir()
        return message

    def message_of(self, chat: Chat, message_id: Any, purpose: str) -> Message:
        if not message_id:
            raise bad_request("message identifier is not specified")
        if message_id not in chat.messages:
            raise bad_request(f"{purpose} not found")
        return chat.messages[message_id]

    def edit(self, message: Message, body: Json) -> Message:
        if message.by_bot and {**body, "edit_date": 0} == {**message.body, "edit_date": 0}:
            raise bad_request(NOT_MODIFIED)
        edited = replace(message, body=body | {"edit_date": int(self.clock().timestamp())})
        self.chats[message.chat_id].messages[message.message_id] = edited
        self.stir()
        return edited

    def delete(self, chat: Chat, messages: Iterable[Message]) -> None:
        """The bot deletes, for both sides: all of these or, when one may not be deleted, none."""
        for message in (doomed := list(messages)):
            check_deletable(message.sent, self.clock())
            if not chat.is_private and not message.by_bot:
                raise bad_request("message can't be deleted")
        for message in doomed:
            chat.messages.pop(message.message_id, None)
        self.stir()

    def store(self, data: bytes, folder: str, suffix: str) -> StoredFile:
        path = f"{folder}/file_{len(self.files)}{suffix}"
        stored = StoredFile(file_id=f"AgAD{self.number()}", path=path, data=data)
        self.files[stored.file_id] = stored
        return stored

    def fetch(self, file_id: Any) -> StoredFile:
        """Give out a file's path, which then works for one hour."""
        if file_id not in self.files:
            raise bad_request("invalid file_id")
        if len(self.files[file_id].data) > LARGEST_DOWNLOAD:
            raise bad_request("file is too big")
        self.files[file_id] = replace(self.files[file_id], fetched=self.clock())
        return self.files[file_id]

    def download(self, path: str) -> bytes:
        for stored in self.files.values():
            if stored.path == path and stored.fetched and self.clock() - stored.fetched <= timedelta(hours=1):
                return stored.data
        raise Refused(404, "Not Found")

    def inject(self, update: Json) -> int:
        """Queue a raw update, with the next id unless it has one; gives its id, 0 if the bot wants no such kind."""
        body = {"update_id": self._next_update_id, **update}
        kind, content = next((key, value) for key, value in body.items() if key != "update_id")
        allowed = kind in self.allowed_updates if self.allowed_updates else kind not in KINDS_SENT_ONLY_IF_ASKED_FOR
        if not allowed:
            return 0
        expires = self.clock() + (CALLBACK_UPDATE_KEPT_FOR if kind == "callback_query" else UPDATE_KEPT_FOR)
        self._next_update_id = max(self._next_update_id, int(body["update_id"])) + 1
        self._enqueue(Update(body=body, queue=webhook_line(kind, content), expires=expires))
        return int(body["update_id"])

    def repeat_last_update(self) -> int:
        """Deliver the newest update once more, as after a lost acknowledgement; gives its id."""
        assert self._last_update, "there was no update yet to repeat"
        self._enqueue(replace(self._last_update, repeated=True, handed=False))
        return self._last_update.update_id

    async def deliver_together(self, acts: Iterable[Awaitable[object]]) -> None:
        """Hold everything back until all these acts happened, then let the bot have their updates at once."""
        self.held = True
        try:
            for act in acts:
                await act
        finally:
            self.held = False
            self.stir()

    def _enqueue(self, update: Update) -> None:
        self._updates.append(update)
        self._last_update = update
        if self.on_update:
            self.on_update(update)
        self.stir()

    def waiting(self) -> Iterator[Update]:
        """The updates that the bot has not acknowledged and that Telegram still keeps, oldest first."""
        now = self.clock()
        return (update for update in self._updates if update.expires > now)

    def acknowledge(self, offset: int) -> None:
        """Forget what is older than `offset`; a negative one counts from the end."""
        if offset < 0:
            offset = max((update.update_id for update in self._updates), default=0) + 1 + offset
        while self._updates and self._is_done(self._updates[0], offset):
            self._updates.popleft()
            self.stir()

    def _is_done(self, update: Update, offset: int) -> bool:
        if update.expires <= self.clock():
            return True
        return update.update_id < offset and (update.handed or not update.repeated)

    def forget(self, update: Update) -> None:
        with suppress(ValueError):
            self._updates.remove(update)
        self.stir()

    def drop_updates(self) -> None:
        self._updates.clear()
        self.stir()

    def hand_out(self, limit: int) -> list[Json]:
        """Up to `limit` waiting updates, none while updates are held back."""
        if self.held:
            return []
        handed = list(islice(self.waiting(), limit))
        for update in handed:
            update.handed = True
        return [update.body for update in handed]

    def tap(self, button: Button, user: Json) -> Tap:
        chat = self.chats[button.chat_id]
        found = chat.messages.get(button.message_id)
        gone = {"chat": chat.about, "message_id": button.message_id, "date": 0}
        tap = Tap(query_id=str(self.number()), user_id=user["id"], at=self.clock())
        self.taps[tap.query_id] = tap
        query = {"id": tap.query_id, "from": user, "chat_instance": str(chat.id), "data": button.data}
        self.inject({"callback_query": query | {"message": found.body if found else gone}})
        return tap

    def answer(self, query_id: Any, toast: str, alert: bool) -> None:
        tap = self.taps.get(str(query_id))
        if tap is None or tap.toast is not None or self.clock() - tap.at > CALLBACK_ANSWERABLE_FOR:
            raise bad_request(QUERY_TOO_OLD)
        self.taps[tap.query_id] = replace(tap, toast=toast, alert=alert)
        self.stir()

    def fails(self, method: str, **how: Any) -> None:
        """Plan a fault, `world.fails("sendMessage", status=502, times=2)`; the keywords are those of `Fault`."""
        self.faults.append(Fault(method=method, **how))

    def heals(self) -> None:
        self.faults.clear()

    def next_fault(self, method: str) -> Fault | None:
        for fault in self.faults:
            if fault.method.lower() in ("*", method.lower()):
                fault.times = None if fault.times is None else fault.times - 1
                self.faults = [other for other in self.faults if other.times != 0]
                self.wake()
                return fault
        return None

    def record(self, method: str, params: Json) -> None:
        self.counts[method] += 1
        if self.remembers_requests:
            self.requests.append(Request(method=method, params=params, at=self.clock()))

    def requests_of(self, method: str) -> list[Json]:
        return [request.params for request in self.requests if request.method == method]

    @contextmanager
    def at_work(self, method: str) -> Iterator[None]:
        self.in_flight[method] += 1
        try:
            yield
        finally:
            self.in_flight[method] -= 1
            self.stir()

    @property
    def is_busy(self) -> bool:
        return any(self.in_flight.values()) or next(self.waiting(), None) is not None
