"""Takes updates from Telegram, by polling or webhook; acknowledges each only when its turn is durable."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

import telegram
from telegram.error import RetryAfter, TelegramError

from bot.attachments import Attachments, FileRefused
from bot.channels.telegram.chats import Chats
from bot.channels.telegram.reading import FileToFetch, read
from bot.conversations import Conversations
from bot.errors import SaysafeError
from bot.logs import Log
from bot.messages import Unusable, Update

ALLOWED = ("message", "edited_message", "callback_query")  # Telegram sends nothing else, so we learn nothing else
LONG_POLL = 30  # seconds
MOST = 100  # updates in one answer
PAUSE = 1.0  # seconds after a fault, doubled each time
LONGEST_PAUSE = 30.0
OVERLAP = 0.5  # seconds; asking again while updates are under way brings them again

StaffTake = Callable[[telegram.Update], Awaitable[bool]]


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

    async def run(self) -> None:
        """Poll for ever. The offset moves past an update only when it and all before it are durable."""
        under_way: dict[int, asyncio.Task[None]] = {}
        offset, pause = 0, PAUSE
        while True:
            try:
                found = await self.bot.get_updates(
                    offset=offset, limit=MOST, timeout=0 if under_way else LONG_POLL, allowed_updates=ALLOWED
                )
            except TelegramError as fault:
                wait = fault.retry_after if isinstance(fault, RetryAfter) else pause
                self.log.warning("polling-failed", fault=type(fault).__name__)
                await asyncio.sleep(wait if isinstance(wait, int | float) else wait.total_seconds())
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            pause = PAUSE
            new = [update for update in found if update.update_id not in under_way]
            under_way.update({update.update_id: asyncio.create_task(self.take(update)) for update in new})
            if under_way:  # what is not done by then, such as a long download, is waited for beside the next
                await asyncio.wait(under_way.values(), timeout=OVERLAP)
            offset = await self._acknowledge(under_way, offset)

    async def _acknowledge(self, under_way: "dict[int, asyncio.Task[None]]", offset: int) -> int:
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
        if file is not None:
            ours = await self._with_file(ours, file)
        if update.callback_query is not None:
            self._answer(update.callback_query.id)
        await self.chats.take(ours)

    def _answer(self, query: str) -> None:
        """Stop the button's clock on the phone; whether that succeeds changes nothing."""
        task = asyncio.create_task(self._answered(query))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _answered(self, query: str) -> None:
        with suppress(TelegramError):
            await self.bot.answer_callback_query(query)

    async def _with_file(self, ours: Update, file: FileToFetch) -> Update:
        conversation = await self.conversations.conversation_id(ours.address)
        sent = await self.bot.get_file(file.file_id)
        content = bytes(await sent.download_as_bytearray())
        try:
            did = await self.attachments.keep(
                conversation,
                content,
                kind=file.kind,
                media_type=file.media_type,
                name=file.name,
                caption=file.caption,
                seconds=file.seconds,
                ref=ours.message,
            )
        except FileRefused as refusal:
            return replace(ours, did=Unusable(because=refusal.because))
        return replace(ours, did=did)
