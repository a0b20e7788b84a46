"""`saysafe directory`: keep the directory right, and exchange it with others."""

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.app import now
from bot.commandline.links import Link, look_at
from bot.commandline.upkeep import check as check_entries
from bot.commandline.upkeep import every_service, linked_pages, stale_entries, tell_links
from services_directory.faults import DirectoryFaults
from services_directory.load import PACKAGED, load
from services_directory.model import NATIONAL, Directory
from services_directory.openreferral.conditions import Conditions
from services_directory.openreferral.export import publish
from services_directory.openreferral.importing import import_feed
from services_directory.openreferral.reading import LARGEST, FeedRefused
from services_directory.openreferral.writing import FolderInUse, report_text, write_drafts
from services_directory.sources import web_address

app = typer.Typer(no_args_is_help=True, help="Keep the directory right, and exchange it with others.")

Folder = Annotated[Path, typer.Option("--folder", help="The folder of the directory's files.")]


@app.command()
def check(folder: Folder = PACKAGED) -> None:
    """Say everything that is wrong or contradicts itself, with file and line."""
    found = list(check_entries(folder, _today()))
    _say(found, "All is well.")


@app.command()
def stale(
    folder: Folder = PACKAGED,
    days: Annotated[int, typer.Option(help="An entry not compared for so many days.", min=0)] = 180,
    years: Annotated[int, typer.Option(help="A page older than so many years.", min=0)] = 3,
    links: Annotated[bool, typer.Option("--links", help="Ask every page whether it is still there.")] = False,
) -> None:
    """List what must be compared with its pages again, the oldest first."""
    try:
        found = list(stale_entries(folder, _today(), days=days, years=years))
        found += _links(folder) if links else []
    except DirectoryFaults as wrong:
        _stop(str(wrong))
    _say(found, "Nothing is old.")


def _links(folder: Path) -> list[str]:
    pages = linked_pages(folder)
    looked = asyncio.run(look_at(pages))
    if looked and all(one.link is Link.SILENT for one in looked):
        _stop("No page could be reached. Is there a network?")
    return list(tell_links(folder, pages, looked))


@app.command()
def export(
    out: Annotated[Path, typer.Option(help="The file to write.")],
    area: Annotated[str, typer.Option(help=f"One area, or {NATIONAL}.")] = "",
    folder: Folder = PACKAGED,
) -> None:
    """Write the directory as Open Referral UK 3.0 (HSDS 3), for others to read."""
    directory = _directory(folder)
    known = [*(one.id for one in directory.areas), NATIONAL]
    if area and area not in known:
        _stop(f"There is no such area. There are: {', '.join(known)}")
    services = list(publish(directory, area or None).services)
    page = {
        "total_items": len(services),
        "total_pages": 1,
        "page_number": 1,
        "size": len(services),
        "first_page": True,
        "last_page": True,
        "empty": not services,
        "contents": services,
    }
    out.write_text(json.dumps(page, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    typer.echo(f"{len(services)} services in {out}")


@app.command("import")
def import_(
    feed: Annotated[Path, typer.Argument(help="A file of Open Referral UK 3 or HSDS 3.", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option(help="A new folder for the drafts.")],
    area: Annotated[str, typer.Option(help="The folder of drafts that do not name their area.")] = "imported",
    source: Annotated[str, typer.Option(help="The page that publishes the feed.")] = "",
    trust_numbers: Annotated[
        bool, typer.Option("--trust-numbers", help="Take numbers that the feed checked within a year.")
    ] = False,
) -> None:
    """Read a feed into drafts that somebody must read before they are part of the directory."""
    conditions = _conditions(_directory(PACKAGED), area=area, source=source, trust_numbers=trust_numbers)
    if feed.stat().st_size > LARGEST:
        _stop(f"The feed is larger than {LARGEST // 1_000_000} megabytes.")
    try:
        imported = import_feed(feed.read_bytes(), conditions)
        written = write_drafts(imported, out)
    except FeedRefused as refused:
        _stop(f"Nothing was taken: {refused}.")
    except FolderInUse:
        _stop(f"{out} holds something already. Nothing was written. Name a new folder.")
    typer.echo(report_text(imported), nl=False)
    for path in written:
        typer.echo(str(path))


def _conditions(directory: Directory, *, area: str, source: str, trust_numbers: bool) -> Conditions:
    try:
        source = source and web_address(source)
    except ValueError:
        _stop("The source is not a web address.")
    if not area.replace("-", "").isalnum() or not area.isascii() or not area.islower():
        _stop("The area must be small letters and hyphens.")
    services = every_service(directory)
    return Conditions(
        today=_today(),
        trust_numbers=trust_numbers,
        area=area,
        source=source,
        kinds=frozenset(kind for service in services for kind in service.kinds),
        taken={service.id: service.area for service in services},
    )


def _directory(folder: Path) -> Directory:
    try:
        return load(folder)
    except DirectoryFaults as wrong:
        _stop(f"The directory cannot be read. Put this right first:\n{wrong}")


def _stop(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(2)


def _today() -> date:
    return now().date()


def _say(found: list[str], otherwise: str) -> None:
    for line in found:
        typer.echo(line)
    if found:
        raise typer.Exit(1)
    typer.echo(otherwise)
