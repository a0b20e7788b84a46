"""Shows screens on Telegram: one message that is edited, or a new one below what the person wrote."""

from collections.abc import Awaitable
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

import telegram
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

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
        message = await _sending(
            self._bot.send_message(
                chat_id=who, text=text_of(shown), parse_mode=ParseMode.HTML, reply_markup=keyboard_of(shown)
            )
        )
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
        for first in range(0, len(ids), AT_ONCE):
            batch = ids[first : first + AT_ONCE]
            try:
                await _sending(self._bot.delete_messages(chat_id=who, message_ids=batch))
            except BadRequest:
                await self._clear_one_by_one(who, batch)

    async def _clear_one_by_one(self, who: str, ids: list[int]) -> None:
        """One message that is too old makes Telegram spare all of a batch."""
        for id in ids:
            try:
                await _sending(self._bot.delete_message(chat_id=who, message_id=id))
            except BadRequest:
                continue


async def _sending(call: Awaitable[T]) -> T:
    """Telegram's errors as ours. A bad request passes, as only the caller knows what it means."""
    try:
        return await call
    except BadRequest as refusal:
        if "chat not found" in refusal.message.lower():
            raise DeliveryError(permanent=True) from None
        raise
    except RetryAfter as pause:
        wait = pause.retry_after
        seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
        raise DeliveryError(retry_after=seconds) from None
    except Forbidden:
        raise DeliveryError(permanent=True) from None
    except TelegramError:
        raise DeliveryError from None
