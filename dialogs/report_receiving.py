"""Who receives a report first: named, with the limits of its secrecy, before anything is told."""

from dataclasses import dataclass

from dialogs.cards import EMERGENCY, contacts, to_the_menu
from dialogs.choices import Choice, Option
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.model import Agency
from services_directory.routing import Situation, receiving_agencies

_ONWARD = (
    Option("on", "Go on"),
    Option("accused", "They are part of this"),
    Option("stop", "Stop here"),
)
_LOOK = (Option("yes", "Yes"), Option("stop", "Stop here"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiving:
    """The agency a report first reaches, and the organisations that must never learn of it."""

    agency: Agency
    accused: frozenset[str]


async def name_receiver(start: Start, area: str, accused: frozenset[str]) -> Receiving | None:
    """The first agency the person agrees to; None when none is left or they stop, after saying so.

    Each agency is asked about under an id of its own, so that a yes to one is never a yes to another.
    """
    while candidates := receiving_agencies(start.directory, area, start.joined, accused):
        agency = candidates[0]
        await _introduce(agency)
        answer = await Choice(f"receiving[{agency.id}]", "Shall we go on?", _ONWARD, required=True)
        if answer == "on":
            return Receiving(agency=agency, accused=accused)
        if answer == "stop":
            await nothing_sent(start, text("Nothing was sent. You can come back at any time."))
            return None
        accused = accused | {agency.organisation}
    await nothing_sent(start, text("I cannot send reports from there yet. Nothing was sent."))
    return None


async def _introduce(agency: Agency) -> None:
    """Who it is and what it cannot keep to itself: in its own case, or in common words where those are not known."""
    if agency.limits:
        await Say(text("This would go to {agency}.", agency=agency.name))
    else:
        await Say(text("This would go to {agency}. {about}", agency=agency.name, about=agency.about))
    if agency.must_tell_police:
        await Say("They must tell the police that something happened. You choose what else.")
    if agency.limits:
        await Say(text("{limits}", limits=agency.limits))
    elif agency.must_tell_police:
        await Say("In danger, or for a court, they may say more.")
    else:
        await Say("They keep it private. They may tell others if a child or adult is in danger.")
        await Say("A court can order it too.")


async def another_receiver(start: Start, receiving: Receiving, situation: Situation) -> Receiving | None:
    """The same receiver, unless it turned out to be accused: then it is left out and the next one is named."""
    if receiving.agency.organisation not in situation.accused:
        return Receiving(agency=receiving.agency, accused=situation.accused)
    await Say(text("{agency} may be part of this. So they will not learn of it.", agency=receiving.agency.name))
    if await Choice("look_further", "Shall I look for someone else to tell?", _LOOK) == "stop":
        await nothing_sent(start, text("Nothing was sent. You can come back at any time."))
        return None
    return await name_receiver(start, situation.area, situation.accused)


async def nothing_sent(start: Start, words: Text) -> None:
    """The end of a report that goes nowhere, with others who can help."""
    await Say(words)
    await Say(EMERGENCY)
    await Say("Others can help.")
    for line in contacts(start.directory, "police-101", "true-vision", "victim-support"):
        await Say(line)
    await to_the_menu()
