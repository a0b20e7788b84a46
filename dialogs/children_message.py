"""For a child under 13 there is no form: people to call at once, and, only if wanted, a short message to staff.

The message says what would help and how to reach somebody safely. It asks nothing about what happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.beginning import answered
from dialogs.cards import contacts, to_the_menu
from dialogs.children import ADULTS_LINE, LINE, child_limits
from dialogs.choices import YES_NO, Choice, Choices, Option
from dialogs.parts import Part
from dialogs.receipt import give_receipt
from dialogs.report_check import ToSend, check_and_send
from dialogs.report_contact import TIMES, safe_way
from dialogs.report_receiving import NOTHING_SENT, Receiving, Unsent, able_to_receive, agreed_receiver
from dialogs.script import Say
from dialogs.sexual_services import lines, who_helps
from dialogs.sexual_told import CHILD, SEXUAL_VIOLENCE, Told
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.routing import Situation

_SMALL: Mapping[bool, tuple[Text, ...]] = {
    True: (text("Thank you for telling me. This is not your fault."), text("Tell a grown-up you trust.")),
    False: (text("Listen to the child, and ask nothing more. Write down what they say."),),
}
_ASKS: Mapping[bool, Text] = {
    True: text("Shall I ask someone to help you?"),
    False: text("Shall I ask someone to help the child?"),
}
_WOULD_HELP = (
    Option("talk", "Someone to talk to"),
    Option("safe", "A safe place"),
    Option("doctor", "A doctor or nurse"),
    Option("grown-up", "Help to tell a grown-up"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """A small child in a dialog. `child_tells`: whether whoever reads the screen is a child too."""

    told: Told
    need: str
    child_tells: bool


async def small_child(start: Start, small: Small) -> None:
    """The people first; then whether someone should be asked to help. Nothing leaves before "Send"."""
    await _people(start, small)
    if not able_to_receive(start, small.told.area, frozenset(), no_landlord=True):
        await to_the_menu()
        return
    wanted = await Choice(
        "child_help", _ASKS[small.told.mine], YES_NO, hint=text("Nothing is sent until you tap “Send”.")
    )
    if wanted == "yes":
        await _message(start, small)
        return
    await Say("That is OK. You can call any time.")
    await _ends(start, small)


async def _people(start: Start, small: Small) -> None:
    told = small.told
    for words in _SMALL[small.child_tells]:
        await Say(words)
    await Say("If it may happen again now, call 999. I cannot call for you.")
    for line in contacts(start.directory, LINE, *(() if told.mine else (ADULTS_LINE,))):
        await Say(line)
    found = who_helps(start, told.seeker(start, CHILD))
    for line in lines(start, [match for match in found if match.service.area == told.area][:1], links=False):
        await Say(line)


async def _message(start: Start, small: Small) -> None:
    receiving = await agreed_receiver(start, small.told.area, frozenset(), no_landlord=True)
    if not isinstance(receiving, Receiving):
        await Say(NOTHING_SENT[receiving])
        await _ends(start, small)
        return
    for line in child_limits(start, sexual=small.need == SEXUAL_VIOLENCE, young=small.child_tells):
        await Say(line)
    await Choices("child_needs", "What would help now?", _WOULD_HELP, part=Part.FACTS, label=text("What would help"))
    if not await safe_way():
        await Say("Without a safe way, nobody can contact you.")
        await _ends(start, small)
        return
    await _safe_times()
    ready = ToSend(agency=receiving.agency, situation=_situation(small, receiving), urgent=True, shared=())
    receipt = await check_and_send(start, ready)
    if receipt is None:
        await Say(NOTHING_SENT[Unsent.STOPPED])
    else:
        await give_receipt(start, receipt, ready)
        await Say("You did well to ask for help.")
    await _ends(start, small)


async def _safe_times() -> None:
    """A letter comes when it comes."""
    way = await answered("contact_way")
    if way is not None and way.stored == "post":
        return
    await Choices(
        "contact_times", "When can nobody else see or hear it?", TIMES, part=Part.CONTACT, label=text("Safe times")
    )


def _situation(small: Small, receiving: Receiving) -> Situation:
    told = small.told
    return Situation(
        area=told.area,
        kinds=frozenset({"sexual" if small.need == SEXUAL_VIOLENCE else "home"}),
        relations=frozenset({told.close} if told.close else ()),
        accused=receiving.accused,
        contactable=True,
    )


async def _ends(start: Start, small: Small) -> None:
    for line in contacts(start.directory, LINE, *(() if small.told.mine else (ADULTS_LINE,))):
        await Say(line)
    await to_the_menu()
