"""The values of the services directory: areas, agencies, landlords, routing, and everything together.

Nothing here reads a file, a clock or a network; constructors refuse what must never be shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from services_directory.codes import LANDLORD_REASONS, LandlordKind, Reason, Role
from services_directory.duties import Duties
from services_directory.index import Index
from services_directory.needs import Need
from services_directory.service import Service
from services_directory.sources import Source, web_address
from services_directory.staff import StaffService
from services_directory.task_templates import TaskTemplate, layered
from services_directory.wording import Wording

_YEAR = timedelta(days=366)
NATIONAL = "national"  # the area id of services that serve everywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A body that can receive reports. Agencies with the same `organisation` are left out together.

    `limits` is what it cannot keep secret, in its own words; people read it before they write.
    """

    id: str
    name: str
    area: str
    organisation: str
    roles: frozenset[Role]
    about: Wording
    must_tell_police: bool = False
    response: Wording | None = None
    limits: Wording | None = None
    sources: tuple[Source, ...]
    checked: date
    source_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Landlord:
    """Who owns or runs a home; `agency` is set where it can receive reports. `notes` are for staff only."""

    id: str
    name: str
    area: str
    aliases: tuple[str, ...] = ()
    kind: LandlordKind
    organisation: str
    agency: str | None = None
    notes: str = field(default="", repr=False)
    sources: tuple[Source, ...]
    checked: date
    source_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A clock staff are held to: elapsed time or working days, never both. Raises ValueError otherwise."""

    name: str
    elapsed: timedelta | None = None
    working_days: int | None = None
    basis: str

    def __post_init__(self) -> None:
        if (self.elapsed is None) == (self.working_days is None):
            raise ValueError("a deadline is either elapsed time or working days")
        if (self.elapsed is not None and self.elapsed <= timedelta()) or (self.working_days or 1) < 1:
            raise ValueError("a deadline must be longer than nothing")
        if (self.elapsed or timedelta()) > _YEAR or (self.working_days or 0) > _YEAR.days:
            raise ValueError("a deadline must be shorter than a year")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingRule:
    """One line of an area's routing: why, whom, and when.

    An empty condition always holds. `agency` is None for the landlord reasons: the landlord named decides. `strands`
    holds only where the reporter said that it was about one of these: what was not said is not guessed.
    """

    reason: Reason
    agency: str | None = None
    places: frozenset[str] = frozenset()
    no_landlord: bool = False
    contactable: bool = False
    strands: frozenset[str] = frozenset()
    unless_kinds: frozenset[str] = frozenset()
    unless_relations: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if (self.reason in LANDLORD_REASONS) == (self.agency is not None):
            raise ValueError("a rule names an agency, except a landlord rule, which never does")


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """How many people live in an area, in which year, and the page that says so. Raises ValueError for nonsense."""

    people: int
    year: int
    source: str

    def __post_init__(self) -> None:
        if self.people < 1:
            raise ValueError("people: an area without people")
        if not 1801 <= self.year <= 2100:
            raise ValueError("year: not the year of a census or an estimate")
        web_address(self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A partnership's territory. `reporting_centres` is in the order in which they receive a report.

    Agencies are named by id. `postcodes` are districts ("BS5"), `names` the towns and quarters people type,
    `strands` those monitored here beside the five that are monitored everywhere, `case_review` how people ask for
    their case to be looked at again.
    """

    id: str
    name: str
    names: tuple[str, ...]
    postcodes: tuple[str, ...]
    strands: frozenset[str]
    time_zone: str
    agencies: tuple[Agency, ...]
    landlords: tuple[Landlord, ...]
    services: tuple[Service, ...]
    reporting_centres: tuple[str, ...]
    monitoring_agency: str
    police_agency: str
    council_agency: str
    routing: tuple[RoutingRule, ...]
    deadlines: tuple[Deadline, ...]
    population: Population | None = None
    case_review: Wording | None = None
    sources: tuple[Source, ...]
    checked: date
    source_date: str | None = None

    def deadline(self, name: str) -> Deadline:
        """Raises KeyError if this area has no such clock."""
        return {deadline.name: deadline for deadline in self.deadlines}[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Everything that was loaded. Ids are unique across areas; looking up an unknown one raises KeyError.

    `staff_services` and `task_templates` are for the console alone, `index` is for signposting and searching; of
    `duties`, only those in force on a day count.
    """

    areas: tuple[Area, ...]
    national: tuple[Service, ...]
    needs: tuple[Need, ...] = ()
    staff_services: tuple[StaffService, ...] = ()
    task_templates: tuple[TaskTemplate, ...] = ()
    duties: Duties = Duties()
    index: Index = field(init=False, repr=False, compare=False)
    _by_id: "_ById" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        services: dict[str | None, tuple[Service, ...]] = {area.id: area.services for area in self.areas}
        object.__setattr__(self, "index", Index.of(services | {None: self.national}, self.needs))
        object.__setattr__(self, "_by_id", _ById.of(self.areas))

    @property
    def all_agencies(self) -> tuple[Agency, ...]:
        return tuple(agency for area in self.areas for agency in area.agencies)

    def area(self, area_id: str) -> Area:
        return self._by_id.areas[area_id]

    def agency(self, agency_id: str) -> Agency:
        return self._by_id.agencies[agency_id]

    def landlord(self, landlord_id: str) -> Landlord:
        return self._by_id.landlords[landlord_id]

    def service(self, service_id: str) -> Service:
        return self.index.services[self.index.by_id[service_id]]

    def services_for(self, area_id: str | None) -> tuple[Service, ...]:
        """The area's own services, then the national ones; national ones only outside every area.

        Services for staff are never among them: they are not of this kind.
        """
        area = self._by_id.areas.get(area_id or "")
        return (*area.services, *self.national) if area else self.national

    def tasks_for(self, area_id: str, today: date | None = None) -> tuple[TaskTemplate, ...]:
        """What staff in this area may have to do: its own templates in the place of national ones.

        With `today`, what a case that opens on that day may bring: no task of a duty that is not in force then.
        """
        idle = self.duties.idle_tasks(today) if today else frozenset()
        return tuple(one for one in layered(self.task_templates, (NATIONAL, area_id)) if one.id not in idle)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ById:
    """What is looked up by its id, however much of it there is."""

    areas: Mapping[str, Area]
    agencies: Mapping[str, Agency]
    landlords: Mapping[str, Landlord]

    @classmethod
    def of(cls, areas: tuple[Area, ...]) -> "_ById":
        return cls(
            areas={area.id: area for area in areas},
            agencies={agency.id: agency for area in areas for agency in area.agencies},
            landlords={landlord.id: landlord for area in areas for landlord in area.landlords},
        )
