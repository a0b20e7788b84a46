"""The directory as records of the published shape: only what may be shown to anybody, as a `Service` holds no more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from services_directory.model import NATIONAL, Agency, Directory
from services_directory.openreferral.facts import Fact, attributes
from services_directory.openreferral.ids import uid
from services_directory.openreferral.records import Around, service_record
from services_directory.openreferral.terms import TAXONOMIES, Record, taxonomy_record, term_record
from services_directory.service import Service
from services_directory.wording import ENGLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Everything, as records. `services` and `organizations` are whole, in the order of the directory."""

    services: tuple[Record, ...]
    organizations: tuple[Record, ...]
    taxonomies: tuple[Record, ...]
    terms: tuple[Record, ...]


def publish(directory: Directory, area: str | None = None) -> Published:
    """The directory, or the services of one area (or `national`) of it. Raises KeyError for an area it has not."""
    every = {service.id: service for service in _services(directory)}
    chosen = every.values() if area is None else _services_of(directory, area)
    agencies = {agency.id: agency for agency in directory.all_agencies}
    areas = {known.id: known for known in directory.areas}
    organizations = {service.id: organization_record(service, agencies) for service in chosen}
    bodies = organizations if area else {agency.id: agency_record(agency) for agency in agencies.values()}
    around = Around(services=every, areas=areas, organizations=organizations)
    return Published(
        services=tuple(service_record(service, around) for service in chosen),
        organizations=tuple((bodies | organizations).values()),
        taxonomies=tuple(taxonomy_record(taxonomy) for taxonomy in TAXONOMIES),
        terms=tuple(_terms(list(every.values()), agencies)),
    )


def _services(directory: Directory) -> Iterator[Service]:
    for area in directory.areas:
        yield from area.services
    yield from directory.national


def _services_of(directory: Directory, area: str) -> tuple[Service, ...]:
    return directory.national if area == NATIONAL else directory.area(area).services


def _terms(services: list[Service], agencies: Mapping[str, Agency]) -> Iterator[Record]:
    for taxonomy in TAXONOMIES:
        if taxonomy == "roles":
            codes = {role.value for agency in agencies.values() for role in agency.roles}
        else:
            codes = {code for service in services for code in getattr(service, taxonomy)}
        yield from (term_record(taxonomy, code) for code in sorted(codes))


def organization_record(service: Service, agencies: Mapping[str, Agency]) -> Record:
    """Who runs a service: the agency with the same id where there is one, else the service by its own name."""
    agency = agencies.get(service.id)
    if agency is not None:
        record = agency_record(agency)
    else:
        about = service.about.in_(ENGLISH)
        record = {"id": uid("organization", service.id), "name": service.name, "description": about}
    return record | ({"website": service.website} if service.website else {})


def agency_record(agency: Agency) -> Record:
    """An agency and its roles."""
    own = uid("organization", agency.id)
    roles = (Fact("roles", "", role) for role in sorted(role.value for role in agency.roles))
    about = (Fact("about", locale, text) for locale, text in agency.about.texts if locale != ENGLISH)
    record: Record = {"id": own, "name": agency.name, "description": agency.about.in_(ENGLISH)}
    return record | {"attributes": attributes(own, "organization", (*roles, *about))}
