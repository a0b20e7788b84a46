"""Reporting a hate incident or harassment: for the person hurt, a witness, or someone who tells for another."""

from dataclasses import replace

from dialogs.choices import YES_NO_UNSURE, Choice, Option
from dialogs.danger import danger_now
from dialogs.equality import equality
from dialogs.parts import Part
from dialogs.places import InArea
from dialogs.receipt import give_receipt, say_who_listens
from dialogs.report_check import ToSend, check_and_send
from dialogs.report_contact import how_to_reach
from dialogs.report_happened import own_words, what_they_did
from dialogs.report_longer import MORE, Told, longer
from dialogs.report_options import AGREES, FOR_OTHERS, ROLES
from dialogs.report_receiving import Receiving, name_receiver, nothing_sent
from dialogs.report_sharing import choose_others, others
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import counted, text
from services_directory.routing import Situation

_ENOUGH = (Option("enough", "No more questions"), Option("more", "A few more questions"))


async def report(start: Start) -> None:
    """From "are you safe?" to the receipt. It can end at any question, and nothing leaves before "Send"."""
    safe = await _is_safe(start)
    role = await _who_is_telling()
    area = await _which_area(start)
    receiving = await name_receiver(start, area, frozenset())
    if receiving is None:
        return
    ready = await _tell(start, receiving, area, urgent=not safe)
    if ready is None:
        return
    receipt = await check_and_send(start, ready)
    if receipt is None:
        await nothing_sent(start, text("Nothing was sent. You can come back at any time."))
        return
    await give_receipt(start, receipt, ready)
    await say_who_listens(start, role, ready)
    await equality(start, area)


async def _is_safe(start: Start) -> bool:
    """Asked once; whoever is not safe sees whom to call, and may still go on."""
    await Say("A short report has 8 questions. You can skip most of them.")
    await Say("I keep your answers for 24 hours.")
    safe = await Choice(
        "safe", "Are you safe right now?", YES_NO_UNSURE, part=Part.FACTS, label=text("Safe now"), required=True
    )
    if safe != "yes":
        await danger_now(start)
    return safe == "yes"


async def _who_is_telling() -> str:
    role = await Choice(
        "role", "Which of these is you?", ROLES, part=Part.FACTS, label=text("Who is telling"), required=True
    )
    if role in FOR_OTHERS:
        agrees = await Choice(
            "agrees", "Does that person know, and agree?", AGREES, part=Part.FACTS, label=text("The person agrees")
        )
        if agrees != "yes":
            await Say("Then we leave their name out. Please do not write it.")
    return role


async def _which_area(start: Start) -> str:
    return await InArea(
        "area",
        "Where did it happen?",
        start.directory,
        hint=text("Tap a place, or type a town or the start of a postcode. If it was online, say where you live."),
        part=Part.FACTS,
        label=text("Area"),
        required=True,
    )


async def _tell(start: Start, receiving: Receiving, area: str, *, urgent: bool) -> ToSend | None:
    """What happened, how to reach the person and who else may have it; None if nobody is left to send it to."""
    account = await own_words()
    types = frozenset() if account else await what_they_did(required=True)
    situation = Situation(area=area, kinds=types, accused=receiving.accused)
    told = Told(receiving=receiving, situation=situation, urgent=urgent)
    asked_more = await _wants_more_questions()
    if asked_more:
        further = await longer(start, told, types)
        if further is None:
            return None
        told = further
    agency = told.receiving.agency
    situation = replace(told.situation, contactable=await how_to_reach(agency.name))
    shared = None
    if asked_more:
        suggested = others(start, situation, agency)
        shared = await choose_others(suggested, contactable=situation.contactable)
    return ToSend(agency=agency, situation=situation, urgent=told.urgent, shared=shared)


async def _wants_more_questions() -> bool:
    await Say("Thank you for telling me.")
    hint = counted(
        "I can also ask about {count} more thing. You can skip it.",
        "I can also ask about {count} more things. You can skip any of them.",
        MORE,
    )
    return await Choice("more", "Is that enough for now?", _ENOUGH, hint=hint) == "more"
