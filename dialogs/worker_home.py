"""Further questions for a worker who was told: the two homes, the person's wish, care needs, and who knows.

Nothing is asked about a partner's or family's home, and nothing that a child would have to be asked.
"""

from dialogs.choices import YES_NO_UNSURE, Choice, Choices, Option
from dialogs.parts import Part
from dialogs.script import Say
from dialogs.texts import text
from dialogs.worker_first import CLOSE, HATE

_STAY = (
    Option("stay", "They want to stay"),
    Option("move", "They want to move"),
    Option("unsure", "They do not know yet"),
)
_KNOWS = (
    Option("manager", "My manager"),
    Option("colleagues", "Other staff"),
    Option("police", "The police"),
    Option("health", "A doctor or nurse"),
    Option("social", "A social worker"),
    Option("residents", "Other residents"),
    Option("family", "Family or friends"),
    Option("nobody", "Nobody else"),
)


async def further(kind: str, *, denied: bool, child: bool) -> None:
    """All of them; those about the other side only where staff may have to do with it."""
    if _asks_for_homes(kind, denied=denied, child=child):
        await _homes()
    if _asks_for_hate(kind, child=child):
        await _hate()
    await _care(child=child)
    await Choices("who_knows", "Who else knows about it?", _KNOWS, part=Part.FACTS, label=text("Who else knows"))


def how_many(kind: str, *, denied: bool, child: bool) -> int:
    """How many questions there are when nothing leads to further ones, with the one about danger after them."""
    homes = 2 * _asks_for_homes(kind, denied=denied, child=child)
    return homes + _asks_for_hate(kind, child=child) + (1 if child else 2) + 2


def _asks_for_homes(kind: str, *, denied: bool, child: bool) -> bool:
    return not (denied or child or kind in CLOSE)


def _asks_for_hate(kind: str, *, child: bool) -> bool:
    return not (child or kind == HATE)


async def _homes() -> None:
    same = await Choice(
        "same_property",
        "Does the one who did it live in the same place?",
        YES_NO_UNSURE,
        hint=text("The same building or hostel. Staff look it up."),
        part=Part.FACTS,
        label=text("Same property"),
    )
    if same == "yes":
        await Say("Please do not speak to them yet. First the person hurt must be safe.")
        await Choice(
            "stay_or_move",
            "Does the person hurt want to stay or to move?",
            _STAY,
            hint=text("Their wish leads. They can change it."),
            part=Part.FACTS,
            label=text("Wants to stay or move"),
        )
        return
    await Choice(
        "homeless_services",
        "Do homeless services know the one who did it?",
        YES_NO_UNSURE,
        hint=text("Only what you can look up. Never ask the person hurt."),
        part=Part.FACTS,
        label=text("Known to homeless services"),
    )


async def _hate() -> None:
    hate = await Choice(
        "hate",
        "Does the person think it was hate?",
        YES_NO_UNSURE,
        hint=text("Because of who they are. What they think is what counts."),
        part=Part.FACTS,
        label=text("Thinks it was hate"),
    )
    if hate == "yes":
        await Say("Tell them that a hate crime service can help. It is their choice.")


async def _care(*, child: bool) -> None:
    """The three tests of a safeguarding referral for an adult; a child needs one of them only."""
    needs = "" if child else await _needs_care()
    await Choice(
        "at_risk", "Could they be hurt again?", YES_NO_UNSURE, part=Part.FACTS, label=text("At risk of more harm")
    )
    if needs == "yes":
        await Choice(
            "protect",
            "Can this person stay safe without help?",
            YES_NO_UNSURE,
            part=Part.FACTS,
            label=text("Can keep themself safe"),
        )
        await Say("Please ask your safeguarding lead today.")


async def _needs_care() -> str:
    return await Choice(
        "care_needs",
        "Does the person need care or support?",
        YES_NO_UNSURE,
        hint=text("For example because of age, illness or a disability."),
        part=Part.FACTS,
        label=text("Needs care or support"),
    )
