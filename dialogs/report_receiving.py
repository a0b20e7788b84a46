"""Who receives a report first: named, with the limits of its secrecy, before anything is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dialogs.cards import EMERGENCY, contacts, to_the_menu
from dialogs.choices import Choice, Option
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.codes import Role
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


class Unsent(StrEnum):
    """How it came that nobody receives a report."""

    STOPPED = "stopped"  #: the person said stop
    NOBODY = "nobody"  #: no agency is left that can receive it


NOTHING_SENT = {
    Unsent.STOPPED: text("Nothing was sent. You can come back at any time."),
    Unsent.NOBODY: text("I cannot send reports from there yet. Nothing was sent."),
}


async def name_receiver(start: Start, area: str, accused: frozenset[str]) -> Receiving | None:
    """The first agency the person agrees to; None when none is left or they stop, after saying so."""
    found = await agreed_receiver(start, area, accused)
    if isinstance(found, Receiving):
        return found
    await nothing_sent(start, NOTHING_SENT[found])
    return None


async def agreed_receiver(
    start: Start, area: str, accused: frozenset[str], *, no_landlord: bool = False, onward: Sequence[Option] = _ONWARD
) -> Receiving | Unsent:
    """The first agency the person agrees to. `no_landlord`: no landlord is asked to receive it first.

    Each agency is asked about under an id of its own, so that a yes to one is never a yes to another.
    """
    while candidates := able_to_receive(start, area, accused, no_landlord=no_landlord):
        agency = candidates[0]
        await _introduce(agency)
        answer = await Choice(f"receiving[{agency.id}]", "Shall we go on?", onward, required=True)
        if answer == "on":
            return Receiving(agency=agency, accused=accused)
        if answer == "stop":
            return Unsent.STOPPED
        accused = accused | {agency.organisation}
    return Unsent.NOBODY


def able_to_receive(start: Start, area: str, accused: frozenset[str], *, no_landlord: bool) -> tuple[Agency, ...]:
    """Who may receive a report first. Somebody may live with the one who hurt them: then no landlord may."""
    able = receiving_agencies(start.directory, area, start.joined, accused)
    return tuple(agency for agency in able if not (no_landlord and Role.LANDLORD in agency.roles))


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
