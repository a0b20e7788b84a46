"""What `saysafe directory check` and `stale` find: each thing with the file and the line where it stands."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.commandline.links import Link, Looked
from services_directory.accepted import read_accepted
from services_directory.faults import DirectoryFaults, Fault
from services_directory.load import load
from services_directory.model import Directory
from services_directory.nodes import Entry, read_list
from services_directory.service import Service
from services_directory.upkeep import findings, stale, unaccepted, useless

SERVICES = "services.yaml"
UNIMPORTANT = frozenset({Link.FINE})


def every_service(directory: Directory) -> tuple[Service, ...]:
    """All services for people who look for help, of every area and of the whole country."""
    return (*(service for area in directory.areas for service in area.services), *directory.national)


def check(folder: Path, today: date) -> Iterator[str]:
    """Everything that is wrong in the files of `folder`, or worth a look; nothing if all is well."""
    try:
        directory = load(folder)
    except DirectoryFaults as wrong:
        yield from map(str, wrong.faults)
        return
    faults: list[Fault] = []
    accepted = read_accepted(folder, faults)
    found = findings(every_service(directory), today)
    entries = _entries(folder)
    for finding in unaccepted(found, [placed.value for placed in accepted]):
        faults.append(entries[finding.services[0]].fault(f"{finding.field}: {finding.what}", finding.field))
    empty = useless(found, [placed.value for placed in accepted])
    faults.extend(
        placed.entry.fault("accepts nothing that is still so") for placed in accepted if placed.value in empty
    )
    yield from map(str, sorted(faults))


def stale_entries(folder: Path, today: date, *, days: int, years: int) -> Iterator[str]:
    """Entries that must be compared with their pages again, the oldest first. Raises DirectoryFaults."""
    entries = _entries(folder)
    for one in stale(every_service(load(folder)), today, days=days, years=years):
        yield str(entries[one.service].fault(f"{one.service}: {one.what}", "checked"))


def linked_pages(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Every page that an entry leads to or stands on: the entries and their fields. Raises DirectoryFaults."""
    pages: dict[str, list[tuple[str, str]]] = {}
    for service in every_service(load(folder)):
        named = [("website", service.website)] if service.website else []
        for field, page in (*named, *(("sources", source.page) for source in service.sources)):
            pages.setdefault(page, []).append((service.id, field))
    return pages


def tell_links(folder: Path, pages: dict[str, list[tuple[str, str]]], looked: tuple[Looked, ...]) -> Iterator[str]:
    """A line for each page that is not as it was, at each place that names it."""
    entries = _entries(folder)
    for one in looked:
        for service, field in pages[one.page] if one.link not in UNIMPORTANT else ():
            yield str(entries[service].fault(f"{service}: {field}: {one}", field))


def _entries(folder: Path) -> dict[str, Entry]:
    """Where each service stands. What is wrong with the files is told by `load`."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.glob(f"*/{SERVICES}"))
    return {entry.id: entry for file in files for entry in read_list(folder, file, [])}
