"""Who receives a report first, and whom to suggest next. Pure; no result holds an accused organisation."""

from collections.abc import Iterator
from dataclasses import dataclass

from services_directory.codes import Reason, Role
from services_directory.model import Agency, Area, Directory, Landlord, RoutingRule
from services_directory.task_templates import CHILD

ACCUSED_LANDLORD = "landlord"  # the relation code of someone who says that their landlord or its staff did it
SEXUAL_HARM = frozenset({"sexual", "sexual-words", "sexual-touching", "sexual-images", "exposure"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a reporter has said that bears on who can help.

    An unanswered question is empty and hides no offer. `kinds` are kinds of report ("sexual", "home", "told", "child")
    and incident types, `victim_landlord` and `other_landlord` ids of landlords, `accused` ids of organisations,
    `strands` what the reporter thinks it was about.
    """

    area: str
    kinds: frozenset[str] = frozenset()
    place: str = ""
    victim_landlord: str | None = None
    other_landlord: str | None = None
    relations: frozenset[str] = frozenset()
    strands: frozenset[str] = frozenset()
    accused: frozenset[str] = frozenset()
    contactable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An agency the reporter may choose to tell, and why it is suggested."""

    agency: Agency
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    """What is needed to judge the rules of one area for one situation."""

    area: Area
    situation: Situation
    open_to: dict[str, Agency]
    yours: Agency | None
    theirs: Agency | None


def receiving_agencies(
    directory: Directory, area_id: str, joined: frozenset[str], accused: frozenset[str]
) -> tuple[Agency, ...]:
    """The agencies that may receive a report first, best first; none outside every area.

    `joined` are ids of agencies that have keys here, `accused` ids of organisations.
    """
    area = _area(directory, area_id)
    if area is None:
        return ()
    open_to = _open_to(area, joined, accused)
    return tuple(open_to[centre] for centre in area.reporting_centres if centre in open_to)


def accused_organisations(directory: Directory, situation: Situation) -> frozenset[str]:
    """The organisations accused, with the victim's landlord where the reporter says the landlord did it."""
    landlord = _landlord(_area(directory, situation.area), situation.victim_landlord)
    if landlord is None or ACCUSED_LANDLORD not in situation.relations:
        return situation.accused
    return situation.accused | {landlord.organisation}


def suggestions(
    directory: Directory, situation: Situation, *, receiving: str, joined: frozenset[str]
) -> tuple[Suggestion, ...]:
    """Whom to offer beside the `receiving` agency, in the order of the area's routing, each agency once."""
    area = _area(directory, situation.area)
    if area is None:
        return ()
    open_to = _open_to(area, joined, accused_organisations(directory, situation))
    offer = _Offer(
        area=area,
        situation=situation,
        open_to=open_to,
        yours=_landlord_agency(area, situation.victim_landlord, open_to),
        theirs=_landlord_agency(area, situation.other_landlord, open_to),
    )
    return tuple(_once(offer, receiving))


def harms_a_child(situation: Situation) -> bool:
    """Whether it is sexual harm to somebody under 18, of which no landlord is told."""
    return CHILD in situation.kinds and bool(situation.kinds & SEXUAL_HARM)


def _once(offer: _Offer, receiving: str) -> Iterator[Suggestion]:
    told = {receiving}
    for rule in offer.area.routing:
        agency = _agency(rule, offer)
        if agency and agency.id not in told and _holds(rule, offer):
            told.add(agency.id)
            yield Suggestion(agency=agency, reason=rule.reason)


def _agency(rule: RoutingRule, offer: _Offer) -> Agency | None:
    if rule.reason is Reason.YOUR_LANDLORD:
        agency = offer.yours
    elif rule.reason is Reason.THEIR_LANDLORD:
        agency = offer.theirs
    else:
        agency = offer.open_to.get(rule.agency or "")
    kept_out = agency and Role.LANDLORD in agency.roles and harms_a_child(offer.situation)
    return None if kept_out else agency


def _holds(rule: RoutingRule, offer: _Offer) -> bool:
    situation = offer.situation
    if rule.unless_relations & situation.relations or rule.unless_kinds & situation.kinds:
        return False
    if (rule.no_landlord and offer.yours) or (rule.contactable and not situation.contactable):
        return False
    if rule.strands and not rule.strands & situation.strands:
        return False
    return not (rule.places and situation.place) or situation.place in rule.places


def _open_to(area: Area, joined: frozenset[str], accused: frozenset[str]) -> dict[str, Agency]:
    able = (agency for agency in area.agencies if agency.id in joined)
    return {agency.id: agency for agency in able if agency.organisation not in accused}


def _landlord_agency(area: Area, landlord_id: str | None, open_to: dict[str, Agency]) -> Agency | None:
    landlord = _landlord(area, landlord_id)
    return open_to.get(landlord.agency or "") if landlord else None


def _landlord(area: Area | None, landlord_id: str | None) -> Landlord | None:
    landlords = area.landlords if area else ()
    return next((landlord for landlord in landlords if landlord.id == landlord_id), None)


def _area(directory: Directory, area_id: str) -> Area | None:
    return next((area for area in directory.areas if area.id == area_id), None)
