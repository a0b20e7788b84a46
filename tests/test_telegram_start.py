"""How a conversation on Telegram begins, and begins again; and how the bot presents itself before it does."""

import pytest
from sqlalchemy import update

from bot.app import App
from bot.channels.telegram.profile import publish
from bot.messages import Address
from bot.rendering import ENDONYMS
from bot.storage.tables import conversations, reports
from tests.conftest import Cast
from tests.on_telegram import app, starts_a_report, telegram
from tests.telegram_reading import bot_of, kept_for, rows, state_of, words_of
from tests.telegram_world.server import TelegramWorld

__all__ = ["app", "telegram"]

IN_DANGER = "In danger now, call 999."


@pytest.mark.parametrize("first", ["/start", "hello", "ممكن مساعدة", "/help", "/language", "/nonsense", "back"])
async def test_whatever_comes_first_the_languages_are_asked_first(
    app: App, telegram: TelegramWorld, first: str
) -> None:
    amina = telegram.person("Amina", language_code="ar")

    await amina.says(first)
    screen = await amina.settles()

    assert screen.labels == tuple(ENDONYMS.values())
    assert "999" not in screen


async def test_a_photo_before_any_language_is_not_fetched(app: App, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")

    await amina.sends_photo(b"jpeg")
    screen = await amina.settles()

    assert screen.labels == tuple(ENDONYMS.values())
    assert telegram.requests_of("getFile") == []


@pytest.mark.parametrize("language", list(ENDONYMS))
async def test_the_emergency_line_follows_the_language_at_once(
    app: App, telegram: TelegramWorld, language: str
) -> None:
    amina = telegram.person("Amina")

    await amina.says("/start")
    await amina.taps(ENDONYMS[language])
    screen = await amina.settles()

    assert "999" in screen.text.splitlines()[0]
    assert (await state_of(app, amina)).locale == language


@pytest.mark.parametrize(("typed", "locale"), [("POLSKI", "pl"), ("العربيّة", "ar"), ("english!", "en"), ("pl", "pl")])
async def test_a_language_may_be_typed_by_its_own_name(
    app: App, telegram: TelegramWorld, typed: str, locale: str
) -> None:
    amina = telegram.person("Amina")

    await amina.says("/start")
    await amina.says(typed)
    await amina.settles()

    assert (await state_of(app, amina)).locale == locale


async def test_start_in_the_middle_offers_to_carry_on(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint at my door.")

    await amina.says("/start")
    screen = await amina.settles()
    await amina.taps("Carry on")
    after = await amina.settles()

    assert screen.labels[:2] == ("Carry on", "Delete it and start again")
    assert not any(word in screen.text for word in ("paint", "What happened", "report", "kept"))
    assert "What happened?" in after.text
    assert await words_of(app, amina) == ["They threw paint at my door."]


@pytest.mark.parametrize("typed", ["hello?", "back", "skip", "1"])
async def test_whoever_types_at_the_choice_to_carry_on_sees_no_question(
    app: App, cast: Cast, telegram: TelegramWorld, typed: str
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint at my door.")
    await amina.says("/start")

    await amina.says(typed)
    screen = await amina.settles()

    assert "Please tap a button first." in screen.text
    assert screen.labels[:2] == ("Carry on", "Delete it and start again")
    assert await words_of(app, amina) == ["They threw paint at my door."]


async def test_starting_again_deletes_what_was_said(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint at my door.")
    await amina.says("/start")

    await amina.taps("Delete it and start again")
    screen = await amina.settles()

    assert IN_DANGER in screen.text
    assert (await state_of(app, amina)).answers == {}


async def test_an_old_button_to_start_again_deletes_no_newer_report(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("/start")
    button = await amina.taps("Delete it and start again")
    for label in ("Report hate or harassment", "Yes", "It happened to me", "Bristol", "Go on"):
        await amina.taps(label)
    await amina.says("They came back.")
    await amina.settles()

    assert button is not None
    await amina.taps_again(button)
    screen = await amina.settles()

    assert "That button is from before." in screen.text
    assert await words_of(app, amina) == ["They came back."]


async def test_after_deleting_the_chat_start_works(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()

    await amina.deletes_chat()
    await amina.says("/start")
    screen = await amina.settles()

    assert IN_DANGER in screen.text
    assert screen.labels[0] == "Carry on"


async def test_an_unreadable_draft_leads_to_language_and_menu(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.settles()
    await app.house.database.unit(lambda c: c.execute(update(conversations).values(sealed_state=b"broken")))

    await amina.says("hello?")
    languages = await amina.settles()
    await amina.taps("English")
    menu = await amina.settles()
    await amina.says("/hide")
    await amina.settles()

    assert languages.labels == tuple(ENDONYMS.values())
    assert IN_DANGER in menu.text
    assert [message.text for message in amina.chat] == ["Hello."]


async def test_a_dialog_at_fault_leaves_amina_where_she_was(
    app: App, cast: Cast, telegram: TelegramWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint at my door.")
    await amina.settles()

    with monkeypatch.context() as broken:
        broken.setattr("bot.conversations.move", _raises)
        await amina.says("And then they left.")
        screen = await amina.settles()

    assert "Please try it another way." in screen.text
    assert await words_of(app, amina) == ["They threw paint at my door."]


async def test_a_fault_right_after_filing_files_nothing(
    app: App, cast: Cast, telegram: TelegramWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = telegram.person("Amina")
    await starts_a_report(amina)
    await amina.says("They threw paint at my door.")
    for label in ("That's all", "No more questions", "No"):
        await amina.taps(label)

    with monkeypatch.context() as broken:
        broken.setattr("dialogs.report.give_receipt", _raises)
        await amina.taps("Send")
        screen = await amina.settles()
    filed = await rows(app, reports)
    await amina.taps("Send")
    await amina.reads("Your code is")
    await amina.settles()

    assert "Please try it another way." in screen.text
    assert "Shall I send this now?" in screen.text
    assert filed == 0
    assert await rows(app, reports) == 1


def _raises(*_: object) -> None:
    raise RuntimeError("a dialog at fault")


@pytest.mark.parametrize("poster", ["hostel-7", "A_b-9", "x" * 40])
async def test_a_posters_code_is_kept_with_the_draft(app: App, telegram: TelegramWorld, poster: str) -> None:
    amina = telegram.person("Amina")

    await amina.opens_link(poster)
    await amina.taps("English")
    await amina.taps("Report hate or harassment")
    await amina.settles()

    assert (await state_of(app, amina)).poster == poster


@pytest.mark.parametrize(
    "payload",
    ["x" * 64, "x y", "<b>x</b>", "'; DROP TABLE reports;--", "../../etc", "ሰላም", "\u202ex", "-" * 64, "%00", "{a}"],
)
async def test_a_hostile_payload_is_dropped(app: App, telegram: TelegramWorld, payload: str) -> None:
    amina = telegram.person("Amina")

    await amina.says(f"/start {payload}")
    await amina.taps("English")
    screen = await amina.settles()

    assert (await state_of(app, amina)).poster == ""
    assert IN_DANGER in screen.text


async def test_commands_and_profile_stand_in_every_language(app: App, telegram: TelegramWorld) -> None:
    await publish(bot_of(app), app.house.voices, app.house.log)

    described = {key: words for key, words in telegram.profile.items() if key[0].endswith("description")}
    assert {language for _, language in described} == {"", "pl", "ar"}
    assert len(telegram.commands) == 3
    names = [[command["command"] for command in listed] for listed in telegram.commands.values()]
    assert names == [["start", "help", "language", "privacy", "back", "skip", "hide"]] * 3


async def test_nothing_in_the_profile_says_what_the_bot_is_for(app: App, telegram: TelegramWorld) -> None:
    await publish(bot_of(app), app.house.voices, app.house.log)

    english = [telegram.profile["description", ""], telegram.profile["short_description", ""]]
    english += [command["description"] for listed in telegram.commands.values() for command in listed]
    telling = ("hate", "harass", "report", "victim", "abuse", "police", "violence", "crime", "danger")
    assert not [words for words in english if any(word in words.lower() for word in telling)]


async def test_a_person_is_found_by_no_id_in_the_database(app: App, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    await amina.says("/start")
    await amina.settles()

    kept = await kept_for(app, amina)
    shown = await app.conversations.look(Address(channel="telegram", who=str(amina.id)))

    assert kept is not None
    assert str(amina.id).encode() not in kept.person
    assert shown is not None
