"""Takes updates from Telegram, by polling or webhook; acknowledges each only when its turn is durable."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import telegram
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.attachments import Attachments, FileRefused
from bot.channels.telegram.chats import Chats
from bot.channels.telegram.fetching import fetched, seconds_of
from bot.channels.telegram.reading import FileToFetch, read
from bot.conversations import Conversations
from bot.errors import SaysafeError
from bot.logs import Log
from bot.messages import Did, Unusable, Update

ALLOWED = ("message", "edited_message", "callback_query")  # Telegram sends nothing else, so we learn nothing else
LONG_POLL = 30  # seconds
MOST = 100  # updates in one answer
REST = 0.25  # seconds between two polls while something slow is under way
PAUSE = 1.0  # seconds after a fault, doubled each time
LONGEST_PAUSE = 30.0
FETCHES_AT_ONCE = 6  # files on their way to us, each up to 20 MB of memory

StaffTake = Callable[[telegram.Update], Awaitable[bool]]
UnderWay = dict[int, "asyncio.Task[None]"]


@dataclass(slots=True)
class Receiver:
    """Give it updates with `take`, or let it poll with `run`."""

    bot: telegram.Bot
    chats: Chats
    conversations: Conversations
    attachments: Attachments
    staff: StaffTake
    clock: Callable[[], datetime]
    log: Log
    _answers: "set[asyncio.Task[None]]" = field(default_factory=set)
    _fetching: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(FETCHES_AT_ONCE))

    async def run(self) -> None:
        """Poll for ever. The offset moves past an update only when it and all before it are durable."""
        under_way: UnderWay = {}
        try:
            await self._poll(under_way)
        finally:
            for task in under_way.values():
                task.cancel()
            await asyncio.gather(*under_way.values(), return_exceptions=True)

    async def _poll(self, under_way: UnderWay) -> None:
        offset, pause = 0, PAUSE
        while True:
            try:
                found = await self._updates(offset, 0 if under_way else LONG_POLL)
            except TelegramError as fault:
                await self._wait_out(fault, pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            pause = PAUSE
            new = [update for update in found if update.update_id not in under_way]
            under_way.update({update.update_id: asyncio.create_task(self.take(update)) for update in new})
            pending = [task for task in under_way.values() if not task.done()]
            if pending:
                await asyncio.wait(pending, timeout=REST)  # asking sooner brings them again, to be read again
            offset = await self._acknowledge(under_way, offset)

    async def _updates(self, offset: int, patience: int) -> Sequence[telegram.Update]:
        try:
            return await self.bot.get_updates(offset=offset, limit=MOST, timeout=patience, allowed_updates=ALLOWED)
        except TelegramError:
            raise
        except Exception as fault:  # an update of a shape the library does not know
            self.log.failure("update-unreadable", fault)
        raw: Any = await self.bot.request.post(f"{self.bot.base_url}/getUpdates?offset={offset}&limit={MOST}")
        return [self._readable(update) for update in raw]

    def _readable(self, raw: dict[str, Any]) -> telegram.Update:
        """An update; an empty one in the place of one that would otherwise stop all others for a day."""
        try:
            return telegram.Update.de_json(raw, self.bot)
        except Exception:  # whatever the library stumbles over
            return telegram.Update(int(raw["update_id"]))

    async def _wait_out(self, fault: TelegramError, pause: float) -> None:
        self.log.warning("polling-failed", fault=type(fault).__name__)
        if isinstance(fault, Conflict) and "webhook is active" in fault.message:
            with suppress(TelegramError):  # left from when this bot was run with a webhook
                await self.bot.delete_webhook()
                return
        await asyncio.sleep(seconds_of(fault) if isinstance(fault, RetryAfter) else pause)

    async def _acknowledge(self, under_way: UnderWay, offset: int) -> int:
        """Forget what is done, from the oldest on; what failed is asked for again."""
        for id in sorted(under_way):
            task = under_way[id]
            if not task.done():
                break
            del under_way[id]
            if task.exception() is not None:
                self.log.failure("turn-failed", task.exception() or SaysafeError())
                await asyncio.sleep(PAUSE)
                break
            offset = id + 1
        return offset

    async def take(self, update: telegram.Update) -> None:
        """Handle one update. Returns when its effect is durable; raises if it could not be made so."""
        if await self.staff(update):
            return
        seen = read(update, self.clock())
        if seen is None:
            return
        ours, file = seen
        if update.callback_query is not None:
            self._answer(update.callback_query.id)
        who = ours.address.who
        if self.chats.waits_for_file(who) and self.conversations.leaves(ours.did):
            self.chats.hurry(who)
        await self.chats.take(ours, self._kept(ours, file) if file else None)

    def _answer(self, query: str) -> None:
        """Stop the button's clock on the phone; whether that succeeds changes nothing."""
        task = asyncio.create_task(self._answered(query))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _answered(self, query: str) -> None:
        with suppress(TelegramError, RuntimeError):  # the latter if we are just closing
            await self.bot.answer_callback_query(query)

    async def _kept(self, ours: Update, file: FileToFetch) -> Did:
        """The file, kept with its conversation; before there is one, nothing is fetched for it."""
        conversation = await self.conversations.conversation_id(ours.address)
        if conversation is None:
            return Unusable(caption=file.caption)
        try:
            async with self._fetching:
                return await self.attachments.keep(
                    conversation,
                    await fetched(self.bot, file),
                    kind=file.kind,
                    at=self.clock(),
                    media_type=file.media_type,
                    name=file.name,
                    caption=file.caption,
                    seconds=file.seconds,
                    ref=ours.message,
                )
        except FileRefused as refusal:
            return Unusable(because=refusal.because, caption=file.caption)
