"""Telegram's calls to us: checked, handled, and only then acknowledged."""

import hmac
import json
from dataclasses import dataclass, field

import telegram
from telegram.error import TelegramError

from bot.channels.telegram.receiver import ALLOWED, Receiver

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """`secret`: what Telegram must send with each call. `url`: where it calls."""

    receiver: Receiver
    bot: telegram.Bot
    url: str
    secret: str = field(repr=False)

    async def announce(self) -> None:
        """Tell Telegram where to call. Raises Telegram's errors."""
        await self.bot.set_webhook(self.url, secret_token=self.secret, allowed_updates=ALLOWED)

    async def take(self, secret: str, body: bytes) -> int:
        """Handle one call; returns the status to answer: 200 only when its effect is durable."""
        if not hmac.compare_digest(secret.encode(), self.secret.encode()):
            return 403
        try:
            update = telegram.Update.de_json(json.loads(body), self.bot)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, TelegramError):
            return 400
        try:
            await self.receiver.take(update)
        except Exception as fault:  # Telegram calls again until it is told otherwise
            self.receiver.log.failure("turn-failed", fault)
            return 503
        return 200
