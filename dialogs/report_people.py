"""Whom it was aimed at, and who did it: as the person sees it, without asking for proof."""

from dialogs.children import help_for_a_child
from dialogs.choices import Choice, Choices
from dialogs.narrative import Line, Words
from dialogs.parts import Part
from dialogs.report_hate import how_it_fits, who_sees_it_so
from dialogs.report_more_help import after_sexual_violence, hand_over
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
from dialogs.report_teller import Teller
from dialogs.sexual_told import FAMILY, PARTNER
from dialogs.start import Start
from dialogs.texts import text
from services_directory.model import Area


async def what_it_was_about(area: Area, teller: Teller | None = None) -> frozenset[str]:
    """The strands, with those that are recorded in this area only; never judged.

    `teller`: asks also how it fits, and who sees it so.
    """
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
    if teller is not None:
        await how_it_fits(strands, teller)
        await who_sees_it_so(strands, teller)
    return strands


async def how_old(start: Start, teller: Teller) -> str:
    """The age of the person it happened to, "" if skipped, so that a child finds help made for children (T26)."""
    age = await Choice(
        "age", "How old is the person it happened to?", AGES, part=Part.FACTS, label=text("Age of the person")
    )
    if age in CHILD_AGES:
        await help_for_a_child(start, age, teller)
    return age


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
        await after_sexual_violence(start)
    if relations & AT_HOME:
        await hand_over(start, PARTNER if PARTNER in relations else FAMILY)
