"""Alerts in a staff chat on Telegram: linked by a one-time code, answered with "I have it"."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import telegram
from sqlalchemy import Connection
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.alerts.words import AlertWords
from bot.encryption.keyring import KeyRing
from bot.errors import DeliveryError
from bot.joining import Joining, link_id
from bot.storage import agencies, cases
from bot.storage.database import Database

HAVE = "have:"
_LINKED = "This chat is linked. Alerts come here. They never say what happened."
_NOT_LINKED = "That code does not work. Ask for a new one."
_HAVE_IT = "Somebody has it. Alert: {number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramAlerts:
    """Sends alerts through `bot` and takes what staff chats answer."""

    bot: telegram.Bot
    database: Database
    keyring: KeyRing
    joining: Joining
    clock: Callable[[], datetime]

    async def send(self, address: str, words: AlertWords) -> None:
        """Raises `DeliveryError`."""
        button = telegram.InlineKeyboardButton("I have it", callback_data=f"{HAVE}{words.number}")
        try:
            await self.bot.send_message(
                chat_id=address, text=words.body, reply_markup=telegram.InlineKeyboardMarkup([[button]])
            )
        except (Forbidden, BadRequest):
            raise DeliveryError(permanent=True) from None
        except RetryAfter:
            raise DeliveryError from None
        except TelegramError:
            raise DeliveryError from None

    async def take(self, update: telegram.Update) -> bool:
        """Handle what a staff chat sent; False if this update is not for staff."""
        query, message = update.callback_query, update.message
        if query is not None and (query.data or "").startswith(HAVE):
            await self._have(query)
            return True
        if message is not None and (message.text or "").startswith("/link"):
            await self._link(message)
            return True
        return False

    async def _link(self, message: telegram.Message) -> None:
        code = (message.text or "").partition(" ")[2].strip().lower()
        chat = str(message.chat_id)
        linked = await self.database.unit(lambda c: self._use(c, code, chat))
        with suppress(TelegramError):
            await self.bot.delete_message(chat_id=chat, message_id=message.message_id)
        with suppress(TelegramError):
            await self.bot.send_message(chat_id=chat, text=_LINKED if linked else _NOT_LINKED)

    def _use(self, connection: Connection, code: str, chat: str) -> bool:
        agency = agencies.use_link(connection, link_id(self.keyring, code), self.clock())
        if agency is None:
            return False
        self.joining.alert_way(connection, agency=agency, kind="telegram", address=chat)
        return True

    async def _have(self, query: telegram.CallbackQuery) -> None:
        number = (query.data or "").removeprefix(HAVE)
        chat = str(query.message.chat.id) if query.message else ""
        known = await self.database.unit(lambda c: self._seen(c, number, chat))
        with suppress(TelegramError):
            await self.bot.answer_callback_query(query.id)
        if known and query.message:
            with suppress(TelegramError):
                await self.bot.edit_message_text(
                    chat_id=chat, message_id=query.message.message_id, text=_HAVE_IT.format(number=number)
                )

    def _seen(self, connection: Connection, number: str, chat: str) -> bool:
        """Only a chat that is linked to the alert's agency can say that it has it."""
        linked = agencies.agencies_at(connection, self.keyring.person_id("telegram", chat))
        return any(cases.seen(connection, number, agency, self.clock()) for agency in linked)
