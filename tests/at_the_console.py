"""The console as it is served, reports that lie in it, and staff who use it over HTTP or in a browser."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest
from aiohttp import ClientSession, CookieJar
from playwright.async_api import Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.app import App
from bot.attachments import Attachments
from bot.commands import Setting
from bot.console.console import Console
from bot.console.routes import routes
from bot.encryption.passphrase import FOR_TESTS, Cost
from bot.logs import EventLog, Log
from bot.state import State
from bot.storage import conversations
from dialogs.commands import FileReport
from dialogs.consent import SEND, Receiver, Sheet, SheetLine
from dialogs.parts import Package, Part
from dialogs.texts import text
from services_directory.routing import Situation
from tests.browser import serve
from tests.clock import Clock
from tests.conftest import Cast, Desk

DRAFT = "d" * 32  # the conversation reports are filed from
IN_BRISTOL = Situation(area="bristol")


@dataclass(frozen=True, kw_only=True)
class Told:
    """One answer of a report: `shown` as the person read it, `stored` as it was recorded."""

    id: str
    part: Part
    label: str
    shown: Sequence[str]
    stored: Any


def facts(*, contact: str = "yes") -> tuple[Told, ...]:
    verbal = {"chosen": ["verbal", "threat"], "done": True}
    return (
        Told(id="role", part=Part.FACTS, label="Who it happened to", shown=["It happened to me"], stored="self"),
        Told(id="types", part=Part.FACTS, label="What it was", shown=["Shouting or insults", "Threats"], stored=verbal),
        Told(id="contact", part=Part.FACTS, label="May contact me", shown=[contact.capitalize()], stored=contact),
    )


def account(words: str, *, locale: str = "ar", files: Sequence[dict[str, Any]] = ()) -> tuple[Told, ...]:
    items = [{"words": words, "locale": locale, "ref": ""}, *files]
    return (
        Told(
            id="story",
            part=Part.ACCOUNT,
            label="What happened",
            shown=[words, *("A file" for _ in files)],
            stored={"items": items, "done": True},
        ),
    )


def contact(where: str = "+44 7700 900123", *, openly: str = "no", message: str = "no") -> tuple[Told, ...]:
    phone = {"way": "phone", "where": where}
    return (
        Told(id="contact_where", part=Part.CONTACT, label="Safe contact", shown=[where], stored=phone),
        _yes_or_no("contact_openly", "May say who they are", openly),
        _yes_or_no("contact_message", "May leave a message", message),
        Told(id="name", part=Part.CONTACT, label="Name", shown=["أمينة"], stored="أمينة"),
    )


def _yes_or_no(id: str, label: str, said: str) -> Told:
    return Told(id=id, part=Part.CONTACT, label=label, shown=[said.capitalize()], stored=said)


@dataclass(frozen=True, kw_only=True)
class Office:
    """The console, served at `base`."""

    app: App
    console: Console
    clock: Clock
    base: str

    async def file(
        self,
        told: Sequence[Told],
        receivers: dict[str, Package],
        *,
        urgent: bool = False,
        situation: Situation = IN_BRISTOL,
        locale: str = "ar",
    ) -> str:
        """Amina sends a report; gives its code."""
        answers = {one.id: one.stored for one in told}
        answers |= {f"to_{id}": _agreed(package) for id, package in receivers.items()}
        named = tuple((Receiver(agency=id, package=package), text("gets it")) for id, package in receivers.items())
        sheet = Sheet(receivers=named, lines=tuple(_line(one) for one in told))
        consents = {id: f"to_{id}" for id in receivers}
        command = FileReport("file", sheet=sheet, situation=situation, urgent=urgent, consents=consents)
        state = State(draft="d", began=self.clock().date(), locale=locale, answers=answers)
        setting = Setting(conversation=DRAFT, state=state, now=self.clock())
        filing = self.app.house.runners[FileReport]
        prepared = await filing.prepare(command)
        result = await self.app.house.database.unit(lambda c: filing.run(c, command, prepared, setting))
        return str(result["code"])

    async def attach(self, plain: bytes, *, kind: str = "photo", media_type: str = "image/jpeg") -> dict[str, Any]:
        """Amina sends a file; gives the item it becomes in her answer."""
        kept = conversations.Kept(
            id=DRAFT,
            person=bytes(32),
            revision=1,
            wrapped_key=b"-",
            sealed_state=b"-",
            expires_at=self.clock() + timedelta(days=1),
        )
        database = self.app.house.database
        if await database.look(lambda c: conversations.by_id(c, DRAFT)) is None:
            await database.unit(lambda c: conversations.begin(c, kept))
        sent = await Attachments(database, self.app.house.random).keep(
            DRAFT, plain, kind=kind, at=self.clock(), media_type=media_type, name="harmless\u202egpj.exe"
        )
        shape = ("kind", "blob", "key", "sha256", "size", "media_type", "name", "seconds", "ref")
        return {name: getattr(sent, name) for name in shape} | {"words": "", "locale": "ar"}


def _agreed(package: Package) -> dict[str, str]:
    return {"choice": SEND, "package": package.value, "bound": "f" * 64, "locale": "ar"}


def _line(told: Told) -> SheetLine:
    shown = tuple(text("{words}", words=words) for words in told.shown)
    return SheetLine(id=told.id, part=told.part, label=text("{label}", label=told.label), answer=shown)


@asynccontextmanager
async def open_office(
    app: App, clock: Clock, *, log: Log | None = None, url: str = "http://127.0.0.1", cost: Cost = FOR_TESTS
) -> AsyncIterator[Office]:
    """Serve the console beside another page, as in the whole program."""
    console = Console(
        database=app.house.database,
        keyring=app.house.keyring,
        directory=app.house.directory,
        clock=clock,
        random=app.house.random,
        log=log or EventLog(),
        public_url=url,
        cost=cost,
    )
    async with serve(Starlette(routes=[Route("/", _elsewhere), *routes(console)])) as base:
        yield Office(app=app, console=console, clock=clock, base=base)


async def _elsewhere(request: Request) -> Response:
    return PlainTextResponse("elsewhere")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the console answered."""

    status: int
    body: str
    raw: bytes = field(repr=False)
    headers: dict[str, str]

    @property
    def where(self) -> str:
        """Where it sends the browser."""
        return self.headers.get("location", "")


class Clerk:
    """Somebody who uses the console without a browser, so that every byte can be looked at."""

    def __init__(self, office: Office, http: ClientSession) -> None:
        self.office = office
        self.http = http

    async def opens(self, path: str, **options: Any) -> Answer:
        return await self.asks("GET", path, **options)

    async def asks(self, method: str, path: str, **options: Any) -> Answer:
        options.setdefault("allow_redirects", False)
        async with self.http.request(method, f"{self.office.base}{path}", **options) as response:
            raw = await response.read()
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(status=response.status, body=raw.decode("utf-8", "replace"), raw=raw, headers=headers)

    async def token(self, path: str = "/console/sign-in") -> str:
        """The token of the first form on a page."""
        found = re.search(r'name="token" value="(\w+)"', (await self.opens(path)).body)
        assert found is not None
        return found[1]

    async def tries(self, name: str, passphrase: str, code: str) -> Answer:
        """Fill in the sign-in form."""
        fields = {"token": await self.token(), "name": name, "passphrase": passphrase, "code": code}
        return await self.asks("POST", "/console/sign-in", data=fields)

    async def enters(self, desk: Desk) -> Answer:
        """Sign in, and be let in."""
        answer = await self.tries(desk.member.name, desk.passphrase, code_of(desk, self.office.clock()))
        assert answer.status == 303, answer.status
        return answer

    async def presses(self, page: str, action: str, **fields: str) -> Answer:
        """Send the form on `page` that leads to `action`."""
        return await self.asks("POST", action, data={"token": await self.token(page), **fields})

    async def cases(self) -> list[str]:
        """The addresses of the cases in the list, in its order."""
        return re.findall(r'href="(/console/cases/\w+)"', (await self.opens("/console/")).body)

    @property
    def cookie(self) -> str:
        return next((morsel.value for morsel in self.http.cookie_jar), "")


@asynccontextmanager
async def clerk(office: Office) -> AsyncIterator[Clerk]:
    """Somebody with a cookie jar of their own."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
        yield Clerk(office, http)


def code_of(desk: Desk, at: datetime) -> str:
    """What the person's app shows at this moment."""
    return pyotp.TOTP(desk.member.totp).at(at)


async def comes_in(page: Page, office: Office, desk: Desk) -> None:
    """Sign in with a browser."""
    await page.goto(f"{office.base}/console/")
    await page.fill("#name", desk.member.name)
    await page.fill("#passphrase", desk.passphrase)
    await page.fill("#code", code_of(desk, office.clock()))
    await page.click("main button")
    await page.wait_for_selector("h1:has-text('Cases')")


@pytest.fixture
async def office(app: App, clock: Clock, cast: Cast) -> AsyncIterator[Office]:
    """The console with its agencies and staff; import it, `bruno` and `carla` where they are used."""
    async with open_office(app, clock) as opened:
        yield opened


@pytest.fixture
async def bruno(office: Office, cast: Cast) -> AsyncIterator[Clerk]:
    async with clerk(office) as someone:
        await someone.enters(cast.bruno)
        yield someone


@pytest.fixture
async def carla(office: Office, cast: Cast) -> AsyncIterator[Clerk]:
    async with clerk(office) as someone:
        await someone.enters(cast.carla)
        yield someone
