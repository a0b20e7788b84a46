"""`saysafe check`: everything that is wrong with settings, directory, catalogs and keys, at once."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.config import Config
from bot.encryption.keyring import KeyRing
from bot.errors import ConfigurationError, SaysafeError
from bot.rendering import CATALOGS, ENDONYMS, ENGLISH
from bot.storage.database import bring_up_to_date
from services_directory.faults import DirectoryFaults
from services_directory.load import load


def faults(environ: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each fault; none if all is well."""
    yield from _of_settings(environ)
    yield from _of_directory()
    for tag in ENDONYMS:
        if tag != ENGLISH:
            yield from _of_catalog(tag)


def _of_settings(environ: Mapping[str, str]) -> Iterator[str]:
    try:
        config = Config.from_env(environ)
        KeyRing(config.secrets)
        bring_up_to_date(config.database)
    except ConfigurationError as wrong:
        yield from wrong.faults
    except (SaysafeError, ValueError, OSError) as wrong:
        yield f"the database cannot be used: {type(wrong).__name__}"


def _of_directory() -> Iterator[str]:
    try:
        load()
    except DirectoryFaults as wrong:
        for fault in wrong.faults:
            yield f"{fault.file}:{fault.line}: {fault.what}"


def _of_catalog(tag: str) -> Iterator[str]:
    name = tag.replace("-", "_")
    source = CATALOGS / name / "LC_MESSAGES" / "messages.po"
    if not source.with_suffix(".mo").exists():
        yield f"{source}: was not compiled"
    for message in catalog_of(source, name):
        if message.id and (message.fuzzy or not message.string or not all(_forms(message.string))):
            yield f"{source}: not translated: {_forms(message.id)[0]}"


def catalog_of(source: Path, name: str) -> Catalog:
    with source.open("rb") as file:
        return read_po(file, locale=Locale.parse(name))


def _forms(words: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)
