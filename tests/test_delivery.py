"""What could not be sent at once is sent later; the last screen that anybody sees is the newest."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import App
from bot.delivery import FIRST_PAUSE, LONGEST_PAUSE, pause
from bot.errors import DeliveryError
from bot.messages import Shown, Tap
from bot.storage.tables import conversations, outbox
from tests.clock import Clock
from tests.conftest import Cast
from tests.talking import Talker


@dataclass
class Chat:
    """A channel with one chat in it; `meanwhile` is what happens while its next screen is on its way."""

    name: str = "telegram"
    shown: dict[str, Shown] = field(default_factory=dict)
    fault: DeliveryError | None = None
    meanwhile: Callable[[], Coroutine[Any, Any, None]] | None = None

    async def show(self, who: str, shown: Shown, *, replaces: str, in_place: bool) -> str:
        if self.fault is not None:
            raise self.fault
        happens, self.meanwhile = self.meanwhile, None
        if happens is not None:
            await happens()
        self.shown.pop(replaces, None)
        message = str(len(self.shown) + 1 + sum(map(int, self.shown)))
        self.shown[message] = shown
        return message

    async def clear(self, who: str, messages: tuple[str, ...]) -> None:
        for message in messages:
            self.shown.pop(message, None)

    @property
    def last(self) -> str:
        return list(self.shown.values())[-1].question


@pytest.fixture
def chat() -> Chat:
    return Chat()


@pytest.fixture
async def amina(app: App, cast: Cast, chat: Chat) -> Talker:
    return Talker(replace(app, delivery=replace(app.delivery, channels={chat.name: chat})))


async def waiting(app: App) -> list[str]:
    return list(await app.house.database.look(lambda c: c.execute(select(outbox.c.kind)).scalars().all()))


async def test_a_screen_nobody_sent_leaves_after_its_head_start(amina: Talker, chat: Chat, clock: Clock) -> None:
    await amina.begins_a_story()

    await amina.app.delivery.send_due()
    assert chat.shown == {}
    clock.advance(seconds=20)
    await amina.app.delivery.send_due()

    assert "What happened?" in chat.last
    assert await waiting(amina.app) == []


async def test_an_old_screen_that_took_the_place_of_a_new_one_is_followed_by_it(
    amina: Talker, chat: Chat, clock: Clock
) -> None:
    await amina.begins_a_story()
    clock.advance(seconds=20)

    async def amina_goes_on() -> None:
        await amina.says("They shouted at me.")
        turned = await amina.does(Tap(data=amina.button("That's all").data))
        await amina.app.delivery.send_now(amina.address, turned)

    chat.meanwhile = amina_goes_on
    await amina.app.delivery.send_due()
    assert "What happened?" in chat.last
    await amina.app.delivery.send_due()

    assert chat.last == "Is that enough for now?"
    assert await waiting(amina.app) == []


async def test_a_screen_is_tried_again_until_it_arrives(amina: Talker, chat: Chat, clock: Clock) -> None:
    await amina.begins_a_story()
    chat.fault = DeliveryError()
    for _ in range(20):
        clock.advance(minutes=6)
        await amina.app.delivery.send_due()
    chat.fault = None

    clock.advance(minutes=6)
    await amina.app.delivery.send_due()

    assert "What happened?" in chat.last


async def test_a_screen_nobody_can_receive_is_given_up(amina: Talker, chat: Chat, clock: Clock) -> None:
    await amina.begins_a_story()
    chat.fault = DeliveryError(permanent=True)

    clock.advance(seconds=20)
    await amina.app.delivery.send_due()

    assert await waiting(amina.app) == []


async def test_a_screen_of_a_forgotten_draft_is_not_sent(amina: Talker, chat: Chat, clock: Clock) -> None:
    await amina.begins_a_story()
    clock.advance(hours=24)
    await amina.app.retention.sweep()

    await amina.app.delivery.send_due()

    assert chat.shown == {}
    assert await waiting(amina.app) == []


async def test_an_address_that_cannot_be_read_is_given_up(amina: Talker, chat: Chat, clock: Clock) -> None:
    await amina.begins_a_story()
    spoil = outbox.update().values(locked=b"noise")
    await amina.app.house.database.unit(lambda c: c.execute(spoil).close())

    clock.advance(seconds=20)
    await amina.app.delivery.send_due()

    assert await waiting(amina.app) == []


async def test_the_message_that_shows_the_screen_is_remembered(amina: Talker, chat: Chat, clock: Clock) -> None:
    await amina.begins_a_story()
    clock.advance(seconds=20)
    await amina.app.delivery.send_due()

    screen = await amina.app.house.database.look(lambda c: c.execute(select(conversations.c.screen)).scalar_one())

    assert list(chat.shown) == [screen]


def test_pauses_double_and_heed_what_the_other_side_asks() -> None:
    assert [pause(n, None) for n in range(3)] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pause(1000, None) == LONGEST_PAUSE
    assert pause(0, 3600.0) == timedelta(hours=1)
