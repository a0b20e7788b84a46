"""The photos as they were taken, which a reporter kept when copies without place and time were sent."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from bot import correspondence
from bot.correspondence import REPORTER
from bot.encryption.errors import CannotOpen
from bot.handing_over import Item, original_key
from bot.reporter_keys import key_of, open_part
from bot.reports.report import TOLD, ReportPart
from bot.storage import letters
from dialogs.my_report_commands import Opened

_SAME = ("kind", "media_type", "name", "seconds", "received_at", "says", "locale")


def originals_of(connection: Connection, opened: Opened) -> tuple[dict[str, Any], ...]:
    """Each original as an item of a letter, its key in the clear; damaged ones are left out."""
    sent = (*_in_the_report(connection, opened), *_in_letters(connection, opened))
    return tuple(item for each in sent if "sealed" in each.get("original", {}) for item in _as_taken(each, opened))


def _in_the_report(connection: Connection, opened: Opened) -> Iterator[Item]:
    for part in TOLD:
        content = open_part(connection, opened, part)
        for entry in ReportPart.from_bytes(content).entries if content else ():
            yield from entry.stored.get("items", ()) if isinstance(entry.stored, dict) else ()


def _in_letters(connection: Connection, opened: Opened) -> Iterator[Item]:
    found = letters.letters_for(connection, opened.report, REPORTER)
    for each in correspondence.read(found, REPORTER, key_of(opened)):
        yield from each.letter.items if each.letter else ()


def _as_taken(item: Item, opened: Opened) -> Iterator[dict[str, Any]]:
    original = item["original"]
    try:
        key = original_key(original, opened.report, key_of(opened))
    except CannotOpen:
        return
    told = {name: item[name] for name in _SAME if name in item}
    kept = {name: original[name] for name in ("blob", "sha256", "size")}
    yield {**told, **kept, "key": key.to_bytes().hex(), "words": "", "cleaned": False}
