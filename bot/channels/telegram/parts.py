"""The parts that talk to Telegram, put together for the composition root."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import telegram

from bot.attachments import Attachments
from bot.channels.telegram.chats import Chats
from bot.channels.telegram.profile import publish
from bot.channels.telegram.receiver import LONG_POLL, Receiver, StaffTake
from bot.channels.telegram.request import USUAL, AiohttpRequest
from bot.channels.telegram.webhook import Webhook
from bot.config import TelegramSettings
from bot.conversations import Conversations
from bot.delivery import Delivery
from bot.playing import House
from bot.serving import Work, every

DAY, HOUR = 86_400.0, 3_600.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTelegram:
    """`webhook` is None where the receiver polls. `works`: what must run beside the web server."""

    bot: telegram.Bot
    chats: Chats
    receiver: Receiver
    webhook: Webhook | None
    works: tuple[Work, ...]


@asynccontextmanager
async def open_bot(settings: TelegramSettings | None) -> "AsyncIterator[telegram.Bot | None]":
    """The bot, without asking Telegram who it is: the program starts while Telegram is away. None without a token."""
    if settings is None:
        yield None
        return
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # the library's switch to durations as they will be from version 23
    usual, polling = AiohttpRequest(USUAL), AiohttpRequest(LONG_POLL + USUAL)
    await usual.initialize()
    await polling.initialize()
    try:
        yield telegram.Bot(
            settings.token,
            base_url=f"{settings.api}/bot",
            base_file_url=f"{settings.api}/file/bot",
            request=usual,
            get_updates_request=polling,
        )
    finally:
        await usual.shutdown()
        await polling.shutdown()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """What the parts are made of."""

    house: House
    conversations: Conversations
    delivery: Delivery
    attachments: Attachments
    staff: StaffTake

    def on(self, bot: telegram.Bot, settings: TelegramSettings) -> OnTelegram:
        """The parts, around `bot`."""
        chats = Chats(self.conversations.turn, self.delivery.send_now)
        receiver = Receiver(
            bot=bot,
            chats=chats,
            conversations=self.conversations,
            attachments=self.attachments,
            staff=self.staff,
            clock=self.house.clock,
            log=self.house.log,
        )
        secret = self.house.keyring.token("telegram-webhook").hex()
        webhook = Webhook(receiver=receiver, bot=bot, url=settings.webhook, secret=secret) if settings.webhook else None
        receive = every(HOUR, webhook.announce) if webhook else receiver.run
        profile = every(DAY, lambda: publish(bot, self.house.voices, self.house.log))
        return OnTelegram(bot=bot, chats=chats, receiver=receiver, webhook=webhook, works=(profile, receive))
