"""A file of a report, opened and handed over to be saved. It is never shown inside a page."""

import asyncio
from dataclasses import dataclass, field

from sqlalchemy import Connection
from starlette.responses import Response

from bot.console.case_page import Looked, look, messages, opened
from bot.console.console import Deed
from bot.console.opening import File, open_file
from bot.console.visit import Visit
from bot.encryption.errors import CannotOpen
from bot.storage import reports

HEADERS = {"content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'"}
#: Endings that tell the agency's computer what to open a file with; any other type keeps none that runs.
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The file the address names, and its case."""

    looked: Looked
    file: File


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """That file as it lies in the database."""

    chosen: Chosen
    sealed: bytes = field(repr=False)


async def download(visit: Visit) -> Response:
    """One file, if it is among those this agency holds a key to; any other does not exist."""
    looked = await visit.console.database.look(lambda connection: look(connection, visit))
    chosen = _chosen(visit, looked)
    fetched = await visit.console.done(visit.session, lambda connection: _fetch(connection, visit, chosen))
    file, number = fetched.chosen.file, fetched.chosen.looked.listed.number
    async with visit.console.files_at_once:
        try:
            plain = await asyncio.to_thread(open_file, fetched.sealed, file)
        except CannotOpen:
            return visit.page("damaged.html", status=500, case=fetched.chosen.looked.listed.case.id)
    name = f"case-{number}-{file.position}{ENDINGS.get(file.media_type, '.bin')}"
    headers = HEADERS | {"content-disposition": f'attachment; filename="{name}"'}
    return Response(plain, media_type="application/octet-stream", headers=headers)


def _chosen(visit: Visit, looked: Looked | None) -> Chosen | None:
    if looked is None:
        return None
    wanted = visit.request.path_params["file"]
    sent = opened(visit, looked).files
    later = (file for letter in messages(visit, looked, after=len(sent)) for file in letter.files)
    found = [file for file in (*sent, *later) if file.blob == wanted]
    return Chosen(looked=looked, file=found[0]) if found else None


def _fetch(connection: Connection, visit: Visit, chosen: Chosen | None) -> Deed[Fetched] | None:
    """The consent is looked at again: it may have been taken back a moment ago."""
    now = look(connection, visit)
    if chosen is None or now is None or now.consent is None:
        return None
    sealed = reports.blob(connection, chosen.file.blob, now.listed.case.report)
    if sealed is None:
        return None
    return Deed(act="download", value=Fetched(chosen=chosen, sealed=sealed), case=now.listed.case.id)
