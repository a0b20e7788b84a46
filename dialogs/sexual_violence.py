"""Reporting sexual violence, in the order of Bristol's framework (seed 000; domain 3.1): care before questions.

Danger, age, health and when, so that nobody needs a receiver to find care; the limits of secrecy before any account;
wishes about the police, own words; then only what decides who can help. It can end at any question with the
people who help, and nothing leaves before "Send".
"""

from dataclasses import replace

from dialogs.beginning import answered, is_safe, say_who_may_look, which_area
from dialogs.care_needs import care_needs
from dialogs.report_check import ToSend
from dialogs.report_contact import how_to_reach
from dialogs.report_receiving import Receiving, agreed_receiver
from dialogs.report_teller import who_hears_news, who_is_telling
from dialogs.safe_phone import phone_is_safe
from dialogs.script import Say
from dialogs.sexual_about import own_words, was_it_close, was_it_hate, whom_it_is_for
from dialogs.sexual_age import how_old
from dialogs.sexual_health import health
from dialogs.sexual_home import same_building
from dialogs.sexual_police import choose_sharing, police_wish
from dialogs.sexual_sending import ONWARD, send_or_help
from dialogs.sexual_services import only_help
from dialogs.sexual_told import Told
from dialogs.start import Start
from dialogs.texts import text
from dialogs.worker_told import worker_told
from services_directory.routing import Situation

BOTH = "both"  # the answer to "What is it about?" that tells of a partner or family too


async def sexual_violence(start: Start) -> None:
    """From "are you safe?" to those who help, whether or not anything is sent."""
    told = await _begin(start)
    if told.teller.worker:
        await worker_told(start)
        return
    told = replace(told, area=await which_area(start))
    aged = await how_old(start, told)
    if aged is None:
        return
    told = await health(start, aged)
    receiving = await agreed_receiver(start, told.area, frozenset(), no_landlord=True, onward=ONWARD)
    if not isinstance(receiving, Receiving):
        await only_help(start, told, unsent=receiving)
        return
    wish = await police_wish(start, told, receiving.agency)
    if wish is None:
        await only_help(start, told)
        return
    await own_words()
    told = await _about(start, told, receiving)
    await care_needs(start, told.teller, area=told.area, age=told.age)
    await send_or_help(start, told, await _ready(start, told, receiving, wish))


async def _begin(start: Start) -> Told:
    await Say("There are 20 to 35 short questions. You can skip most.")
    await Say("I keep your answers for 24 hours.")
    safe = await is_safe(start, text("Sexual violence: safe now"))
    safe_phone = await phone_is_safe()
    if not safe_phone:
        await say_who_may_look()
    teller = await who_is_telling()
    return Told(teller=teller, safe=safe, safe_phone=safe_phone)


async def _about(start: Start, told: Told, receiving: Receiving) -> Told:
    """Hate, a partner or family, and whom services should be for; each asked neutrally, none of them needed."""
    about = await answered("about")
    told = await was_it_hate(start, told)
    told = await was_it_close(start, told, known=about is not None and about.stored == BOTH)
    return await whom_it_is_for(start, told, receiving.agency.name)


async def _ready(start: Start, told: Told, receiving: Receiving, wish: str) -> ToSend:
    safe_tonight = await same_building(start, told)
    situation = Situation(
        area=told.area,
        kinds=frozenset({"sexual", "home"} if told.close else {"sexual"}),
        relations=frozenset({told.close} if told.close else ()),
        accused=receiving.accused,
    )
    situation = replace(situation, contactable=await how_to_reach(receiving.agency.name, told.teller))
    if situation.contactable:
        await who_hears_news(told.teller)
    shared = await choose_sharing(start, situation, receiving.agency, wish=wish)
    urgent = not (told.safe and safe_tonight)
    return ToSend(agency=receiving.agency, situation=situation, urgent=urgent, shared=shared)
