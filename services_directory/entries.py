"""The shape of an area's files, checked by pydantic and turned into the values of `model` at once. Not services."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from services_directory.codes import CENTRAL_STRANDS, LOCAL_STRANDS, LandlordKind, Reason, Role
from services_directory.fields import District, Line, Note, Slug, Sourced, Strict, Web, Words, Zone
from services_directory.model import Agency, Area, Deadline, Landlord, Population, RoutingRule
from services_directory.service import Service

UpToAYear = Annotated[int, Field(le=366 * 24 * 60)]  # minutes of a year; longer is a slip of the finger


def _local_strand(value: str) -> str:
    if value in CENTRAL_STRANDS:
        raise ValueError(f"{value} is recorded everywhere")
    if value not in LOCAL_STRANDS:
        raise ValueError(f"{value} is none of {', '.join(sorted(LOCAL_STRANDS))}")
    return value


class AgencyEntry(Sourced):
    FACTS = frozenset({"must_tell_police", "response", "limits"})

    organisation: Slug
    roles: frozenset[Role]
    about: Words
    must_tell_police: bool = False
    response: Words | None = None
    limits: Words | None = None

    def value(self, area: str) -> Agency:
        return Agency(area=area, **dict(self))


class LandlordEntry(Sourced):
    FACTS = frozenset({"aliases", "kind"})

    aliases: tuple[Line, ...] = ()
    kind: LandlordKind
    organisation: Slug
    agency: Slug | None = None
    notes: Note = ""

    def value(self, area: str) -> Landlord:
        return Landlord(area=area, **dict(self))


class RuleEntry(Strict):
    reason: Reason
    agency: Slug | None = None
    places: frozenset[Slug] = frozenset()
    no_landlord: bool = False
    contactable: bool = False
    strands: frozenset[Slug] = frozenset()
    unless_kinds: frozenset[Slug] = frozenset()
    unless_relations: frozenset[Slug] = frozenset()

    @model_validator(mode="after")
    def _makes_sense(self) -> "RuleEntry":
        self.value()
        return self

    def value(self) -> RoutingRule:
        return RoutingRule(**dict(self))


class DeadlineEntry(Strict):
    minutes: UpToAYear | None = None
    hours: UpToAYear | None = None
    working_days: UpToAYear | None = None
    basis: Line

    @model_validator(mode="after")
    def _makes_sense(self) -> "DeadlineEntry":
        self.value("any")
        return self

    def value(self, name: str) -> Deadline:
        if self.minutes is not None and self.hours is not None:
            raise ValueError("a deadline is either minutes or hours")
        timed = self.minutes is not None or self.hours is not None
        elapsed = timedelta(minutes=self.minutes or 0, hours=self.hours or 0) if timed else None
        return Deadline(name=name, elapsed=elapsed, working_days=self.working_days, basis=self.basis)


class PopulationEntry(Strict):
    people: int
    year: int
    source: Web

    @model_validator(mode="after")
    def _makes_sense(self) -> "PopulationEntry":
        self.value()
        return self

    def value(self) -> Population:
        return Population(**dict(self))


class AreaEntry(Sourced):
    FACTS = frozenset({"postcodes", "case_review"})

    names: tuple[Line, ...]
    postcodes: tuple[District, ...]
    strands: frozenset[Annotated[str, AfterValidator(_local_strand)]]
    time_zone: Zone
    reporting_centres: tuple[Slug, ...]
    monitoring_agency: Slug
    police_agency: Slug
    council_agency: Slug
    routing: tuple[RuleEntry, ...]
    deadlines: dict[Slug, DeadlineEntry]
    population: PopulationEntry | None = None
    case_review: Words | None = None

    def value(self, nouns: tuple[Sequence[Agency], Sequence[Landlord], Sequence[Service]]) -> Area:
        agencies, landlords, services = nouns
        kept = {name: value for name, value in self if name not in {"routing", "deadlines", "population"}}
        return Area(
            **kept,
            agencies=tuple(agencies),
            landlords=tuple(landlords),
            services=tuple(services),
            routing=tuple(rule.value() for rule in self.routing),
            deadlines=tuple(deadline.value(name) for name, deadline in self.deadlines.items()),
            population=self.population.value() if self.population else None,
        )
