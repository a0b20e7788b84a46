"""The door for sexual violence and for harm by a partner or family: one question, then the dialog for it."""

from dialogs.choices import Choice, Option
from dialogs.domestic_abuse import domestic_abuse
from dialogs.parts import Part
from dialogs.sexual_violence import BOTH, sexual_violence
from dialogs.start import Start
from dialogs.texts import text

_ABOUT = (
    Option("sexual", "Sexual violence"),
    Option("partner", "A partner, an ex or family"),
    Option(BOTH, "Both"),
    Option("unsure", "I am not sure"),
)


async def violence(start: Start) -> None:
    """Both, and "not sure", lead to the questions about sexual violence, which also ask about partners."""
    about = await Choice("about", "What is it about?", _ABOUT, part=Part.FACTS, label=text("What it is about"))
    if about == "partner":
        await domestic_abuse(start)
    else:
        await sexual_violence(start)
