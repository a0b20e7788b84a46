"""No path of any dialog asks for one thing twice, in whatever words; and nobody accused is offered anything after that.

What is forbidden to ask or say at all: `test_never_asked.py`. What may leave: `bot/preview/sending.py`.
"""

import re
from collections.abc import Iterator
from itertools import combinations

import pytest

from bot.meanings import base_id
from bot.preview.sending import accused_on
from bot.rendering import strip_isolates
from dialogs.choices import YES_NO, Choice, Choices, Option
from dialogs.commands import FileReport
from dialogs.consent import Confirm, Consent
from dialogs.explore import Walk, explore
from dialogs.narrative import Line
from dialogs.play import Dialog, Played
from dialogs.registry import DIALOGS
from dialogs.script import Question
from dialogs.sexual_violence import sexual_violence
from dialogs.start import Start
from dialogs.texts import Text, text
from dialogs.violence import violence
from tests.dialog_world import Amina
from tests.walking import a_start, a_walk, directory, voices

Asked = Question[object]
OPEN = frozenset({"other", "unsure", "none", "nobody", "stop", "no"})  # answers that lists have in common
ALIKE = 3  # a list of so many answers of its own, met again under another id, asks for the same thing
SCALES = frozenset(
    {"survey_reach", "survey_did", "survey_told", "survey_treated", "survey_whole"}
)  # one for each stage
#: Asked again about something else each time: another day, another agency, another page of reading, another try.
LOOPS = frozenset({
    "read", "consent", "earlier", "receiving", "check", "told_when", "told_reference", "onward", "pack_help",
    "home_read", "help_pick", "code", "keeping", "pack_on",
})  # fmt: skip


def english(words: Text) -> str:
    return strip_isolates(voices()["en"].say(words)).casefold().strip()


def asked_on(played: Played) -> list[Asked]:
    """Every question of the path, and the one on the screen."""
    before = [answered.question for answered in played.path]
    return [*before, played.waiting] if isinstance(played.waiting, Question) else before


def answers_of(question: Asked) -> frozenset[str]:
    offers = question.options if isinstance(question, Choice | Choices) else ()
    return frozenset(option.code for option in offers) - OPEN


def same_thing(before: Asked, now: Asked) -> str:
    """In which way two questions ask for one thing; "" if they do not."""
    bases = {base_id(before.id), base_id(now.id)}
    if len(bases) == 1:
        return "" if bases <= LOOPS else "under one id"
    if english(before.text) == english(now.text) and not bases <= LOOPS:
        return "in the same words"
    if before.label and english(before.label) == english(now.label):
        return "for the same line of the check"
    if len(answers_of(now)) >= ALIKE and answers_of(before) == answers_of(now) and not bases <= SCALES:
        return "with the same answers"
    return ""


def asked_twice(walk: Walk) -> set[str]:
    found = set()
    for stop in walk.stops:
        for before, now in combinations(asked_on(stop.played), 2):
            if how := same_thing(before, now):
                found.add(f"{before.id}, then {now.id}: {how}")
    return found


@pytest.mark.parametrize("name", sorted(DIALOGS))
def test_no_path_asks_for_one_thing_twice(name: str) -> None:
    assert sorted(asked_twice(a_walk(name))) == []


@pytest.mark.parametrize("about", ["sexual", "both", "unsure"])
def test_a_worker_at_the_door_for_violence_is_not_asked_again_what_it_is_about(about: str) -> None:
    amina = Amina(violence, a_start()).taps(about, "yes").skips_to("role").taps("worker", "yes", "adult", "no", "no")

    assert amina.question == "manager"


async def _twice_in_other_words(start: Start) -> None:
    await Choice("age", "How old are you?", (Option("child", "Under 18"), Option("adult", "18 or over")))
    await Choice("grown_up", "How old are you?", YES_NO)


async def _twice_on_the_check(start: Start) -> None:
    await Line("name", "What should they call you?", label=text("Name"))
    await Line("called", "Which name may they use?", label=text("Name"))


async def _the_same_answers(start: Start) -> None:
    places = (Option("home", "At home"), Option("street", "In the street"), Option("school", "At school"))
    await Choice("place", "Where was it?", places)
    await Choices("where_else", "Where does it happen?", places)


@pytest.mark.parametrize(
    ("dialog", "how"),
    [
        (_twice_in_other_words, "in the same words"),
        (_twice_on_the_check, "for the same line of the check"),
        (_the_same_answers, "with the same answers"),
    ],
)
def test_a_dialog_that_asks_twice_is_caught(dialog: Dialog[Start], how: str) -> None:
    assert any(how in fault for fault in asked_twice(explore(dialog, a_start())))


# The accused.


def offered_to_the_accused(played: Played) -> Iterator[str]:
    """The organisations that were said to be part of it and are named by whatever the screen offers, shows or sends."""
    accused = accused_on(played, directory())
    step = played.waiting
    named = {step.agency} if isinstance(step, Consent) else set[str]()
    if isinstance(step, Confirm | FileReport):
        named |= {receiver.agency for receiver, _ in step.sheet.receivers}
    yield from (f"{id} receives" for id in named if directory().agency(id).organisation in accused)
    if not isinstance(step, Question) or not accused or base_id(step.id) == "receiving":
        return
    said = " ".join(english(words) for words in (step.text, step.hint, *(o.label for o in step.offers(None))))
    for agency in directory().all_agencies:
        if agency.organisation in accused and re.search(rf"\b{re.escape(agency.name)}\b", said, re.IGNORECASE):
            yield f"{step.id} names {agency.id}"


def accused_stops() -> Iterator[tuple[str, Played]]:
    """Every place of every dialog to which an accusation leads."""
    for name in DIALOGS:
        for stop in a_walk(name).stops:
            if accused_on(stop.played, directory()):
                yield name, stop.played


def test_no_screen_after_an_accusation_offers_the_accused_anything() -> None:
    assert sorted({fault for _, played in accused_stops() for fault in offered_to_the_accused(played)}) == []


@pytest.mark.parametrize("name", ["report", "sexual", "told"])
def test_accusations_are_met_up_to_the_last_check(name: str) -> None:
    waiting = [played.waiting for dialog, played in accused_stops() if dialog == name]

    assert any(isinstance(step, Confirm) for step in waiting)
    assert any(isinstance(step, FileReport) for step in waiting)


async def _careless(start: Start) -> None:
    agency = start.directory.area("bristol").agencies[0]
    await Choice(f"receiving[{agency.id}]", "Are they part of it?", (Option("accused", "Yes"), Option("on", "No")))
    await Choice("more", text("May {agency} read it too?", agency=agency.name), YES_NO)


def test_a_dialog_that_offers_it_to_the_accused_is_caught() -> None:
    stops = explore(_careless, a_start()).stops

    assert {fault.partition(" ")[0] for stop in stops for fault in offered_to_the_accused(stop.played)} == {"more"}


def test_after_violence_the_line_of_an_accused_council_is_not_recommended() -> None:
    begun = Amina(sexual_violence, a_start()).taps("yes", "no", "self", "stockton")
    begun.skips_to("receiving[stockton-council]").taps("accused")
    stopped = begun.taps("stop")

    assert stopped.question == "who_helps"
    assert "Stockton Council safety team" not in labels_of(stopped)
    assert "SARC Teesside" in labels_of(stopped)


def labels_of(amina: Amina) -> set[str]:
    waiting = amina.now.waiting
    assert isinstance(waiting, Question)
    return {strip_isolates(voices()["en"].say(offer.label)) for offer in waiting.offers(None)}
