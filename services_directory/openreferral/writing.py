"""Drafts and what there is to say of them as files in a new folder. Nothing that is there already is written over."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import yaml

from services_directory.openreferral.checking import missing_languages
from services_directory.openreferral.importing import Draft, Imported

HEAD = """\
# Drafts read from a feed. Nobody here has checked them, and they are not part of the directory yet.
# Read each one, translate what is empty, ring each number, then move it to the file where it belongs.
# What was left out, and why, stands in report.txt.

"""
WIDTH = 110


class FolderInUse(ValueError):
    """The folder is there and holds something; the importer only writes into a new one."""


def write_drafts(imported: Imported, folder: Path) -> tuple[Path, ...]:
    """`area/services.yaml` for each area, report.txt and report.json. Raises FolderInUse before it writes anything."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInUse
    written = []
    for area in dict.fromkeys(draft.area for draft in imported.drafts):
        path = folder / area / "services.yaml"
        _write(path, HEAD + draft_file([draft for draft in imported.drafts if draft.area == area]))
        written.append(path)
    for name, text in (("report.txt", report_text(imported)), ("report.json", report_json(imported))):
        _write(folder / name, text)
        written.append(folder / name)
    return tuple(written)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)


def draft_file(drafts: list[Draft]) -> str:
    """The entries as they stand in a file."""
    return "\n".join(
        yaml.safe_dump([draft.entry], allow_unicode=True, sort_keys=False, width=WIDTH) for draft in drafts
    )


def report_text(imported: Imported) -> str:
    """A line for everything there is to say, after a summary."""
    return "".join(f"{line}\n" for line in _lines(imported))


def _lines(imported: Imported) -> Iterator[str]:
    yield f"{len(imported.drafts)} drafts."
    for draft in imported.drafts:
        for field, locales in missing_languages(draft.entry).items():
            yield f"{draft.id}: {field}: to be written in {', '.join(locales)}"
    yield from map(str, imported.notes)


def report_json(imported: Imported) -> str:
    """The same for programs."""
    report = {
        "drafts": [
            {"id": draft.id, "area": draft.area, "missing_languages": missing_languages(draft.entry)}
            for draft in imported.drafts
        ],
        "notes": [asdict(note) for note in imported.notes],
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"
