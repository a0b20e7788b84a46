"""What it has done to life, what would help most, and the few dangers that change who is looked at first."""

from dialogs.cards import EMERGENCY, contacts
from dialogs.children import is_child_in_danger
from dialogs.choices import Choices, Option
from dialogs.parts import Part
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import text

_AFFECTED = (
    Option("family", "Family or partner"),
    Option("children", "Children"),
    Option("friends", "Friends"),
    Option("neighbours", "Neighbours"),
    Option("group", "Many people of the same group"),
    Option("nobody", "Nobody else"),
)
_EFFECTS = (
    Option("fear", "More fear or worry"),
    Option("sleep", "Bad sleep"),
    Option("outside", "Going out less"),
    Option("unsafe", "Not feeling safe at home"),
    Option("left-home", "Left home because of it"),
    Option("work", "Work or school is harder"),
    Option("health", "Worse health"),
    Option("lonely", "Being more alone"),
    Option("hiding", "Hiding a part of oneself"),
    Option("money", "It cost money"),
    Option("little", "Not much has changed"),
)
_MOVE = "move"
_HELP = (
    Option("stop", "That it stops"),
    Option("safe", "To be safer"),
    Option("heard", "To be heard"),
    Option("talk", "Someone to talk to"),
    Option("company", "Someone to come along"),
    Option("repair", "Repairs or cleaning"),
    Option(_MOVE, "To move home"),
    Option("record", "Only that it is recorded"),
)
_RISKS = (
    Option("kill", "They said they would kill"),
    Option("weapon", "A weapon or fire"),
    Option("worse", "It is getting worse"),
    Option("home", "Home is not safe"),
    Option("near", "They live near, or come back"),
    Option("several", "Several act together"),
    Option("inside", "Too afraid to go out"),
    Option("self-harm", "Thoughts of self-harm"),
    Option("care", "A child or ill person is there"),
    Option("alone", "No one to turn to"),
    Option("meeting", "Court or a meeting soon"),
    Option("none", "None of these"),
)
_URGENT = frozenset({"kill", "weapon", "worse", "home", "self-harm"})


async def wishes(start: Start, *, home: bool) -> None:
    """Who suffers, how life has changed, and what would help most. `home`: staying or moving was asked already."""
    affected = await Choices(
        "affected",
        "Who else has it hurt or scared?",
        _AFFECTED,
        hint=text("Choose all that fit."),
        part=Part.FACTS,
        label=text("Others hurt or scared"),
    )
    await is_child_in_danger(start, mentioned="children" in affected)
    await Choices(
        "effects",
        "What has changed in daily life since?",
        _EFFECTS,
        part=Part.FACTS,
        label=text("How life has changed"),
    )
    offered = tuple(option for option in _HELP if not home or option.code != _MOVE)
    await Choices("help", "What would help most now?", offered, part=Part.FACTS, label=text("What would help"))


async def is_urgent(start: Start) -> bool:
    """The few questions about danger that change how fast staff must look; they never lower what anybody gets."""
    risks = await Choices(
        "urgent",
        "Is any of this so now?",
        _RISKS,
        hint=text("It helps staff see whom to help first. You need not answer."),
        part=Part.FACTS,
        label=text("Danger"),
    )
    if risks & _URGENT:
        await Say(EMERGENCY)
    if "self-harm" in risks:
        await Say("You need not be alone with this.")
        for line in contacts(start.directory, "samaritans"):
            await Say(line)
    child = await is_child_in_danger(start, mentioned="care" in risks)
    return bool(risks & _URGENT) or child
