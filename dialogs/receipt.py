"""After sending: the code, what happens next, and people who listen."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from dialogs.beginning import answered
from dialogs.cards import contact
from dialogs.choices import Option
from dialogs.code import KeptCode
from dialogs.commands import Receipt
from dialogs.report_check import ToSend
from dialogs.report_options import AT_HOME, SEXUAL, WITNESS, band
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import Text, counted, text
from services_directory.model import Deadline
from services_directory.signpost import Seeker, signposts

_WHERE = Option("where", "Where can I keep it?")
_HOUR = timedelta(hours=1)
_LISTENERS = 2
_CARE = "victim-care"  # the kind of service that listens to those who saw it too
_TO_THE_TELLER: dict[str, tuple[Text, ...]] = {
    "self": (text("What they did is not your fault."),),
    WITNESS: (text("What you saw can stay with you."),),
    "for-someone": (text("It is good that you stand by them."),),
}


async def give_receipt(start: Start, receipt: Receipt, sent: ToSend) -> None:
    """Shows the code, with what it is for, and where it can be kept to whoever asks."""
    await Say(text("Your report is with {agency}.", agency=sent.agency.name))
    await Say(text("Your code is {code}. I can show it only now.", code=receipt.code), copy=receipt.code)
    await Say("Come back with it for news or to write. You can also take it back.")
    for words in _what_is_next(start, sent):
        await Say(words)
    hint = text("You can also type its last four digits.")
    kept = await KeptCode(
        "kept_code", "Have you put the code in a safe place?", receipt.code, further=(_WHERE,), hint=hint
    )
    if kept == _WHERE.code:
        await _where_to_keep(receipt)


async def _where_to_keep(receipt: Receipt) -> None:
    """Places that others who use the phone do not see first, then the ones they might."""
    await Say("On paper, in a place where only you look.")
    await Say("In your head: learn four digits at a time.")
    await Say("With a person you trust. They could open your report with it.")
    await Say("You can copy it with the button. Others who use this phone may find it.")
    await Say(text("Your code is {code}.", code=receipt.code), copy=receipt.code)
    await KeptCode("kept_code_now", "Have you kept the code now?", receipt.code)


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
    """Thanks, and two services that fit who tells, what was reported and where; a witness has help of their own."""
    await Say("Thank you for telling us.")
    for words in _TO_THE_TELLER.get(role, ()):
        await Say(words)
    await Say("You can talk to these people.")
    age = await answered("age")
    seeker = _seeker(start, sent, witness=role == WITNESS)
    seeker = replace(seeker, age=band(age.stored if age else ""))
    found = signposts(start.directory, seeker, start.holidays)
    called = [match.service for match in found if match.service.phone]
    if role == WITNESS:
        called.sort(key=lambda service: _CARE not in service.kinds)
    for service in called[:_LISTENERS]:
        await Say(contact(service))


def _seeker(start: Start, sent: ToSend, *, witness: bool) -> Seeker:
    """Who can help after such a report. Where somebody here is part of it, only people from elsewhere."""
    situation = sent.situation
    home = bool(situation.relations & AT_HOME)
    need = "sexual-violence" if situation.kinds & SEXUAL else "partner-family" if home else "hate"
    need = WITNESS if witness and need == "hate" else need
    area = None if situation.accused else situation.area
    return Seeker(need=need, area=area, partner=home, hate=not home, at=start.now)
