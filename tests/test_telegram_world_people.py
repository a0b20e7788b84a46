"""The Telegram of the tests: people write, tap and read, and meet in groups."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

import pytest
from telegram import Bot
from telegram.error import ChatMigrated, Forbidden, InvalidToken

from tests.clock import Clock
from tests.telegram_world.alone import YES_OR_NO, amina, bot, inline, world
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld

__all__ = ["amina", "bot", "world"]


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
async def echoing(bot: Bot) -> AsyncIterator[None]:
    task = asyncio.create_task(echo(bot))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


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
    world.post(
        world.chats[amina.id],
        {"text": "other"} | {"reply_markup": inline("Later")},
        sender=world.bot,
    )

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
