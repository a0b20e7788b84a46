"""`saysafe demo`: the whole product on this machine, with agencies, staff and alerts that are printed."""

import asyncio
import secrets
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pyotp

from bot.alerts.words import AlertWords
from bot.app import App
from bot.config import Config
from bot.joining import Joined

AGENCIES = ("bhcds", "bristol-city-council", "avon-and-somerset-police", "livewest", "bristol-monitoring")
STAFF = {"bhcds": "bruno", "livewest": "carla"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A staff login of the demo."""

    agency: str
    name: str
    passphrase: str
    totp: str

    @property
    def code(self) -> str:
        """The one-time code of this half minute."""
        return pyotp.TOTP(self.totp).now()


class PrintedAlerts:
    """A way for alerts that prints them."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write

    async def send(self, address: str, words: AlertWords) -> None:
        self._write(f"\n--- alert for {address} ---\n{words.subject}\n{words.body}\n---")


@asynccontextmanager
async def demo_config(environ: Mapping[str, str]) -> AsyncIterator[Config]:
    """Settings for a demo: a new secret and a database that is deleted afterwards, unless others are given."""
    with tempfile.TemporaryDirectory(prefix="saysafe-demo-") as folder:
        defaults = {
            "SAYSAFE_SECRET": secrets.token_hex(32),
            "SAYSAFE_DATABASE": str(Path(folder, "demo.sqlite3")),
            "SAYSAFE_OPERATOR": "Saysafe demo",
        }
        yield Config.from_env({**defaults, **environ})


async def furnish(app: App) -> tuple[Login, ...]:
    """Let the demo's agencies and staff join; alerts go to the screen."""
    logins = []
    for id in AGENCIES:
        joined = await app.joining.agency(id)
        await app.house.database.unit(
            lambda c, id=id: app.joining.alert_way(c, agency=id, kind="screen", address=id)  # type: ignore[misc]
        )
        if id in STAFF:
            logins.append(await _login(app, joined, STAFF[id]))
    return tuple(logins)


async def _login(app: App, joined: Joined, name: str) -> Login:
    passphrase = f"{name}-{secrets.token_hex(4)}"
    member = await app.joining.member(joined, name=name, passphrase=passphrase)
    agency = app.house.directory.agency(joined.agency).name
    return Login(agency=agency, name=name, passphrase=passphrase, totp=member.totp)


def welcome(url: str, logins: Sequence[Login], *, telegram: bool) -> tuple[str, ...]:
    """Where to look, and who may sign in."""
    return (
        f"Web chat:  {url}/",
        f"Console:   {url}/console",
        *(f"  {login.agency}: name {login.name}, passphrase {login.passphrase}, code {login.code}" for login in logins),
        "  Codes last half a minute. Press Enter for new ones.",
        "Telegram:  on" if telegram else "Telegram:  off (set SAYSAFE_TELEGRAM_TOKEN to try it)",
        "Alerts are printed here. Stop with Ctrl+C; everything is deleted then.",
    )


def tell_codes_on_enter(logins: Sequence[Login], write: Callable[[str], None]) -> None:
    """In a terminal, each press of Enter writes the codes of this half minute."""

    def tell() -> None:
        if not sys.stdin.readline():
            asyncio.get_running_loop().remove_reader(sys.stdin)
            return
        write("   ".join(f"{login.name}: {login.code}" for login in logins))

    if sys.stdin.isatty():
        asyncio.get_running_loop().add_reader(sys.stdin, tell)
