"""The first screens: the menu, danger, what is kept, the equality questions, and the words that work anywhere."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.cards import contacts
from dialogs.commands import CountEquality
from dialogs.danger import DANGERS, danger_now
from dialogs.equality import equality
from dialogs.global_words import GLOBAL_WORDS
from dialogs.inputs import Stored
from dialogs.keeping import keeping_text, what_we_keep
from dialogs.menu import menu
from dialogs.play import play
from dialogs.registry import DIALOGS
from dialogs.script import Command, Question, Say
from dialogs.texts import Text
from services_directory.load import load
from services_directory.wording import Wording
from tests.dialog_world import START, Amina, english

REAL = replace(START, directory=load())
WEB = replace(START, channel="web")


def test_the_first_words_are_the_emergency_number() -> None:
    assert (
        Amina(menu).reads().startswith("In danger now, call 999. If you cannot speak on a mobile, call 999, then press")
    )


def test_the_menu_says_who_runs_the_bot_and_that_anybody_may_stop() -> None:
    said = Amina(menu).reads()

    assert "I am a bot, not a person. Easton Law Centre runs me." in said
    assert "You can stop at any time." in said


def test_only_telegram_is_said_to_be_able_to_read_along() -> None:
    assert "Telegram is not private from end to end" in Amina(menu).reads()
    assert "Telegram" not in Amina(menu, WEB).reads()


@pytest.mark.parametrize(
    ("door", "question"),
    [
        ("report", "safe"),
        ("sexual", "about"),
        ("help", "help_need"),
        ("danger", "danger"),
        ("learn", "learn"),
        ("code", "links"),  # first the program looks whether this chat is linked to a report
        ("feedback", "feedback"),
        ("keeping", "keeping[1]"),
    ],
)
def test_each_door_of_the_menu_leads_to_its_dialog(door: str, question: str) -> None:
    assert Amina(menu).taps(door).question == question


def test_somebody_who_cannot_hear_or_speak_reads_how_to_reach_999() -> None:
    said = Amina(danger_now, REAL).reads()

    assert "text 999 from a registered phone" in said
    assert "999 BSL: https://www.999bsl.co.uk" in said
    assert "18000" in said


@pytest.mark.parametrize("danger", [option.code for option in DANGERS])
def test_every_danger_names_a_number_to_call(danger: str) -> None:
    amina = Amina(danger_now, REAL).taps(danger)

    assert "call 999" in amina.reads().lower()
    assert any(say.text.values for say in amina.now.said), "a service of the directory"
    assert amina.taps("carry-on").now.waiting is None


@pytest.mark.parametrize("danger", ["home", "sexual", "marriage"])
def test_no_address_betrays_which_danger_and_a_child_finds_its_line(danger: str) -> None:
    said = Amina(danger_now, REAL).taps(danger).reads()

    assert "http" not in said
    assert "Childline: call 0800 1111, day or night. For people under 19." in said


def test_the_unit_against_forced_marriage_names_another_number_while_closed() -> None:
    day, night = (replace(REAL, now=REAL.now.replace(hour=hour)) for hour in (12, 23))
    by_day, by_night = (Amina(danger_now, start).taps("marriage").reads() for start in (day, night))

    assert "Forced Marriage Unit: call 020 7008 0151. Open now, until 17:00" in by_day
    assert "020 7008 1500" not in by_day
    assert "At other times call 020 7008 1500" in by_night


def test_a_skipped_danger_still_names_people_who_help() -> None:
    amina = Amina(danger_now, REAL).skips_to("danger_next")

    assert "Victim Support" in amina.reads()
    assert "Samaritans" in amina.reads()


def test_a_service_that_may_not_be_shown_is_passed_over() -> None:
    hidden = next(service for service in REAL.directory.national if not service.reachable)

    assert [english(line) for line in contacts(REAL.directory, hidden.id, "no-such-service")] == []


def test_what_is_kept_can_be_read_to_the_end_or_left() -> None:
    amina = Amina(what_we_keep).taps("more", "more", "more")
    assert "type /hide" in amina.reads()
    assert amina.taps("menu").now.waiting is None

    assert Amina(what_we_keep).taps("enough").now.waiting is None


def test_what_nobody_can_protect_is_said_plainly() -> None:
    amina = Amina(what_we_keep).taps("more")
    assert "We do not ask about immigration status." in amina.reads()

    amina.taps("more")
    assert "I cannot clear notifications" in amina.reads()
    assert "I cannot take this chat off your list." in amina.reads()


@pytest.mark.parametrize("channel", ["telegram", "web"])
def test_the_short_answer_about_privacy_fits_one_screen(channel: str) -> None:
    said = " ".join(english(words) for words in keeping_text(channel))

    assert "24 hours" in said
    assert len(said.split()) <= 45
    assert ("Telegram" in said) == (channel == "telegram")


def test_the_equality_questions_can_be_refused_with_one_tap() -> None:
    assert Amina(equality).taps("no").now.waiting is None


def test_answers_to_equality_questions_leave_alone_and_only_if_given() -> None:
    amina = Amina(equality).taps("yes").skips_to("about_religion").taps("none").skips_to("count_equality")

    command = amina.now.waiting
    assert isinstance(command, CountEquality)
    assert command.answers == {"about_religion": "none"}


def test_no_equality_answers_no_count() -> None:
    amina = Amina(equality).taps("yes").skips_to("to_the_menu")

    assert "Thank you" in amina.reads()


def test_children_are_not_asked_about_love_or_gender_at_birth() -> None:
    amina = Amina(equality).taps("yes", "13-15").skips_to("count_equality")

    asked = {answer.question.id for answer in amina.now.path}
    assert not asked & {"about_orientation", "about_gender_at_birth"}


def test_the_words_that_always_work_are_listed_once_each() -> None:
    listed = [word.strip() for words in GLOBAL_WORDS.values() for word in words.message.split(",")]

    assert set(GLOBAL_WORDS) == {"exit", "help", "back", "skip", "language", "privacy", "start"}
    assert len(listed) == len(set(listed))
    assert {"exit", "hide", "help", "999"} <= set(listed)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_every_screen_of_every_dialog_asks_one_short_question(data: st.DataObject) -> None:
    dialog = DIALOGS[data.draw(st.sampled_from(sorted(DIALOGS)))]
    start = replace(REAL, joined=frozenset(agency.id for agency in REAL.directory.all_agencies))
    answers: dict[str, Stored] = {}

    while waiting := (played := play(dialog, start, answers)).waiting:
        if isinstance(waiting, Command):
            answers[waiting.id] = waiting.examples()[0]
        else:
            asks_one_short_question(played.said, waiting)
            answers[waiting.id] = data.draw(st.sampled_from(waiting.examples()))
    assert not played.said, "words nobody would see"


def own_words(text: Text) -> int:
    """Words of a line beside the names and numbers filled into it, which nobody can shorten."""
    filled = {name: value if isinstance(value, Text | Wording) else "" for name, value in text.values.items()}
    inner = sum(own_words(value) for value in filled.values() if isinstance(value, Text))
    shown = {name: "" if isinstance(value, Text) else value for name, value in filled.items()}
    said = english(replace(text, values=shown)).split()
    return inner + sum(any(letter.isalpha() for letter in word) for word in said)


def asks_one_short_question(said: tuple[Say, ...], question: Question[object]) -> None:
    screen = " ".join(english(text) for text in (*(say.text for say in said), question.text, question.hint))

    assert screen.count("?") == 1, question.id
    assert sum(map(own_words, (*(say.text for say in said), question.text, question.hint))) <= 60, question.id
    assert all(len(english(offer.label)) <= 30 for offer in question.offers(None)), question.id
    assert question.part is None or question.label, question.id
