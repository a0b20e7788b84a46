"""Taps and messages on Telegram that come late, twice, forged, together or out of order; and edits."""

import asyncio
from dataclasses import replace

from bot.app import App
from bot.storage import tables
from bot.taps import token_of
from tests.conftest import Cast
from tests.on_telegram import app, starts_a_report, telegram
from tests.telegram_reading import read_by, rows, state_of, told_by, words_of
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld
from tests.telegram_world.world import Button

__all__ = ["app", "telegram"]

OLD = "That button is from before."


def button(person: Person, label: str) -> Button:
    """A button of the newest screen, kept for later."""
    return next(button for message in reversed(person.chat) for button in message.buttons if button.label == label)


async def at_the_role(person: Person) -> Button:
    """At the question who is telling; gives the button that said yes, I am safe."""
    await person.says("/start")
    for label in ("English", "Report hate or harassment"):
        await person.taps(label)
    await person.reads("Are you safe right now?")
    yes = button(person, "Yes")
    await person.taps("Yes")
    await person.reads("Which of these is you?")
    await person.settles()
    return yes


async def test_the_same_answer_again_changes_nothing(app: App, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    yes = await at_the_role(amina)
    before = await state_of(app, amina)

    await amina.taps_again(yes)
    screen = await amina.settles()

    assert "Which of these is you?" in screen.text
    assert OLD not in screen.text
    assert await state_of(app, amina) == before


async def test_another_answer_to_an_old_question_offers_to_change_it(app: App, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    yes = await at_the_role(amina)

    await amina.taps_again(replace(yes, data=(yes.data or "").replace(".yes", ".no")))
    offered = await amina.settles()
    await amina.taps("Change it")
    asked = await amina.settles()
    await amina.taps("I am not sure")
    await amina.settles()

    assert "You have answered this already" in offered.text
    assert "Are you safe right now?" in asked.text
    assert "Keep my answer" in asked.labels
    assert (await state_of(app, amina)).answers["safe"] == "unsure"


async def test_whoever_will_not_change_it_carries_on(app: App, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    yes = await at_the_role(amina)

    await amina.taps_again(replace(yes, data=(yes.data or "").replace(".yes", ".no")))
    await amina.taps("Carry on")
    screen = await amina.settles()

    assert "Which of these is you?" in screen.text
    assert (await state_of(app, amina)).answers["safe"] == "yes"


FORGED = [
    "",
    "x",
    ".",
    "..",
    "...",
    "have:abcdefgh",
    "have:",
    "{draft}.{role}.nonsense",
    "{draft}.{role}.+self",
    "{draft}.{role}.done",
    "{draft}.{role}.!more",
    "{draft}.{role}.!keep",
    "{draft}.{role}.!unknown",
    "{draft}.{role}.!change:role",
    "{draft}.{role}.!change:file",
    "{draft}.{role}.!locale:xx",
    "{draft}.{role}.!resume",
    "{draft}.zzzzzz.self",
    "{draft}.zzzzzz.!back",
    "aaaa.{role}.self",
    "aaaa.{role}.!skip",
    "aaaa.{role}.!menu",
    "aaaa.{role}.!start-again",
    "\ud83d.{role}.self",
    "<b>.</b>.{x}",
    "x" * 64,
]


async def test_forged_data_shows_where_amina_is_and_changes_nothing(app: App, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    yes = await at_the_role(amina)
    before = await state_of(app, amina)
    for pattern in FORGED:
        data = pattern.replace("{draft}", before.draft).replace("{role}", token_of("role"))
        calls = len(telegram.requests)
        await amina.taps_again(replace(yes, data=data))
        screen = await amina.settles()
        made = {made.method for made in telegram.requests[calls:]}
        assert "Which of these is you?" in screen.text, pattern
        assert (await state_of(app, amina)).answers == before.answers, pattern
        assert {"answerCallbackQuery", "editMessageText"} <= made, pattern


async def test_a_button_of_another_persons_screen_gives_no_answer(app: App, telegram: TelegramWorld) -> None:
    amina, ola = telegram.person("Amina"), telegram.person("Ola")
    await at_the_role(amina)
    await at_the_role(ola)
    hers = button(amina, "I saw or heard it")

    await ola.taps_again(replace(hers, chat_id=ola.id, message_id=ola.chat[-1].message_id))
    screen = await ola.settles()

    assert OLD in screen.text
    assert "role" not in (await state_of(app, ola)).answers


async def test_a_button_of_an_earlier_draft_gives_no_answer(app: App, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await at_the_role(amina)
    old = button(amina, "It happened to me")
    await amina.taps("Help now")
    await amina.taps("Start again from the menu")
    for label in ("Report hate or harassment", "Yes"):
        await amina.taps(label)
    await amina.settles()

    await amina.taps_again(old)
    screen = await amina.settles()

    assert OLD in screen.text
    assert "Which of these is you?" in screen.text
    assert "role" not in (await state_of(app, amina)).answers


async def test_a_tap_on_a_deleted_message_is_answered_by_a_new_screen(app: App, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await at_the_role(amina)
    answer = button(amina, "It happened to me")
    telegram.delete(telegram.chats[amina.id], [amina.chat[-1]])

    await amina.taps_again(answer)
    screen = await amina.settles()

    assert "Where did it happen?" in screen.text
    assert len([message for message in amina.chat if message.by_bot]) == 1


async def test_a_double_tap_answers_once(app: App, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await at_the_role(amina)
    answer = button(amina, "It happened to me")

    await telegram.deliver_together([amina.taps_again(answer), amina.taps_again(answer), amina.taps_again(answer)])
    screen = await amina.settles()

    assert "Where did it happen?" in screen.text
    assert OLD not in screen.text
    assert (await state_of(app, amina)).answers["role"] == "self"


async def test_two_different_taps_at_once_keep_the_first(app: App, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await at_the_role(amina)
    both = [button(amina, label) for label in ("It happened to me", "I saw or heard it")]

    await telegram.deliver_together([amina.taps_again(one) for one in both])
    screen = await amina.settles()

    assert "Do you want to change your answer?" in screen.text
    assert (await state_of(app, amina)).answers["role"] == "self"


async def test_a_tap_and_a_text_at_once_are_taken_in_order(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint.")
    await amina.settles()
    done = button(amina, "That's all")

    await telegram.deliver_together([amina.says("And a stone."), amina.taps_again(done)])
    screen = await amina.settles()

    assert "Is that enough for now?" in screen.text
    assert await words_of(app, amina) == ["They threw paint.", "And a stone."]


async def test_two_messages_at_once_are_both_kept_and_answered_once(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    sent = telegram.counts["sendMessage"]

    await telegram.deliver_together([amina.says(f"Part {number}.") for number in range(20)])
    await amina.reads("I have kept 20 messages.")
    await amina.settles()

    assert await words_of(app, amina) == [f"Part {number}." for number in range(20)]
    assert telegram.counts["sendMessage"] - sent <= 20
    assert len([message for message in amina.chat if message.by_bot]) == 1


async def test_an_update_that_comes_twice_is_handled_once(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint.")
    await amina.settles()

    telegram.repeat_last_update()
    await amina.settles()

    assert await words_of(app, amina) == ["They threw paint."]


async def test_sending_twice_files_one_report(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint.")
    for label in ("That's all", "No more questions", "No"):
        await amina.taps(label)
    await amina.reads("Shall I send this now?")
    send = button(amina, "Send")

    await telegram.deliver_together([amina.taps_again(send), amina.taps_again(send)])
    await amina.reads("Your code is")
    telegram.repeat_last_update()
    await amina.settles()
    await amina.taps_again(send)
    await amina.settles()

    assert await rows(app, tables.reports) == 1
    assert await rows(app, tables.cases) == 1


async def test_people_are_served_side_by_side(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    crowd = [telegram.person(f"Person {number}") for number in range(12)]

    await asyncio.gather(*(starts_a_report(person) for person in crowd))
    await telegram.deliver_together([person.says(f"I am {person.id}.") for person in crowd for _ in range(3)])
    await crowd[-1].settles()

    assert [await words_of(app, person) for person in crowd] == [[f"I am {person.id}."] * 3 for person in crowd]


async def test_an_edit_changes_one_message_of_a_story(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    first = await amina.says("They trew paint.")
    await amina.says("Then they left.")
    await amina.settles()

    await amina.edits(first, "They threw paint.")
    await amina.settles()
    await amina.taps("That's all")
    await amina.settles()
    await amina.edits(first, "They threw red paint.")
    screen = await amina.settles()

    assert await words_of(app, amina) == ["They threw red paint.", "Then they left."]
    assert "Is that enough for now?" in screen.text


async def test_an_edited_caption_may_also_vanish(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    photo = await amina.sends_photo(b"jpeg", "my name is on the door")
    await amina.reads("I have kept 1 message.")

    await amina.edits(photo, "")
    await amina.settles()

    (item,) = await told_by(app, amina)
    assert (item["kind"], item["words"]) == ("photo", "")


async def test_an_edit_changes_a_typed_answer_if_it_fits(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await at_the_role(amina)
    await amina.taps("It happened to me")
    place = await amina.says("Stapleton")
    await amina.settles()
    before = (await state_of(app, amina)).answers

    await amina.edits(place, "nowhere that exists")
    screen = await amina.settles()

    assert before["area"] == "bristol"
    assert "I do not know that place." in screen.text
    assert (await state_of(app, amina)).answers == before


async def test_an_edit_after_sending_says_so_and_changes_nothing(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    words = await amina.says("They threw paint.")
    for label in ("That's all", "No more questions", "No", "Send"):
        await amina.taps(label)
    await amina.reads("Your code is")
    await amina.settles()

    await amina.edits(words, "Nothing happened.")
    screen = await amina.settles()

    assert "You have sent that already, so I cannot change it here." in screen.text
    (report,) = await read_by(app, cast.bruno)
    assert [item["words"] for item in report["account"].entries[0].stored["items"]] == ["They threw paint."]


async def test_an_edit_of_something_unknown_is_harmless(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    command = await amina.says("/start")
    await amina.taps("English")
    await amina.settles()

    await amina.edits(command, "hello")
    screen = await amina.settles()

    assert "What would you like to do?" in screen.text


async def test_a_place_that_moves_brings_no_new_screens(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    place = await amina.sends_location(51.45, -2.58)
    await amina.reads("I have kept 1 message.")
    await amina.settles()
    calls = telegram.counts["sendMessage"]

    for step in range(5):
        moved = place.body | {"location": {"latitude": 51.4 + step, "longitude": -2.5}, "edit_date": 1}
        telegram.inject({"edited_message": moved})
    await amina.settles()

    assert telegram.counts["sendMessage"] == calls
