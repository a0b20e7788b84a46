"""Voice notes, photos, videos, documents and places as parts of an answer; and what no question takes."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

import pytest

from bot.app import App
from bot.channels.telegram import fetching
from bot.storage.tables import blobs
from tests.conftest import Cast
from tests.on_telegram import app, starts_a_report, telegram
from tests.telegram_reading import file_of, read_by, rows, told_by, words_of
from tests.telegram_world.people import Person, until
from tests.telegram_world.server import TelegramWorld
from tests.telegram_world.world import Message

__all__ = ["app", "telegram"]

CONTENT = os.urandom(70_000)
MIB = 1024 * 1024
Sends = Callable[[Person], Awaitable[Message]]

FILES: list[tuple[str, Sends]] = [
    ("voice", lambda person: person.sends_voice(7, CONTENT)),
    ("photo", lambda person: person.sends_photo(CONTENT, "the door")),
    ("video", lambda person: person.sends_video(CONTENT)),
    ("file", lambda person: person.sends_document(CONTENT, "letter.pdf", "application/pdf")),
]


@pytest.mark.parametrize(("kind", "sends"), FILES, ids=[kind for kind, _ in FILES])
async def test_a_file_is_kept_sealed_byte_for_byte(
    app: App, cast: Cast, telegram: TelegramWorld, kind: str, sends: Sends
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)

    await sends(amina)
    await amina.reads("I have kept 1 message.")
    await amina.settles()

    (item,) = await told_by(app, amina)
    assert item["kind"] == kind
    assert (item["size"], item["sha256"]) == (len(CONTENT), sha256(CONTENT).hexdigest())
    assert await file_of(app, item) == CONTENT


async def test_a_place_is_kept_as_words(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)

    await amina.sends_location(51.454513, -2.58791)
    await amina.reads("I have kept 1 message.")
    await amina.settles()

    assert await words_of(app, amina) == ["51.45451, -2.58791"]


async def test_messages_and_voice_notes_are_one_answer_until_thats_all(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)

    await amina.says("They waited at the stop.")
    await amina.sends_voice(5, b"OggS one")
    await amina.says("Then they followed me.")
    await amina.sends_photo(b"jpeg", "this is the stop")
    await amina.sends_voice(5, b"OggS two")
    await amina.reads("I have kept 5 messages.")
    await amina.taps("That's all")
    await amina.settles()

    items = await told_by(app, amina)
    assert [item.get("kind", "words") for item in items] == ["words", "voice", "words", "photo", "voice"]
    assert [item["words"] for item in items if item["words"]] == [
        "They waited at the stop.",
        "Then they followed me.",
        "this is the stop",
    ]
    assert [await file_of(app, item) for item in items if "kind" in item] == [b"OggS one", b"jpeg", b"OggS two"]


async def test_a_tap_waits_for_the_voice_note_before_it(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("Listen.")
    await amina.settles()
    telegram.fails("getFile", slow=0.3)

    await amina.sends_voice(5, b"OggS slow")
    await amina.taps("That's all", at_once=True)
    await amina.reads("Is that enough for now?")
    await amina.settles()

    assert [item.get("kind", "words") for item in await told_by(app, amina)] == ["words", "voice"]


async def test_a_slow_file_of_amina_keeps_nobody_else_waiting(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina, other = telegram.person("Amina"), telegram.person("Ola")
    await starts_a_report(amina)
    await amina.settles()
    telegram.fails("getFile", slow=2)
    before = telegram.counts["getUpdates"]

    await amina.sends_voice(5, b"OggS slow")
    await until(telegram, lambda: telegram.in_flight["getFile"] == 1, lambda: "no file was asked for")
    await other.says("/start")
    await other.reads("English")
    waits_still = telegram.in_flight["getFile"]
    await amina.reads("I have kept 1 message.")

    assert waits_still == 1
    assert telegram.counts["getUpdates"] - before < 20  # it does not ask again and again meanwhile


async def test_a_file_in_a_sent_report_opens_for_the_agency_alone(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.sends_photo(CONTENT, "the door")
    for label in ("That's all", "No more questions", "No", "Send"):
        await amina.taps(label)
    await amina.reads("Your code is")
    await amina.settles()

    (report,) = await read_by(app, cast.bruno)
    (item,) = report["account"].entries[0].stored["items"]
    assert await file_of(app, item) == CONTENT
    assert await read_by(app, cast.carla) == []


async def test_a_file_over_20_mb_is_answered_kindly(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint.")

    await amina.sends_document(bytes(21 * MIB), "film.mov", "video/quicktime")
    await amina.reads("A file can have 20 MB at most.")
    screen = await amina.settles()

    assert "What happened?" in screen.text
    assert await words_of(app, amina) == ["They threw paint."]
    assert telegram.requests_of("getFile") == []


async def test_a_file_whose_size_was_not_told_is_refused_kindly(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    message = await amina.says("This was sent with it.")
    stored = telegram.store(bytes(21 * MIB), "documents", "")
    document = {"file_id": stored.file_id, "file_unique_id": "x"}

    body = {key: value for key, value in message.body.items() if key != "text"}
    telegram.inject({"message": body | {"message_id": message.message_id + 1, "document": document}})
    await amina.reads("A file can have 20 MB at most.")

    assert await rows(app, blobs) == 0


async def test_an_empty_file_is_answered_kindly(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)

    await amina.sends_document(b"", "empty.txt", "text/plain")

    await amina.reads("That file is empty, so I did not keep it.")


@pytest.mark.parametrize("fault", [{"status": 502}, {"drop": "after"}, {"garble": True}, {"retry_after": 1}])
async def test_a_file_is_fetched_again_when_telegram_stumbles(
    app: App, cast: Cast, telegram: TelegramWorld, monkeypatch: pytest.MonkeyPatch, fault: dict[str, Any]
) -> None:
    monkeypatch.setattr(fetching, "PAUSES", (0.01, 0.02))
    monkeypatch.setattr(fetching, "LONGEST_WAIT", 0.01)
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    telegram.fails("getFile", **fault)

    await amina.sends_voice(5, CONTENT)
    await amina.reads("I have kept 1 message.")
    await amina.settles()

    (item,) = await told_by(app, amina)
    assert await file_of(app, item) == CONTENT


async def test_a_file_that_cannot_be_had_is_asked_for_again(
    app: App, cast: Cast, telegram: TelegramWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PAUSES", (0.01, 0.02))
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    telegram.fails("getFile", status=500, times=None)

    await amina.sends_voice(5, CONTENT)
    await amina.reads("I could not get that file. Please send it again.")
    telegram.heals()
    await amina.sends_voice(5, CONTENT)
    await amina.reads("I have kept 1 message.")
    await amina.settles()

    assert len(await told_by(app, amina)) == 1
    assert not list(telegram.waiting())


OTHER_THINGS: list[tuple[str, Sends]] = [
    ("sticker", lambda person: person.sends_sticker()),
    ("poll", lambda person: person.sends_poll()),
    ("contact", lambda person: person.sends_contact()),
    ("dice", lambda person: _sends(person, {"dice": {"emoji": "🎲", "value": 6}})),
    ("game", lambda person: _sends(person, {"story": {"chat": person.about | {"type": "private"}, "id": 1}})),
]


async def _sends(person: Person, content: dict[str, Any]) -> Message:
    return person._send(content, None)


@pytest.mark.parametrize(("kind", "sends"), OTHER_THINGS, ids=[kind for kind, _ in OTHER_THINGS])
async def test_what_no_question_takes_is_answered_kindly(
    app: App, cast: Cast, telegram: TelegramWorld, kind: str, sends: Sends
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint.")

    await sends(amina)
    screen = await amina.settles()

    assert "I cannot use that here." in screen.text
    assert "What happened?" in screen.text
    assert await words_of(app, amina) == ["They threw paint."]


async def test_three_things_that_help_nobody_offer_a_person(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)

    for _ in range(3):
        await amina.sends_sticker()
        screen = await amina.settles()

    said = screen.text.replace("\u2068", "").replace("\u2069", "")
    assert "You can also talk to a person. Victim Support: call 0808 168 9111, day or night." in said


async def test_a_photo_at_a_question_with_buttons_is_answered_kindly(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint.")
    await amina.taps("That's all")

    await amina.sends_photo(b"jpeg")
    screen = await amina.settles()

    assert "Please tap one of the buttons." in screen.text
    assert await words_of(app, amina) == ["They threw paint."]


async def test_a_timer_set_in_the_chat_brings_no_answer(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    screens = len(amina.chat)

    await _sends(amina, {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}})
    await amina.settles()

    assert len(amina.chat) == screens + 1


async def test_forty_files_at_once_are_all_kept_in_order(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()

    await telegram.deliver_together([amina.sends_voice(1, b"%d" % number) for number in range(40)])
    await amina.reads("I have kept 40 messages.")
    await amina.sends_voice(1, b"one more")
    await amina.reads("I cannot keep more files for now.")
    await amina.settles()

    items = await told_by(app, amina)
    assert [await file_of(app, item) for item in items] == [b"%d" % number for number in range(40)]


async def test_only_six_files_are_fetched_at_the_same_time(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    telegram.fails("getFile", slow=0.1, times=12)
    most = [0]

    async def watch() -> None:
        while True:
            await telegram.change()
            most[0] = max(most[0], telegram.in_flight["getFile"])

    watching = asyncio.create_task(watch())
    await telegram.deliver_together([amina.sends_voice(1, b"%d" % number) for number in range(12)])
    await amina.reads("I have kept 12 messages.")
    watching.cancel()

    assert most == [6]
