"""Reads accepted.yaml, beside the data folder: findings of `upkeep` that somebody looked at, and why they may stay."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from services_directory.faults import Fault
from services_directory.fields import Line, Slug, Strict
from services_directory.nodes import Entry, read_list
from services_directory.upkeep import Accepted

FILE = "../accepted.yaml"  # beside the folder: what is in it are areas


class AcceptedEntry(Strict):
    services: Annotated[frozenset[Slug], Field(min_length=1)]
    field: Annotated[str, StringConstraints(pattern="^[a-z_]+$")]
    why: Line

    def value(self) -> Accepted:
        return Accepted(services=self.services, field=self.field, why=self.why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An entry, and where it stands."""

    entry: Entry
    value: Accepted


def read_accepted(folder: Path, faults: list[Fault]) -> list[Placed]:
    """The entries of the file; none where there is no file. What is wrong with them goes to `faults`."""
    found = []
    for entry in read_list(folder, FILE, faults) if (folder / FILE).exists() else ():
        try:
            found.append(Placed(entry=entry, value=AcceptedEntry.model_validate(entry.data).value()))
        except ValidationError as wrong:
            faults.extend(
                entry.fault(f"{'.'.join(map(str, one['loc']))}: {one['msg']}", *one["loc"]) for one in wrong.errors()
            )
    return found
