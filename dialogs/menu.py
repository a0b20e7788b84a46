"""The first words of the bot and the menu: the dialog every conversation begins with."""

from collections.abc import Mapping

from dialogs.beginning import VIOLENCE_DOOR
from dialogs.cards import EMERGENCY
from dialogs.choices import Choice, Option
from dialogs.coming_back import come_back
from dialogs.danger import danger_now
from dialogs.feedback import feedback
from dialogs.find_help import find_help
from dialogs.information_pack import information_pack
from dialogs.keeping import TELEGRAM, what_we_keep
from dialogs.learn import learn
from dialogs.play import Dialog
from dialogs.report import report
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import text
from dialogs.violence import violence

DOORS = (
    Option("report", "Report hate or harassment"),
    Option("sexual", VIOLENCE_DOOR),
    Option("help", "Find help"),
    Option("danger", "I need help now"),
    Option("learn", "Rights and questions"),
    Option("code", "I have a code"),
    Option("feedback", "Thank or complain"),
    Option("keeping", "What we keep about you"),
)


async def menu(start: Start) -> None:
    """Who speaks here, what to do in danger, and the way to every other dialog."""
    await Say(EMERGENCY)
    await Say(text("I am a bot, not a person. {operator} runs me. You can stop at any time.", operator=start.operator))
    if start.channel == TELEGRAM:
        await Say("Telegram is not private from end to end: it could read this chat.")
    door = await Choice("menu", "What would you like to do?", DOORS, required=True)
    await _BEHIND.get(door, what_we_keep)(start)


async def find_help_or_pack(start: Start) -> None:
    """Finding help, with the information pack behind one of its buttons."""
    await find_help(start, information_pack)


_BEHIND: Mapping[str, Dialog[Start]] = {
    "report": report,
    "sexual": violence,
    "help": find_help_or_pack,
    "danger": danger_now,
    "learn": learn,
    "code": come_back,
    "feedback": feedback,
}
