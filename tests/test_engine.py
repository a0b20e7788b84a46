"""Properties of the engine: whatever is answered, taken back or changed, it comes to the same place again."""

import asyncio
from collections.abc import Callable, Coroutine
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering import Voice
from dialogs.choices import YES_NO, Choice, Option
from dialogs.commands import FileReport
from dialogs.consent import SEND, Confirm, Consent, Receiver, Sheet
from dialogs.explore import Stop
from dialogs.inputs import Stored
from dialogs.narrative import Line
from dialogs.parts import Package
from dialogs.play import play
from dialogs.script import Bound, Question, Step
from dialogs.sights import sight
from dialogs.texts import text
from tests.properties import PROPERTY, at, places
from tests.walking import a_walk, voices

# The engine.


@PROPERTY
@given(stop=places, cut=st.integers(0, 80))
def test_any_beginning_of_the_answers_plays(stop: Stop, cut: int) -> None:
    beginning = dict(list(stop.answers.items())[:cut])
    played = at(beginning)

    assert [answered.question.id for answered in played.path] == [id for id in beginning if id not in played.done]


@PROPERTY
@given(stop=places)
def test_going_back_then_the_same_answer_gives_the_same_turn(stop: Stop) -> None:
    last = stop.played.undoable[-1]
    before = at({id: stored for id, stored in stop.answers.items() if id != last})

    assert before.waiting is not None
    assert before.waiting.id == last
    assert sight(at({**stop.answers, last: stop.answers[last]})) == sight(stop.played)


@PROPERTY
@given(stop=places, data=st.data())
def test_changing_an_answer_and_changing_it_back_changes_nothing(stop: Stop, data: st.DataObject) -> None:
    answered = stop.played.answered(data.draw(st.sampled_from(stop.played.undoable)))
    assert answered is not None
    id = answered.question.id
    other = data.draw(st.sampled_from(answered.question.examples()))
    changed = {**stop.answers, id: other}
    at(changed)

    assert sight(at({**changed, id: answered.stored})) == sight(stop.played)


@PROPERTY
@given(stop=places, data=st.data(), broken=st.sampled_from([{"x": 1}, "no such code", 7, [], {"items": []}, True]))
def test_an_answer_that_no_longer_fits_asks_only_its_own_question_again(
    stop: Stop, data: st.DataObject, broken: Stored
) -> None:
    id = data.draw(st.sampled_from(stop.played.undoable))
    played = at({**stop.answers, id: broken})
    answered = stop.played.answered(id)
    assert answered is not None
    if answered.question.kind in ("line", "safe-contact") and isinstance(broken, str):
        return  # any words answer these

    assert isinstance(played.waiting, Question)
    assert played.waiting.id == id
    kept = [each.question.id for each in played.path]
    assert kept == [each.question.id for each in stop.played.path][: len(kept)]
    assert sight(at({**stop.answers, id: answered.stored})) == sight(stop.played)


@PROPERTY
@given(stop=places, stray=st.dictionaries(st.text(), st.none() | st.text() | st.integers(), max_size=5))
def test_answers_off_the_path_change_nothing(stop: Stop, stray: dict[str, Stored]) -> None:
    strangers = {f"stray {id}": stored for id, stored in stray.items()}

    assert sight(at({**strangers, **stop.answers})) == sight(stop.played)


@PROPERTY
@given(stop=places)
def test_nothing_before_a_command_can_be_taken_back(stop: Stop) -> None:
    order = list(stop.answers)
    for done in stop.played.done:
        assert all(order.index(id) > order.index(done) for id in stop.played.undoable)


def test_an_answer_of_another_branch_comes_back_with_its_branch() -> None:
    async def branching(start: None) -> None:
        if await Choice("role", "Who?", YES_NO) == "yes":
            await Line("name", "Name?")
        await Line("last", "Last?")

    answers: dict[str, Stored] = {"role": "yes", "name": "Amina"}
    away = play(branching, None, {**answers, "role": "no"})
    again = play(branching, None, answers)

    assert [answered.question.id for answered in away.path] == ["role"]
    assert [answered.stored for answered in again.path] == ["yes", "Amina"]


def test_an_id_used_twice_is_refused() -> None:
    async def twice(start: None) -> None:
        await Line("name", "Name?")
        await Line("name", "Name again?")

    with pytest.raises(ValueError, match="'name' twice"):
        play(twice, None, {"name": "Amina"})


def test_a_dialog_that_waits_for_anything_else_is_refused() -> None:
    async def sleepy(start: None) -> None:
        await asyncio.sleep(0)

    with pytest.raises(TypeError, match="only await steps"):
        play(sleepy, None, {})


def test_a_dialog_that_never_waits_is_stopped() -> None:
    async def endless(start: None) -> None:
        for number in count():
            await Line(f"line[{number}]", "Line?")

    class Everything(dict[str, Stored]):
        def __contains__(self, key: object) -> bool:
            return True

        def __getitem__(self, key: str) -> Stored:
            return "x"

    with pytest.raises(RuntimeError, match="too many steps"):
        play(endless, None, Everything())


# Consents hold for what was read, and for nothing else.

FACTS = ((Package.FACTS, text("Only the facts")),)


def asking(question: Bound[Any]) -> Callable[[None], Coroutine[Step, Any, None]]:
    async def dialog(start: None) -> None:
        await question
        await Line("last", "Last?")

    return dialog


def consent(words: str = "May they open it?", hint: str = "They see ticks.", label: str = "Only the facts") -> Consent:
    return Consent("consent", words, "livewest", ((Package.FACTS, text(label)),), hint=text(hint))


def check(gets: str = "They see all.", answer: str = "Yes") -> Confirm:
    receivers = ((Receiver(agency="bhcds", package=Package.FULL), text(gets)),)
    return Confirm("check", f"Shall I send it? {answer}", Sheet(receivers=receivers, lines=()), (Option(SEND, "Send"),))


@pytest.mark.parametrize(
    ("given_to", "shown_now"),
    [
        (consent(), consent(words="May they read it?")),
        (consent(), consent(hint="They see ticks and words.")),
        (consent(), consent(label="The facts")),
        (check(), check(gets="They see all, and your name.")),
        (check(), check(answer="No")),
    ],
)
def test_a_consent_to_other_words_is_asked_again(given_to: Bound[Any], shown_now: Bound[Any]) -> None:
    english, polish = voices()["en"], voices()["pl"]
    stored = {"package": "facts", "choice": SEND, "bound": english.binding(given_to)}

    assert waits_for(given_to, stored, english) == "last"
    assert waits_for(shown_now, stored, english) == shown_now.id
    assert waits_for(given_to, stored, polish) == given_to.id


def waits_for(question: Bound[Any], stored: Stored, voice: Voice) -> str:
    waiting = play(asking(question), None, {question.id: stored}, voice.binding).waiting
    assert waiting is not None
    return waiting.id


def test_no_report_is_filed_with_a_send_given_to_something_else() -> None:
    english = voices()["en"]
    filed = [stop for stop in a_walk("menu").stops if isinstance(stop.played.waiting, FileReport)]

    assert filed
    assert all(not isinstance(at(dict(s.answers), english.binding).waiting, FileReport) for s in filed)
