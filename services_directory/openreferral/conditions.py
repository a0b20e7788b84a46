"""On what conditions a feed is taken, and what there is to tell about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

FRESH = timedelta(days=365)  # how long ago a feed may have checked a number that is taken from it


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """How a feed is taken. `source`: the page that publishes it; `kinds`: ours; `taken`: our services, id to area."""

    today: date
    trust_numbers: bool = False
    area: str = "imported"
    source: str = ""
    kinds: frozenset[str] = frozenset()
    taken: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing to tell the operator. `service`: our id, or its place in the feed; `field` "": the whole service."""

    service: str
    field: str
    why: str

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.service, self.field, self.why)))


class Refused(ValueError):
    """A service of the feed that is not taken; the message says why."""
