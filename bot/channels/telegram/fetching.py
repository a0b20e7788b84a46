"""Fetches a file from Telegram: tried again while the line is bad, given up with a kind word when it cannot be had."""

import asyncio

import telegram
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.attachments import TOO_BIG, FileRefused
from bot.channels.telegram.reading import FileToFetch
from dialogs.texts import text

PAUSES = (0.5, 2.0)  # seconds between the tries
LONGEST_WAIT = 10.0  # seconds that Telegram may ask us to wait before the next try

NOT_FETCHED = text("I could not get that file. Please send it again.")


async def fetched(bot: telegram.Bot, file: FileToFetch) -> bytes:
    """The file's content. Raises `FileRefused`."""
    for pause in PAUSES:
        try:
            return await _fetched(bot, file)
        except RetryAfter as asked:
            await asyncio.sleep(min(seconds_of(asked), LONGEST_WAIT))
        except TelegramError:
            await asyncio.sleep(pause)
    try:
        return await _fetched(bot, file)
    except TelegramError:
        raise FileRefused(NOT_FETCHED) from None


async def _fetched(bot: telegram.Bot, file: FileToFetch) -> bytes:
    try:
        sent = await bot.get_file(file.file_id)
        return bytes(await sent.download_as_bytearray())
    except BadRequest as refusal:
        raise FileRefused(TOO_BIG if "too big" in refusal.message.lower() else NOT_FETCHED) from None
    except (Forbidden, InvalidToken):  # what Telegram answers for a file that is gone
        raise FileRefused(NOT_FETCHED) from None


def seconds_of(asked: RetryAfter) -> float:
    """How long Telegram asks us to wait; the library gives a number or a duration."""
    wait = asked.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()
