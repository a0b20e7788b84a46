"""What people type on Telegram: kept as they wrote it, shown harmlessly, and a few words that work everywhere."""

import pytest
from sqlalchemy import delete

from bot.app import App
from bot.rendering import ENDONYMS, load_voices, strip_isolates
from bot.storage import tables
from dialogs.global_words import GLOBAL_WORDS
from dialogs.texts import text
from tests.conftest import Cast
from tests.on_telegram import app, starts_a_report, telegram
from tests.telegram_reading import read_by, state_of, words_of
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld

__all__ = ["app", "telegram"]

VOICES = load_voices()

HOSTILE = [
    "<b>bold</b> & <script>alert(1)</script> </i>",
    "&lt;b&gt; &amp;amp;",
    "*bold* _under_ [link](tg://user?id=1) `code` ||spoiler||",
    "{agency} {0} {} %s %(x)s ${x} {{",
    "\u202egnirts \u2066isolate\u2069\u2069\u2069 \u200f\u200e",
    "z\u200be\u200cr\u200do\ufeff w\u00ad",
    "👩🏽‍👩🏿‍👧🏻 🏴󠁧󠁢󠁷󠁬󠁳󠁿 ‼️",
    "null \x00 bell \x07 escape \x1b[31m",
    "'; DROP TABLE reports; --",
    "Ṯ̷̢̛̺h̶̪͝ȩ̵̛y̷̧ ̶s̸a̵i̶d̷",
    "a\n\n\n\tb\r\nc",
    "ﷺ𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ½ ① ٣ ३",
    "!exit.!hide..",
]


async def checks(person: Person) -> None:
    """From words that are kept to the check before sending."""
    for label in ("That's all", "No more questions", "No"):
        await person.taps(label)
    await person.reads("Shall I send this now?")


def as_shown(letter: str) -> str:
    """Telegram shows a space for what controls a terminal."""
    return " " if letter < " " and letter not in "\t\n" else letter


async def test_hostile_words_are_kept_verbatim_and_shown_harmlessly(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    for words in HOSTILE:
        await amina.says(words)
    await checks(amina)
    shown = strip_isolates((await amina.settles()).text)
    formatted = {entity["type"] for entity in amina.chat[-1].body.get("entities", [])}
    await amina.taps("Send")
    await amina.reads("Your code is")

    (report,) = await read_by(app, cast.bruno)
    assert [item["words"] for item in report["account"].entries[0].stored["items"]] == HOSTILE
    assert [words for words in HOSTILE if strip_isolates("".join(map(as_shown, words))) not in shown] == []
    assert formatted == {"bold"}


async def test_half_a_letter_is_kept_as_a_mark(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)

    await amina.says("before \ud83d after \ud83d\ude00")
    await amina.reads("I have kept 1 message.")
    await amina.settles()

    assert await words_of(app, amina) == ["before \ufffd after 😀"]


async def test_a_hundred_thousand_letters_are_all_kept(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    story = "".join(chr(0x20 + number % 0x5F) for number in range(100_000))

    await amina.says(story)
    await amina.reads("I have kept 25 messages.")
    await checks(amina)
    await amina.taps("Send")
    await amina.reads("Your code is")

    (report,) = await read_by(app, cast.bruno)
    assert "".join(item["words"] for item in report["account"].entries[0].stored["items"]) == story


async def test_a_story_too_long_for_one_screen_can_still_be_checked(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    for _ in range(30):
        await amina.says("<&>" * 200)

    await checks(amina)
    screen = await amina.settles()

    assert "Send" in screen.labels
    assert len(screen.text) <= 4096


async def test_more_than_can_be_kept_is_said_and_nothing_before_it_lost(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)

    await telegram.deliver_together([amina.says("x" * 4096) for _ in range(49)])
    await amina.reads("That is more than I can keep in one answer.")
    await amina.settles()

    assert len(await words_of(app, amina)) == 48


def typed(command: str) -> list[tuple[str, str]]:
    """Each language with each word it has for a command, and English with its own."""
    words = {(tag, word.strip()) for tag in VOICES for word in VOICES[tag].say(GLOBAL_WORDS[command]).split(",")}
    return sorted((tag, word.strip("، ")) for tag, listed in words for word in listed.split("،"))


async def in_language(person: Person, tag: str) -> None:
    """At the question whether the person is safe, having tapped one answer."""
    await person.says("/start")
    for label in (ENDONYMS[tag], say(tag, "Report hate or harassment"), say(tag, "Yes")):
        await person.taps(label)
    await person.settles()


def say(tag: str, message: str) -> str:
    return strip_isolates(VOICES[tag].say(text(message)))


@pytest.mark.parametrize("tag", list(ENDONYMS))
async def test_exit_may_be_typed_in_any_language(app: App, telegram: TelegramWorld, tag: str) -> None:
    for number, (_, word) in enumerate(pair for pair in typed("exit") if pair[0] == tag):
        amina = telegram.person(f"Amina {number}")
        await in_language(amina, tag)
        await amina.says(f" {word.upper()}! ")
        await amina.settles()
        assert [message.text for message in amina.chat] == [say(tag, "Hello.")], word


SHOWN_FOR = {
    "back": "Are you safe right now?",
    "help": "I cannot call for you.",
    "language": "Choose a language.",
    "privacy": "I keep unfinished answers for 24 hours.",
    "start": "You were in the middle of something. What would you like to do?",
    "skip": "I need this answer to go on. You can also go back or exit.",
}


@pytest.mark.parametrize("tag", list(ENDONYMS))
async def test_what_the_bar_does_may_be_typed(app: App, telegram: TelegramWorld, tag: str) -> None:
    words = [(command, word) for command in SHOWN_FOR for language, word in typed(command) if language == tag]
    for number, (command, word) in enumerate(words):
        amina = telegram.person(f"Amina {number}")
        await in_language(amina, tag)
        await amina.says(word)
        screen = await amina.settles()
        assert say(tag, SHOWN_FOR[command]) in strip_isolates(screen.text), word


async def test_a_command_is_understood_whatever_follows_it(app: App, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    for command in ("/help", "/language", "/privacy", "/back", "/skip", "/start", "/hide", "/EXIT", "/stop"):
        await in_language(amina, "en")
        before = amina.screen.text
        await amina.says(f"{command}@test_bot\nplease")
        await amina.settles()
        assert amina.screen.text != before, command
        assert "I cannot use that here" not in amina.screen.text, command
        await amina.says("/hide")
        await amina.deletes_chat()
        await app.house.database.unit(lambda c: c.execute(delete(tables.conversations)))


async def test_a_sentence_with_the_word_exit_is_no_exit(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)

    await amina.says("They shouted. I ran to the exit, and they did not stop.")
    await amina.reads("I have kept 1 message.")

    assert len(amina.chat) > 1


async def test_an_answer_may_be_typed_as_its_label_or_number(app: App, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await in_language(amina, "en")

    for answer in ("it happened to ME", "bristol"):
        await amina.says(answer)
        await amina.settles()
    await amina.says("back")
    await amina.says("back")
    await amina.says("٢")
    await amina.settles()

    assert (await state_of(app, amina)).answers["role"] == "witness"


@pytest.mark.parametrize("tag", ["pl", "ar"])
async def test_changing_the_language_midway_keeps_all_answers(
    app: App, cast: Cast, telegram: TelegramWorld, tag: str
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint at my door.")
    await amina.settles()
    before = (await state_of(app, amina)).answers

    await amina.taps("Language")
    await amina.taps(ENDONYMS[tag])
    await amina.settles()

    after = await state_of(app, amina)
    assert (after.locale, after.answers) == (tag, before)
    assert say(tag, "What happened? Tell me in your own words.") in strip_isolates(amina.screen.text)


@pytest.mark.parametrize("tag", list(ENDONYMS))
async def test_the_bar_is_on_every_screen_of_a_report(app: App, cast: Cast, telegram: TelegramWorld, tag: str) -> None:
    amina = telegram.person("Amina")
    await in_language(amina, tag)
    bar = (
        (say(tag, "Help now"), say(tag, "Language")),
        (say(tag, "Privacy"), say(tag, "Exit")),
    )
    steps = ["It happened to me", "Bristol", "Go on", None, "That's all", "No more questions", "No"]
    for step in steps:
        assert amina.screen.rows[-2:] == bar
        await (amina.says("x y z") if step is None else amina.taps(say(tag, step)))
        await amina.settles()
    for overlay in ("Help now", "Language", "Privacy"):
        await amina.taps(say(tag, overlay))
        await amina.settles()
        assert amina.screen.rows[-2:] == bar
        await amina.taps(say(tag, "Carry on"))
    assert say(tag, "Send") in (await amina.settles()).labels


async def test_skip_and_back_keep_what_was_typed(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint at my door.")
    await amina.taps("That's all")

    await amina.taps("Skip")
    await amina.taps("Back")
    await amina.taps("Back")
    await amina.reads("I have kept 1 message.")
    await amina.taps("That's all")
    await amina.settles()

    assert await words_of(app, amina) == ["They threw paint at my door."]


async def test_skipping_a_story_by_mistake_loses_none_of_it(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint at my door.")

    await amina.taps("Skip")
    await amina.settles()
    skipped = (await state_of(app, amina)).answers["account"]
    await amina.taps("Back")
    await amina.reads("I have kept 1 message.")
    await amina.says("And a stone.")
    await amina.reads("I have kept 2 messages.")
    await amina.settles()

    assert skipped is None
    assert await words_of(app, amina) == ["They threw paint at my door.", "And a stone."]
