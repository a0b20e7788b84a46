"""Where a service is: locations with an address only where it is published, else on the telephone or the web."""

import re
from collections.abc import Mapping

from services_directory.model import NATIONAL, Area
from services_directory.openreferral.ids import uid
from services_directory.openreferral.terms import Record, called
from services_directory.service import Service

COUNTRY, NATION = "GB", "England"
_POSTCODE = re.compile(r"(?P<city>.*?),?\s*(?P<code>[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2})", re.DOTALL)


def location_records(service: Service) -> list[Record]:
    """The service's only location, inside its "service at location"; none where there is no contact to show."""
    if not service.reachable and service.address is None:
        return []
    own, place = uid("service", service.id), uid("location", service.id)
    at = uid("service-at-location", service.id)
    return [{"id": at, "service_id": own, "location_id": place, "location": _location(service, place)}]


def _location(service: Service, place: str) -> Record:
    record: Record = {"id": place, "name": service.name, "location_type": "physical" if service.address else "virtual"}
    if service.address:
        record["description"] = service.address
        address = split_address(service.address)
        record["addresses"] = [] if address is None else [{"id": uid("address", place), "location_id": place} | address]
    elif service.website:
        record["url"] = service.website
    if service.access:
        record["accessibility"] = [_accessibility(place, code) for code in sorted(service.access)]
    return record


def _accessibility(place: str, code: str) -> Record:
    words = called(code)
    own = uid("accessibility", place, code)
    return {"id": own, "location_id": place, "description": words, "accessibility": words}


def split_address(address: str) -> Record | None:
    """The parts the published shape wants; None where they cannot be told apart without guessing."""
    found = _POSTCODE.fullmatch(address.strip())
    lines = [line.strip() for line in found["city"].split(",")] if found else []
    if found is None or len(lines) < 2 or not all(lines):
        return None
    return {
        "address_1": ", ".join(lines[:-1]),
        "city": lines[-1],
        "state_province": NATION,
        "postal_code": found["code"],
        "country": COUNTRY,
        "address_type": "physical",
    }


def joined_address(parts: Mapping[str, object]) -> str:
    """An address of a feed on one line."""
    names = ("address_1", "address_2", "city", "postal_code")
    return ", ".join(text for name in names if isinstance(text := parts.get(name), str) and text.strip())


def service_area_records(service: Service, areas: Mapping[str, Area]) -> list[Record]:
    """The one territory that a service is listed for."""
    own = uid("service", service.id)
    record: Record = {"id": uid("service-area", service.id), "service_id": own, "extent_type": "text"}
    area = areas.get(service.area)
    if service.area == NATIONAL or area is None:
        return [record | {"name": NATION, "service_area": NATION, "extent": "Everywhere in England"}]
    return [record | {"name": area.name, "service_area": area.name, "extent": ", ".join(area.postcodes)}]
