"""What it did to people and things, what proof there is, and what would help."""

from dialogs.cards import EMERGENCY
from dialogs.choices import YES_NO_UNSURE, Choice, Choices
from dialogs.narrative import Evidence, Line, Words
from dialogs.parts import Part
from dialogs.report_options import DAMAGE, DAMAGING, EFFECTS, HELP, HURT, OFFICES, RISKS, SEEN, TOLD, URGENT
from dialogs.script import Say
from dialogs.texts import text
from dialogs.when import When


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


async def told_before() -> None:
    """Who has heard of it, when, and under which number."""
    told = await Choices(
        "told", "Who has been told about it already?", TOLD, part=Part.FACTS, label=text("Told already")
    )
    if told & OFFICES:
        await When("told_when", "When were they told?", part=Part.FACTS, label=text("Told on"))
        await Line(
            "told_reference",
            "Did they give a number for it?",
            hint=text("It is often on a letter or in a message. Skip this if there is none."),
            part=Part.ACCOUNT,
            label=text("Their number for it"),
        )


async def wishes() -> None:
    """How life has changed, and what would help most."""
    await Choices(
        "effects", "What has changed in daily life since?", EFFECTS, part=Part.FACTS, label=text("How life has changed")
    )
    await Choices("help", "What would help most now?", HELP, part=Part.FACTS, label=text("What would help"))


async def is_urgent() -> bool:
    """The few questions about danger that change how fast staff must look."""
    risks = await Choices(
        "urgent",
        "Is any of this so now?",
        RISKS,
        hint=text("Staff look at these reports first."),
        part=Part.FACTS,
        label=text("Danger"),
    )
    if risks & URGENT:
        await Say(EMERGENCY)
    return bool(risks & URGENT)
