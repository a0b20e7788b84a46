"""The Telegram of the tests, held to its rules through python-telegram-bot, plain HTTP and persons' sentences."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientSession, FormData, web
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from tests.clock import A_MONDAY, Clock
from tests.telegram_world.limits import parse_html
from tests.telegram_world.people import Person, until
from tests.telegram_world.server import TOKEN, TelegramWorld, in_a_thread

YES_OR_NO = InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label) for label in ("Yes", "No")]])
MIB = 1024 * 1024


async def echo(bot: Bot) -> None:
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=10):
            if tap := update.callback_query:
                await tap.answer("noted")
                await bot.send_message(tap.from_user.id, f"you tapped {tap.data}")
            elif message := update.edited_message:
                await message.reply_text(f"you meant {message.text}")
            elif message := update.message:
                await message.reply_text(f"you said {message.text or message.caption}", reply_markup=YES_OR_NO)
            offset = update.update_id + 1


@pytest.fixture
async def world(clock: Clock) -> AsyncIterator[TelegramWorld]:
    async with TelegramWorld.start(clock=clock) as world:
        yield world


@pytest.fixture
async def bot(world: TelegramWorld) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=world.base_url, base_file_url=world.base_file_url) as bot:
        yield bot


@pytest.fixture
async def echoing(bot: Bot) -> AsyncIterator[None]:
    task = asyncio.create_task(echo(bot))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.fixture
def amina(world: TelegramWorld) -> Person:
    return world.person("Amina", language_code="ar")


@pytest.fixture
async def amina_wrote(amina: Person) -> None:
    await amina.says("/start")


# People and a bot that echoes


@pytest.mark.usefixtures("echoing")
async def test_amina_writes_reads_the_answer_and_taps_a_button(amina: Person) -> None:
    await amina.says("hello")
    await amina.taps("No")
    await amina.reads("you tapped No")

    assert amina.toasts == ["noted"]
    assert "you tapped No" in amina.screen


@pytest.mark.usefixtures("echoing")
async def test_a_missing_button_fails_with_the_screen_she_sees(amina: Person) -> None:
    await amina.says("hello")

    with pytest.raises(AssertionError, match=r"(?s)no button \[Maybe\].*you said hello\n\[Yes\] \[No\]"):
        await amina.taps("Maybe")


@pytest.mark.usefixtures("echoing")
async def test_a_button_of_an_older_message_is_tapped_only_by_name(world: TelegramWorld, amina: Person) -> None:
    await amina.says("first")
    first = await amina.reads("you said first")
    await amina.settles()
    world.post(world.chats[amina.id], {"text": "other"} | {"reply_markup": _inline("Later")}, sender=world.bot)

    with pytest.raises(AssertionError, match=rf"Older messages with it: \[{first.message_id}\]"):
        await amina.taps("Yes")
    await amina.taps("Yes", message=first)
    await amina.reads("you tapped Yes")


@pytest.mark.usefixtures("echoing")
async def test_a_silent_bot_is_reported_with_what_it_left_undone(world: TelegramWorld, amina: Person) -> None:
    world.patience = 0.2
    world.fails("sendMessage", slow=60)
    message = await amina.says("hello")

    with pytest.raises(AssertionError, match=r"did not settle: updates \[\d+\], requests under way \['sendMessage'\]"):
        await amina.settles()
    with pytest.raises(AssertionError, match="Amina never read 'goodbye'"):
        await amina.reads("goodbye")
    assert message.text == "hello"


@pytest.mark.usefixtures("echoing")
async def test_an_edited_message_reaches_the_bot_as_an_edit(amina: Person) -> None:
    message = await amina.says("helo")
    await amina.edits(message, "hello")

    await amina.reads("you meant hello")


async def test_a_very_long_text_arrives_in_pieces_like_in_the_app(amina: Person) -> None:
    await amina.says("a" * 4096 + "b" * 9)

    assert [message.text for message in amina.chat] == ["a" * 4096, "b" * 9]


async def test_a_tap_on_a_deleted_message_arrives_without_its_text(bot: Bot, amina: Person) -> None:
    await amina.says("/start")
    sent = await bot.send_message(amina.id, "Safe?", reply_markup=YES_OR_NO)
    button = amina.chat[-1].buttons[0]
    await sent.delete()
    await amina.taps_again(button)

    tap = (await bot.get_updates())[-1].callback_query
    assert tap is not None
    assert tap.message is not None
    assert (tap.data, tap.message.is_accessible, tap.message.message_id) == ("Yes", False, sent.message_id)


async def test_copy_and_link_buttons_tell_the_bot_nothing(bot: Bot, amina: Person) -> None:
    await amina.says("/start")
    copy = {"text": "Copy", "copy_text": {"text": "1234"}}
    markup = {"inline_keyboard": [[copy, {"text": "Read", "url": "https://example.org/help"}]]}
    await bot.send_message(amina.id, "Your code", api_kwargs={"reply_markup": markup})
    await amina.taps("Copy", at_once=True)
    await amina.taps("Read", at_once=True)

    assert amina.clipboard == "1234"
    assert len(await bot.get_updates()) == 1


async def test_a_reply_keyboard_button_writes_its_label(bot: Bot, amina: Person) -> None:
    await amina.says("/start")
    await bot.send_message(amina.id, "Menu", api_kwargs={"reply_markup": {"keyboard": [["Help", {"text": "Exit"}]]}})
    await amina.taps("Exit", at_once=True)

    assert amina.screen.keyboard == ("Help", "Exit")
    assert amina.chat[-1].text == "Exit"


@pytest.mark.parametrize(
    ("kind", "sends"),
    [
        ("voice", lambda person: person.sends_voice(7, b"OggS...")),
        ("photo", lambda person: person.sends_photo(b"jpeg", "the door")),
        ("video", lambda person: person.sends_video(b"mp4")),
        ("document", lambda person: person.sends_document(b"pdf", "letter.pdf", "application/pdf")),
        ("sticker", lambda person: person.sends_sticker()),
        ("poll", lambda person: person.sends_poll()),
        ("location", lambda person: person.sends_location(51.45, -2.59)),
        ("contact", lambda person: person.sends_contact()),
    ],
)
async def test_whatever_amina_sends_reaches_the_bot_as_that_kind(
    bot: Bot, amina: Person, kind: str, sends: Callable[[Person], Awaitable[object]]
) -> None:
    await sends(amina)

    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.effective_attachment
    assert getattr(update.message, kind)


async def test_a_voice_note_downloads_as_the_same_bytes(bot: Bot, amina: Person, clock: Clock) -> None:
    await amina.sends_voice(7, b"OggS" * 1000)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.voice is not None
    file = await update.message.voice.get_file()

    assert bytes(await file.download_as_bytearray()) == b"OggS" * 1000
    clock.advance(hours=1, seconds=1)
    with pytest.raises(InvalidToken, match="Not Found"):
        await file.download_as_bytearray()


async def test_a_poster_link_opens_the_chat_with_its_payload(bot: Bot, amina: Person) -> None:
    await amina.opens_link("hostel-7")
    with pytest.raises(AssertionError):
        await amina.opens_link("not allowed!")

    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start hostel-7"
    assert update.message.entities[0].type == "bot_command"


async def test_a_person_who_blocked_the_bot_cannot_be_written_to(bot: Bot, amina: Person) -> None:
    await amina.says("/start")
    await amina.blocks_the_bot()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(amina.id, "hello")
    await amina.unblocks()
    await bot.send_message(amina.id, "hello again")

    steps = [update.my_chat_member for update in await bot.get_updates()][1:]
    assert [step.new_chat_member.status for step in steps if step] == ["kicked", "member"]


async def test_deleting_the_chat_empties_her_screen_and_tells_no_one(bot: Bot, amina: Person) -> None:
    await amina.says("/start")
    sent = await bot.send_message(amina.id, "hello")
    await amina.deletes_chat()

    assert amina.chat == []
    assert len(await bot.get_updates()) == 1
    assert await bot.delete_message(amina.id, sent.message_id)


# Groups


async def test_a_bot_hears_only_what_is_meant_for_it_in_a_group(world: TelegramWorld, bot: Bot) -> None:
    bruno = world.person("Bruno", username="bruno")
    staff = world.group("Staff", members=[bruno])
    sent = await bot.send_message(staff.id, "An alert waits", reply_markup=YES_OR_NO)
    await bruno.says("morning all", in_=staff)
    await bruno.says("/link 42", in_=staff)
    await bruno.says("/link@other_bot", in_=staff)
    await bruno.says("hi @test_bot", in_=staff)
    await bruno.says("mine", in_=staff, reply_to=staff.chat[1])
    await bruno.taps("Yes", in_=staff, at_once=True)

    updates = await bot.get_updates()
    heard = [update.message.text for update in updates if update.message and update.message.text]
    assert heard == ["/link 42", "hi @test_bot", "mine"]
    assert updates[-1].callback_query
    assert updates[-1].callback_query.message == sent


async def test_a_bot_removed_from_a_group_is_refused_there(world: TelegramWorld, bot: Bot) -> None:
    bruno = world.person("Bruno")
    staff, other, third = (world.group(title, members=[bruno]) for title in ("Staff", "Other", "Third"))
    staff.removes_the_bot(bruno)
    grown = other.becomes_a_supergroup(bruno)
    await bot.leave_chat(third.id)

    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(staff.id, "hello")
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(other.id, "hello")
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(third.id, "hello")
    assert moved.value.new_chat_id == grown.id


# Texts and buttons


@pytest.mark.parametrize(
    ("text", "parse_mode", "why"),
    [
        ("", None, "message text is empty"),
        ("<b> </b>", "HTML", "text must be non-empty"),
        ("a" * 4097, None, "message is too long"),
        ("é<i>x", "HTML", "can't parse entities: Can't find end tag corresponding to start tag \"i\""),
        ("é</i>", "HTML", "can't parse entities: Unexpected end tag at byte offset 2"),
        ("<i>x</b>", "HTML", 'Unmatched end tag at byte offset 4, expected "</i>", found "</b>"'),
        ("2 < 3", "HTML", 'Unsupported start tag "" at byte offset 2'),
        ("<div>x</div>", "HTML", 'Unsupported start tag "div" at byte offset 0'),
        ("<b>x</b", "HTML", "Unclosed end tag at byte offset 4"),
        ("x <b", "HTML", "Unclosed start tag at byte offset 2"),
        ("<span>x</span>", "HTML", 'Tag "span" must have class "tg-spoiler"'),
        ("x", "Troff", "unsupported parse_mode"),
    ],
)
@pytest.mark.usefixtures("amina_wrote")
async def test_a_text_outside_the_rules_is_refused_as_by_telegram(
    bot: Bot, amina: Person, text: str, parse_mode: str | None, why: str
) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(amina.id, text, parse_mode=parse_mode)

    assert why.lower() in refused.value.message.lower()


@pytest.mark.usefixtures("amina_wrote")
async def test_length_counts_after_tags_are_taken_away(bot: Bot, amina: Person) -> None:
    sent = await bot.send_message(amina.id, f"<b>{'&lt;' * 4096}</b>\n", parse_mode="HTML")

    assert sent.text == "<" * 4096


def test_html_becomes_text_and_entities_counted_in_utf16() -> None:
    plain, entities = parse_html(
        '😀 <a href="https://example.org?a=1">so</a> &amp; <blockquote expandable>x</blockquote>'
    )

    assert plain == "😀 so & x"
    assert entities == [
        {"type": "text_link", "offset": 3, "length": 2, "url": "https://example.org?a=1"},
        {"type": "expandable_blockquote", "offset": 8, "length": 1},
    ]


def _inline(*labels: str, **how: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, **(how or {"callback_data": label})} for label in labels]]}


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        (_inline("x", callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (_inline("x", callback_data=""), "BUTTON_DATA_INVALID"),
        (_inline("x", copy_text={"text": "9" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (_inline(*"123456789"), "reply markup is too long"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}, "reply markup is too long"),
        (_inline("", callback_data="x"), "button text must be non-empty"),
        (_inline("x", style="danger"), "Text buttons are unallowed in the inline keyboard"),
        (_inline("x", url="tel:999"), "Unsupported URL protocol"),
        (_inline("x", url="http://localhost:8000"), "Wrong HTTP URL"),
        ({"force_reply": True, "input_field_placeholder": "x" * 65}, "REPLY_MARKUP_INVALID"),
    ],
)
@pytest.mark.usefixtures("amina_wrote")
async def test_a_keyboard_outside_the_rules_is_refused_as_by_telegram(
    bot: Bot, amina: Person, markup: dict[str, Any], why: str
) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(amina.id, "hello", api_kwargs={"reply_markup": markup})

    assert why.lower() in refused.value.message.lower()


@pytest.mark.usefixtures("amina_wrote")
async def test_the_largest_keyboard_that_telegram_takes_is_taken(bot: Bot, amina: Person) -> None:
    rows = [[{"text": "x", "callback_data": "é" * 32}] * 8] * 12 + [
        [{"text": "y", "copy_text": {"text": "9" * 256}}] * 4
    ]
    await bot.send_message(amina.id, "hello", api_kwargs={"reply_markup": {"inline_keyboard": rows}})

    assert len(amina.screen.labels) == 100


# Edits, deletions, taps, files, profile


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (
            lambda bot, to, old: bot.edit_message_text("hello", to, old, reply_markup=YES_OR_NO),
            "message is not modified",
        ),
        (
            lambda bot, to, old: bot.edit_message_reply_markup(to, old, reply_markup=YES_OR_NO),
            "message is not modified",
        ),
        (lambda bot, to, old: bot.edit_message_text("x", to, old + 1000), "message to edit not found"),
        (lambda bot, to, old: bot.edit_message_text("x", to, 0), "message identifier is not specified"),
        (lambda bot, to, old: bot.edit_message_text("x" * 4097, to, old), "message is too long"),
        (lambda bot, to, old: bot.delete_message(to, old + 1000), "message to delete not found"),
        (lambda bot, to, old: bot.delete_messages(to, [old] * 101), "too many message identifiers specified"),
        (lambda bot, to, old: bot.send_message(to + 1, "hello"), "chat not found"),
        (lambda bot, to, old: bot.send_chat_action(to, "sleep"), "wrong parameter action in request"),
        (lambda bot, to, old: bot.send_photo(to, b"x", caption="x" * 1025), "message caption is too long"),
        (lambda bot, to, old: bot.send_document(to, "no-such-file"), "there is no document in the request"),
        (lambda bot, to, old: bot.get_file("no-such-file"), "invalid file_id"),
        (lambda bot, to, old: bot.answer_callback_query("1"), "query is too old and response timeout expired"),
        (lambda bot, to, old: bot.answer_callback_query("1", "x" * 201), "MESSAGE_TOO_LONG"),
        (lambda bot, to, old: bot.set_my_commands([("x" * 33, "d")]), "BOT_COMMAND_INVALID"),
        (lambda bot, to, old: bot.set_my_commands([("x", "d" * 257)]), "BOT_COMMAND_DESCRIPTION_INVALID"),
        (lambda bot, to, old: bot.set_my_commands([("x", "d")] * 101), "BOT_COMMANDS_TOO_MUCH"),
        (lambda bot, to, old: bot.set_my_name("x" * 65), "bot name is too long"),
        (lambda bot, to, old: bot.set_my_description("x" * 513), "bot description is too long"),
        (lambda bot, to, old: bot.set_my_short_description("x" * 121), "bot short description is too long"),
        (lambda bot, to, old: bot.set_my_name("x", language_code="ckb"), "invalid language code specified"),
        (lambda bot, to, old: bot.set_webhook("http://x", secret_token="no spaces"), "contains unallowed characters"),
    ],
)
async def test_a_call_outside_the_rules_is_refused_as_by_telegram(
    bot: Bot, amina: Person, call: Callable[[Bot, int, int], Awaitable[object]], why: str
) -> None:
    await amina.says("/start")
    sent = await bot.send_message(amina.id, "hello", reply_markup=YES_OR_NO)
    with pytest.raises(BadRequest) as refused:
        await call(bot, amina.id, sent.message_id)

    assert why.lower() in refused.value.message.lower()


async def test_the_bot_edits_its_own_messages_but_not_hers(bot: Bot, amina: Person) -> None:
    hers = await amina.says("/start")
    sent = await bot.send_message(amina.id, "Safe?", reply_markup=YES_OR_NO)
    await bot.edit_message_text(" Safe now? ", amina.id, sent.message_id)

    assert str(amina.screen) == "Safe now?"
    with pytest.raises(BadRequest, match="(?i)message can't be edited"):
        await bot.edit_message_text("x", amina.id, hers.message_id)


async def test_both_sides_messages_are_deletable_for_48_hours(bot: Bot, amina: Person, clock: Clock) -> None:
    first = await amina.says("/start")
    clock.advance(hours=1)
    second, third = await amina.says("hello"), await bot.send_message(amina.id, "hello")
    clock.advance(hours=46, minutes=59, seconds=59)
    await bot.delete_message(amina.id, third.message_id)
    clock.advance(seconds=1)
    for call in (bot.delete_message(amina.id, first.message_id), bot.delete_messages(amina.id, _ids(first, second))):
        with pytest.raises(BadRequest, match="(?i)message can't be deleted for everyone"):
            await call
    assert len(amina.chat) == 2

    await bot.delete_messages(amina.id, [*_ids(second), third.message_id, 10_000])
    assert amina.chat == [first]


def _ids(*messages: Any) -> list[int]:
    return [message.message_id for message in messages]


async def test_message_ids_grow_with_gaps(bot: Bot, amina: Person) -> None:
    ids = _ids(*[await amina.says(str(number)) for number in range(50)])

    assert ids == sorted(set(ids))
    assert ids[-1] - ids[0] > 49


@pytest.mark.parametrize(("age", "is_answered"), [(15, True), (15.1, False)])
async def test_a_tap_is_answered_once_within_fifteen_seconds(
    bot: Bot, amina: Person, clock: Clock, age: float, is_answered: bool
) -> None:
    await amina.says("/start")
    await bot.send_message(amina.id, "Safe?", reply_markup=YES_OR_NO)
    await amina.taps("No", at_once=True)
    tap = (await bot.get_updates())[-1].callback_query
    assert tap
    clock.advance(seconds=age)
    if is_answered:
        await tap.answer("x" * 200)
    with pytest.raises(BadRequest, match="(?i)query is too old"):
        await tap.answer()

    assert amina.toasts == (["x" * 200] if is_answered else [])


@pytest.mark.parametrize(("size", "is_given"), [(20 * MIB, True), (20 * MIB + 1, False)])
async def test_files_up_to_20_mib_can_be_fetched(bot: Bot, amina: Person, size: int, is_given: bool) -> None:
    message = await amina.sends_document(bytes(size), "big.bin", "application/octet-stream")
    fetching = bot.get_file(message.body["document"]["file_id"])
    if is_given:
        assert (await fetching).file_size == size
        return
    with pytest.raises(BadRequest, match="(?i)file is too big"):
        await fetching


@pytest.mark.usefixtures("amina_wrote")
async def test_what_the_bot_uploads_is_stored_and_limited(world: TelegramWorld, bot: Bot, amina: Person) -> None:
    photo = await bot.send_photo(amina.id, b"jpeg", caption="<i>map</i>", parse_mode="HTML", reply_markup=YES_OR_NO)
    letter = await bot.send_document(amina.id, b"pdf", filename="letter.pdf")
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_photo(amina.id, bytes(10 * MIB + 1))

    assert letter.document
    assert letter.document.file_name == "letter.pdf"
    assert [world.files[file_id].data for file_id in (photo.photo[0].file_id, letter.document.file_id)] == [
        b"jpeg",
        b"pdf",
    ]
    assert [message.text for message in amina.chat] == ["/start", "map", ""]


async def test_commands_and_profile_are_kept_per_language(bot: Bot, amina: Person) -> None:
    await bot.set_my_commands([BotCommand("help", "Get help")])
    await bot.set_my_commands([BotCommand("help", "Pomoc")], language_code="pl")
    await bot.set_my_name("Saysafe")
    await bot.set_my_description("Opis", language_code="pl")
    await bot.set_chat_menu_button()

    assert await bot.get_my_commands(language_code="pl") == (BotCommand("help", "Pomoc"),)
    await bot.delete_my_commands(language_code="pl")
    assert await bot.get_my_commands(language_code="pl") == ()
    assert (await bot.get_my_name(language_code="pl")).name == "Saysafe"
    assert [(await bot.get_my_description(language_code=code)).description for code in ("pl", "")] == ["Opis", ""]
    await amina.says("/start")
    assert (await bot.get_chat(amina.id)).first_name == "Amina"


# Delivery


async def test_updates_wait_until_acknowledged_and_come_in_order(bot: Bot, amina: Person) -> None:
    for text in "abc":
        await amina.says(text)
    first = await bot.get_updates(limit=2)
    again = await bot.get_updates()
    await bot.get_updates(offset=again[1].update_id + 1)

    assert [update.message.text for update in first + again if update.message] == ["a", "b", "a", "b", "c"]
    assert [update.update_id for update in await bot.get_updates()] == [again[2].update_id]
    assert await bot.get_updates(offset=again[2].update_id + 1) == ()


async def test_a_long_poll_wakes_at_once_and_ends_when_overtaken(world: TelegramWorld, bot: Bot, amina: Person) -> None:
    async with Bot(TOKEN, base_url=world.base_url) as twin:
        first = asyncio.create_task(bot.get_updates(timeout=10))
        await until(world, lambda: world.polls == 1, lambda: "nobody polls")
        second = asyncio.create_task(twin.get_updates(timeout=10))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await amina.says("hello")

        assert len(await second) == 1


async def test_polling_is_refused_while_a_webhook_is_set(bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:1/hook")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()

    assert await bot.get_updates() == ()


async def test_taps_are_kept_150_seconds_and_messages_a_day(bot: Bot, amina: Person, clock: Clock) -> None:
    await amina.says("/start")
    await bot.send_message(amina.id, "Safe?", reply_markup=YES_OR_NO)
    await amina.taps("No", at_once=True)
    counts = []
    for step in ({"seconds": 149}, {"seconds": 1}, {"hours": 24}):
        clock.advance(**step)
        counts.append(len(await bot.get_updates()))

    assert counts == [2, 1, 0]


async def test_only_allowed_kinds_are_kept_from_then_on(world: TelegramWorld, bot: Bot, amina: Person) -> None:
    assert world.inject({"chat_member": {}}) == 0
    await bot.get_updates(allowed_updates=["callback_query"])
    await amina.says("unheard")
    await bot.get_updates(allowed_updates=[])
    await amina.says("heard")

    assert [update.message.text for update in await bot.get_updates() if update.message] == ["heard"]


async def test_an_update_can_be_repeated_after_its_acknowledgement(
    world: TelegramWorld, bot: Bot, amina: Person
) -> None:
    await amina.says("hello")
    (update,) = await bot.get_updates()
    await bot.get_updates(offset=update.update_id + 1)
    world.repeat_last_update()

    assert await bot.get_updates(offset=update.update_id + 1) == (update,)
    assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_two_acts_can_be_delivered_in_one_answer(world: TelegramWorld, bot: Bot, amina: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    await world.deliver_together([amina.says("one"), amina.says("two")])

    assert len(await poll) == 2


class Hook:
    """A webhook that fails on messages of the first chat until a tap has come through."""

    def __init__(self) -> None:
        self.got = list[str]()

    async def take(self, http: web.Request) -> web.Response:
        assert http.headers["X-Telegram-Bot-Api-Secret-Token"] == "s3cret"
        text = (await http.json()).get("message", {}).get("text", "(tap)")
        if text == "first" and "(tap)" not in self.got:
            return web.Response(status=500)
        self.got.append(text)
        return web.Response()


@pytest.fixture
async def hook(unused_tcp_port: int) -> AsyncIterator[tuple[Hook, str]]:
    hook, app = Hook(), web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    yield hook, f"http://127.0.0.1:{unused_tcp_port}/hook"
    await runner.cleanup()


async def test_a_failing_webhook_delays_its_chat_and_no_one_else(
    world: TelegramWorld, bot: Bot, amina: Person, hook: tuple[Hook, str]
) -> None:
    await amina.says("first")
    await amina.says("second")
    sent = await bot.send_message(amina.id, "Safe?", reply_markup=YES_OR_NO)
    await world.person("Bruno").says("mine")
    await bot.set_webhook(hook[1], secret_token="s3cret")
    await until(world, lambda: bool(world.webhook and world.webhook.errors), lambda: "no post failed")
    await until(world, lambda: len(list(world.waiting())) == 2, lambda: "Bruno's message did not get past Amina's")
    await amina.taps("No", message=sent.message_id, at_once=True)
    await amina.settles()
    info = await bot.get_webhook_info()

    assert hook[0].got == ["mine", "(tap)", "first", "second"]
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    assert info.pending_update_count == 0


# Faults, bare HTTP and other processes


@pytest.mark.usefixtures("amina_wrote")
async def test_planned_faults_hit_so_many_calls_and_no_more(
    world: TelegramWorld, bot: Bot, amina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # the library's own switch to its future types
    for fault in ({"status": 502}, {"retry_after": 7}, {"drop": "before"}, {"drop": "after"}, {"garble": True}):
        world.fails("sendMessage", **fault)
    met = [await _met(bot.send_message(amina.id, str(number))) for number in range(6)]

    hung_up = "httpx.RemoteProtocolError: Server disconnected without sending a response."
    limited = "Flood control exceeded. Retry in 0:00:07"
    assert met == ["Bad Gateway", limited, hung_up, hung_up, "Invalid server response", None]
    assert [message.text for message in amina.chat] == ["/start", "3", "4", "5"]
    assert [params["text"] for params in world.requests_of("sendMessage")] == ["0", "1", "3", "4", "5"]


async def _met(call: Awaitable[object]) -> str | None:
    try:
        await call
    except TelegramError as error:
        return error.message
    return None


@pytest.mark.usefixtures("amina_wrote")
async def test_a_slow_answer_comes_after_the_message_is_there(world: TelegramWorld, bot: Bot, amina: Person) -> None:
    world.fails("sendMessage", slow=60)
    with pytest.raises(TimedOut):
        await bot.send_message(amina.id, "hello", read_timeout=0.2)

    assert "hello" in amina.screen


async def test_a_wrong_token_and_an_unknown_method_are_refused(world: TelegramWorld) -> None:
    with pytest.raises(InvalidToken, match="rejected by the server"):
        async with Bot("1:wrong", base_url=world.base_url):
            pass
    async with ClientSession() as http:
        refusals = [
            await (await http.get(f"{world.url}/{path}")).json()
            for path in ("bot1:wrong/getMe", "file/bot1:wrong/voice/file_0.oga", f"bot{TOKEN}/sendHug")
        ]

    unauthorised = {"ok": False, "error_code": 401, "description": "Unauthorized"}
    unknown = {"ok": False, "error_code": 404, "description": "Not Found: method not found"}
    assert refusals == [unauthorised, unauthorised, unknown]


async def test_json_forms_multipart_and_queries_say_the_same(world: TelegramWorld, amina: Person) -> None:
    await amina.says("/start")
    fields = {"chat_id": str(amina.id), "text": "hello", "reply_markup": json.dumps(_inline("Yes"))}
    multipart = FormData(fields, quote_fields=False)
    multipart.add_field("unused", b"x", filename="x.bin")
    native = {"chat_id": amina.id, "text": "hello", "reply_markup": _inline("Yes")}
    async with ClientSession(f"{world.base_url}{TOKEN}/") as http:
        for body in ({"json": native}, {"data": fields}, {"data": multipart}, {"params": fields}):
            async with http.post("SENDMESSAGE", **body) as answer:
                assert (await answer.json())["ok"]
        async with http.post("sendMessage", data=b"{", headers={"Content-Type": "application/json"}) as answer:
            assert (answer.status, (await answer.json())["error_code"]) == (400, 400)

    assert [message.text for message in amina.chat if message.buttons] == ["hello"] * 4


async def _drive(url: str) -> Any:
    """Another process's way: make Amina, let her write, answer her, let her tap, move the clock, read all of it."""
    async with ClientSession(url) as http, Bot(TOKEN, base_url=f"{url}/bot") as bot:
        amina = await (await http.post("/_world/people", json={"name": "Amina", "language_code": "ar"})).json()
        await http.post("/_world/people/Amina/says", json={"text": "/start"})
        await http.post("/_world/people/Amina/sends_voice", json={"seconds": 3, "data": {"base64": "T2dnUw=="}})
        await http.post("/_world/faults", json={"method": "sendMessage", "status": 500})
        with suppress(NetworkError):
            await bot.send_message(amina, "lost")
        await bot.send_message(amina, "Safe?", reply_markup=YES_OR_NO)
        refused = await http.post("/_world/people/Amina/taps", json={"label": "Maybe", "at_once": True})
        await http.post("/_world/people/Amina/taps", json={"label": "No", "at_once": True})
        updates = await bot.get_updates()
        await http.post("/_world/clock", json={"hours": 25})
        left = await bot.get_updates()
        made = await (await http.get("/_world/requests")).json()
        chat = (await (await http.get("/_world/people/Amina")).json())["chat"]
        return refused.status, [update.effective_user for update in updates], left, made["counts"], chat


def _expect(seen: Any) -> None:
    refused, users, left, counts, chat = seen
    assert (refused, len(users), left, counts["sendMessage"]) == (422, 3, (), 2)
    assert users[0].language_code == "ar"
    assert [(one["text"], one["labels"]) for one in chat] == [("/start", []), ("", []), ("Safe?", ["Yes", "No"])]


async def test_a_world_of_its_own_process_is_driven_over_http() -> None:
    command = (sys.executable, "-m", "tests.telegram_world.server", "--port", "0")
    server = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert server.stdout
    try:
        ready, url = (await asyncio.wait_for(server.stdout.readline(), 20)).decode().split()
        _expect(await _drive(url))
    finally:
        server.kill()
        await server.wait()
    assert ready == "ready"


async def test_a_world_in_a_thread_is_driven_over_http() -> None:
    with in_a_thread() as url:
        _expect(await _drive(url))


def test_a_clock_refuses_to_start_without_zone_or_go_back(clock: Clock) -> None:
    with pytest.raises(ValueError, match="time zone"):
        Clock(datetime(2027, 3, 1))  # noqa: DTZ001 - the naive value is what must be refused
    with pytest.raises(ValueError, match="go back"):
        clock.advance(hours=-1)

    assert clock.advance(hours=1) == clock() == A_MONDAY + timedelta(hours=1)
