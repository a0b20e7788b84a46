"""The composition root: the only place that names concrete classes and opens what must be closed."""

import os
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

import telegram
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.alerts.alerting import Alerts, Sender
from bot.alerts.email import EmailAlerts
from bot.alerts.telegram import TelegramAlerts
from bot.attachments import Attachments
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.chats import Chats
from bot.channels.telegram.profile import publish
from bot.channels.telegram.receiver import LONG_POLL, Receiver
from bot.channels.telegram.request import USUAL, AiohttpRequest
from bot.channels.telegram.webhook import HEADER, Webhook
from bot.config import Config, TelegramSettings
from bot.conversations import Conversations
from bot.delivery import Delivery
from bot.editions import edition
from bot.encryption.keyring import KeyRing
from bot.encryption.passphrase import CODE, PASSPHRASE, Cost
from bot.equality import Equality
from bot.filing import Filing
from bot.joining import Joining
from bot.logs import Log
from bot.messages import Channel
from bot.playing import House
from bot.randomness import Random
from bot.rendering import Voice, load_voices
from bot.retention import Retention
from bot.serving import Work, every
from bot.state import FRONT
from bot.storage.database import Database
from dialogs.commands import CountEquality, FileReport
from services_directory.load import load
from services_directory.model import Directory

ESCALATION = 15.0  # seconds between two looks for alerts that nobody read


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
class OnTelegram:
    """The parts that talk to Telegram."""

    bot: telegram.Bot
    chats: Chats
    receiver: Receiver
    webhook: Webhook | None


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
    async with AsyncExitStack() as stack:
        opened = await stack.enter_async_context(world.database.open(config.database))
        house = _house(config, log, world, opened)
        bot = await _bot(config.telegram, stack)
        yield _app(config, (house, world), bot, senders)


def _house(config: Config, log: Log, world: World, database: Database) -> House:
    directory, voices, keyring = load(), load_voices(), KeyRing(config.secrets)
    return House(
        database=database,
        keyring=keyring,
        directory=directory,
        voices=voices,
        runners=_runners(world, keyring, directory, voices),
        clock=world.clock,
        random=world.random,
        log=log,
        operator=config.operator,
        front=world.front,
        edition=edition(),
        pushed=frozenset({TelegramChannel.name}),
    )


def _runners(
    world: World, keyring: KeyRing, directory: Directory, voices: Mapping[str, Voice]
) -> dict[type, Filing | Equality]:
    filing = Filing(
        keyring=keyring, random=world.random, cost=world.code_cost, directory=directory, english=voices["en"]
    )
    return {FileReport: filing, CountEquality: Equality(random=world.random, directory=directory)}


async def _bot(settings: TelegramSettings | None, stack: AsyncExitStack) -> telegram.Bot | None:
    """The bot, without asking Telegram who it is: the program starts while Telegram is away."""
    if settings is None:
        return None
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # the library's switch to durations as they will be from its version 23
    usual, polling = AiohttpRequest(USUAL), AiohttpRequest(LONG_POLL + USUAL)
    for request in (usual, polling):
        await request.initialize()
        stack.push_async_callback(request.shutdown)
    return telegram.Bot(
        settings.token,
        base_url=f"{settings.api}/bot",
        base_file_url=f"{settings.api}/file/bot",
        request=usual,
        get_updates_request=polling,
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
    on_telegram = (
        _telegram(config, house, (conversations, delivery, attachments), (bot, staff)) if bot and staff else None
    )
    retention = Retention(database=house.database, clock=house.clock, log=house.log)
    works: tuple[Work, ...] = (delivery.run, every(ESCALATION, alerts.escalate), retention.run)
    return App(
        config=config,
        house=house,
        conversations=conversations,
        joining=joining,
        delivery=delivery,
        alerts=alerts,
        retention=retention,
        telegram=on_telegram,
        asgi=Starlette(routes=_routes(config, house, world, (conversations, attachments, on_telegram))),
        works=(*works, *_telegram_works(house, on_telegram)),
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
        alerting=alerts,
        clock=house.clock,
        log=house.log,
    )


def _telegram(
    config: Config,
    house: House,
    parts: tuple[Conversations, Delivery, Attachments],
    speakers: tuple[telegram.Bot, TelegramAlerts],
) -> OnTelegram:
    (conversations, delivery, attachments), (bot, staff) = parts, speakers
    chats = Chats(conversations.turn, delivery.send_now)
    receiver = Receiver(
        bot=bot,
        chats=chats,
        conversations=conversations,
        attachments=attachments,
        staff=staff.take,
        clock=house.clock,
        log=house.log,
    )
    webhook = None
    if config.telegram is not None and config.telegram.webhook:
        secret = house.keyring.token("telegram-webhook").hex()
        webhook = Webhook(receiver=receiver, bot=bot, url=config.telegram.webhook, secret=secret)
    return OnTelegram(bot=bot, chats=chats, receiver=receiver, webhook=webhook)


def _telegram_works(house: House, on_telegram: OnTelegram | None) -> tuple[Work, ...]:
    if on_telegram is None:
        return ()
    daily = every(86_400, lambda: publish(on_telegram.bot, house.voices, house.log))
    if on_telegram.webhook is None:
        return (daily, on_telegram.receiver.run)
    return (daily, every(3_600, on_telegram.webhook.announce))


def _routes(
    config: Config, house: House, world: World, parts: tuple[Conversations, Attachments, OnTelegram | None]
) -> list[BaseRoute]:
    conversations, attachments, on_telegram = parts
    webhook = [_webhook_route(on_telegram.webhook)] if on_telegram and on_telegram.webhook else []
    return [*webhook]


def _webhook_route(webhook: Webhook) -> Route:
    async def call(request: Request) -> Response:
        return Response(status_code=await webhook.take(request.headers.get(HEADER, ""), await request.body()))

    return Route("/telegram", call, methods=["POST"])
