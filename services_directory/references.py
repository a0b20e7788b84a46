"""Faults that show when entries are laid side by side: ids used twice, names of things that are not there."""

from collections.abc import Iterable, Iterator
from itertools import chain

from services_directory.codes import Role
from services_directory.drafts import Draft, Found
from services_directory.entries import AreaEntry
from services_directory.faults import Fault
from services_directory.model import NATIONAL, Agency, Landlord
from services_directory.needs import Need
from services_directory.service import Service
from services_directory.staff import StaffService

#: The clocks that the program sets; an area may have more.
DEADLINES = ("alert-read", "alert-read-urgent", "first-contact", "first-contact-urgent")

AnyFound = Found[Agency] | Found[Landlord] | Found[Service] | Found[StaffService] | Found[Need]


def reference_faults(drafts: list[Draft]) -> Iterator[Fault]:
    """Every fault of this kind in all drafts."""
    yield from _repeated(chain.from_iterable(draft.agencies for draft in drafts))
    yield from _repeated(chain.from_iterable(draft.landlords for draft in drafts))
    services = list(chain.from_iterable(draft.services for draft in drafts))
    broken = set(chain.from_iterable(draft.broken for draft in drafts))
    needs = list(chain.from_iterable(draft.needs for draft in drafts))
    yield from _repeated([*services, *chain.from_iterable(draft.staff for draft in drafts)])
    yield from _repeated(needs)
    yield from _dead_ends(services, broken)
    yield from _need_faults(needs, next((draft for draft in drafts if draft.id == NATIONAL), Draft(id=NATIONAL)))
    for draft in drafts:
        agencies = {agency.value.id: agency.value for agency in draft.agencies}
        yield from _landlord_faults(draft, agencies)
        if draft.area:
            yield from _area_faults(draft, draft.area, agencies)


def _repeated(found: Iterable[AnyFound]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for one in found:
        place = f"{one.entry.file}:{one.entry.line('id')}"
        if one.value.id in seen:
            yield one.entry.fault(f"id: {one.value.id} is used already in {seen[one.value.id]}", "id")
        seen.setdefault(one.value.id, place)


def _dead_ends(services: list[Found[Service]], broken: set[str]) -> Iterator[Fault]:
    reachable = {(found.value.id, found.value.area) for found in services if found.value.reachable}
    for found in services:
        through, area = found.value.through, found.value.area
        if through and through not in broken and not {(through, area), (through, NATIONAL)} & reachable:
            yield found.entry.fault(f"through: {through} is no service with a contact to show", "through")


def _need_faults(needs: list[Found[Need]], national: Draft) -> Iterator[Fault]:
    services = {found.value.id: found.value.reachable for found in national.services}
    services |= dict.fromkeys(national.broken, True)
    for found in needs:
        for number, service in enumerate(found.value.fallback):
            if service not in services:
                yield found.entry.fault(f"fallback: {service} is no national service", "fallback", number)
        if not any(services.get(service) for service in found.value.fallback):
            yield found.entry.fault("fallback: names nobody with a contact to show", "fallback")


def _landlord_faults(draft: Draft, agencies: dict[str, Agency]) -> Iterator[Fault]:
    for found in draft.landlords:
        landlord = found.value
        if landlord.agency is None or landlord.agency in draft.broken:
            continue
        agency = agencies.get(landlord.agency)
        if agency is None or Role.LANDLORD not in agency.roles:
            yield found.entry.fault(f"agency: {landlord.agency} is no agency with the role landlord", "agency")
        elif agency.organisation != landlord.organisation:
            yield found.entry.fault("organisation: not the organisation of its agency", "organisation")


def _area_faults(draft: Draft, area: Found[AreaEntry], agencies: dict[str, Agency]) -> Iterator[Fault]:
    entry, value = area.entry, area.value
    if value.id != draft.id:
        yield entry.fault(f"id: must be the name of the folder, {draft.id}", "id")
    for path, agency_id, role in _named_agencies(value):
        agency = agencies.get(agency_id)
        if agency_id in draft.broken or (agency and (role is None or role in agency.roles)):
            continue
        wanted = f"no agency with the role {role.value}" if role else "no agency of this area"
        yield entry.fault(f"{path[0]}: {agency_id} is {wanted}", *path)
    for name in DEADLINES:
        if name not in value.deadlines:
            yield entry.fault(f"deadlines: {name} is missing", "deadlines")


def _named_agencies(area: AreaEntry) -> Iterator[tuple[tuple[str | int, ...], str, Role | None]]:
    for number, centre in enumerate(area.reporting_centres):
        yield ("reporting_centres", number), centre, Role.REPORTING_CENTRE
    yield ("monitoring_agency",), area.monitoring_agency, Role.MONITORING
    yield ("police_agency",), area.police_agency, Role.POLICE
    yield ("council_agency",), area.council_agency, Role.COUNCIL
    for number, rule in enumerate(area.routing):
        if rule.agency:
            yield ("routing", number, "agency"), rule.agency, None
