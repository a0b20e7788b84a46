"""Each chat's updates one after the other, chats side by side; and of the screens that pile up, the newest.

Taking a turn never waits for a screen to leave, so a slow network delays replies, not what people say.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

from bot.conversations import Turned
from bot.messages import Address, Did, Update

Take = Callable[[Update], Awaitable[Turned | None]]
Send = Callable[[Address, Turned], Awaitable[str]]
Fetch = Coroutine[Any, Any, Did]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """One update in its chat's line. `did`: what was done, while that is still being fetched."""

    update: Update
    did: "asyncio.Task[Did] | None"
    done: "asyncio.Future[Turned | None]"

    async def whole(self) -> Update:
        """The update with what was fetched; as it came, if that was given up."""
        if self.did is None:
            return self.update
        await asyncio.wait((self.did,))
        return self.update if self.did.cancelled() else replace(self.update, did=self.did.result())

    def settle(self, turned: Turned | None, fault: Exception | None = None) -> None:
        """Tell whoever waits, if anybody still does."""
        if self.done.done():
            return
        if fault is None:
            self.done.set_result(turned)
        else:
            self.done.set_exception(fault)

    def give_up_fetching(self) -> None:
        if self.did is not None:
            self.did.cancel()


@dataclass(slots=True)
class _Chat:
    """What is under way in one chat. `screen`: the message that shows the newest screen, if it was sent just now."""

    turns: deque[_Turn] = field(default_factory=deque)
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
        self._tasks: set[asyncio.Task[Any]] = set()

    async def take(self, update: Update, fetch: Fetch | None = None) -> Turned | None:
        """Returns when the turn is durable. `fetch`: finds out what was done; the line of the chat waits for it.

        Raises what taking it raises; what stood behind it in the line then fails too, so that all of it comes
        again in the same order.
        """
        chat = self._chats.setdefault(update.address.who, _Chat())
        done: asyncio.Future[Turned | None] = asyncio.get_running_loop().create_future()
        chat.turns.append(_Turn(update=update, did=self._start(fetch) if fetch else None, done=done))
        if not chat.taking:
            chat.taking = True
            self._start(self._take_all(chat, update.address))
        return await done

    def waits_for_file(self, who: str) -> bool:
        chat = self._chats.get(who)
        return chat is not None and any(turn.did is not None for turn in chat.turns)

    def hurry(self, who: str) -> None:
        """Wait for no file of this chat any longer: the person wants to leave."""
        chat = self._chats.get(who)
        for turn in chat.turns if chat else ():
            turn.give_up_fetching()

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _take_all(self, chat: _Chat, address: Address) -> None:
        while chat.turns:
            turn = chat.turns[0]
            try:
                turned = await self._take_turn(await turn.whole())
            except Exception as fault:  # it belongs to those who gave the updates
                _fail(chat, fault)
                continue
            chat.turns.popleft()
            if turned is not None:
                self._queue(chat, turned, address)
            turn.settle(turned)
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


def _fail(chat: _Chat, fault: Exception) -> None:
    while chat.turns:
        turn = chat.turns.popleft()
        turn.give_up_fetching()
        turn.settle(None, fault)
