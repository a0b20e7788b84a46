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
from dialogs.report_longer import MORE, longer
from dialogs.report_options import AGREES, FOR_OTHERS, ROLES
from dialogs.report_receiving import Receiving, another_receiver, name_receiver, nothing_sent
from dialogs.report_sharing import choose_others, others
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import counted, text
from services_directory.routing import Situation

_ENOUGH = (Option("enough", "No more questions"), Option("more", "A few more questions"))


async def report(start: Start) -> None:
    """From "are you safe?" to the receipt; it can end at any question, and nothing leaves before "Send"."""
    safe = await _safe(start)
    role = await _who_is_telling()
    area = await _which_area(start)
    receiving = await name_receiver(start, area, frozenset())
    if receiving is None:
        return
    ready = await _tell(start, receiving, ToSend(agency=receiving.agency, situation=Situation(area=area), urgent=not safe))
    if ready is None:
        return
    receipt = await check_and_send(start, ready)
    if receipt is None:
        await nothing_sent(start, text("Nothing was sent. You can come back at any time."))
        return
    await give_receipt(start, receipt, ready)
    await say_who_listens(start, role, ready)
    await equality(start, area)
