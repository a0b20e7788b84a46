"""Staff chats on Telegram: linked by a one-time code, alerted without content, silent otherwise."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.app import App
from bot.storage import agencies, cases, tables
from dialogs.registry import DIALOGS
from tests.clock import Clock
from tests.conftest import Cast
from tests.on_telegram import app, sends_a_short_report, starts_a_report, telegram
from tests.telegram_reading import rows
from tests.telegram_world.people import Group, Person, until
from tests.telegram_world.server import TelegramWorld
from tests.telegram_world.world import Message

__all__ = ["app", "telegram"]

WORDS = "Zebrafinch threw marmalade at my car."
WAITS = "Something waits for you in Saysafe."


async def linked(app: App, person: Person, agency: str, in_: Group | None = None) -> None:
    """A chat that gets an agency's alerts."""
    code = await app.joining.staff_chat_code(agency)
    await person.says(f"/link {code}", in_=in_)
    await person.reads("This chat is linked.", in_=in_)
    await person.settles()


async def alert_of(app: App, agency: str) -> cases.Alert:
    """The alert that an agency has."""
    row = await app.house.database.look(
        lambda c: c.execute(tables.alerts.select().where(tables.alerts.c.agency == agency)).one()
    )
    return cases.Alert(**row._mapping)


async def alerted(app: App, telegram: TelegramWorld) -> None:
    """Amina sends a report, and the outbox leaves."""
    await sends_a_short_report(telegram.person("Amina"), WORDS)
    await app.delivery.send_due()
    await telegram.person("Amina").settles()


async def test_the_code_links_once_and_its_message_is_deleted(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    bruno, carla = telegram.person("Bruno"), telegram.person("Carla")
    code = await app.joining.staff_chat_code("bhcds")

    await bruno.says(f"/link {code.upper()} ")
    await bruno.reads("This chat is linked.")
    await carla.says(f"/link {code}")
    await carla.reads("That code does not work. Ask for a new one.")

    assert [message.text[:20] for message in bruno.chat] == ["This chat is linked."]
    assert await rows(app, tables.alert_ways) == 1
    assert await rows(app, tables.link_codes) == 0


async def test_a_code_that_arrives_twice_is_answered_once(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    bruno = telegram.person("Bruno")
    await linked(app, bruno, "bhcds")

    telegram.repeat_last_update()
    await bruno.settles()

    assert [message.text[:20] for message in bruno.chat] == ["This chat is linked."]


async def test_a_code_expires_after_an_hour(app: App, cast: Cast, telegram: TelegramWorld, clock: Clock) -> None:
    bruno = telegram.person("Bruno")
    code = await app.joining.staff_chat_code("bhcds")
    clock.advance(hours=1)

    await bruno.says(f"/link {code}")
    await bruno.reads("That code does not work.")

    assert await rows(app, tables.alert_ways) == 0


@pytest.mark.parametrize(
    "typed", ["/link", "/link nonsense", "/link@test_bot x y", "/link\n\u202e", "/link " + "9" * 4000]
)
async def test_a_wrong_code_gets_a_kind_answer(app: App, cast: Cast, telegram: TelegramWorld, typed: str) -> None:
    bruno = telegram.person("Bruno")
    staff = telegram.group("Staff", members=[bruno])

    await bruno.says(typed, in_=staff)
    await bruno.reads("That code does not work. Ask for a new one.", in_=staff)

    assert await rows(app, tables.alert_ways) == 0


async def test_a_linked_group_is_alerted_without_a_word_of_the_report(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    bruno = telegram.person("Bruno")
    staff = telegram.group("Staff", members=[bruno])
    await linked(app, bruno, "bhcds", staff)

    await alerted(app, telegram)
    message = await bruno.reads(WAITS, in_=staff)

    alert = await alert_of(app, "bhcds")
    told = f"{message.text} {message.buttons}".lower()
    telling = {*re.findall(r"\w+", WORDS.lower()), "amina", "hate", "harassment", "bristol", *DIALOGS}
    assert alert.number in told
    assert not telling & set(re.findall(r"\w+", told))
    assert str(telegram.person("Amina").id) not in told


async def test_i_have_it_marks_the_alert_and_edits_the_message(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    bruno = telegram.person("Bruno")
    staff = telegram.group("Staff", members=[bruno])
    await linked(app, bruno, "bhcds", staff)
    await alerted(app, telegram)

    await bruno.taps("I have it", in_=staff)
    await bruno.reads("Somebody has it. Alert: ", in_=staff)

    assert (await alert_of(app, "bhcds")).seen_at is not None
    assert bruno.looks(staff).labels == ()


async def test_carlas_chat_cannot_say_that_it_has_brunos_alert(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    bruno, carla = telegram.person("Bruno"), telegram.person("Carla")
    staff, others = telegram.group("Staff", members=[bruno]), telegram.group("Others", members=[carla])
    await linked(app, bruno, "bhcds", staff)
    await linked(app, carla, "livewest", others)
    await alerted(app, telegram)
    number = (await alert_of(app, "bhcds")).number
    markup = {"inline_keyboard": [[{"text": "I have it", "callback_data": f"have:{number}"}]]}
    forged = telegram.post(telegram.chats[others.id], {"text": "x", "reply_markup": markup}, sender=telegram.bot)

    await carla.taps("I have it", message=forged, in_=others)
    await carla.settles()

    assert (await alert_of(app, "bhcds")).seen_at is None
    assert [message.text for message in others.chat if WAITS in message.text or "has it" in message.text] == []
    assert forged in others.chat


async def test_an_unread_alert_is_passed_on_to_the_next_way(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock
) -> None:
    first, second = telegram.person("Bruno"), telegram.person("Beata")
    await linked(app, first, "bhcds")
    await linked(app, second, "bhcds")
    await alerted(app, telegram)
    due = (await alert_of(app, "bhcds")).due_at
    before = [message.text for message in second.chat]

    clock.advance(seconds=(due - clock()).total_seconds() - 1)
    early = await app.alerts.escalate()
    clock.advance(seconds=1)
    late = await app.alerts.escalate()
    await app.delivery.send_due()
    message = await second.reads(WAITS)

    assert (early, late) == (0, 1)
    assert not [text for text in before if WAITS in text]
    assert "Nobody has said yet that they have it." in message.text
    await second.taps("I have it")
    await second.settles()
    clock.advance(hours=24)
    assert await app.alerts.escalate() == 0


async def test_a_chat_that_blocked_the_bot_is_passed_over(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    first, second = telegram.person("Bruno"), telegram.person("Beata")
    await linked(app, first, "bhcds")
    await linked(app, second, "bhcds")
    await first.blocks_the_bot()

    await alerted(app, telegram)
    await second.reads(WAITS)

    assert await rows(app, tables.outbox) == 0


@pytest.mark.parametrize("fault", [{"status": 502}, {"retry_after": 9}, {"drop": "before"}, {"garble": True}])
async def test_an_alert_that_did_not_get_through_is_sent_again(
    app: App, cast: Cast, telegram: TelegramWorld, clock: Clock, fault: dict[str, Any]
) -> None:
    bruno, amina = telegram.person("Bruno"), telegram.person("Amina")
    await linked(app, bruno, "bhcds")
    await starts_a_report(amina)
    await amina.says(WORDS)
    for label in ("That's all", "No more questions", "No"):
        await amina.taps(label)
    await amina.reads("Shall I send this now?")
    await amina.settles()
    telegram.fails("sendMessage", **fault)  # the screen after "Send" is an edit, so this meets the alert

    await amina.taps("Send")
    await until(telegram, lambda: not telegram.faults, lambda: "no alert was sent")
    await amina.settles()
    for _ in range(3):
        clock.advance(seconds=10)
        await app.delivery.send_due()

    await bruno.reads(WAITS)
    await bruno.settles()
    assert await rows(app, tables.outbox) == 0


async def test_alerts_follow_a_group_that_became_a_supergroup(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    bruno = telegram.person("Bruno")
    staff = telegram.group("Staff", members=[bruno])
    await linked(app, bruno, "bhcds", staff)

    grown = staff.becomes_a_supergroup(bruno)
    await bruno.settles()
    await alerted(app, telegram)
    await bruno.reads(WAITS, in_=grown)
    await bruno.taps("I have it", in_=grown)
    await bruno.reads("Somebody has it.", in_=grown)

    ways = await app.house.database.look(lambda c: agencies.ways(c, "bhcds"))
    assert [way.address_id for way in ways] == [app.house.keyring.person_id("telegram", str(grown.id))]


SAID: list[Callable[[Person, Group], Awaitable[Message]]] = [
    lambda person, group: person.says("morning all", in_=group),
    lambda person, group: person.says("/start", in_=group),
    lambda person, group: person.says("/help@test_bot", in_=group),
    lambda person, group: person.says("/linked", in_=group),
    lambda person, group: person.says("exit", in_=group),
    lambda person, group: person.says("hi @test_bot", in_=group),
    lambda person, group: person.sends_photo(b"jpeg", in_=group),
    lambda person, group: person.sends_sticker(in_=group),
    lambda person, group: person.sends_location(51.4, -2.5, in_=group),
]


@pytest.mark.parametrize("reads_all", [False, True])
async def test_in_groups_the_bot_is_silent_to_everything_else(
    app: App, cast: Cast, telegram: TelegramWorld, reads_all: bool
) -> None:
    telegram.reads_groups = reads_all
    bruno = telegram.person("Bruno")
    staff = telegram.group("Staff", members=[bruno])
    await linked(app, bruno, "bhcds", staff)
    before = [message for message in staff.chat if message.by_bot]
    markup = {"inline_keyboard": [[{"text": "Old", "callback_data": "abcd.efghij.yes"}]]}
    old = telegram.post(telegram.chats[staff.id], {"text": "x", "reply_markup": markup}, sender=telegram.bot)

    for says in SAID:
        await says(bruno, staff)
    await bruno.taps("Old", message=old, in_=staff)
    await bruno.settles()

    assert [message for message in staff.chat if message.by_bot] == [*before, old]
    assert await rows(app, tables.conversations) == 0
