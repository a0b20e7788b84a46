"""For a worker who has just been told: a calm list of what to do now, which becomes a report with tasks for staff.

It follows Bristol's framework for disclosures of sexual assault: safety, a doctor and the police, the manager, then the
words as they were said. Questions to the person are the worker's; nothing is asked for its own sake.
"""

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
from dialogs.worker_first import HATE, HOME, doctor, helpers, manager, person_is_safe, police, what_kind
from dialogs.worker_home import STEPS, further
from dialogs.worker_log import agreement, is_denied, log, person_agrees
from services_directory.routing import Situation

_ENOUGH = (Option("enough", "That is enough"), Option("more", "A few more questions"))
_OTHER = frozenset({HATE, "other"})  # what is surely no sexual violence
_STOPPED = text("Nothing was sent. You can come back at any time.")
_NOBODY = text("I cannot send reports from there yet. Nothing was sent.")


async def worker_told(start: Start) -> None:
    """From "is the person safe?" to the worker's own receipt. Nothing leaves before "Send"."""
    await Say("Thank you for listening to them. These are the first steps.")
    if await answered("role") is None:  # else it was said before
        await Say("I keep your answers for 24 hours.")
    safe = await person_is_safe(start)
    await doctor()
    wish = await police()
    kind = await what_kind(start)
    await manager()
    area = await _area(start)
    receiving = await agreed_receiver(start, area, frozenset(), no_landlord=kind not in _OTHER)
    if not isinstance(receiving, Receiving):
        await nothing_sent(start, _STOPPED if receiving is Unsent.STOPPED else _NOBODY)
        return
    ready = await _tell(start, receiving, kind, wish=wish, safe=safe)
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
    return frozenset({"told", "home" if kind == HOME else "sexual"})


async def _area(start: Start) -> str:
    before = await answered("area")
    return str(before.stored) if before is not None else await which_area(start)


async def _tell(start: Start, receiving: Receiving, kind: str, *, wish: str, safe: bool) -> ToSend:
    """The log, and how to reach the worker."""
    await _age(start)
    await person_agrees()
    await log()
    denied = await is_denied()
    await agreement(wish)
    urgent = not safe
    if await _wants_more():
        await further(kind, denied=denied)
        await _care(start, receiving.agency.area)
        urgent = await is_urgent(start) or urgent
    contactable = await how_to_reach(receiving.agency.name)
    situation = Situation(
        area=receiving.agency.area, kinds=kinds_of(kind), accused=receiving.accused, contactable=contactable
    )
    return ToSend(agency=receiving.agency, situation=situation, urgent=urgent)


async def _age(start: Start) -> None:
    if await answered("age") is None:
        await how_old(start, Teller(role=WORKER, agrees=False))
    age = await answered("age")
    if age is not None and age.stored in CHILD_AGES:
        await Say("For a child, tell your safeguarding lead now. You need nobody's yes for that.")


async def _care(start: Start, area: str) -> None:
    """Whom to call about an adult who needs care, where the worker said that this one does."""
    needs = await answered("care_needs")
    if needs is not None and needs.stored == "yes":
        for line in adults_team(start, area):
            await Say(line)
        await rest("care")


async def _wants_more() -> bool:
    hint = counted(
        "I can ask about {count} more thing. You can skip it.",
        "I can ask about {count} more things. You can skip any of them.",
        STEPS,
    )
    return await Choice("told_more", "Is that enough for now?", _ENOUGH, hint=hint) == "more"


async def _pass_on(start: Start, sent: ToSend, kind: str) -> None:
    """Thanks, and who can help the person and the worker."""
    await Say("Thank you for passing this on. Staff have a list of what to do and by when.")
    await Say("These people can help the person, and you too.")
    await helpers(start, kind, None if sent.situation.accused else sent.situation.area)
    await to_the_menu()
