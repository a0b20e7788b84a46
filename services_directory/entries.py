"""The shape of the directory's files, checked by pydantic and turned into the values of `model` at once."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator

from services_directory.codes import Advice, Answer, Audience, Cost, LandlordKind, Reason, Role
from services_directory.model import Agency, Area, Deadline, Landlord, Phone, RoutingRule, Service, Wording

CALLED_SHORT_CODES = frozenset({"999", "112", "101", "111", "116123"})
TEXTED_SHORT_CODES = frozenset({"85258"})


def _wording(value: object) -> Wording:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise ValueError("needs a text for each locale")
    return Wording.of(value)


def _number(value: object, short_codes: frozenset[str]) -> Phone:
    text = value.strip() if isinstance(value, str) else ""
    if text.replace(" ", "") in short_codes:
        return Phone(display=text)
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        raise ValueError("is not a telephone number") from None
    if number.extension or not phonenumbers.is_valid_number(number):
        raise ValueError("is a telephone number that cannot exist")
    return Phone(display=text, e164=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _phone(value: object) -> Phone:
    return _number(value, CALLED_SHORT_CODES)


def _text_sms(value: object) -> Phone:
    return _number(value, TEXTED_SHORT_CODES)


def _web(value: object) -> str:
    text = str(value)
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or "") or set(text) & set(' \t\n<>"'):
        raise ValueError("is not a web address")
    return text


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("is not a date like 2026-11-21") from None


def _zone(value: object) -> str:
    try:
        return ZoneInfo(str(value)).key
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("is not a time zone like Europe/London") from None


Words = Annotated[Wording, BeforeValidator(_wording)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
District = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}[0-9][0-9A-Z]?$")]
Web = Annotated[str, BeforeValidator(_web)]
Sources = Annotated[tuple[Web, ...], BeforeValidator(lambda value: value or _refuse("needs at least one page"))]


def _refuse(why: str) -> None:
    raise ValueError(why)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Sourced(_Entry):
    id: Slug
    name: Line
    sources: Sources
    checked: Annotated[date, BeforeValidator(_day)]
    source_date: Line | None = None


class AgencyEntry(_Sourced):
    organisation: Slug
    roles: frozenset[Role]
    about: Words
    must_tell_police: bool = False
    response: Words | None = None

    def value(self, area: str) -> Agency:
        return Agency(area=area, **dict(self))


class LandlordEntry(_Sourced):
    aliases: tuple[Line, ...] = ()
    kind: LandlordKind
    organisation: Slug
    agency: Slug | None = None
    notes: str = ""

    def value(self, area: str) -> Landlord:
        return Landlord(area=area, **dict(self))


class ServiceEntry(_Sourced):
    kinds: frozenset[Slug]
    about: Words
    who_for: Words
    phone: Annotated[Phone, BeforeValidator(_phone)] | None = None
    text_sms: Annotated[Phone, BeforeValidator(_text_sms)] | None = None
    website: Web | None = None
    hours: Words | None = None
    always_open: bool = False
    cost: Cost = Cost.UNKNOWN
    anonymous: Answer = Answer.UNKNOWN
    through: Slug | None = None
    advice: Advice
    audience: Audience

    def value(self, area: str) -> Service:
        return Service(area=area, **dict(self))


class RuleEntry(_Entry):
    reason: Reason
    agency: Slug | None = None
    places: frozenset[Slug] = frozenset()
    no_landlord: bool = False
    contactable: bool = False
    unless_kinds: frozenset[Slug] = frozenset()
    unless_relations: frozenset[Slug] = frozenset()

    @model_validator(mode="after")
    def _makes_sense(self) -> "RuleEntry":
        self.value()
        return self

    def value(self) -> RoutingRule:
        return RoutingRule(**dict(self))


class DeadlineEntry(_Entry):
    minutes: int | None = None
    hours: int | None = None
    working_days: int | None = None
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


class AreaEntry(_Sourced):
    names: tuple[Line, ...]
    postcodes: tuple[District, ...]
    strands: frozenset[Slug]
    time_zone: Annotated[str, BeforeValidator(_zone)]
    reporting_centres: tuple[Slug, ...]
    monitoring_agency: Slug
    police_agency: Slug
    council_agency: Slug
    routing: tuple[RuleEntry, ...]
    deadlines: dict[Slug, DeadlineEntry]

    def value(self, nouns: tuple[Sequence[Agency], Sequence[Landlord], Sequence[Service]]) -> Area:
        agencies, landlords, services = nouns
        kept = {name: value for name, value in self if name not in {"routing", "deadlines"}}
        return Area(
            **kept,
            agencies=tuple(agencies),
            landlords=tuple(landlords),
            services=tuple(services),
            routing=tuple(rule.value() for rule in self.routing),
            deadlines=tuple(deadline.value(name) for name, deadline in self.deadlines.items()),
        )
