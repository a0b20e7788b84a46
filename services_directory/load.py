"""Loads the directory from its folder: every file is read and checked before any fault is raised."""

from collections.abc import Iterable
from pathlib import Path

from services_directory.building import Folder, all_valid
from services_directory.drafts import Draft
from services_directory.duties import Duties
from services_directory.duty_entries import DutyEntry, duty_faults
from services_directory.entries import AgencyEntry, AreaEntry, LandlordEntry
from services_directory.faults import DirectoryFaults, Fault
from services_directory.model import NATIONAL, Area, Directory
from services_directory.need_entries import NeedEntry
from services_directory.references import reference_faults
from services_directory.service_entries import ServiceEntry, StaffEntry
from services_directory.task_entries import TaskEntry
from services_directory.task_references import task_faults

PACKAGED = Path(__file__).parent / "data"
AREA_FILES = frozenset({"agencies.yaml", "area.yaml", "landlords.yaml", "services.yaml"})
NATIONAL_FILES = frozenset({"needs.yaml", "services.yaml"})
STAFF, TASKS = "staff.yaml", "tasks.yaml"  # any folder may hold them, none must
DUTIES = "duties.yaml"  # the national folder may hold it


def load(folder: Path = PACKAGED) -> Directory:
    """The directory in `folder`: a folder per area, and `national`. Raises DirectoryFaults with every fault."""
    faults: list[Fault] = []
    names = _folders(folder, faults)
    drafts = [_draft(Folder(path=folder, name=name, faults=faults)) for name in names]
    faults.extend((*reference_faults(drafts), *task_faults(drafts), *duty_faults(drafts)))
    if faults:
        raise DirectoryFaults(faults)
    national = [draft for draft in drafts if draft.id == NATIONAL]
    return Directory(
        areas=tuple(_areas(drafts)),
        national=tuple(found.value for draft in national for found in draft.services),
        needs=tuple(found.value for draft in national for found in draft.needs),
        staff_services=tuple(found.value for draft in drafts for found in draft.staff),
        task_templates=tuple(found.value for draft in drafts for found in draft.tasks),
        duties=Duties(all=tuple(found.value for draft in national for found in draft.duties)),
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
    wanted = NATIONAL_FILES | {DUTIES} if name == NATIONAL else AREA_FILES
    files = folder.files(wanted | {STAFF, TASKS})
    services = folder.entries("services.yaml")
    draft.services = all_valid(services, lambda data: ServiceEntry.model_validate(data).value(name), draft, folder)
    if STAFF in files:
        staff = folder.entries(STAFF)
        draft.staff = all_valid(staff, lambda data: StaffEntry.model_validate(data).value(name), draft, folder)
    if TASKS in files:
        tasks = folder.entries(TASKS)
        draft.tasks = all_valid(tasks, lambda data: TaskEntry.model_validate(data).value(name), draft, folder)
    if name == NATIONAL:
        needs = folder.entries("needs.yaml")
        draft.needs = all_valid(needs, lambda data: NeedEntry.model_validate(data).value(), draft, folder)
        duties = folder.entries(DUTIES) if DUTIES in files else ()
        draft.duties = all_valid(duties, lambda data: DutyEntry.model_validate(data).value(), draft, folder)
        return draft
    agencies, landlords = folder.entries("agencies.yaml"), folder.entries("landlords.yaml")
    draft.agencies = all_valid(agencies, lambda data: AgencyEntry.model_validate(data).value(name), draft, folder)
    draft.landlords = all_valid(landlords, lambda data: LandlordEntry.model_validate(data).value(name), draft, folder)
    areas = all_valid(folder.whole("area.yaml"), AreaEntry.model_validate, draft, folder)
    draft.area = areas[0] if areas else None
    return draft
