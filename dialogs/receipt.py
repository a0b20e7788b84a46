"""After sending: the code, what happens next, and people who listen."""

from collections.abc import Iterable
from datetime import timedelta

from dialogs.cards import contact
from dialogs.code import KeptCode
from dialogs.commands import Receipt
from dialogs.report_check import ToSend
from dialogs.report_options import AT_HOME, SEXUAL
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import Text, counted, text
from services_directory.model import Deadline
from services_directory.signpost import Seeker, signposts

_HOUR = timedelta(hours=1)
_LISTENERS = 2


async def give_receipt(start: Start, receipt: Receipt, sent: ToSend) -> None:
    """Shows the code once, with what it is for."""
    await Say(text("Your report is with {agency}.", agency=sent.agency.name))
    await Say(text("Your code is {code}. I cannot show it again.", code=receipt.code), copy=receipt.code)
    await Say("To ask about your report, or to take it back, give them this code.")
    for words in _what_is_next(start, sent):
        await Say(words)
    hint = text("To be sure, you can type its last four digits.")
    await KeptCode("kept_code", "Have you put the code in a safe place?", receipt.code, hint=hint)


def _what_is_next(start: Start, sent: ToSend) -> Iterable[Text]:
    """Only what the directory says; no promise is made for anybody."""
    if not sent.situation.contactable:
        return (text("They have no way to reach you."),)
    if sent.agency.response is not None:
        return (text("{response}", response=sent.agency.response),)
    clock = "first-contact-urgent" if sent.urgent else "first-contact"
    return (_within(start.directory.area(sent.situation.area).deadline(clock)),)


def _within(deadline: Deadline) -> Text:
    if deadline.elapsed is None:
        return counted(
            "They should contact you within {count} working day.",
            "They should contact you within {count} working days.",
            deadline.working_days or 1,
        )
    return counted(
        "They should contact you within {count} hour.",
        "They should contact you within {count} hours.",
        max(1, -(-deadline.elapsed // _HOUR)),
    )


async def say_who_listens(start: Start, role: str, sent: ToSend) -> None:
    """Thanks, and two services that fit what was reported and where."""
    await Say("Thank you for telling us.")
    if role == "self":
        await Say("What they did is not your fault.")
    await Say("You can talk to these people.")
    found = signposts(start.directory, _seeker(start, sent), start.holidays)
    called = [match.service for match in found if match.service.phone]
    for service in called[:_LISTENERS]:
        await Say(contact(service))


def _seeker(start: Start, sent: ToSend) -> Seeker:
    """Who can help after such a report. Where somebody here is part of it, only people from elsewhere."""
    situation = sent.situation
    home = bool(situation.relations & AT_HOME)
    need = "sexual-violence" if situation.kinds & SEXUAL else "partner-family" if home else "hate"
    area = None if situation.accused else situation.area
    return Seeker(need=need, area=area, partner=home, hate=not home, at=start.now)
