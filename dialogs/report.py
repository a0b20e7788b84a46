"""Reporting a hate incident or harassment: for the person hurt, a witness, or someone who tells for another."""

from dataclasses import replace

from dialogs.beginning import is_safe, which_area
from dialogs.choices import Choice, Option
from dialogs.commands import Receipt
from dialogs.equality import equality
from dialogs.receipt import give_receipt, say_who_listens
from dialogs.report_check import ToSend, check_and_send
from dialogs.report_contact import how_to_reach
from dialogs.report_happened import own_words, what_they_did
from dialogs.report_harm import harm_kinds
from dialogs.report_longer import Told, how_many, longer, not_to_a_landlord
from dialogs.report_receiving import name_receiver, nothing_sent
from dialogs.report_sharing import choose_others, others
from dialogs.report_teller import Teller, who_hears_news, who_is_telling
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import counted, text
from dialogs.worker_told import worker_told
from services_directory.routing import Situation

_ENOUGH = (Option("enough", "No more questions"), Option("more", "A few more questions"))


async def report(start: Start) -> None:
    """From "are you safe?" to the receipt. It can end at any question, and nothing leaves before "Send"."""
    await Say("A short report has 8 questions. You can skip most of them.")
    await Say("I keep your answers for 24 hours.")
    safe = await is_safe(start, text("Safe now"))
    teller = await who_is_telling()
    if teller.worker:
        await worker_told(start)
        return
    area = await which_area(start)
    receiving = await name_receiver(start, area, frozenset())
    if receiving is None:
        return
    situation = Situation(area=area, accused=receiving.accused)
    ready = await _tell(start, Told(receiving=receiving, situation=situation, urgent=not safe, teller=teller))
    if ready is None:
        return
    receipt = await check_and_send(start, ready)
    if receipt is None:
        await nothing_sent(start, text("Nothing was sent. You can come back at any time."))
        return
    await give_receipt(start, receipt, ready)
    await _say_if_joined(receipt)
    await say_who_listens(start, teller.role, ready)
    await equality(start, area)


async def _say_if_joined(receipt: Receipt) -> None:
    if receipt.joined:
        await Say("Staff see both together now.")
    elif receipt.joined is False:
        await Say("I could not put the two together.")


async def _tell(start: Start, told: Told) -> ToSend | None:
    """What happened, how to reach the person and who else may have it; None if nobody is left to send it to."""
    account = await own_words()
    types = frozenset() if account else await what_they_did(required=True)
    told = replace(told, situation=replace(told.situation, kinds=types | harm_kinds(types)))
    asked_more = await _wants_more_questions(told.teller)
    further = await (longer(start, told, types) if asked_more else not_to_a_landlord(start, told))
    if further is None:
        return None
    told = further
    agency = told.receiving.agency
    situation = replace(told.situation, contactable=await how_to_reach(agency.name, told.teller))
    if situation.contactable:
        await who_hears_news(told.teller)
    shared = None
    if asked_more:
        suggested = others(start, situation, agency)
        shared = await choose_others(suggested, contactable=situation.contactable)
    return ToSend(agency=agency, situation=situation, urgent=told.urgent, shared=shared, earlier=told.earlier)


async def _wants_more_questions(teller: Teller) -> bool:
    await Say("Thank you for telling me.")
    hint = counted(
        "I can also ask about {count} more thing. You can skip it.",
        "I can also ask about {count} more things. You can skip any of them.",
        how_many(teller),
    )
    return await Choice("more", "Is that enough for now?", _ENOUGH, hint=hint) == "more"
