"""The Telegram of the tests, held to Telegram's rules: texts, keyboards, edits, deletions, files and profile."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram import Bot, BotCommand
from telegram.error import BadRequest, NetworkError

from tests.clock import Clock
from tests.telegram_world.alone import MIB, YES_OR_NO, amina, amina_wrote, bot, inline, world
from tests.telegram_world.limits import parse_html
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld

__all__ = ["amina", "amina_wrote", "bot", "world"]


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


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        (inline("x", callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (inline("x", callback_data=""), "BUTTON_DATA_INVALID"),
        (inline("x", copy_text={"text": "9" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (inline(*"123456789"), "reply markup is too long"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}, "reply markup is too long"),
        (inline("", callback_data="x"), "button text must be non-empty"),
        (inline("x", style="danger"), "Text buttons are unallowed in the inline keyboard"),
        (inline("x", url="tel:999"), "Unsupported URL protocol"),
        (inline("x", url="http://localhost:8000"), "Wrong HTTP URL"),
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
