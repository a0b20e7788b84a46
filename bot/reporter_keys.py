"""What a reporter's own key opens: the content keys of every part of their report."""

from collections.abc import Iterator

from sqlalchemy import Connection

from bot.encryption.content import ContentKey, bind, unlock
from bot.encryption.errors import CannotOpen
from bot.encryption.keys import PrivateKey
from bot.encryption.sealing import Purpose, open_sealed
from bot.filing import PART_VERSION, REPORTER
from bot.storage import reports
from dialogs.my_report_commands import Opened
from dialogs.parts import Part


def key_of(opened: Opened) -> PrivateKey:
    """The reporter's key, as the code or a linked chat gave it."""
    return PrivateKey.from_bytes(bytes.fromhex(opened.key))


def part_keys_of(connection: Connection, opened: Opened) -> Iterator[tuple[Part, ContentKey]]:
    """Each part of the report with its content key. Raises CannotOpen if one is damaged."""
    for name, (sealed, _) in reports.parts_for(connection, opened.report, REPORTER).items():
        yield Part(name), _content_key(opened, name, sealed)


def open_part(connection: Connection, opened: Opened, part: Part) -> bytes | None:
    """What a part holds; None if the report has none such, or it is damaged."""
    found = reports.parts_for(connection, opened.report, REPORTER).get(part.value)
    if found is None:
        return None
    sealed, locked = found
    context = bind(opened.report, part.value, PART_VERSION)
    try:
        return unlock(locked, _content_key(opened, part.value, sealed), Purpose.PART, context=context)
    except CannotOpen:
        return None


def _content_key(opened: Opened, part: str, sealed: bytes) -> ContentKey:
    context = bind(opened.report, part, PART_VERSION, REPORTER)
    return ContentKey.from_bytes(open_sealed(sealed, key_of(opened), Purpose.PART_KEY, context=context))
