"""The values of the services directory: areas, agencies, landlords, services and what may be said of them.

Nothing here reads a file, a clock or a network; constructors refuse what must never be shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from services_directory.codes import (
    LANDLORD_REASONS,
    Advice,
    Answer,
    Audience,
    Cost,
    LandlordKind,
    Reason,
    Role,
)

NATIONAL = "national"  # the area id of services that serve everywhere
ENGLISH = "en"
LOCALES = ("en", "ar", "pl")  # every sentence of the directory exists in these


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A sentence for reporters in every locale of `LOCALES`. Raises ValueError if one is missing or empty."""

    texts: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        given = {locale for locale, text in self.texts if text.strip()}
        missing = [locale for locale in LOCALES if locale not in given]
        if missing:
            raise ValueError(f"no text in: {', '.join(missing)}")

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "Wording":
        """From a mapping of locale to text."""
        return cls(texts=tuple(sorted(texts.items())))

    def in_(self, locale: str) -> str:
        """The text in this locale ("pl", "pl-PL", "pl_PL"), or in English."""
        texts = dict(self.texts)
        language = locale.replace("_", "-").split("-")[0]
        return texts.get(locale) or texts.get(language) or texts[ENGLISH]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number as people dial it; a short code (999, 101) has no international form."""

    display: str
    e164: str | None = None

    def __post_init__(self) -> None:
        if not self.display.strip():
            raise ValueError("a number without digits")

    @property
    def short_code(self) -> bool:
        """Whether the number can only be dialled inside the country."""
        return self.e164 is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A body that can receive reports. Agencies with the same `organisation` are left out together."""

    id: str
    name: str
    area: str
    organisation: str
    roles: frozenset[Role]
    about: Wording
    must_tell_police: bool = False
    response: Wording | None = None
    sources: tuple[str, ...]
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
    sources: tuple[str, ...]
    checked: date
    source_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Somewhere to signpost to. Raises ValueError for an unconfirmed number or an entry not for users.

    `through` is the id of a service that can help or put people through where no contact may be shown.
    """

    id: str
    name: str
    area: str
    kinds: frozenset[str]
    about: Wording
    who_for: Wording
    phone: Phone | None = None
    text_sms: Phone | None = None
    website: str | None = None
    hours: Wording | None = None
    always_open: bool = False
    cost: Cost = Cost.UNKNOWN
    anonymous: Answer = Answer.UNKNOWN
    through: str | None = None
    advice: Advice
    audience: Audience = Audience.USERS
    sources: tuple[str, ...]
    checked: date
    source_date: str | None = None

    def __post_init__(self) -> None:
        if self.audience is not Audience.USERS or self.advice is Advice.NOT_FOR_USERS:
            raise ValueError("a service that is not for users cannot be listed")
        if (self.phone or self.text_sms) and self.advice is not Advice.OK:
            raise ValueError(f"a number may only be listed where advice is {Advice.OK.value}")
        if self.website and self.advice is Advice.DO_NOT_SHOW:
            raise ValueError(f"a website may not be listed where advice is {Advice.DO_NOT_SHOW.value}")

    @property
    def reachable(self) -> bool:
        """Whether there is a contact to show."""
        return bool(self.phone or self.text_sms or self.website)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingRule:
    """One line of an area's routing: why, whom, and when.

    An empty condition always holds. `agency` is None for the landlord reasons: the landlord named decides.
    """

    reason: Reason
    agency: str | None = None
    places: frozenset[str] = frozenset()
    no_landlord: bool = False
    contactable: bool = False
    unless_kinds: frozenset[str] = frozenset()
    unless_relations: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if (self.reason in LANDLORD_REASONS) == (self.agency is not None):
            raise ValueError("a rule names an agency, except a landlord rule, which never does")


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A partnership's territory. `reporting_centres` is in the order in which they receive a report.

    Agencies are named by id. `postcodes` are districts ("BS5"), `names` the towns and quarters people type,
    `strands` those monitored here beside the five that are monitored everywhere.
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
    sources: tuple[str, ...]
    checked: date
    source_date: str | None = None

    def deadline(self, name: str) -> Deadline:
        """Raises KeyError if this area has no such clock."""
        return {deadline.name: deadline for deadline in self.deadlines}[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Everything that was loaded. Ids are unique across areas; looking up an unknown one raises KeyError."""

    areas: tuple[Area, ...]
    national: tuple[Service, ...]

    @property
    def all_agencies(self) -> tuple[Agency, ...]:
        return tuple(agency for area in self.areas for agency in area.agencies)

    def area(self, area_id: str) -> Area:
        return {area.id: area for area in self.areas}[area_id]

    def agency(self, agency_id: str) -> Agency:
        return {agency.id: agency for agency in self.all_agencies}[agency_id]

    def landlord(self, landlord_id: str) -> Landlord:
        return {landlord.id: landlord for area in self.areas for landlord in area.landlords}[landlord_id]

    def service(self, service_id: str) -> Service:
        local = (service for area in self.areas for service in area.services)
        return {service.id: service for service in (*local, *self.national)}[service_id]

    def services_for(self, area_id: str | None) -> tuple[Service, ...]:
        """The area's own services, then the national ones; national ones only outside every area."""
        local = next((area.services for area in self.areas if area.id == area_id), ())
        return (*local, *self.national)
