"""Whether the one who did it lives in the same building, and then what the person who was hurt wishes, theirs first.

Seed 000, question 2. Whether somebody is known to homelessness services is for staff to look up, and is never asked.
"""

from collections.abc import Mapping

from dialogs.cards import EMERGENCY
from dialogs.choices import YES_NO_UNSURE, Choice, Option
from dialogs.parts import Part
from dialogs.script import Say
from dialogs.sexual_services import a_roof
from dialogs.sexual_told import Told
from dialogs.start import Start
from dialogs.texts import Text, text

_WISH: Mapping[bool, Text] = {
    True: text("Would you like to stay there or to move?"),
    False: text("Would that person like to stay there or to move?"),
}
_SAME: Mapping[bool, Text] = {
    True: text("Does that person live in the same building?"),
    False: text("Does the one who did it live in the same building?"),
}
_STAY_OR_MOVE = (
    Option("stay", "Stay"),
    Option("move", "Move"),
    Option("unsure", "I am not sure"),
)


async def same_building(start: Start, told: Told) -> bool:
    """Whether it is safe there tonight, as far as anybody said.

    Not asked of a witness, nor where the person it happened to does not know or does not agree: then nobody is to be
    spoken to (seed 000: "complete actions in Step 1 only").
    """
    if not told.teller.agrees:
        return True
    same = await Choice(
        "same_building",
        _SAME[told.mine],
        YES_NO_UNSURE,
        hint=text("The one who did it. No name is needed."),
        part=Part.FACTS,
        label=text("Same building"),
    )
    if same != "yes":
        return True
    await Choice("home_wish", _WISH[told.mine], _STAY_OR_MOVE, part=Part.FACTS, label=text("Wish about the home"))
    tonight = await Choice(
        "safe_tonight", "Is it safe to be there tonight?", YES_NO_UNSURE, part=Part.FACTS, label=text("Safe tonight")
    )
    if tonight not in ("no", "unsure"):
        return True
    await _nowhere_safe(start, told)
    return False


async def _nowhere_safe(start: Start, told: Told) -> None:
    await Say(EMERGENCY)
    for line in a_roof(start, told):
        await Say(line)
