"""Everything the interface can answer, made once when the program starts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property

from services_directory.model import Directory
from services_directory.openreferral.export import publish
from services_directory.openreferral.ids import uid
from services_directory.openreferral.terms import Record

BRIEF = (
    *("id", "name", "alternate_name", "description", "url", "email", "status", "interpretation_services"),
    *("application_process", "fees_description", "eligibility_description", "minimum_age", "maximum_age"),
    *("assured_date", "last_modified", "alert", "organization_id"),
)
BRIEF_ORGANIZATION = ("id", "name", "description", "website")


LISTS = ("services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms")


@dataclass(frozen=True)
class Catalogue:
    """The records of each of `LISTS` by their id, in the order of the directory."""

    directory: Directory
    lists: Mapping[str, Mapping[str, Record]] = field(repr=False)

    def records(self, name: str) -> Mapping[str, Record]:
        return self.lists[name]

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """The UUID of each service by our id."""
        every = (*(service for area in self.directory.areas for service in area.services), *self.directory.national)
        return {service.id: uid("service", service.id) for service in every}

    @cached_property
    def modified(self) -> datetime:
        """The day of the latest check of any service; the beginning of time where there is none."""
        days = [date.fromisoformat(str(record["assured_date"])) for record in self.records("services").values()]
        return datetime.combine(max(days, default=date(1970, 1, 1)), time(), tzinfo=UTC)


def catalogue_of(directory: Directory) -> Catalogue:
    """The records of the whole directory."""
    published = publish(directory)
    places = [place for service in published.services for place in _mappings(service["service_at_locations"])]
    lists = (published.services, places, published.organizations, published.taxonomies, published.terms)
    by_id = {
        name: {str(record["id"]): record for record in records} for name, records in zip(LISTS, lists, strict=True)
    }
    return Catalogue(directory, by_id)


def _mappings(value: object) -> list[Record]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def brief(service: Record) -> Record:
    """A service as it stands in a list: what it has one of."""
    organization = service["organization"]
    short = {key: value for key, value in service.items() if key in BRIEF}
    if isinstance(organization, dict):
        short["organization"] = {key: organization[key] for key in BRIEF_ORGANIZATION if key in organization}
    return short


def codes_of(service: Record) -> frozenset[str]:
    """The ids of the terms and of the taxonomies that a service is sorted by."""
    terms = [one.get("taxonomy_term") for one in _mappings(service["attributes"])]
    return frozenset(str(term[key]) for term in terms if isinstance(term, dict) for key in ("id", "taxonomy_id"))
