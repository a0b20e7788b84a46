"""What the person wishes about the police: each way as Bristol's framework (seed 000) has it, none of them pressed."""

from collections.abc import Iterable, Mapping

from dialogs.beginning import rest
from dialogs.cards import contacts
from dialogs.children import LINE, for_age
from dialogs.choices import YES_NO, Choice, Choices, Option
from dialogs.parts import Part
from dialogs.report_options import CHILD_AGES
from dialogs.report_sharing import Shared, choose_others, others
from dialogs.script import Say
from dialogs.sexual_services import adviser, anonymous_ways
from dialogs.sexual_told import Told
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.model import Agency
from services_directory.routing import Situation
from services_directory.suiting import POLICE, SEXUAL

_ASKS: Mapping[bool, Text] = {
    True: text("Would you like to tell the police?"),
    False: text("Does that person want to tell the police?"),
}
_MAY_STILL: Mapping[bool, Text] = {
    True: text("Staff may still have to tell someone, to keep you safe."),
    False: text("Staff may still have to tell someone, to keep that person safe."),
}
_SELF, _KNOWN = "self", "known"
_WISHES = (
    Option(_SELF, "Yes"),
    Option("unsure", "I am not sure"),
    Option("no", "No"),
    Option(_KNOWN, "They know already"),
)
_MAY_BE_SAID = (
    Option("when", "When it was"),
    Option("where", "Where it was"),
    Option("what", "What happened"),
    Option("who-did-it", "Who did it"),
    Option("name", "The name of who was hurt"),
)
_NOT_NOW = frozenset({"no", "unsure"})  # nobody who said so is asked again whether the police may have the report


async def police_wish(start: Start, told: Told, receiving: Agency) -> str | None:
    """The wish, "" if skipped; None if the person would only see who helps."""
    wish = await Choice(
        "police",
        _ASKS[told.mine],
        _WISHES,
        hint=text("Any answer is OK."),
        part=Part.FACTS if told.teller.agrees else None,  # another's guess is not the person's wish
        label=text("The police"),
    )
    if wish == _SELF:
        await _themselves(start, told)
    elif wish == "unsure":
        await _unsure(start, told)
    elif wish == "no":
        await _no_police(start, told)
    if wish in _NOT_NOW and not await rest("police", may_leave=True):
        return None
    if receiving.must_tell_police and wish not in (_SELF, _KNOWN):
        await _agree(told)
    return wish


async def _themselves(start: Start, told: Told) -> None:
    await Say("In danger, call 999.")
    for line in contacts(start.directory, "police-101"):
        await Say(line)
    for service in start.directory.services_for(told.area):
        if service.area == told.area and service.kinds >= {POLICE, SEXUAL}:
            await Say(text("{name}: {about}", name=service.name, about=service.about))
    await Choice(
        "company",
        "Would it help if someone came along?",
        YES_NO,
        hint=text("Staff will see that you asked."),
        part=Part.FACTS,
        label=text("Someone to come along"),
    )


async def _unsure(start: Start, told: Told) -> None:
    await Say("A worker who is not the police can talk it through. They are called ISVAs.")
    for line in adviser(start, told):
        await Say(line)
    await Say("There is no hurry. I keep your answers for 24 hours.")


async def _no_police(start: Start, told: Told) -> None:
    """Care without the police; for a child no word of that, since staff may have to tell them."""
    if told.age not in CHILD_AGES:
        await Say("That is OK. Care and support do not need the police.")
        await anonymous_ways(start, told)
        return
    await Say("That is OK. You can get care first.")
    await Say(_MAY_STILL[told.mine])
    for line in for_age(start, told.age, LINE):
        await Say(line)


async def _agree(told: Told) -> None:
    """Where the receiver must tell the police: what else they may say, field by field; nothing unless it is tapped."""
    await Say("They must tell the police that something happened.")
    if not told.teller.agrees:
        await Say("Only that person can choose what else. So no name is given.")
        await rest("agree")
        return
    await Choices(
        "police_may_know",
        "What else may they tell the police?",
        _MAY_BE_SAID,
        hint=text("If you skip this, they say nothing else. No name either."),
        part=Part.FACTS,
        label=text("The police may also be told"),
    )


async def choose_sharing(start: Start, situation: Situation, receiving: Agency, *, wish: str) -> tuple[Shared, ...]:
    """Who else may have it; the police and their teams are left out for whoever said not now."""
    suggested = others(start, situation, receiving)
    if wish in _NOT_NOW:
        left_out = _police(start, situation.area)
        suggested = tuple(one for one in suggested if one.agency.organisation not in left_out)
    return await choose_others(suggested, contactable=situation.contactable)


def _police(start: Start, area: str) -> Iterable[str]:
    return {start.directory.agency(start.directory.area(area).police_agency).organisation}
