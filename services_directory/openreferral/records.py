"""One service as a record of the published shape, whole: every part of it has an identifier that stays the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel import Locale

from services_directory.codes import Answer, Cost
from services_directory.model import Area
from services_directory.openreferral.facts import Fact, attributes, facts_of
from services_directory.openreferral.ids import uid
from services_directory.openreferral.places import location_records, service_area_records
from services_directory.openreferral.plain import plain
from services_directory.openreferral.schedules import schedule_records
from services_directory.openreferral.terms import Record
from services_directory.service import Service
from services_directory.wording import ENGLISH

_ENGLISH = Locale(ENGLISH)
INTERPRETERS = {Answer.YES: "An interpreter can be arranged.", Answer.NO: "No interpreters."}
FEES = {Cost.FREE: "Free.", Cost.STANDARD_RATE: "A call costs the standard rate."}
CLOSED_LIST = "Takes nobody new at present."


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the record of one service needs to know of others, by our ids."""

    services: Mapping[str, Service]
    areas: Mapping[str, Area]
    organizations: Mapping[str, Record]


def service_record(service: Service, around: Around) -> Record:
    """One service, whole."""
    own, organization = uid("service", service.id), around.organizations[service.id]
    return {
        **_scalars(service, around.services),
        "organization_id": organization["id"],
        "organization": organization,
        "phones": _phones(service, own),
        "contacts": _contacts(service, own),
        "schedules": schedule_records(own, service.hours),
        "languages": [_language(own, tag) for tag in sorted(service.languages)],
        "service_areas": service_area_records(service, around.areas),
        "service_at_locations": location_records(service),
        "cost_options": _costs(service, own),
        "attributes": attributes(own, "service", (Fact("area", "", service.area), *facts_of(plain(service)))),
    }


def _scalars(service: Service, services: Mapping[str, Service]) -> Record:
    through = services.get(service.through or "")
    known: dict[str, object] = {
        "id": uid("service", service.id),
        "name": service.name,
        "alternate_name": service.aliases[0] if service.aliases else None,
        "description": service.about.in_(ENGLISH),
        "url": service.website,
        "email": service.email,
        "status": "active",
        "interpretation_services": INTERPRETERS.get(service.interpreters),
        "application_process": f"Ask {through.name}, which can help or put people through." if through else None,
        "fees_description": FEES.get(service.cost),
        "eligibility_description": service.who_for.in_(ENGLISH),
        "minimum_age": service.ages.least or None,
        "maximum_age": service.ages.most,
        "assured_date": service.checked.isoformat(),
        "last_modified": modified(service.checked),
        "alert": CLOSED_LIST if service.taking is Answer.NO else None,
    }
    return {name: value for name, value in known.items() if value is not None}


def modified(day: date) -> str:
    """The beginning of a day as the published shape writes moments."""
    return f"{day.isoformat()}T00:00:00.000Z"


def _phones(service: Service, own: str) -> list[Record]:
    return [
        {"id": uid("phone", service.id, kind), "service_id": own, "number": number.display, "type": kind}
        for kind, number in (("voice", service.phone), ("text", service.text_sms))
        if number is not None
    ]


def _contacts(service: Service, own: str) -> list[Record]:
    """The same numbers once more: readers of the profile of the United Kingdom look for them here."""
    contact = uid("contact", service.id)
    if not (service.phone or service.text_sms or service.email):
        return []
    record: Record = {"id": contact, "service_id": own, "name": service.name}
    phones = [phone | {"id": uid("phone", contact, str(phone["type"]))} for phone in _phones(service, own)]
    return [record | {"phones": phones} | ({"email": service.email} if service.email else {})]


def _language(own: str, tag: str) -> Record:
    code = tag.partition("-")[0]
    record: Record = {"id": uid("language", own, tag), "service_id": own, "code": code}
    return record | {"name": _ENGLISH.languages[code]} | ({"note": tag} if tag != code else {})


def _costs(service: Service, own: str) -> list[Record]:
    words = FEES.get(service.cost)
    if words is None:
        return []
    record: Record = {"id": uid("cost", service.id), "service_id": own, "option": words, "currency": "GBP"}
    return [record | ({"amount": 0} if service.cost is Cost.FREE else {})]
