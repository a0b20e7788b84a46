"""Help beside a report, offered in the middle of it: after sexual violence, and when a partner or family did it.

What was told so far stays in the report, and nothing of it is asked or told again.
"""

from dialogs.beginning import VIOLENCE_DOOR, answered, rest
from dialogs.cards import contacts
from dialogs.choices import YES_NO, Choice
from dialogs.home_help import home_help
from dialogs.script import Say
from dialogs.sexual_services import adviser, centre
from dialogs.sexual_told import Told
from dialogs.start import Start
from dialogs.texts import text


async def after_sexual_violence(start: Start) -> None:
    """Who helps beside the report; the door in the menu has the same and more."""
    told = await _told()
    await Say("You need not tell it twice. Others can help too.")
    for line in adviser(start, told):
        await Say(line)
    wanted = await Choice("sexual_help", "Would you like to see who helps after sexual violence?", YES_NO)
    if wanted == "yes":
        await Say("You can get care and not tell the police.")
        for line in centre(start, told):
            await Say(line)
        await Say(text("There is more in the menu, behind “{door}”.", door=VIOLENCE_DOOR))
        await rest("sexual")


async def hand_over(start: Start, close: str) -> None:
    """A number at once, then those who help here, for whoever wants that. `close`: a partner or ex, or family."""
    await Say("When a partner or family hurts someone, others can help too.")
    for line in contacts(start.directory, "national-domestic-abuse-helpline"):
        await Say(line)
    wanted = await Choice("home_help", "Would you like to see who helps with that?", YES_NO)
    if wanted == "yes":
        await home_help(start, await _told(close))


async def _told(close: str = "") -> Told:
    """What this report has said already that bears on who can help."""
    area, age = await answered("area"), await answered("age")
    return Told(area=area.stored if area else "", age=age.stored or "" if age else "", close=close)
