"""Whom it was aimed at, and who did it: as the person sees it, without asking for proof."""

from dialogs.cards import contacts
from dialogs.choices import Choice, Choices
from dialogs.narrative import Line, Words
from dialogs.parts import Part
from dialogs.report_options import (
    AGES,
    AT_HOME,
    CHILD_AGES,
    LOCAL_STRANDS,
    OTHER_STRANDS,
    RELATIONS,
    SEXUAL,
    STRANDS,
)
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import text
from services_directory.model import Area


async def what_it_was_about(area: Area) -> None:
    """The strands, with those that are recorded in this area only; never judged."""
    local = tuple(option for code, option in LOCAL_STRANDS.items() if code in area.strands)
    strands = await Choices(
        "strands",
        "What do you think it was about?",
        (*STRANDS, *local, *OTHER_STRANDS),
        hint=text("Choose all that fit. It counts even if they only thought so, and were wrong."),
        part=Part.FACTS,
        label=text("What it was about"),
    )
    if "other" in strands:
        await Line(
            "other_strand",
            "How would you say what it was about?",
            part=Part.ACCOUNT,
            label=text("About, in own words"),
        )


async def how_old(start: Start) -> None:
    """The age of the person it happened to, so that a child finds help made for children (T26)."""
    age = await Choice(
        "age", "How old is the person it happened to?", AGES, part=Part.FACTS, label=text("Age of the person")
    )
    if age in CHILD_AGES:
        await Say("There is help made for children and young people.")
        for line in contacts(start.directory, "childline"):
            await Say(line)


async def who_did_it(start: Start, types: frozenset[str]) -> frozenset[str]:
    """How they are known, if at all, and what can be said of them."""
    relations = await Choices(
        "relations",
        "Who did it?",
        RELATIONS,
        hint=text("Choose all that fit. No name is needed."),
        part=Part.FACTS,
        label=text("Who did it"),
    )
    await _help_for(start, types, relations)
    await Words(
        "description",
        "What can you say about them?",
        hint=text("How many, what they looked like, a name, a car. Only what you know."),
        part=Part.ACCOUNT,
        label=text("About those who did it"),
    )
    return relations


async def _help_for(start: Start, types: frozenset[str], relations: frozenset[str]) -> None:
    """Where to turn after sexual violence or violence at home, which need more than a report."""
    if types & SEXUAL:
        await Say("Others can help too.")
        for line in contacts(start.directory, "rape-crisis-247"):
            await Say(line)
    if relations & AT_HOME:
        await Say("When a partner or family hurts you, others can help too.")
        for line in contacts(start.directory, "national-domestic-abuse-helpline"):
            await Say(line)
