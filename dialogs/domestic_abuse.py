"""When a partner or family hurts somebody: specialists at once, and a trained worker who calls if that is wanted.

Such abuse is no case of hate (seeds 003, 004 send it to its own policy): the bot asks nothing about risk, tells no
landlord, and hands a short report, marked as such, to people who are trained for it.
"""

from dataclasses import replace

from dialogs.beginning import is_safe, say_who_may_look, which_area
from dialogs.cards import EMERGENCY
from dialogs.choices import YES_NO, Choice
from dialogs.home_help import home_help
from dialogs.parts import Part
from dialogs.report_check import ToSend
from dialogs.report_contact import safe_contact
from dialogs.report_receiving import Receiving, able_to_receive, agreed_receiver
from dialogs.report_teller import who_hears_news, who_is_telling
from dialogs.safe_phone import phone_is_safe
from dialogs.script import Say
from dialogs.sexual_about import own_words, who_is_it
from dialogs.sexual_age import how_old
from dialogs.sexual_sending import ONWARD, send_or_help
from dialogs.sexual_services import choose_help, only_help
from dialogs.sexual_told import PARTNER_FAMILY, Told
from dialogs.start import Start
from dialogs.texts import text
from dialogs.worker_told import worker_told
from services_directory.routing import Situation

NOBODY: frozenset[str] = frozenset()


async def domestic_abuse(start: Start) -> None:
    """The phone first, then danger, who it is about, those who help, and a worker's call for whoever wants one."""
    begun = await _begin(start)
    if begun.teller.worker:
        await worker_told(start)
        return
    aged = await how_old(start, replace(begun, area=await which_area(start)), PARTNER_FAMILY)
    if aged is None:
        return
    told = replace(aged, close=str(await who_is_it(known=True)))
    await home_help(start, told)
    if not await _wants_a_worker(start, told):
        await choose_help(start, told, PARTNER_FAMILY)
        return
    receiving = await agreed_receiver(start, told.area, NOBODY, no_landlord=True, onward=ONWARD)
    if not isinstance(receiving, Receiving):
        await only_help(start, told, PARTNER_FAMILY, unsent=receiving)
        return
    await _hand_over(start, told, receiving)


async def _begin(start: Start) -> Told:
    await Say(EMERGENCY)
    await Say("I keep your answers for 24 hours. You can skip most questions.")
    safe_phone = await phone_is_safe()
    if not safe_phone:
        await say_who_may_look()
    safe = await is_safe(start, text("Harm by a partner or family: safe now"))
    return Told(teller=await who_is_telling(), safe=safe, safe_phone=safe_phone)


async def _wants_a_worker(start: Start, told: Told) -> bool:
    """Asked only where somebody could be told."""
    if not able_to_receive(start, told.area, NOBODY, no_landlord=True):
        return False
    wanted = await Choice(
        "worker_wanted",
        "Would you like a trained worker to contact you?",
        YES_NO,
        hint=text("Only in the way you say. I need a safe way for that."),
        part=Part.FACTS,
        label=text("Harm by a partner or family: a trained worker is wanted"),
    )
    return wanted == "yes"


async def _hand_over(start: Start, told: Told, receiving: Receiving) -> None:
    """A short report; without a safe way there is none, since nobody could make the call that was asked for."""
    await own_words()
    if not await safe_contact():
        await Say("Without a safe way, nobody can contact you.")
        await only_help(start, told, PARTNER_FAMILY)
        return
    await who_hears_news(told.teller)
    situation = Situation(
        area=told.area,
        kinds=frozenset({"home"}),
        relations=frozenset({told.close} if told.close else ()),
        accused=receiving.accused,
        contactable=True,
    )
    ready = ToSend(agency=receiving.agency, situation=situation, urgent=not told.safe)
    await send_or_help(start, told, ready, PARTNER_FAMILY)
