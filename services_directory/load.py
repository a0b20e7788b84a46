"""Loads the directory from its folder: every file is read and checked before any fault is raised."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from services_directory.drafts import Draft, Found
from services_directory.entries import AgencyEntry, AreaEntry, LandlordEntry, ServiceEntry
from services_directory.faults import DirectoryFaults, Fault
from services_directory.model import NATIONAL, Area, Directory
from services_directory.nodes import Entry, Plain, read, read_list
from services_directory.references import reference_faults

PACKAGED = Path(__file__).parent / "data"
AREA_FILES = frozenset({"agencies.yaml", "area.yaml", "landlords.yaml", "services.yaml"})
NATIONAL_FILES = frozenset({"services.yaml"})
PLAINLY = {"missing": "is missing", "extra_forbidden": "is not a known key"}

V = TypeVar("V")


def load(folder: Path = PACKAGED) -> Directory:
    """The directory in `folder`: a folder per area, and `national`. Raises DirectoryFaults with every fault."""
    faults: list[Fault] = []
    names = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    if NATIONAL not in names:
        faults.append(Fault(file=NATIONAL, line=1, what="the folder is missing"))
    drafts = [_draft(folder, name, faults) for name in names]
    faults.extend(reference_faults(drafts))
    if faults:
        raise DirectoryFaults(faults)
    national = (service.value for draft in drafts if draft.id == NATIONAL for service in draft.services)
    return Directory(areas=tuple(_areas(drafts)), national=tuple(national))


def _areas(drafts: list[Draft]) -> Iterable[Area]:
    for draft in drafts:
        if draft.area:
            agencies = [agency.value for agency in draft.agencies]
            landlords = [landlord.value for landlord in draft.landlords]
            services = [service.value for service in draft.services]
            yield draft.area.value.value((agencies, landlords, services))


def _draft(folder: Path, name: str, faults: list[Fault]) -> Draft:
    draft = Draft(id=name)
    wanted = NATIONAL_FILES if name == NATIONAL else AREA_FILES
    for path in sorted((folder / name).iterdir()):
        if path.name not in wanted:
            faults.append(Fault(file=f"{name}/{path.name}", line=1, what="not a file of the directory"))

    def entries(file: str) -> Iterable[Entry]:
        return read_list(folder, f"{name}/{file}", faults)

    draft.services = _found(
        entries("services.yaml"), lambda data: ServiceEntry.model_validate(data).value(name), draft, faults
    )
    if name == NATIONAL:
        return draft
    draft.agencies = _found(
        entries("agencies.yaml"), lambda data: AgencyEntry.model_validate(data).value(name), draft, faults
    )
    draft.landlords = _found(
        entries("landlords.yaml"), lambda data: LandlordEntry.model_validate(data).value(name), draft, faults
    )
    whole = read(folder, f"{name}/area.yaml", faults)
    areas = _found([whole] if whole else [], AreaEntry.model_validate, draft, faults)
    draft.area = areas[0] if areas else None
    return draft


def _found(entries: Iterable[Entry], build: Callable[[Plain], V], draft: Draft, faults: list[Fault]) -> list[Found[V]]:
    found = []
    for entry in entries:
        try:
            found.append(Found(entry=entry, value=build(entry.data)))
        except ValidationError as error:
            faults.extend(_fault(entry, detail) for detail in error.errors(include_input=False))
            draft.broken.add(entry.id)
        except ValueError as error:
            faults.append(entry.fault(str(error)))
            draft.broken.add(entry.id)
    return found


def _fault(entry: Entry, detail: ErrorDetails) -> Fault:
    path = [step for step in detail["loc"] if step != "[key]"]
    why = PLAINLY.get(detail["type"], detail["msg"].removeprefix("Value error, "))
    return entry.fault(": ".join(filter(None, (".".join(map(str, path)), why))), *path)
