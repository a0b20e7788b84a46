"""The longer path of a report: one question after another, only about what was mentioned, all of them optional."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dialogs.care_needs import care_needs
from dialogs.children import away_from_landlords
from dialogs.report_accused import Accused, say_who_is_left_out, who_is_accused
from dialogs.report_effects import harm, proof
from dialogs.report_elsewhere import also_tell, at_work
from dialogs.report_happened import their_words, what_they_did, when_it_happened, where_it_happened
from dialogs.report_harm import harm_kinds
from dialogs.report_home import Home, landlord_accused, their_landlord, whose_home
from dialogs.report_home_wishes import home_wishes
from dialogs.report_options import CHILD_AGES, HOME_PLACES, NEIGHBOURS
from dialogs.report_people import how_old, what_it_was_about, who_did_it
from dialogs.report_receiving import Receiving, another_receiver
from dialogs.report_series import Times, case_review, earlier_report
from dialogs.report_teller import Teller, as_a_witness, tie_to_the_person
from dialogs.report_told import told_before
from dialogs.report_wishes import is_urgent, wishes
from dialogs.start import Start
from dialogs.when import Moment
from services_directory.routing import ACCUSED_LANDLORD, Situation
from services_directory.task_templates import CHILD

MORE = 18  # questions of the longer path when nothing leads to further ones; a test counts them
_WITNESS_MORE, _HELPER_MORE = 1, 2  # questions that only these have


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told so far, as far as it bears on who receives it and how fast they must look.

    `earlier`: the code of an earlier report that belongs to this one, "" if none. `home`: asked about, if one was.
    """

    receiving: Receiving
    situation: Situation
    urgent: bool
    teller: Teller
    earlier: str = field(default="", repr=False)
    home: Home | None = None


def how_many(teller: Teller) -> int:
    """How many questions the longer path has for this teller, when nothing leads to further ones."""
    if teller.for_someone:
        return MORE + _HELPER_MORE
    return MORE + (_WITNESS_MORE if teller.witness else 0)


async def longer(start: Start, told: Told, types: frozenset[str]) -> Told | None:
    """All the questions; None if no agency is left that may receive the report."""
    types = types or await what_they_did(required=False)
    await their_words(types)
    times = await when_it_happened()
    place = await where_it_happened(told.teller)
    await also_tell(start, place)
    told = replace(told, situation=replace(told.situation, place=place, kinds=types))
    people = await _people(start, told)
    if people is None:
        return None
    await harm(types)
    await _at_home(start, people)
    await proof()
    if told.teller.witness:
        await as_a_witness()
    earlier = await _known_already(start, people, times)
    await wishes(start, home=_may_say_for_home(people))
    return replace(people, earlier=earlier, urgent=await is_urgent(start) or told.urgent)


async def _people(start: Start, told: Told) -> Told | None:
    """Who was hurt, who did it, and their homes; whoever is accused is left out at once."""
    area, place = start.directory.area(told.situation.area), told.situation.place
    home = await whose_home(start, area, place) if place in HOME_PLACES else None
    accused = home is not None and home.rented and await landlord_accused()
    strands = await what_it_was_about(area, told.teller)
    age = await how_old(start, told.teller)
    if told.teller.for_someone:
        await tie_to_the_person()
    relations = await who_did_it(start, told.situation.kinds)
    await at_work(place, relations)
    if home is None and relations & {ACCUSED_LANDLORD, *NEIGHBOURS}:
        home = await whose_home(start, area, "")
    other = await their_landlord(start, area, home) if relations & NEIGHBOURS else ""
    parties = await who_is_accused(relations, landlord=accused or ACCUSED_LANDLORD in relations)
    situation = replace(
        told.situation,
        victim_landlord=_may_be_told(home, told.teller),
        other_landlord=other or None,
        relations=relations,
        strands=strands,
        kinds=told.situation.kinds | harm_kinds(told.situation.kinds, relations) | _of_a_child(age),
    )
    await care_needs(start, told.teller, area=area.id, age=age, place=place)
    left = await _without(start, replace(told, situation=situation, home=home), parties)
    return await not_to_a_landlord(start, left) if left else None


def _of_a_child(age: str) -> frozenset[str]:
    return frozenset({CHILD}) if age in CHILD_AGES else frozenset()


async def not_to_a_landlord(start: Start, told: Told) -> Told | None:
    """The same, with another first receiver in the place of a landlord after harm that is none of its business."""
    receiving = await away_from_landlords(start, told.receiving, told.situation)
    if receiving is None:
        return None
    accused = told.situation.accused | receiving.accused
    return replace(told, receiving=receiving, situation=replace(told.situation, accused=accused))


def _may_be_told(home: Home | None, teller: Teller) -> str | None:
    """The landlord of the home; never that of somebody who did not agree, whom it would know by the home."""
    return home.landlord or None if home and (teller.agrees or teller.witness) else None


async def _without(start: Start, told: Told, accused: Accused) -> Told | None:
    """The same, with whoever is `accused` left out, also as the first receiver."""
    if not accused:
        return told
    area = start.directory.area(told.situation.area)
    left_out = accused.organisations(start.directory, area, told.home)
    situation = replace(told.situation, accused=told.situation.accused | left_out)
    receiving = await another_receiver(start, told.receiving, situation)
    if receiving is None:
        return None
    await say_who_is_left_out(accused, told.home)
    return replace(told, receiving=receiving, situation=replace(situation, accused=receiving.accused))


def _may_say_for_home(told: Told) -> bool:
    """Whether wishes about a home were asked for: only of those who may speak for it."""
    return told.home is not None and told.home.kind != "none" and told.teller.agrees


async def _at_home(start: Start, told: Told) -> None:
    if told.home is not None and told.teller.agrees:
        area = None if told.situation.accused else told.situation.area
        await home_wishes(start, area, told.home, told.situation.kinds, told.teller)


async def _known_already(start: Start, told: Told, times: Times) -> str:
    """Who knows of it; the code of an earlier report; and the case review that a series gives a right to."""
    offices: Mapping[str, Moment] = await told_before()
    earlier = await earlier_report(start) if times.repeated else ""
    await case_review(start, start.directory.area(told.situation.area), times, offices.values())
    return earlier
