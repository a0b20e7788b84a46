"""Every screen of every dialog obeys the rules in every language; and each rule finds a screen that breaks it."""

from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram.showing import text_of
from bot.preview.lexicon import blame_in
from bot.preview.page import write_preview
from bot.preview.promises import broken
from bot.preview.readability import grade, sentences, syllables, words
from bot.preview.rules import RULES, Look, faults_of
from bot.preview.screens import Seen, beside, screens_of
from bot.preview.walked import Walked
from bot.rendering import Voice
from dialogs.choices import YES_NO, Choice, Option
from dialogs.commands import FileReport
from dialogs.consent import SEND, Confirm, Consent, Receiver, Sheet, SheetLine
from dialogs.explore import Walk, explore
from dialogs.inputs import Stored
from dialogs.narrative import Line, Words
from dialogs.parts import Package, Part
from dialogs.play import play
from dialogs.registry import DIALOGS
from dialogs.screen import Button, Screen, View, bar, question_screen
from dialogs.script import Question, Say, Step
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.routing import Situation
from tests.walking import a_start, a_walk, directory, voices, walked

Dialog = Callable[[Start], Coroutine[Step, Any, None]]
NOTHING_WRONG = Screen(
    key="x", question=text("Are you safe?"), buttons=(Button(tap="y", label=text("Yes")),), bar=bar()
)


def distinct(seen: Iterable[Seen]) -> list[Seen]:
    """Each screen once, as English shows it."""
    return list({each.shown(voices()["en"]): each for each in seen}.values())


def found(rule: str, screen: Screen, tag: str = "en", **further: Any) -> list[str]:
    """What one rule finds wrong with one screen."""
    seen, voice = Seen(dialog="test", screen=screen, **further), voices()[tag]
    return list(RULES[rule](Look(seen=seen, shown=seen.shown(voice), voice=voice)))


def asked(*steps: Question[Any], answers: dict[str, Stored] | None = None) -> dict[str, Any]:
    """The screen of the first of `steps` without an answer, and how it was come to."""

    async def dialog(start: None) -> None:
        for step in steps:
            await step

    played = play(dialog, None, answers or {})
    return {"screen": question_screen(played, View()), "played": played}


# The real dialogs.


@pytest.mark.parametrize(("name", "channel"), [*((name, "telegram") for name in sorted(DIALOGS)), ("menu", "web")])
def test_every_screen_obeys_every_rule(name: str, channel: str) -> None:
    seen = distinct(screens_of(name, a_walk(name, channel), a_start()))

    assert sorted({str(fault) for each in seen for fault in faults_of(each, voices().values())}) == []


def test_every_screen_beside_the_dialogs_obeys_every_rule() -> None:
    seen = distinct(beside(a_walk("menu")))

    assert sorted({str(fault) for each in seen for fault in faults_of(each, voices().values())}) == []


@pytest.mark.parametrize(("name", "channel"), [*((name, "telegram") for name in sorted(DIALOGS)), ("menu", "web")])
def test_no_conversation_breaks_a_promise(name: str, channel: str) -> None:
    assert broken(walked(name, channel)) == ()


@pytest.mark.parametrize("tag", ["en", "ar", "pl"])
def test_the_emergency_numbers_come_before_any_question(tag: str) -> None:
    first = a_walk("menu").stops[0].played
    shown = voices()[tag].show(question_screen(first, View()), "abcd")

    assert "999" in shown.said[0]
    assert "55" in shown.said[0]


def test_a_check_with_long_answers_still_names_everything_on_telegram() -> None:
    walk = a_walk("menu")
    longest = max(
        (stop for stop in walk.stops if isinstance(stop.played.waiting, Confirm)), key=lambda s: len(s.answers)
    )
    long = {"items": [{"words": "ألم " * 2_000, "locale": "ar", "ref": ""}], "done": True}
    answers = {id: long if isinstance(s, dict) and "items" in s else s for id, s in longest.answers.items()}
    played = play(DIALOGS["menu"], a_start(), answers)
    assert isinstance(played.waiting, Confirm)

    for voice in voices().values():
        said = text_of(voice.show(question_screen(played, View()), "abcd"))
        assert len(said) <= 4_096
        for line in played.waiting.sheet.lines:
            assert voice.say(line.label) in said
        for receiver, _ in played.waiting.sheet.receivers:
            assert directory().agency(receiver.agency).name.replace("&", "&amp;") in said


def test_the_preview_shows_every_question_in_every_language(tmp_path: Path) -> None:
    summary = write_preview(tmp_path / "preview", a_start(), voices(), most=15)
    page = summary.page.read_text(encoding="utf-8")

    asked = {question.id for walk in summary.walks.values() for question in walk.questions}
    assert all(f">{id}</a></h3>" in page for id in asked)
    assert all(f'lang="{tag}"' in page for tag in voices())
    assert page.count("<svg") == len(DIALOGS)
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert str(summary.page) in summary.lines


# Each rule finds what it is for.


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_good_screen_has_no_fault(rule: str) -> None:
    good = asked(Choice("x", "Are you safe?", YES_NO))

    assert found(rule, good["screen"], played=good["played"]) == []


def test_a_screen_without_the_bar_is_found() -> None:
    assert found("T2", replace(NOTHING_WRONG, bar=()))
    assert found("T2", replace(NOTHING_WRONG, bar=tuple(reversed(bar()))))


def test_a_question_without_back_is_found() -> None:
    second = asked(Choice("x", "Safe?", YES_NO), Choice("y", "Sure of it?", YES_NO), answers={"x": "yes"})

    assert found("T3", second["screen"], played=second["played"]) == []
    assert found("T3", replace(second["screen"], bar=bar()), played=second["played"])


def test_a_question_that_cannot_be_skipped_is_found() -> None:
    must = asked(Choice("colour", "Which colour?", YES_NO, required=True))

    assert found("T4", must["screen"], played=must["played"])


@pytest.mark.parametrize(
    ("words_", "faults"), [("Are you safe?", 0), ("Are you safe? Or not?", 1), ("Tell me.", 1), ("آمن؟ متى؟", 1)]
)
def test_two_questions_or_none_on_a_screen_are_found(words_: str, faults: int) -> None:
    one = asked(Choice("x", words_, YES_NO))

    assert len(found("T5", one["screen"], played=one["played"])) == faults


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", "Why did you go there?"),
        ("en", "Tell me about the alleged attack."),
        ("en", "What were you wearing?"),
        ("en", "It was your fault."),
        ("pl", "Dlaczego tam byłaś?"),
        ("pl", "Opisz domniemany napad."),
        ("ar", "لِماذا ذهبت إلى هناك؟"),
        ("ar", "هل أنت متأكد؟"),
    ],
)
def test_words_of_blame_are_found(tag: str, said: str) -> None:
    assert found("T6", replace(NOTHING_WRONG, question=text(said)), tag)


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", "This is not your fault."),
        ("en", "We never ask about immigration status."),
        ("pl", "To nie twoja wina."),
        ("pl", "Po czym poznasz?"),
        ("ar", "هذا ليس ذنبك"),
    ],
)
def test_kind_words_are_not_taken_for_blame(tag: str, said: str) -> None:
    assert blame_in(said, tag) == ""


def test_long_sentences_and_long_screens_are_found() -> None:
    long = text("You can tell us about the thing that happened to you in the street on that one day.")

    assert found("T7", replace(NOTHING_WRONG, question=long))
    assert found("T7", replace(NOTHING_WRONG, said=tuple(text("We are here to help you.") for _ in range(11))))


def test_hard_words_are_found() -> None:
    hard = text("Confidential organisations facilitate accessible communication regarding discrimination.")

    assert any("grade" in what for what in found("T7", replace(NOTHING_WRONG, said=(hard, hard, hard))))


def test_names_that_are_filled_in_are_not_counted_as_our_words() -> None:
    named = text("This goes to {agency}.", agency="The Very Long Name of an Agency with Many Many Words in It Today")

    assert found("T7", replace(NOTHING_WRONG, question=named)) == []


@pytest.mark.parametrize(
    "labels",
    [
        ["Yes", "Yes"],
        ["Help now"],
        ["👍"],
        ["A label that is far too long for a phone"],
        [f"Answer {n}" for n in range(9)],
    ],
)
def test_bad_buttons_are_found(labels: list[str]) -> None:
    answers = tuple(Button(tap=f"{n}", label=text(label)) for n, label in enumerate(labels))

    assert found("T8", replace(NOTHING_WRONG, buttons=answers))


def test_a_place_that_cannot_be_typed_is_found() -> None:
    assert found("T19", replace(NOTHING_WRONG, takes=frozenset({"place"})))


@pytest.mark.parametrize("said", ["اتصل 0808 2000 247 الآن", "اكتب /hide هنا", "زر www.example.org اليوم", "+44 رقم"])
def test_a_number_that_would_be_mirrored_is_found(said: str) -> None:
    assert found("T22", replace(NOTHING_WRONG, said=(text(said),)), "ar")
    filled = text("اتصل {value} الآن", value="0808 2000 247")
    assert found("T22", replace(NOTHING_WRONG, said=(filled,)), "ar") == []


def test_a_screen_that_telegram_would_refuse_is_found() -> None:
    assert found("Telegram", replace(NOTHING_WRONG, said=(text("a" * 5_000),)))
    assert found("Telegram", replace(NOTHING_WRONG, copy="1" * 300))
    too_long = Seen(dialog="test", screen=replace(NOTHING_WRONG, buttons=(Button(tap="y" * 60, label=text("Yes")),)))
    assert [fault.rule for fault in faults_of(too_long, [voices()["en"]])] == ["screen"]


# Each promise finds a dialog that breaks it.


def broken_by(dialog: Dialog, name: str = "test") -> str:
    """What the promises find wrong with a small dialog."""
    walk: Walk = explore(dialog, a_start())
    english: Voice = voices()["en"]
    return " ".join(broken(Walked(dialog=name, walk=walk, start=a_start(), english=english)))


def a_sheet(agency: str = "bhcds", package: Package = Package.FULL, *lines: SheetLine) -> Sheet:
    return Sheet(receivers=((Receiver(agency=agency, package=package), text("They see it.")),), lines=lines)


async def confirmed(sheet: Sheet) -> bool:
    options = (Option(SEND, "Send"), Option("stop", "Stop"))
    return await Confirm("check[1]", "Shall I send it?", sheet, options, required=True) == SEND


async def file(sheet: Sheet, **consents: str) -> None:
    await FileReport("file", sheet=sheet, situation=Situation(area="bristol"), urgent=False, consents=consents)
    await Choice("menu", "What now?", YES_NO, required=True)


async def a_menu_that_hides_who_speaks(start: Start) -> None:
    await Say("In danger now, call 999.")
    await Choice("menu", "What now?", YES_NO, required=True)


async def asking_twice(start: Start) -> None:
    await Line("name", "Your name?")
    await Line("called", "Your name?")


async def probing_first(start: Start) -> None:
    await Choice("weapon", "Was there a knife?", YES_NO, part=Part.FACTS, label=text("Knife"))
    await Words("account", "What happened?", part=Part.ACCOUNT, label=text("What happened"))


async def sending_unasked(start: Start) -> None:
    await Line("name", "Your name?")
    await file(a_sheet(), bhcds="check[1]")


async def sending_something_else(start: Start) -> None:
    if await confirmed(a_sheet()):
        await file(a_sheet(package=Package.FACTS), bhcds="check[1]")


async def sending_more_than_was_shown(start: Start) -> None:
    await Line("name", "Your name?", part=Part.CONTACT, label=text("Name"))
    if await confirmed(a_sheet()):
        await file(a_sheet(), bhcds="check[1]")


async def sending_to_one_who_was_refused(start: Start) -> None:
    offered = ((Package.FACTS, text("Facts")),)
    await Consent("consent[livewest]", "May LiveWest see it?", "livewest", offered)
    others = ((Receiver(agency="livewest", package=Package.FACTS), text("LiveWest sees it.")),)
    sheet = Sheet(receivers=(*a_sheet().receivers, *others), lines=())
    if await confirmed(sheet):
        await file(sheet, bhcds="check[1]", livewest="consent[livewest]")


async def telling_the_accused(start: Start) -> None:
    await Choice("receiving[livewest]", "Go on?", (Option("accused", "They did it"),), required=True)
    await Consent("consent[livewest]", "May LiveWest see it?", "livewest", ((Package.FACTS, text("Facts")),))


async def no_receipt(start: Start) -> None:
    if await confirmed(a_sheet()):
        await file(a_sheet(), bhcds="check[1]")


async def equality_first(start: Start) -> None:
    await Choice("about_age", "How old are you?", YES_NO, required=True)


async def leaving_a_child_alone(start: Start) -> None:
    await Choice("age", "How old?", (Option("under-13", "Under 13"),))


async def last_words_unseen(start: Start) -> None:
    await Line("name", "Your name?")
    await Say("Call me when it gets worse.")


async def deaf_to_voices(start: Start) -> None:
    class Typing(Words):
        def takes(self) -> frozenset[str]:
            return frozenset({"words"})

    await Typing("account", "What happened?")


@pytest.mark.parametrize(
    ("dialog", "name", "fault"),
    [
        (a_menu_that_hides_who_speaks, "menu", "that it is a bot"),
        (a_menu_that_hides_who_speaks, "menu", "55"),
        (asking_twice, "report", "how long it is"),
        (asking_twice, "test", "T9"),
        (probing_first, "test", "T11"),
        (sending_unasked, "test", "without “Send”"),
        (sending_something_else, "test", "not what was shown"),
        (sending_more_than_was_shown, "test", "does not list"),
        (sending_to_one_who_was_refused, "test", "something else than was consented to"),
        (telling_the_accused, "test", "is accused"),
        (no_receipt, "test", "T14"),
        (probing_first, "danger", "T25"),
        (leaving_a_child_alone, "test", "T26"),
        (equality_first, "test", "T27"),
        (last_words_unseen, "test", "never seen"),
        (deaf_to_voices, "test", "T20"),
    ],
)
def test_a_broken_promise_is_found(dialog: Dialog, name: str, fault: str) -> None:
    assert fault in broken_by(dialog, name)


# Reading ease.


def test_sentences_and_words_are_counted_as_people_read_them() -> None:
    assert sentences("Call 999. Don't wait: go! 55.") == ["Call 999", "Don't wait", "go"]
    assert words("You can't text 0808 2000 247, ex-partner") == ["You", "can't", "text", "ex-partner"]


@pytest.mark.parametrize(
    ("word", "count"),
    [("call", 1), ("safe", 1), ("danger", 2), ("people", 2), ("asked", 1), ("wanted", 2), ("organisation", 5)],
)
def test_syllables_are_counted_as_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_plain_words_are_of_a_lower_grade_than_official_ones() -> None:
    assert grade(["You can stop at any time."]) < 2 < 12 < grade(["Immediate notification facilitates investigation."])


def test_text_of_nothing_has_no_grade() -> None:
    assert grade([Text("").message]) == 0
