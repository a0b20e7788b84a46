"""What it did to people and things, and what proof there is."""

from dialogs.choices import YES_NO_UNSURE, Choice, Choices
from dialogs.narrative import Evidence, Words
from dialogs.parts import Part
from dialogs.report_options import DAMAGE, DAMAGING, HURT, SEEN
from dialogs.texts import text


async def harm(types: frozenset[str]) -> None:
    """Injuries; damage, where things were damaged."""
    await Choices("hurt", "Was anyone hurt?", HURT, part=Part.FACTS, label=text("Hurt"))
    if types & DAMAGING:
        await Choices("damage", "What was damaged or taken?", DAMAGE, part=Part.FACTS, label=text("Damage"))
        await Choice(
            "damage_there", "Can it still be seen?", YES_NO_UNSURE, part=Part.FACTS, label=text("Can still be seen")
        )


async def proof() -> None:
    """Files to send, and who or what else saw it."""
    await Evidence(
        "evidence",
        "Do you have photos, videos or files to send?",
        hint=text("Never put yourself in danger to get them. If there are none, skip this."),
        part=Part.EVIDENCE,
        label=text("Photos and files"),
    )
    seen = await Choices("seen", "Who or what else saw it?", SEEN, part=Part.FACTS, label=text("Who saw it"))
    if "person" in seen:
        await _witnesses()


async def _witnesses() -> None:
    asked = await Choice(
        "ask_witness", "May that person be asked about it?", YES_NO_UNSURE, part=Part.FACTS, label=text("May be asked")
    )
    if asked == "yes":
        await Words(
            "witness",
            "Who are they, and how can they be reached?",
            hint=text("Only say this if they would agree."),
            part=Part.ACCOUNT,
            label=text("People who saw it"),
        )
