"""Loads the directory from its folder: every file is read and checked before any fault is raised."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from services_directory import references
from services_directory.entries import AgencyEntry, AreaEntry, LandlordEntry, ServiceEntry
from services_directory.faults import DirectoryFaults, Fault
from services_directory.model import NATIONAL, Agency, Area, Directory, Landlord, Service
from services_directory.nodes import Entry, read, read_list

PACKAGED = Path(__file__).parent / "data"
AREA_FILES = ("agencies.yaml", "area.yaml", "landlords.yaml", "services.yaml")
NATIONAL_FILES = ("services.yaml",)


def load(folder: Path = PACKAGED) -> Directory:
    """The directory in `folder`: one folder per area, and `national`. Raises DirectoryFaults, naming all of them."""
    faults: list[Fault] = []
    folders = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
