"""Shows screens on Telegram: one message that is edited, or a new one below what the person wrote."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import TypeVar

import telegram
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.channels.telegram.fetching import seconds_of
from bot.channels.telegram.showing import keyboard_of, text_of
from bot.errors import DeliveryError
from bot.messages import Shown

T = TypeVar("T")

AT_ONCE = 100  # messages one deletion may name


class TelegramChannel:
    """Sends through `bot`. Its chats are named by their id, as a string."""

    name = "telegram"

    def __init__(self, bot: telegram.Bot) -> None:
        self._bot = bot

    async def show(self, who: str, shown: Shown, *, replaces: str, in_place: bool) -> str:
        """Show a screen and return its message. Raises `DeliveryError`."""
        if in_place and await self._edited(who, shown, replaces):
            return replaces
        try:
            message = await _sending(
                self._bot.send_message(
                    chat_id=who, text=text_of(shown), parse_mode=ParseMode.HTML, reply_markup=keyboard_of(shown)
                )
            )
        except BadRequest:  # the same screen would be refused again and again
            raise DeliveryError(permanent=True) from None
        if replaces:
            with suppress(DeliveryError):  # the new screen is there; an old one left behind does no harm
                await self.clear(who, (replaces,))
        return str(message.message_id)

    async def _edited(self, who: str, shown: Shown, message: str) -> bool:
        """False if that message cannot be edited any more."""
        try:
            await _sending(
                self._bot.edit_message_text(
                    chat_id=who,
                    message_id=int(message),
                    text=text_of(shown),
                    parse_mode=ParseMode.HTML,
                    reply_markup=keyboard_of(shown),
                )
            )
        except BadRequest as refusal:
            return "not modified" in refusal.message
        return True

    async def clear(self, who: str, messages: tuple[str, ...]) -> None:
        """Delete messages of both sides. What Telegram no longer deletes stays. Raises `DeliveryError`."""
        ids = [int(message) for message in messages]
        batches = [ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE)]
        await asyncio.gather(*(self._clear(who, batch) for batch in batches))

    async def _clear(self, who: str, ids: list[int]) -> None:
        """One message that is too old makes Telegram spare all of a batch, so a batch is halved until that one is
        alone: a hundred messages take fifteen calls, in eight rounds."""
        try:
            await _sending(self._bot.delete_messages(chat_id=who, message_ids=ids))
        except BadRequest:
            if len(ids) > 1:
                middle = len(ids) // 2
                await asyncio.gather(self._clear(who, ids[:middle]), self._clear(who, ids[middle:]))


async def _sending(call: Awaitable[T]) -> T:
    """Telegram's errors as ours. A bad request passes, as only the caller knows what it means."""
    try:
        return await call
    except BadRequest as refusal:
        if "chat not found" in refusal.message.lower():
            raise DeliveryError(permanent=True) from None
        raise
    except RetryAfter as pause:
        raise DeliveryError(retry_after=seconds_of(pause)) from None
    except Forbidden:
        raise DeliveryError(permanent=True) from None
    except TelegramError:
        raise DeliveryError from None
