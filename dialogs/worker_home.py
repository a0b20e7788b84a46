"""Further questions for a worker who was told: the two homes, the person's wish, care needs, and who knows."""

from dialogs.choices import YES_NO_UNSURE, Choice, Choices, Option
from dialogs.parts import Part
from dialogs.script import Say
from dialogs.texts import text
from dialogs.worker_first import HATE

STEPS = 6  # questions when nothing leads to further ones; a test counts them
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


async def further(kind: str, *, denied: bool) -> None:
    """All of them; those about the other side only where the person does not say that it did not happen."""
    if not denied:
        await _homes()
    if kind != HATE:
        await _hate()
    await _care()
    await Choices("who_knows", "Who else knows about it?", _KNOWS, part=Part.FACTS, label=text("Who else knows"))


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


async def _care() -> None:
    """The three tests of a safeguarding referral."""
    needs = await Choice(
        "care_needs",
        "Does the person need care or support?",
        YES_NO_UNSURE,
        hint=text("For example because of age, illness or a disability."),
        part=Part.FACTS,
        label=text("Needs care or support"),
    )
    await Choice(
        "at_risk", "May they be hurt again?", YES_NO_UNSURE, part=Part.FACTS, label=text("At risk of more harm")
    )
    if needs == "yes":
        await Choice(
            "protect",
            "Can they keep themself safe?",
            YES_NO_UNSURE,
            part=Part.FACTS,
            label=text("Can keep themself safe"),
        )
        await Say("Please ask your safeguarding lead today.")
