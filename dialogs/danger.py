"""For somebody who is not safe now: whom to call. It asks nothing that is kept and sends nothing."""

from collections.abc import Iterator

from dialogs.cards import EMERGENCY, contacts, explained, for_the_young
from dialogs.choices import Choice, Option
from dialogs.help_lines import at_once
from dialogs.script import Say
from dialogs.service_card import match_of
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.hours import Closed

DANGERS = (
    Option("here", "Someone may hurt me now"),
    Option("hurt", "Someone is badly hurt"),
    Option("self", "I may hurt myself"),
    Option("home", "A partner or family hurts me"),
    Option("sexual", "Sexual violence"),
    Option("marriage", "Forced to marry"),
    Option("held", "Held, or made to work"),
    Option("child", "A child is in danger"),
)

_ADVICE: dict[str, tuple[Text, ...]] = {
    "here": (
        text("Call 999 now. If you can, go where other people are."),
        text("When you are safe, you can talk to someone."),
    ),
    "hurt": (
        text("Call 999 and ask for an ambulance."),
        text("After pills, or hands on the neck, always see a doctor. Harm can come later."),
        text("For other health advice, there is this number."),
    ),
    "self": (
        text("I am glad you told me. If you may hurt yourself now, call 999."),
        text("You need not be alone with this."),
    ),
    "home": (
        text("In danger now, call 999. This is not your fault."),
        text("Use a phone that nobody else can check."),
    ),
    "sexual": (
        text("If it may happen again now, call 999. This is not your fault."),
        text("You can get health care and not tell the police."),
    ),
    "marriage": (
        text("In danger now, call 999. You have the right to say no."),
        text("Do not tell anyone in your family."),
        text("Tell a friend you trust. Say when your family wants you to travel."),
    ),
    "held": (
        text("In danger now, call 999. This is not your fault."),
        text("Do not tell the person who holds you that you ask for help."),
    ),
    "child": (
        text("If a child is in danger now, call 999."),
        text("A child can call this number too."),
    ),
}

_EXPLAINED: dict[str, tuple[str, ...]] = {
    "self": ("nhs-111-option-2",),
    "held": ("modern-slavery-helpline",),
}
_MAY_BE_A_CHILD = frozenset({"home", "sexual", "marriage"})  # whose age nobody has asked here

_ALSO: dict[str, tuple[str, ...]] = {
    "here": ("victim-support",),
    "hurt": ("nhs-111-option-2",),
    "self": ("samaritans", "childline", "papyrus"),
    "home": ("national-domestic-abuse-helpline", "mens-advice-line", "galop"),
    "sexual": ("victim-support", "galop"),
    "marriage": ("karma-nirvana",),
    "child": ("childline", "nspcc"),
}


async def danger_now(start: Start) -> None:
    """The emergency numbers, then those that fit the kind of danger."""
    await Say(EMERGENCY)
    await Say("I cannot call for you.")
    await Say("If you cannot hear or speak, text 999 from a registered phone.")
    for line in (*contacts(start.directory, "999-bsl"), *explained(start.directory, "relay-uk")):
        await Say(line)
    danger = await Choice("danger", "What is the danger?", DANGERS)
    for words in _ADVICE.get(danger, (text("In danger now, call 999. Others can help too."),)):
        await Say(words)
    for line in contacts(start.directory, *_ALSO.get(danger, () if danger else ("victim-support", "samaritans"))):
        await Say(line)
    for line in explained(start.directory, *_EXPLAINED.get(danger, ())):
        await Say(line)
    for line in _there_now(start) if danger == "marriage" else ():
        await Say(line)
    for line in for_the_young(start.directory) if danger in _MAY_BE_A_CHILD else ():
        await Say(line)
    await Choice("danger_next", "Shall we carry on?", (Option("carry-on", "Carry on"),), required=True)


def _there_now(start: Start) -> Iterator[Text]:
    """The government's unit against forced marriage, and whom to call while it is closed."""
    units = (service for service in start.directory.services_for(None) if service.id == "forced-marriage-unit")
    for unit in units:
        match = match_of(start, unit)
        yield at_once(start, match, links=False)
        if isinstance(match.state, Closed) and unit.hours_note:
            yield text("{words}", words=unit.hours_note)
