"""Each chat's updates one after the other, chats side by side; and of the screens that pile up, the newest.

Taking a turn never waits for a screen to leave, so a slow network delays replies, not what people say.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from bot.conversations import Turned
from bot.messages import Address, Update

Take = Callable[[Update], Awaitable[Turned | None]]
Send = Callable[[Address, Turned], Awaitable[str]]


@dataclass(slots=True)
class _Chat:
    """What is under way in one chat. `screen`: the message that shows the newest screen, if it was sent just now."""

    turns: deque[tuple[Update, "asyncio.Future[Turned | None]"]] = field(default_factory=deque)
    screens: deque[Turned] = field(default_factory=deque)
    taking: bool = False
    sending: bool = False
    screen: str | None = None

    @property
    def idle(self) -> bool:
        return not (self.turns or self.screens or self.taking or self.sending)


class Chats:
    """Give it updates with `take`; it takes turns with `take_turn` and sends screens with `send`."""

    def __init__(self, take_turn: Take, send: Send) -> None:
        self._take_turn = take_turn
        self._send = send
        self._chats: dict[str, _Chat] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def take(self, update: Update) -> Turned | None:
        """Returns when the turn is durable. Raises what taking it raises; the chat goes on with the next."""
        chat = self._chats.setdefault(update.address.who, _Chat())
        done: asyncio.Future[Turned | None] = asyncio.get_running_loop().create_future()
        chat.turns.append((update, done))
        if not chat.taking:
            chat.taking = True
            self._start(self._take_all(chat, update.address))
        return await done

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _take_all(self, chat: _Chat, address: Address) -> None:
        while chat.turns:
            update, done = chat.turns.popleft()
            try:
                turned = await self._take_turn(update)
            except Exception as fault:  # it belongs to the one who gave the update
                done.set_exception(fault)
                continue
            if turned is not None:
                self._queue(chat, turned, address)
            done.set_result(turned)
        chat.taking = False
        self._forget_if_idle(chat, address)

    def _queue(self, chat: _Chat, turned: Turned, address: Address) -> None:
        """A screen that has not left yet gives way to a newer one; a cleared chat never does."""
        if chat.screens and not chat.screens[-1].hide:
            older = chat.screens.pop()
            turned = replace(turned, in_place=turned.in_place and older.in_place)
        chat.screens.append(turned)
        if not chat.sending:
            chat.sending = True
            self._start(self._send_all(chat, address))

    async def _send_all(self, chat: _Chat, address: Address) -> None:
        try:
            while chat.screens:
                turned = chat.screens.popleft()
                if chat.screen is not None and turned.screen != chat.screen:
                    turned = replace(turned, screen=chat.screen, in_place=turned.pressed == chat.screen)
                if turned.hide and chat.screen:
                    turned = replace(turned, hide=tuple({*turned.hide, chat.screen}))
                chat.screen = await self._send(address, turned)
        finally:
            chat.sending = False
            self._forget_if_idle(chat, address)

    def _forget_if_idle(self, chat: _Chat, address: Address) -> None:
        if chat.idle and self._chats.get(address.who) is chat:
            del self._chats[address.who]
