"""What was read of one area before it is known whether its files fit together."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from services_directory.duties import Duty
from services_directory.entries import AreaEntry
from services_directory.model import Agency, Landlord
from services_directory.needs import Need
from services_directory.nodes import Entry
from services_directory.service import Service
from services_directory.staff import StaffService
from services_directory.task_templates import TaskTemplate

V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[V]):
    """A valid entry, and where it stands."""

    entry: Entry
    value: V


@dataclass(slots=True, kw_only=True)
class Draft:
    """One folder. `broken` are ids of entries with faults of their own: others may still refer to them."""

    id: str
    area: Found[AreaEntry] | None = None
    agencies: list[Found[Agency]] = field(default_factory=list)
    landlords: list[Found[Landlord]] = field(default_factory=list)
    services: list[Found[Service]] = field(default_factory=list)
    staff: list[Found[StaffService]] = field(default_factory=list)
    needs: list[Found[Need]] = field(default_factory=list)
    tasks: list[Found[TaskTemplate]] = field(default_factory=list)
    duties: list[Found[Duty]] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
