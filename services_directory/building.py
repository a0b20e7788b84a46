"""Turns the entries of one folder into values, and what is wrong with them into faults with a line."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from services_directory.drafts import Draft, Found
from services_directory.faults import Fault
from services_directory.nodes import Entry, Plain, read, read_list

PLAINLY = {"missing": "is missing", "extra_forbidden": "is not a known key"}
NOT_IN_FILE = frozenset({"[key]", "openings"})  # steps of the checked shape that nobody wrote

V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """One folder of the directory, and where its faults are gathered."""

    path: Path
    name: str
    faults: list[Fault]

    def files(self, known: frozenset[str]) -> frozenset[str]:
        """The names of the files that are here; any that is not among `known` is a fault."""
        try:
            names = frozenset(path.name for path in (self.path / self.name).iterdir())
        except OSError:
            self.faults.append(Fault(file=self.name, line=1, what="the folder cannot be read"))
            return frozenset()
        unknown = sorted(names - known)
        self.faults.extend(Fault(file=self._file(name), line=1, what="not a file of the directory") for name in unknown)
        return names

    def entries(self, file: str) -> Iterable[Entry]:
        """The entries of a file that is a list."""
        return read_list(self.path, self._file(file), self.faults)

    def whole(self, file: str) -> Iterable[Entry]:
        """A file that is one entry; none if it cannot be read."""
        entry = read(self.path, self._file(file), self.faults)
        return [entry] if entry else []

    def _file(self, name: str) -> str:
        return f"{self.name}/{name}"


def all_valid(entries: Iterable[Entry], build: Callable[[Plain], V], draft: Draft, folder: Folder) -> list[Found[V]]:
    """Every entry of which `build` makes a value; of the others, the faults and the ids are kept."""
    found = []
    for entry in entries:
        try:
            found.append(Found(entry=entry, value=build(entry.data)))
        except ValidationError as error:
            folder.faults.extend(_fault(entry, detail) for detail in error.errors(include_input=False))
            draft.broken.add(entry.id)
        except ValueError as error:
            folder.faults.append(_at_field(entry, str(error)))
            draft.broken.add(entry.id)
    return found


def _fault(entry: Entry, detail: ErrorDetails) -> Fault:
    path = [step for step in detail["loc"] if step not in NOT_IN_FILE]
    why = PLAINLY.get(detail["type"], detail["msg"].removeprefix("Value error, "))
    return _at_field(entry, ": ".join(filter(None, (".".join(map(str, path)), why))), *path)


def _at_field(entry: Entry, what: str, *path: str | int) -> Fault:
    """The fault on the line of `path`, or of the field that `what` begins with."""
    return entry.fault(what, *(path or (what.partition(":")[0],)))
