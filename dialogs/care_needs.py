"""Adults who need care: one question where it matters, and the council's team where the person is (Care Act 2014, s42).

The answer is a fact that staff read beside their task to decide about a safeguarding referral.
"""

from collections.abc import Iterator, Mapping

from dialogs.beginning import rest
from dialogs.choices import YES_NO_UNSURE, Choice
from dialogs.help_lines import at_once
from dialogs.parts import Part
from dialogs.report_options import CHILD_AGES
from dialogs.report_teller import Teller
from dialogs.script import Say
from dialogs.service_card import match_of
from dialogs.sexual_services import ways_through
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.suiting import has_number

CARE_ACT = "care-act-42"  # a duty of the directory
TEAM = frozenset({"safeguarding", "disability"})  # the kinds of a council's team for adults
PLACES = frozenset({"hostel", "health"})  # kinds of place where people live or stay who may need care
_ASKS: Mapping[bool, Text] = {
    True: text("Do you need help to look after yourself?"),
    False: text("Do they need help to look after themselves?"),
}
_ELSEWHERE: Mapping[bool, Text] = {
    True: text("If you are somewhere else now, ask the council there."),
    False: text("If they are somewhere else now, ask the council there."),
}


def adults_team(start: Start, area: str) -> Iterator[Text]:
    """The council's team for adults who need care, or who puts people through to it; then what it must do."""
    for service in start.directory.services_for(area):
        if service.area == area and service.kinds >= TEAM:
            yield text("In {area}, this team keeps adults safe.", area=start.directory.area(area).name)
            match = match_of(start, service)
            yield at_once(start, match)
            if service.reachable and not has_number(service) and match.through and has_number(match.through):
                yield from ways_through(start, match.through)
    duty = start.directory.duties.in_force(start.today).get(CARE_ACT)
    if duty and duty.told:
        yield text("{told}", told=duty.told)


async def care_needs(start: Start, teller: Teller, *, area: str, age: str, place: str = "") -> None:
    """Asked of whoever tells for another adult, and of those it happened to where people are cared for."""
    if age in CHILD_AGES or not (teller.for_someone or place in PLACES):
        return
    needs = await Choice(
        "care_needs",
        _ASKS[teller.own],
        YES_NO_UNSURE,
        hint=text("For example because of age, illness or a disability."),
        part=Part.FACTS,
        label=text("Needs care or support"),
    )
    if needs != "yes":
        return
    for line in adults_team(start, area):
        await Say(line)
    await Say(_ELSEWHERE[teller.own])
    await rest("care")
