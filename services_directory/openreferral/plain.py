"""A service as it stands in its file: texts, lists and mappings, what is left at its default left out."""

from dataclasses import MISSING, Field, fields
from datetime import date
from functools import singledispatch
from typing import Any

from services_directory.hours import BankHolidays, Hours, Opening
from services_directory.nodes import Plain
from services_directory.service import Ages, Phone, Service
from services_directory.sources import Source
from services_directory.wording import Wording

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
UNWRITTEN = frozenset({"area"})  # said by the folder
ALWAYS_WRITTEN = frozenset({"audience"})


def plain(service: Service) -> dict[str, Plain]:
    """The entry of `service`, fields in the order of the class."""
    entry: dict[str, Plain] = {}
    for field in fields(Service):
        value = getattr(service, field.name)
        if field.name in UNWRITTEN or (_is_default(field, value) and field.name not in ALWAYS_WRITTEN):
            continue
        entry[field.name] = as_plain(value)
        if isinstance(value, Hours) and value.bank_holidays is not BankHolidays.UNKNOWN:
            entry["bank_holidays"] = value.bank_holidays.value
    return entry


def _is_default(field: Field[Any], value: object) -> bool:
    return field.default is not MISSING and value == field.default


@singledispatch
def as_plain(value: object) -> Plain:
    """One value as it is written in a file."""
    return str(value)


@as_plain.register
def _(value: date) -> Plain:
    return value.isoformat()


@as_plain.register
def _(value: Wording) -> Plain:
    return dict(value.texts)


@as_plain.register
def _(value: Phone) -> Plain:
    return value.display


@as_plain.register
def _(value: Ages) -> Plain:
    ages: dict[str, Plain] = {"from": str(value.least)} if value.least else {}
    return ages if value.most is None else {**ages, "to": str(value.most)}


@as_plain.register
def _(value: Hours) -> Plain:
    return "always" if value.always else [as_plain(opening) for opening in value.openings]


@as_plain.register
def _(value: Opening) -> Plain:
    days = ",".join(DAYS[day] for day in sorted(value.days))
    return {"days": days, "from": f"{value.opens:%H:%M}", "to": f"{value.closes:%H:%M}"}


@as_plain.register
def _(value: Source) -> Plain:
    if value.dated is None and not value.for_:
        return value.page
    written: dict[str, Plain] = {"page": value.page}
    if value.dated is not None:
        written["dated"] = value.dated
    return {**written, "for": as_plain(value.for_)} if value.for_ else written


@as_plain.register
def _(value: tuple) -> Plain:  # type: ignore[type-arg]  # singledispatch takes no tuple[object, ...]
    return [as_plain(item) for item in value]


@as_plain.register
def _(value: frozenset) -> Plain:  # type: ignore[type-arg]  # nor a frozenset[str]
    return [*sorted(map(str, value))]
