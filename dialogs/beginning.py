"""What several reports begin with: whether somebody is safe, who may look at the phone, and where it was."""

from collections.abc import Sequence

from dialogs.choices import YES_NO_UNSURE, Choice, Option
from dialogs.danger import danger_now
from dialogs.parts import Part
from dialogs.places import InArea
from dialogs.script import Answered, Say, SoFar
from dialogs.start import Start
from dialogs.texts import Text, text
from dialogs.topic_safety import WATCHED_PAGE

_ONWARD = Option("on", "Go on")
VIOLENCE_DOOR = text("Sexual or partner violence")  # in the menu
ONLY_HELP = "services"
_OR_ONLY_HELP = (_ONWARD, Option(ONLY_HELP, "Only show who can help"))
_SEEN, *_, _CLEARS = WATCHED_PAGE


async def answered(id: str) -> Answered | None:
    """The answer that was given on this way under `id`; None if nobody asked."""
    return next((answer for answer in await SoFar() if answer.question.id == id), None)


async def is_safe(start: Start, label: Text) -> bool:
    """Whoever is not safe sees whom to call, and may still go on. `label` is how staff read the answer."""
    before = await answered("safe")
    if before is not None:
        return bool(before.stored == "yes")
    safe = await Choice("safe", "Are you safe right now?", YES_NO_UNSURE, part=Part.FACTS, label=label, required=True)
    if safe != "yes":
        await danger_now(start)
    return safe == "yes"


async def say_who_may_look() -> None:
    """For a telephone that others look at: what they may see, and what clears it."""
    await Say(_SEEN)
    await Say(_CLEARS)


async def which_area(start: Start) -> str:
    """The id of the area, or `ELSEWHERE`."""
    return await InArea(
        "area",
        "Where did it happen?",
        start.directory,
        hint=text("Tap a place, or type a town or the start of a postcode. If it was online, say where you live."),
        part=Part.FACTS,
        label=text("Area"),
        required=True,
    )


async def rest(place: str, *, may_leave: bool = False) -> bool:
    """Keeps what was said last on the screen. Whether the person goes on; `may_leave` offers only to see who helps."""
    ways: Sequence[Option] = _OR_ONLY_HELP if may_leave else (_ONWARD,)
    chosen = await Choice(f"onward[{place}]", "Would you like to go on?", ways)
    return not may_leave or chosen != ONLY_HELP
