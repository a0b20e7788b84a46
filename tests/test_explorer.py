"""The explorer finds every place a dialog can stop at: in small dialogs known by heart, then in the real ones."""

import os
import subprocess
import sys
from collections.abc import Callable, Coroutine
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest

from dialogs.choices import YES_NO, YES_NO_UNSURE, Choice, Choices, Option
from dialogs.commands import FileReport
from dialogs.consent import Sheet
from dialogs.explore import END, Impure, Stop, Walk, explore
from dialogs.narrative import Line, Words
from dialogs.registry import DIALOGS
from dialogs.script import Command, Question, Say, Step
from dialogs.watching import Watch
from dialogs.when import When
from services_directory.routing import Situation
from tests.walking import a_start, a_walk

FRUIT = tuple(Option(code, code.title()) for code in ("apple", "pear", "plum", "quince"))
SmallDialog = Callable[[None], Coroutine[Step, Any, None]]


def said_in(walk: Walk) -> set[str]:
    return {say.text.message for stop in walk.stops for say in stop.played.said}


def walk_of(dialog: SmallDialog, most: int = 500) -> Walk:
    return explore(dialog, None, most=most)


async def with_a_branch(start: None) -> None:
    if await Choice("safe", "Safe?", YES_NO_UNSURE) == "no":
        await Say("Call 999.")
        await Choice("called", "Called?", YES_NO)
    await Line("name", "Your name?")


async def with_a_pair(start: None) -> None:
    first = await Choice("first", "First?", FRUIT, required=True)
    await Line("between", "Between?")
    if await Choice("second", "Second?", FRUIT, required=True) == "plum" and first == "quince":
        await Say("Only together.")
    await Line("last", "Last?")


def test_both_ways_of_a_branch_are_walked() -> None:
    walk = walk_of(with_a_branch)

    assert {question.id for question in walk.questions} == {"safe", "called", "name"}
    assert said_in(walk) == {"Call 999."}


def test_every_answer_that_is_read_is_given() -> None:
    given = {stop.answers["safe"] for stop in walk_of(with_a_branch).stops if "safe" in stop.answers}

    assert {"yes", "no"} <= given
    assert len(walk_of(with_a_branch).edges["safe", "name"]) == 3  # yes, unsure and skipped


def test_an_answer_nobody_reads_is_given_once() -> None:
    async def unread(start: None) -> None:
        await Choice("fruit", "Which?", FRUIT)
        await Line("name", "Your name?")

    walk = walk_of(unread)

    assert walk.looked_at == frozenset()
    assert len(walk.edges["fruit", "name"]) == 1


def test_two_answers_that_only_matter_together_meet() -> None:
    assert "Only together." in said_in(walk_of(with_a_pair))


def test_every_pair_of_read_answers_meets() -> None:
    met: set[tuple[str, str]] = set()

    async def noting(start: None) -> None:
        first = await Choice("first", "First?", FRUIT, required=True)
        second = await Choice("second", "Second?", FRUIT, required=True)
        met.update((a.code, b.code) for a in FRUIT for b in FRUIT if first == a.code and second == b.code)

    walk = walk_of(noting)

    assert len(met) == 16
    assert walk.whole


def test_answers_that_look_alike_are_not_paired_one_by_one() -> None:
    async def alike(start: None) -> None:
        first = await Choice("first", "First?", tuple(Option(f"{n}", f"{n}") for n in range(40)), required=True)
        second = await Choice("second", "Second?", tuple(Option(f"{n}", f"{n}") for n in range(40)), required=True)
        if first == "7" and second == "9":
            await Say("Lucky.")
        await Line("last", "Last?")

    walk = walk_of(alike)

    assert "Lucky." in said_in(walk)
    assert walk.runs < 60  # 40 answers each once, not 1,600 pairs


@pytest.mark.parametrize(
    ("question", "reads"),
    [
        (lambda: Choices("fruit", "Which?", FRUIT), lambda answer: "plum" in answer),
        (lambda: Choices("fruit", "Which?", FRUIT), lambda answer: answer & {"plum", "fig"}),
        (lambda: Choices("fruit", "Which?", FRUIT), lambda answer: frozenset({"plum"}) & answer),
        (lambda: Choices("fruit", "Which?", FRUIT), lambda answer: not answer - {"plum"}),
        (lambda: Choices("fruit", "Which?", FRUIT), lambda answer: {"plum", "pear"} <= answer),
        (lambda: Choices("fruit", "Which?", FRUIT), lambda answer: any(code == "plum" for code in answer)),
        (lambda: Choices("fruit", "Which?", FRUIT), lambda answer: len(answer) > 2),
        (lambda: Choice("fruit", "Which?", FRUIT), lambda answer: answer in {"plum", "fig"}),
        (lambda: Choice("fruit", "Which?", FRUIT), lambda answer: {"plum": True}.get(answer)),
        (lambda: Choice("fruit", "Which?", FRUIT), lambda answer: not answer),
        (lambda: Choice("fruit", "Which?", FRUIT), lambda answer: f"<{answer}>" == "<plum>"),
        (lambda: Choice("fruit", "Which?", FRUIT), lambda answer: answer.startswith("pl")),
        (lambda: Choice("fruit", "Which?", FRUIT), lambda answer: "the " + answer == "the plum"),
        (lambda: Choice("fruit", "Which?", FRUIT), lambda answer: answer + "s" == "plums"),
        (lambda: Words("told", "What?"), lambda answer: answer),
        (lambda: Words("told", "What?"), lambda answer: answer.messages),
        (lambda: When("when", "When?"), lambda answer: answer.at is None),
        (lambda: When("when", "When?"), lambda answer: answer.precision == "many"),
    ],
)
def test_each_way_of_reading_an_answer_is_noticed(
    question: Callable[[], Question[Any]], reads: Callable[[Any], object]
) -> None:
    async def reading(start: None) -> None:
        if reads(await question()):
            await Say("This way.")
        else:
            await Say("That way.")
        await Line("last", "Last?")

    assert said_in(walk_of(reading)) == {"This way.", "That way."}


def test_a_command_is_answered_by_its_example() -> None:
    async def filing(start: None) -> None:
        sheet = Sheet(receivers=(), lines=())
        receipt = await FileReport("file", sheet=sheet, situation=Situation(area="bristol"), urgent=False, consents={})
        await Say(receipt.code)
        await Line("last", "Last?")

    walk = walk_of(filing)

    assert [type(stop.played.waiting) for stop in walk.stops] == [FileReport, Line, type(None)]
    assert walk.stops[1].played.done == ("file",)


def test_ways_and_lengths_are_told() -> None:
    walk = walk_of(with_a_branch)

    assert {edge for edge in walk.edges if edge[1] == END} == {("name", END)}
    assert (walk.fewest, walk.most) == (2, 3)


def test_a_dialog_that_changes_its_mind_is_caught() -> None:
    turns: list[int] = []

    async def fickle(start: None) -> None:
        turns.append(1)
        await Line("name", f"Your name? ({len(turns)})")

    with pytest.raises(Impure):
        walk_of(fickle)


def test_a_walk_stops_at_its_limit_and_says_so() -> None:
    walk = walk_of(with_a_pair, most=3)

    assert (walk.runs, walk.whole) == (3, False)


def test_an_id_used_twice_is_found_on_any_branch() -> None:
    async def twice(start: None) -> None:
        await Line("name", "Your name?")
        if await Choice("fruit", "Which?", FRUIT) == "plum":
            await Line("name", "Your name again?")

    with pytest.raises(ValueError, match="twice"):
        walk_of(twice)


def test_no_stop_is_kept_twice() -> None:
    seen = [stop.played.waiting.id if stop.played.waiting else END for stop in walk_of(with_a_branch).stops]

    assert sorted(seen) == sorted(["safe", "called", "name", END])


def test_nothing_watched_stays_in_what_is_kept() -> None:
    def types_in(stop: Stop) -> set[str]:
        return {type(value).__name__ for say in stop.played.said for value in say.text.values.values()}

    found = {name for stop in a_walk("menu").stops for name in types_in(stop)}

    assert not any(name.startswith("_Watched") for name in found)


def test_a_sleeping_watch_notes_nothing() -> None:
    watch = Watch()

    assert watch.watched("fruit", "plum") == "plum"
    assert watch.looks == {}


@pytest.mark.parametrize("name", sorted(DIALOGS))
def test_every_real_dialog_can_be_walked_to_its_end(name: str) -> None:
    walk = a_walk(name)

    assert any(stop.played.waiting is None for stop in walk.stops) or name == "menu"
    assert walk.fewest >= 1


def test_every_answer_a_real_dialog_reads_was_given() -> None:
    walks = [a_walk(name) for name in DIALOGS]
    given: dict[str, set[str]] = {}
    for (here, _), answers in chain.from_iterable(walk.edges.items() for walk in walks):
        given.setdefault(here, set()).update(repr(stored) for stored in answers)

    missing = {
        question.id: [stored for stored in question.examples() if repr(stored) not in given[question.id]]
        for walk in walks
        for question in walk.questions
        if question.id in walk.looked_at and question.kind in ("choice", "choices")
    }

    assert {id: left for id, left in missing.items() if left} == {}


def test_real_dialogs_send_something_and_go_on_after_it() -> None:
    walk = a_walk("menu")

    assert any(isinstance(stop.played.waiting, Command) for stop in walk.stops)
    assert any("file" in stop.played.done and stop.played.waiting for stop in walk.stops)


IN_ANOTHER_PROCESS = """
from hashlib import sha256
from dialogs.explore import explore
from dialogs.registry import DIALOGS
from tests.walking import a_start
walk = explore(DIALOGS["menu"], a_start(), most=25)
steps = [(s.played.waiting.id if s.played.waiting else "", sorted(s.answers)) for s in walk.stops]
print(len(steps), sha256(repr(steps).encode()).hexdigest())
"""


def test_the_order_of_sets_changes_no_walk() -> None:
    def walk_under(seed: str) -> str:
        environ = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", IN_ANOTHER_PROCESS], env=environ, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert walk_under("1") == walk_under("4242")


def test_where_no_agency_has_joined_nothing_can_be_sent() -> None:
    walk = explore(DIALOGS["report"], replace(a_start(), joined=frozenset()), most=30)

    assert "file" not in {stop.played.waiting.id for stop in walk.stops if stop.played.waiting}
