"""How the bot presents itself on Telegram, in each language; nothing in it says what it is for (T21)."""

import asyncio
from collections.abc import Mapping

import telegram
from telegram.error import TelegramError

from bot.logs import Log
from bot.rendering import Voice
from dialogs.texts import text

# Translators: these stand in the bot's menu, which others may see: nothing about what happened.
COMMANDS = {
    "start": text("Start"),
    "help": text("Help now"),
    "language": text("Language"),
    "privacy": text("Privacy"),
    "back": text("Go back"),
    "skip": text("Skip a question"),
    "hide": text("Clear this chat"),
}
# Translators: shown before somebody starts, on a phone that others may see.
DESCRIPTION = text("Hello. Tap Start. You can choose your language. You can stop at any time.")
SHORT = text("Talk in your own language.")


async def publish(bot: telegram.Bot, voices: Mapping[str, Voice], log: Log) -> None:
    """Set commands and descriptions. Telegram targets two-letter languages; English is for all others."""
    try:
        await asyncio.gather(*(_publish_in(bot, voice) for voice in voices.values()))
    except TelegramError as fault:
        log.warning("profile-not-published", fault=type(fault).__name__)


async def _publish_in(bot: telegram.Bot, voice: Voice) -> None:
    language = None if voice.tag == "en" else voice.tag[:2]
    commands = [telegram.BotCommand(name, voice.say(words)) for name, words in COMMANDS.items()]
    await bot.set_my_commands(commands, language_code=language)
    await bot.set_my_description(voice.say(DESCRIPTION), language_code=language)
    await bot.set_my_short_description(voice.say(SHORT), language_code=language)
