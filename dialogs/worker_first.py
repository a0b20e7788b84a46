"""What a worker who was just told does at once: is the person safe, is a doctor needed, the police, the manager."""

from dialogs.beginning import answered
from dialogs.cards import EMERGENCY, contact
from dialogs.children import for_age
from dialogs.choices import YES_NO_UNSURE, Choice, Option
from dialogs.danger import danger_now
from dialogs.parts import Part
from dialogs.report_options import CHILD_AGES, band
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.signpost import Seeker, signposts

SEXUAL, HATE, HOME, BOTH, _UNSURE = "sexual", "hate", "home", "both", "unsure"
CLOSE = frozenset({HOME, BOTH})  # a partner or family did it
SELF, NOT_SURE, NO, KNOWN = "self", "unsure", "no", "known"  # what the person wishes about the police
_KINDS = (
    Option(SEXUAL, "Sexual violence"),
    Option(HATE, "Hate because of who they are"),
    Option(HOME, "Harm by partner or family"),
    Option("other", "Something else"),
    Option(_UNSURE, "I am not sure"),
)
_POLICE = (
    Option(SELF, "Yes, they want to"),
    Option(NOT_SURE, "They are not sure"),
    Option(NO, "No"),
    Option(KNOWN, "The police know already"),
)
_MANAGER = (Option("yes", "Yes"), Option("now", "I will do it now"), Option("no", "Not yet"))
_WISH: dict[str, Text] = {
    SELF: text("Help them to do it. You can offer to come along."),
    NOT_SURE: text("That is OK. A support worker can talk it over with them."),
    NO: text("That is OK. They can still get help."),
    KNOWN: text("If there is a number for it, keep it safe."),
}
_SAID_BEFORE = {"sexual": SEXUAL, "both": BOTH, "partner": HOME}  # by the question "about"
_NEEDS = {SEXUAL: "sexual-violence", BOTH: "sexual-violence", HOME: "partner-family", HATE: "hate"}
_HELPERS = 3


async def person_is_safe(start: Start) -> bool:
    """Asked first of all; where the person is not safe, whom to call."""
    safe = await Choice(
        "person_safe",
        "Is the person safe right now?",
        YES_NO_UNSURE,
        part=Part.FACTS,
        label=text("The person is safe"),
    )
    if safe == "yes":
        return True
    if safe and await answered("danger_next") is None:
        await danger_now(start)
    else:
        await Say(EMERGENCY)
    return not safe


async def doctor() -> None:
    """The first half of the framework's question 1."""
    needed = await Choice(
        "medical",
        "Do they want to see a doctor or nurse?",
        YES_NO_UNSURE,
        hint=text("Ask them. It is their choice."),
        part=Part.FACTS,
        label=text("Wants medical help"),
    )
    if needed == "yes":
        await Say("Help them to get there. If it is bad, call 999.")


async def police() -> str:
    """The other half: a code of the wish, "" if skipped. Every wish is fine."""
    wish = await Choice(
        "police", "Do they want to tell the police?", _POLICE, part=Part.FACTS, label=text("Wants to tell the police")
    )
    if wish:
        await Say(_WISH[wish])
    return wish


async def what_kind(start: Start, age: str) -> str:
    """What it is about, as far as it decides who helps; then care, whom to call, and whom nobody speaks to."""
    about = await answered("about")  # at the door for sexual violence and for partners it was asked before
    kind = _SAID_BEFORE.get(about.stored, _UNSURE) if about is not None else await _told_kind()
    if kind in (SEXUAL, BOTH):
        await _care(start, age)
    if kind in CLOSE:
        await Say("Do not speak to the partner or family. That is for a trained worker.")
    return kind


async def _care(start: Start, age: str) -> None:
    """Of a child, staff may have to tell the police: nothing else is said to them."""
    if age not in CHILD_AGES:
        await Say("They can get care and not tell the police. If they can, they wait to wash.")
        await Say("If they have washed, it is OK.")
    for line in for_age(start, band(age), "rape-crisis-247", "victim-support"):
        await Say(line)


async def _told_kind() -> str:
    return await Choice(
        "told_kind", "What were you told about?", _KINDS, part=Part.FACTS, label=text("What it is about")
    )


async def manager() -> None:
    """The next most senior person must know at once."""
    told = await Choice("manager", "Have you told your manager?", _MANAGER, part=Part.FACTS, label=text("Manager told"))
    if told != "yes":
        await Say("Please tell them now. If nobody is there, tell the next most senior person.")


async def helpers(start: Start, kind: str, area: str | None) -> None:
    """A few services that fit, each with the quickest way to reach it."""
    age = await answered("age")
    seeker = Seeker(
        need=_NEEDS.get(kind, ""),
        area=area,
        age=band(age.stored if age else ""),
        partner=kind in CLOSE,
        hate=kind == HATE,
        at=start.now,
    )
    found = signposts(start.directory, seeker, start.holidays)
    for service in [match.service for match in found if match.service.reachable][:_HELPERS]:
        await Say(contact(service))
