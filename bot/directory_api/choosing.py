"""Which records answer a question, and what must be said about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.directory_api.catalogue import Catalogue, codes_of
from bot.directory_api.questions import BadQuestion, Question
from services_directory.model import NATIONAL
from services_directory.openreferral.terms import Record
from services_directory.search import find_services
from services_directory.wording import ENGLISH

MOST_FOUND = 500
BY_DISTRICT = "Distance is not measured. These are services of the area that the postcode's district lies in."
NATIONAL_ONLY = "The postcode lies in no area of this directory. These services serve all of England."


@dataclass(frozen=True, slots=True)
class Chosen:
    """Records in order, and sentences that whoever asked must read."""

    records: tuple[Record, ...]
    notes: tuple[str, ...]


def choose(catalogue: Catalogue, name: str, question: Question) -> Chosen:
    """The records of the list `name` that `question` asks for. Raises BadQuestion."""
    if name == "services":
        return _services(catalogue, question)
    if name == "service_at_locations":
        return _places(catalogue, question)
    return _others(catalogue.records(name).values(), question)


def _services(catalogue: Catalogue, question: Question) -> Chosen:
    place, notes = _place(catalogue, question)
    services = catalogue.records("services")
    found = (services[catalogue.ids[id]] for id in _ids(catalogue, question, place))
    return Chosen(tuple(record for record in found if _fits(record, question)), (*notes, *_unused(question)))


def _places(catalogue: Catalogue, question: Question) -> Chosen:
    """The places of the services asked for, in their order."""
    chosen = _services(catalogue, question)
    order = {record["id"]: number for number, record in enumerate(chosen.records)}
    places = [place for place in catalogue.records("service_at_locations").values() if place["service_id"] in order]
    return Chosen(tuple(sorted(places, key=lambda place: order[place["service_id"]])), chosen.notes)


def _others(records: Iterable[Record], question: Question) -> Chosen:
    """Those whose name or description holds the words searched for; of a taxonomy, where one is asked for."""
    words = question.search.casefold().split()
    found = (
        record
        for record in records
        if all(word in f"{record['name']} {record['description']}".casefold() for word in words)
        and question.taxonomy in ("", record.get("taxonomy_id", record["id"]))
    )
    return Chosen(tuple(found), _unused(question))


def _place(catalogue: Catalogue, question: Question) -> tuple[str | None, tuple[str, ...]]:
    """The area asked for; None for all of them."""
    known = [area.id for area in catalogue.directory.areas]
    if question.area and question.area not in {*known, NATIONAL}:
        raise BadQuestion(f"area: one of {', '.join([*known, NATIONAL])}.")
    if not question.district:
        return question.area or None, ()
    areas = (area.id for area in catalogue.directory.areas if question.district in area.postcodes)
    place = next(areas, None)
    if place is None:
        return NATIONAL, (NATIONAL_ONLY,)
    if question.area not in ("", place):
        raise BadQuestion("area: the postcode lies elsewhere.")
    return place, (BY_DISTRICT,)


def _ids(catalogue: Catalogue, question: Question, place: str | None) -> list[str]:
    """Our ids: the area's own, then national ones; nearest first where words are searched for."""
    directory = catalogue.directory
    listed = list(catalogue.ids) if place is None else [service.id for service in directory.services_for(place)]
    if not question.search:
        return listed
    places = [place] if place else [*(area.id for area in directory.areas), None]
    found = {
        service.id: None
        for one in places
        for service in find_services(directory, one, question.search, ENGLISH, limit=MOST_FOUND)
    }
    allowed = set(listed)
    return [id for id in found if id in allowed]


def _fits(record: Record, question: Question) -> bool:
    codes = codes_of(record) if question.term or question.taxonomy else frozenset()
    return (
        (not question.term or question.term in codes)
        and (not question.taxonomy or question.taxonomy in codes)
        and question.organization in ("", record["organization_id"])
        and str(record["last_modified"]) >= question.modified_after
    )


def _unused(question: Question) -> tuple[str, ...]:
    return tuple(f"{name} is not a filter here. It was not used." for name in question.unused)
