"""How the bot presents itself on Telegram, in each language; nothing in it says what it is for (T21)."""

import asyncio
from collections.abc import Mapping

import telegram
from telegram.error import RetryAfter, TelegramError

from bot.channels.telegram.fetching import seconds_of
from bot.logs import Log
from bot.rendering import Voice
from dialogs.texts import text

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 3_600.0  # seconds before the next try

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
    """Set commands and descriptions; again and again while Telegram is away.

    Telegram targets two-letter languages; English is for all others.
    """
    pause = FIRST_PAUSE
    while True:
        try:
            for voice in voices.values():
                if voice.tag == voice.language:
                    await _publish_in(bot, voice)
        except TelegramError as fault:
            log.warning("profile-not-published", fault=type(fault).__name__)
            await asyncio.sleep(max(pause, seconds_of(fault)) if isinstance(fault, RetryAfter) else pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            return


async def _publish_in(bot: telegram.Bot, voice: Voice) -> None:
    language = None if voice.tag == "en" else voice.tag[:2]
    commands = [telegram.BotCommand(name, voice.say(words)) for name, words in COMMANDS.items()]
    await bot.set_my_commands(commands, language_code=language)
    await bot.set_my_description(voice.say(DESCRIPTION), language_code=language)
    await bot.set_my_short_description(voice.say(SHORT), language_code=language)
