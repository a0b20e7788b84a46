"""The first words of the bot and the menu: the dialog every conversation begins with."""

from dialogs.cards import EMERGENCY
from dialogs.choices import Choice, Option
from dialogs.coming_back import come_back
from dialogs.danger import danger_now
from dialogs.feedback import feedback
from dialogs.find_help import find_help
from dialogs.information_pack import information_pack
from dialogs.keeping import TELEGRAM, what_we_keep
from dialogs.learn import learn
from dialogs.report import report
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import text

DOORS = (
    Option("report", "Report hate or harassment"),
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
    if door == "report":
        await report(start)
    elif door == "help":
        await find_help_or_pack(start)
    elif door == "learn":
        await learn(start)
    elif door == "danger":
        await danger_now(start)
    elif door == "code":
        await come_back(start)
    elif door == "feedback":
        await feedback(start)
    else:
        await what_we_keep(start)


async def find_help_or_pack(start: Start) -> None:
    """Finding help, with the information pack behind one of its buttons."""
    await find_help(start, information_pack)
