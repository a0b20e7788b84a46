"""For a worker who has just been told: a calm list of what to do now, which becomes a report with tasks for staff.

It follows Bristol's framework for disclosures of sexual assault: safety, a doctor and the police, the manager, then the
words as they were said. Questions to the person are the worker's; nothing is asked for its own sake.
"""

from dataclasses import dataclass

from dialogs.beginning import answered, rest, which_area
from dialogs.cards import to_the_menu
from dialogs.care_needs import adults_team
from dialogs.choices import Choice, Option
from dialogs.receipt import give_receipt
from dialogs.report_check import ToSend, check_and_send
from dialogs.report_contact import how_to_reach
from dialogs.report_options import CHILD_AGES, WORKER
from dialogs.report_people import how_old
from dialogs.report_receiving import Receiving, Unsent, agreed_receiver, nothing_sent
from dialogs.report_teller import Teller
from dialogs.report_wishes import is_urgent
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import counted, text
from dialogs.worker_first import BOTH, HATE, HOME, doctor, helpers, manager, person_is_safe, police, what_kind
from dialogs.worker_home import further, how_many
from dialogs.worker_log import agreement, is_denied, log, person_agrees
from services_directory.routing import Situation

_ENOUGH = (Option("enough", "That is enough"), Option("more", "A few more questions"))
_OTHER = frozenset({HATE, "other"})  # what is surely no sexual violence
_BROUGHT = {HOME: ("home",), BOTH: ("sexual", "home")}  # the kinds of report; of all others it may be sexual violence
_STOPPED = text("Nothing was sent. You can come back at any time.")
_NOBODY = text("I cannot send reports from there yet. Nothing was sent.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """What the worker said before the log. `child`: it happened to one. `wish`: about the police, as a code."""

    kind: str
    child: bool
    wish: str
    safe: bool


async def worker_told(start: Start) -> None:
    """From "is the person safe?" to the worker's own receipt. Nothing leaves before "Send"."""
    await Say("Thank you for listening to them. These are the first steps.")
    if await answered("role") is None:  # else it was said before
        await Say("I keep your answers for 24 hours.")
    safe = await person_is_safe(start)
    age = await _age(start)
    await doctor()
    wish = "" if age in CHILD_AGES else await police()
    kind = await what_kind(start, age)
    await manager()
    area = await _area(start)
    receiving = await agreed_receiver(start, area, frozenset(), no_landlord=kind not in _OTHER)
    if not isinstance(receiving, Receiving):
        await nothing_sent(start, _STOPPED if receiving is Unsent.STOPPED else _NOBODY)
        return
    heard = _Heard(kind=kind, child=age in CHILD_AGES, wish=wish, safe=safe)
    ready = await _tell(start, receiving, heard)
    receipt = await check_and_send(start, ready)
    if receipt is None:
        await nothing_sent(start, _STOPPED)
        return
    await give_receipt(start, receipt, ready)
    await _pass_on(start, ready, kind)


def kinds_of(kind: str) -> frozenset[str]:
    """The kinds of report. Where it is not known, it may be sexual violence: no step is left out."""
    if kind in _OTHER:
        return frozenset({"told"})
    return frozenset({"told", *_BROUGHT.get(kind, ("sexual",))})


async def _area(start: Start) -> str:
    before = await answered("area")
    return str(before.stored) if before is not None else await which_area(start)


async def _tell(start: Start, receiving: Receiving, heard: _Heard) -> ToSend:
    """The log, and how to reach the worker. Of a child's yes, or what the police may be told, nothing is asked."""
    if not heard.child:
        await person_agrees()
    await log()
    denied = await is_denied(child=heard.child)
    if not heard.child:
        await agreement(heard.wish)
    urgent = not heard.safe
    if await _wants_more(how_many(heard.kind, denied=denied, child=heard.child)):
        await further(heard.kind, denied=denied, child=heard.child)
        await _care(start, receiving.agency.area)
        urgent = await is_urgent(start) or urgent
    contactable = await how_to_reach(receiving.agency.name)
    situation = Situation(
        area=receiving.agency.area, kinds=kinds_of(heard.kind), accused=receiving.accused, contactable=contactable
    )
    return ToSend(agency=receiving.agency, situation=situation, urgent=urgent)


async def _age(start: Start) -> str:
    """Asked second: with a child nearly everything that follows is another. "" if skipped."""
    if await answered("age") is None:
        await how_old(start, Teller(role=WORKER, agrees=False))
    age = await answered("age")
    if age is None or age.stored not in CHILD_AGES:
        return str(age.stored or "") if age else ""
    await Say("Tell your safeguarding lead now. You need nobody's yes.")
    await Say("Do not ask the child about it. Write only what they said themselves.")
    await Say("Do not speak to the one who did it.")
    return str(age.stored)


async def _care(start: Start, area: str) -> None:
    """Whom to call about an adult who needs care, where the worker said that this one does."""
    needs = await answered("care_needs")
    if needs is not None and needs.stored == "yes":
        for line in adults_team(start, area):
            await Say(line)
        await rest("care")


async def _wants_more(count: int) -> bool:
    hint = counted(
        "I can ask about {count} more thing. You can skip it.",
        "I can ask about {count} more things. You can skip any of them.",
        count,
    )
    return await Choice("told_more", "Is that enough for now?", _ENOUGH, hint=hint) == "more"


async def _pass_on(start: Start, sent: ToSend, kind: str) -> None:
    """Thanks, and who can help the person and the worker."""
    await Say("Thank you for passing this on. Staff have a list of what to do and by when.")
    await Say("These people can help the person, and you too.")
    await helpers(start, kind, None if sent.situation.accused else sent.situation.area)
    await to_the_menu()
