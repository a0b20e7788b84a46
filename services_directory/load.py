"""Loads the directory from its folder: every file is read and checked before any fault is raised."""

from collections.abc import Iterable
from pathlib import Path

from services_directory.building import Folder, all_valid
from services_directory.drafts import Draft
from services_directory.entries import AgencyEntry, AreaEntry, LandlordEntry
from services_directory.faults import DirectoryFaults, Fault
from services_directory.model import NATIONAL, Area, Directory
from services_directory.need_entries import NeedEntry
from services_directory.references import reference_faults
from services_directory.service_entries import ServiceEntry, StaffEntry

PACKAGED = Path(__file__).parent / "data"
AREA_FILES = frozenset({"agencies.yaml", "area.yaml", "landlords.yaml", "services.yaml"})
NATIONAL_FILES = frozenset({"needs.yaml", "services.yaml"})
STAFF = "staff.yaml"  # any folder may hold it, none must


def load(folder: Path = PACKAGED) -> Directory:
    """The directory in `folder`: a folder per area, and `national`. Raises DirectoryFaults with every fault."""
    faults: list[Fault] = []
    names = _folders(folder, faults)
    drafts = [_draft(Folder(path=folder, name=name, faults=faults)) for name in names]
    faults.extend(reference_faults(drafts))
    if faults:
        raise DirectoryFaults(faults)
    national = [draft for draft in drafts if draft.id == NATIONAL]
    return Directory(
        areas=tuple(_areas(drafts)),
        national=tuple(found.value for draft in national for found in draft.services),
        needs=tuple(found.value for draft in national for found in draft.needs),
        staff_services=tuple(found.value for draft in drafts for found in draft.staff),
    )


def _folders(folder: Path, faults: list[Fault]) -> list[str]:
    names = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    if NATIONAL not in names:
        faults.append(Fault(file=NATIONAL, line=1, what="the folder is missing"))
    return names


def _areas(drafts: list[Draft]) -> Iterable[Area]:
    for draft in drafts:
        if draft.area:
            agencies = [agency.value for agency in draft.agencies]
            landlords = [landlord.value for landlord in draft.landlords]
            services = [service.value for service in draft.services]
            yield draft.area.value.value((agencies, landlords, services))


def _draft(folder: Folder) -> Draft:
    name, draft = folder.name, Draft(id=folder.name)
    wanted = NATIONAL_FILES if name == NATIONAL else AREA_FILES
    files = folder.files(wanted | {STAFF})
    services = folder.entries("services.yaml")
    draft.services = all_valid(services, lambda data: ServiceEntry.model_validate(data).value(name), draft, folder)
    if STAFF in files:
        staff = folder.entries(STAFF)
        draft.staff = all_valid(staff, lambda data: StaffEntry.model_validate(data).value(name), draft, folder)
    if name == NATIONAL:
        needs = folder.entries("needs.yaml")
        draft.needs = all_valid(needs, lambda data: NeedEntry.model_validate(data).value(), draft, folder)
        return draft
    agencies, landlords = folder.entries("agencies.yaml"), folder.entries("landlords.yaml")
    draft.agencies = all_valid(agencies, lambda data: AgencyEntry.model_validate(data).value(name), draft, folder)
    draft.landlords = all_valid(landlords, lambda data: LandlordEntry.model_validate(data).value(name), draft, folder)
    areas = all_valid(folder.whole("area.yaml"), AreaEntry.model_validate, draft, folder)
    draft.area = areas[0] if areas else None
    return draft
