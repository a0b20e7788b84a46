"""The build's hook that compiles each catalog (`.po`) beside itself (`.mo`)."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogs(BuildHookInterface):  # type: ignore[type-arg]  # the base class is generic only for its own config
    """Runs before a wheel or an editable install is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for source in sorted(Path(self.root, "locales").rglob("*.po")):
            compile_catalog(source)


def compile_catalog(source: Path) -> None:
    """Write `messages.mo` beside `source`; fuzzy messages are left out, so they are shown in English."""
    with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
        write_mo(mo, read_po(po, locale=source.parent.parent.name.replace("-", "_")))
