"""What makes a directory go bad: the same thing twice, two answers to one question, old news. Pure: today is passed in.

That an entry is well formed is checked by `load`; here entries are laid side by side and against the calendar.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from urllib.parse import urlsplit

from services_directory.codes import Cost
from services_directory.model import NATIONAL
from services_directory.service import Service

HOURS_LAST = timedelta(days=365)  # after that nobody should be told that somebody is there
COMPARED = ("phone", "text_sms", "email", "hours", "cost")
UNTOLD = frozenset({None, Cost.UNKNOWN})
CONTACT = "contact"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """Something to look at. `services`: ids, the one to change first; `field`: of the entry, or "contact"."""

    services: tuple[str, ...]
    field: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """Findings that somebody has looked at: in `field`, between any of `services`."""

    services: frozenset[str]
    field: str
    why: str

    def covers(self, finding: Finding) -> bool:
        return finding.field == self.field and self.services.issuperset(finding.services)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Stale:
    """An entry that must be compared with its pages again; `since`: how old its news is."""

    since: str
    service: str
    what: str


def findings(services: Sequence[Service], today: date) -> tuple[Finding, ...]:
    """Everything to look at, sorted."""
    found = (*_twins(services), *_conflicts(services), *_out_of_reach(services), *_expired(services, today))
    return tuple(sorted(found))


def unaccepted(found: Iterable[Finding], accepted: Sequence[Accepted]) -> tuple[Finding, ...]:
    """Those of `found` that nobody has accepted."""
    return tuple(finding for finding in found if not any(one.covers(finding) for one in accepted))


def useless(found: Sequence[Finding], accepted: Iterable[Accepted]) -> tuple[Accepted, ...]:
    """Those of `accepted` that cover nothing any more."""
    return tuple(one for one in accepted if not any(one.covers(finding) for finding in found))


def _twins(services: Iterable[Service]) -> Iterator[Finding]:
    held: dict[tuple[str, str], list[Service]] = defaultdict(list)
    for service in services:
        for field, value in _marks(service):
            held[field, value].append(service)
    for (field, _), twins in held.items():
        ids = {service.id for service in twins}
        apart = [service for service in twins if service.through not in ids]
        if len(apart) > 1 and (field != "name" or _meet(apart)):
            names = tuple(sorted(service.id for service in apart))
            yield Finding(services=names, field=field, what=f"the same {field} in {', '.join(names)}")


def _marks(service: Service) -> Iterator[tuple[str, str]]:
    """What no two services should have in common."""
    for field in ("phone", "text_sms"):
        number = getattr(service, field)
        if number is not None:
            yield field, number.e164 or number.display.replace(" ", "")
    if service.website:
        yield "website", page_of(service.website)
    yield "name", service.name.casefold()


def page_of(website: str) -> str:
    """A web address without what makes no difference."""
    parts = urlsplit(website)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _meet(services: Sequence[Service]) -> bool:
    """Whether one person can be shown two of them."""
    areas = [service.area for service in services]
    return NATIONAL in areas or len(set(areas)) < len(areas)


def _conflicts(services: Iterable[Service]) -> Iterator[Finding]:
    named: dict[str, list[Service]] = defaultdict(list)
    for service in services:
        named[service.name.casefold()].append(service)
    for group in named.values():
        for one, other in combinations(group, 2):
            for field in COMPARED if one.area != other.area else ():
                values = getattr(one, field), getattr(other, field)
                if not set(values) & UNTOLD and values[0] != values[1]:
                    ids = tuple(sorted((one.id, other.id)))
                    yield Finding(services=ids, field=field, what=f"{' and '.join(ids)} have one name, two {field}")


def _out_of_reach(services: Iterable[Service]) -> Iterator[Finding]:
    for service in services:
        if not (service.reachable or service.email or service.address or service.through):
            what = "no contact may be shown, and through names nobody who can help instead"
            yield Finding(services=(service.id,), field=CONTACT, what=what)


def _expired(services: Iterable[Service], today: date) -> Iterator[Finding]:
    for service in services:
        if service.hours is not None and today - service.checked > HOURS_LAST:
            what = f"last seen on {service.checked.isoformat()}: hours older than a year mislead"
            yield Finding(services=(service.id,), field="hours", what=what)


def stale(services: Iterable[Service], today: date, *, days: int, years: int) -> tuple[Stale, ...]:
    """Entries not compared for more than `days`, or whose page is more than `years` old; the oldest first."""
    return tuple(sorted(one for service in services for one in _stale(service, today, (days, years))))


def _stale(service: Service, today: date, limits: tuple[int, int]) -> Iterator[Stale]:
    days, years = limits
    since = service.checked.isoformat()
    if (today - service.checked).days > days:
        yield Stale(since=since, service=service.id, what=f"checked {(today - service.checked).days} days ago")
    dated = service.source_date or ""
    if dated[:4].isdecimal() and today.year - int(dated[:4]) > years:
        yield Stale(since=dated, service=service.id, what=f"its page is of {dated}")
