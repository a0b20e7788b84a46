"""The composition root: the only place that names concrete classes and opens what must be closed."""

import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

import telegram
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.alerts.alerting import Alerts, Sender
from bot.alerts.email import EmailAlerts
from bot.alerts.telegram import TelegramAlerts
from bot.attachments import Attachments
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.parts import Assembly, OnTelegram, open_bot
from bot.channels.telegram.webhook import HEADER
from bot.channels.web.parts import WebChat
from bot.channels.web.routes import routes as web_routes
from bot.config import Config
from bot.console.console import Console
from bot.console.routes import routes as console_routes
from bot.conversations import Conversations
from bot.crisis_words import load_crisis_words
from bot.delivery import Delivery
from bot.directory_api.routes import routes as directory_routes
from bot.encryption.keyring import KeyRing
from bot.encryption.passphrase import CODE, PASSPHRASE, Cost
from bot.errands import errands
from bot.joining import Joining
from bot.logs import Log
from bot.meanings import edition, read_lock
from bot.messages import Channel
from bot.playing import House
from bot.randomness import Random
from bot.reminding import REMINDING, Reminding
from bot.rendering import load_voices
from bot.retention import Retention
from bot.runners import Means, runners
from bot.serving import Work, every
from bot.state import FRONT
from bot.storage.database import Database
from bot.sweeping import Sweeps
from services_directory.load import load

ESCALATION = 15.0  # seconds between two looks for alerts that nobody read
SWEEPING = 300.0  # seconds between two looks for messages to delete in time
TIDYING = 60.0  # seconds between two looks for keys of sessions that are over


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the program takes from outside: time, chance, and how hard codes and passphrases are stretched."""

    clock: Callable[[], datetime] = now
    random: Random = secrets.token_bytes
    code_cost: Cost = CODE
    passphrase_cost: Cost = PASSPHRASE
    database: type[Database] = Database
    front: str = FRONT  # the dialog every conversation begins with


OUTSIDE = World()
NO_SENDERS: Mapping[str, Sender] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The whole program, opened. `works`: what must run beside the web server `asgi`."""

    config: Config
    house: House
    conversations: Conversations
    joining: Joining
    delivery: Delivery
    alerts: Alerts
    retention: Retention
    telegram: OnTelegram | None
    asgi: Starlette
    works: tuple[Work, ...]


@asynccontextmanager
async def open_app(
    config: Config, log: Log, world: World = OUTSIDE, *, senders: Mapping[str, Sender] = NO_SENDERS
) -> AsyncIterator[App]:
    """Open the database and put everything together. `senders`: further ways for alerts, by kind."""
    async with world.database.open(config.database) as database, open_bot(config.telegram) as bot:
        house = _house(config, log, world, database)
        yield _app(config, (house, world), bot, senders)


def _house(config: Config, log: Log, world: World, database: Database) -> House:
    directory, voices, keyring = load(), load_voices(), KeyRing(config.secrets)
    means = Means(
        database=database,
        keyring=keyring,
        directory=directory,
        voices=voices,
        random=world.random,
        code_cost=world.code_cost,
    )
    return House(
        database=database,
        keyring=keyring,
        directory=directory,
        voices=voices,
        runners=runners(means),
        clock=world.clock,
        random=world.random,
        log=log,
        operator=config.operator,
        public_url=config.public_url,
        front=world.front,
        edition=edition(read_lock()),
        hears=load_crisis_words(),
        pushed=frozenset({TelegramChannel.name}),
    )


def _app(config: Config, outside: tuple[House, World], bot: telegram.Bot | None, senders: Mapping[str, Sender]) -> App:
    house, world = outside
    conversations = Conversations(house)
    joining = Joining(
        database=house.database,
        keyring=house.keyring,
        random=house.random,
        clock=house.clock,
        cost=world.passphrase_cost,
    )
    staff = _staff_on_telegram(house, joining, bot) if bot else None
    alerts = _alerts(config, house, staff, senders)
    delivery = _delivery(house, conversations, alerts, bot)
    attachments = Attachments(house.database, house.random)
    on_telegram = None
    if bot and staff and config.telegram:
        assembly = Assembly(
            house=house, conversations=conversations, delivery=delivery, attachments=attachments, staff=staff.take
        )
        on_telegram = assembly.on(bot, config.telegram)
    retention = Retention(database=house.database, clock=house.clock, log=house.log)
    console = _console(config, house, world)
    web = _web(config, house, conversations, attachments)
    pages = (*console_routes(console), *directory_routes(house.directory), *web_routes(web))
    return App(
        config=config,
        house=house,
        conversations=conversations,
        joining=joining,
        delivery=delivery,
        alerts=alerts,
        retention=retention,
        telegram=on_telegram,
        asgi=Starlette(routes=[*_webhook_routes(on_telegram), *pages]),
        works=(
            delivery.run,
            every(ESCALATION, alerts.escalate),
            every(REMINDING, Reminding(house).remind),
            retention.run,
            every(SWEEPING, Sweeps(database=house.database, clock=house.clock, random=house.random).queue),
            every(TIDYING, console.tidy),
            *(on_telegram.works if on_telegram else ()),
        ),
    )


def _staff_on_telegram(house: House, joining: Joining, bot: telegram.Bot) -> TelegramAlerts:
    return TelegramAlerts(bot=bot, database=house.database, keyring=house.keyring, joining=joining, clock=house.clock)


def _alerts(config: Config, house: House, staff: TelegramAlerts | None, further: Mapping[str, Sender]) -> Alerts:
    senders = dict(further)
    if staff is not None:
        senders["telegram"] = staff
    if config.mail is not None:
        senders["email"] = EmailAlerts(config.mail)
    return Alerts(
        database=house.database,
        keyring=house.keyring,
        senders=senders,
        clock=house.clock,
        random=house.random,
        log=house.log,
        console=f"{config.public_url}/console",
    )


def _delivery(house: House, conversations: Conversations, alerts: Alerts, bot: telegram.Bot | None) -> Delivery:
    channels: dict[str, Channel] = {} if bot is None else {TelegramChannel.name: TelegramChannel(bot)}
    return Delivery(
        database=house.database,
        keyring=house.keyring,
        conversations=conversations,
        channels=channels,
        errands=errands(house, channels, alerts),
        clock=house.clock,
        log=house.log,
    )


def _console(config: Config, house: House, world: World) -> Console:
    return Console(
        database=house.database,
        keyring=house.keyring,
        directory=house.directory,
        clock=house.clock,
        random=house.random,
        log=house.log,
        public_url=config.public_url,
        cost=world.passphrase_cost,
    )


def _web(config: Config, house: House, conversations: Conversations, attachments: Attachments) -> WebChat:
    return WebChat(
        conversations=conversations,
        attachments=attachments,
        keyring=house.keyring,
        clock=house.clock,
        random=house.random,
        log=house.log,
        public_url=config.public_url,
        operator=config.operator,
        voices=house.voices,
        directory=house.directory,
    )


def _webhook_routes(on_telegram: OnTelegram | None) -> list[Route]:
    webhook = on_telegram.webhook if on_telegram else None
    if webhook is None:
        return []

    async def call(request: Request) -> Response:
        return Response(status_code=await webhook.take(request.headers.get(HEADER, ""), await request.body()))

    return [Route("/telegram", call, methods=["POST"])]
