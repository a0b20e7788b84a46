"""Alerts in a staff chat on Telegram: linked by a one-time code, answered with "I have it"."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import telegram
from sqlalchemy import Connection
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.alerts.words import AlertWords
from bot.encryption.keyring import KeyRing
from bot.errors import DeliveryError
from bot.joining import Joining, link_id
from bot.storage import agencies, cases, conversations
from bot.storage.database import Database

HAVE = "have:"
LINK = "/link"
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
        except (Forbidden, BadRequest, ChatMigrated):  # of a chat that moved, Telegram has told or will tell us
            raise DeliveryError(permanent=True) from None
        except RetryAfter as asked:
            wait = asked.retry_after
            seconds = float(wait) if isinstance(wait, int | float) else wait.total_seconds()
            raise DeliveryError(retry_after=seconds) from None
        except TelegramError:
            raise DeliveryError from None

    async def take(self, update: telegram.Update) -> bool:
        """Handle what a staff chat sent; False if this update is not for staff."""
        query, message = update.callback_query, update.message
        if query is not None:
            return (query.data or "").startswith(HAVE) and await self._have(query)
        if message is None:
            return False
        if message.migrate_to_chat_id is not None:
            await self.database.unit(lambda c: self._move(c, str(message.chat_id), str(message.migrate_to_chat_id)))
            return True
        name, *rest = (message.text or "").split(maxsplit=1) or [""]
        if name.partition("@")[0] != LINK:
            return False
        await self._link(update.update_id, message, rest[0].strip().lower() if rest else "")
        return True

    async def _link(self, update_id: int, message: telegram.Message, code: str) -> None:
        chat = str(message.chat_id)
        linked = await self.database.unit(lambda c: self._use(c, str(update_id), code, chat))
        if linked is None:
            return
        with suppress(TelegramError):
            await self.bot.delete_message(chat_id=chat, message_id=message.message_id)
        with suppress(TelegramError):
            await self.bot.send_message(chat_id=chat, text=_LINKED if linked else _NOT_LINKED)

    def _use(self, connection: Connection, update_id: str, code: str, chat: str) -> bool | None:
        """Whether the code linked this chat; None if this update was handled before."""
        if not conversations.first_time(connection, "telegram", update_id, self.clock()):
            return None
        agency = agencies.use_link(connection, link_id(self.keyring, code), self.clock())
        if agency is None:
            return False
        self.joining.alert_way(connection, agency=agency, kind="telegram", address=chat)
        return True

    def _move(self, connection: Connection, old: str, new: str) -> None:
        """A group that grew has a new id; its alerts follow it."""
        moved = self.keyring.person_id("telegram", old)
        for agency in agencies.agencies_at(connection, moved):
            gone = [way.id for way in agencies.ways(connection, agency) if way.address_id == moved]
            self.joining.alert_way(connection, agency=agency, kind="telegram", address=new)
            for way in gone:
                agencies.drop_way(connection, way)

    async def _have(self, query: telegram.CallbackQuery) -> bool:
        """False for a button that only looks like ours, in the chat of somebody who is no staff."""
        if query.message is None:
            return False
        number, chat = (query.data or "").removeprefix(HAVE), str(query.message.chat.id)
        known = await self.database.unit(lambda c: self._seen(c, number, chat))
        if not known and query.message.chat.type == ChatType.PRIVATE:
            return False
        with suppress(TelegramError):
            await self.bot.answer_callback_query(query.id)
        if known:
            with suppress(TelegramError):
                await self.bot.edit_message_text(
                    chat_id=chat, message_id=query.message.message_id, text=_HAVE_IT.format(number=number)
                )
        return True

    def _seen(self, connection: Connection, number: str, chat: str) -> bool:
        """Only a chat that is linked to the alert's agency can say that it has it."""
        linked = agencies.agencies_at(connection, self.keyring.person_id("telegram", chat))
        return any(cases.seen(connection, number, agency, self.clock()) for agency in linked)
