"""The longer path of a report: one question after another, only about what was mentioned, all of them optional."""

from dataclasses import dataclass, replace

from dialogs.report_effects import harm, is_urgent, proof, told_before, wishes
from dialogs.report_happened import their_words, what_they_did, when_it_happened, where_it_happened
from dialogs.report_home import accused_organisations, landlord_accused, their_landlord, whose_home
from dialogs.report_options import HOME_PLACES, NEIGHBOURS
from dialogs.report_people import how_old, what_it_was_about, who_did_it
from dialogs.report_receiving import Receiving, another_receiver
from dialogs.script import Say
from dialogs.start import Start
from services_directory.routing import ACCUSED_LANDLORD, Situation

MORE = 17  # questions of the longer path when nothing leads to further ones; a test counts them


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told so far, as far as it bears on who receives it and how fast they must look."""

    receiving: Receiving
    situation: Situation
    urgent: bool


async def longer(start: Start, told: Told, types: frozenset[str]) -> Told | None:
    """All the questions; None if no agency is left that may receive the report."""
    types = types or await what_they_did(required=False)
    await their_words(types)
    await when_it_happened()
    place = await where_it_happened()
    told = replace(told, situation=replace(told.situation, place=place))
    people = await _people(start, told, types)
    if people is None:
        return None
    await harm(types)
    await proof()
    await told_before()
    await wishes()
    return replace(people, urgent=await is_urgent() or told.urgent)


async def _people(start: Start, told: Told, types: frozenset[str]) -> Told | None:
    """Who was hurt, who did it, and their homes; an accused landlord is left out at once."""
    area = start.directory.area(told.situation.area)
    at_home = told.situation.place in HOME_PLACES
    home = await whose_home(start, area, told.situation.place) if at_home else None
    accused = home is not None and home.rented and await landlord_accused()
    await what_it_was_about(area)
    await how_old(start)
    relations = await who_did_it(start, types)
    if ACCUSED_LANDLORD in relations and home is None:
        home = await whose_home(start, area, "")
    other = await their_landlord(start, area) if relations & NEIGHBOURS else ""
    situation = replace(
        told.situation,
        kinds=types,
        victim_landlord=home.landlord or None if home else None,
        other_landlord=other or None,
        relations=relations,
    )
    if not accused and ACCUSED_LANDLORD not in relations:
        return replace(told, situation=situation)
    return await _without(start, replace(told, situation=situation), accused_organisations(start.directory, area, home))


async def _without(start: Start, told: Told, accused: frozenset[str]) -> Told | None:
    """The same, with the `accused` organisations left out, also as the first receiver."""
    situation = replace(told.situation, accused=told.situation.accused | accused)
    receiving = await another_receiver(start, told.receiving, situation)
    if receiving is None:
        return None
    await Say("The landlord will not learn of this report.")
    return replace(told, receiving=receiving, situation=replace(situation, accused=receiving.accused))
