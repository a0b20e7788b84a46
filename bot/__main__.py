"""The command line."""

import asyncio
import getpass
import logging
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer
import uvloop

from bot.commandline import checks, directory, init, run
from bot.config import Config
from bot.errors import SaysafeError

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, rich_markup_mode=None)
app.add_typer(directory.app, name="directory")


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8080,
) -> None:
    """The whole product on this machine: web chat, console, agencies, alerts on the screen."""
    _go(run.demo(os.environ, port, typer.echo))


@app.command("init")
def initialise(
    agency: Annotated[str, typer.Option(prompt="Agency (its id in the directory)")],
    name: Annotated[str, typer.Option(prompt="Name of the first member of staff")],
    email: Annotated[str, typer.Option(help="Where alerts go by email.")] = "",
) -> None:
    """Make keys for the first agency and its first member of staff."""
    if not os.environ.get("SAYSAFE_SECRET") and not os.environ.get("SAYSAFE_SECRET_FILE"):
        typer.echo(f"Put this among the settings first, and keep it secret:\n\nSAYSAFE_SECRET={init.new_secret()}")
        raise typer.Exit(2)
    first = init.FirstStaff(agency=agency, name=name, passphrase=_new_passphrase(), email=email)
    _go(run.initialise(Config.from_env(os.environ), first, typer.echo))


@app.command("run")
def serve() -> None:
    """Run in production."""
    _go(run.serve(Config.from_env(os.environ)))


@app.command()
def talk(
    dialog: Annotated[str, typer.Argument(help="menu, report, danger, keeping or equality.")] = "menu",
    lang: Annotated[str, typer.Option(help="The language, such as ar.")] = "en",
) -> None:
    """Walk a dialog in this terminal. Nothing is kept."""
    _go(run.talk(dialog, lang, typer.echo))


@app.command("link")
def link(agency: Annotated[str, typer.Argument(help="The agency's id.")]) -> None:
    """Print a code that links a staff chat on Telegram to an agency's alerts."""
    _go(run.link(Config.from_env(os.environ), agency, typer.echo))


@app.command()
def check() -> None:
    """Say everything that is wrong with settings, directory, catalogs and keys."""
    found = list(checks.faults(os.environ))
    for fault in found:
        typer.echo(fault)
    if found:
        raise typer.Exit(1)
    typer.echo("All is well.")


@app.command()
def preview(
    folder: Annotated[Path, typer.Option(help="Where to write it.")] = Path("preview"),
    accept_meanings: Annotated[str, typer.Option(help="Accept changed questions, and say why.")] = "",
) -> None:
    """Write every screen of every dialog in every language as a web page, and a diagram of each dialog."""
    for line in run.preview(folder, accept_meanings):
        typer.echo(line)


def _new_passphrase() -> str:
    first = getpass.getpass("Passphrase (four or five words): ")
    if getpass.getpass("Again: ") != first:
        typer.echo("The two were not the same.")
        raise typer.Exit(2)
    return first


def _go(work: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


def main() -> None:
    """Run one command; a known fault is said in a sentence."""
    try:
        app()
    except SaysafeError as fault:
        logging.disable()
        typer.echo(str(fault), err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
