"""No screen of any dialog asks or says what nobody who was hurt is ever asked or told, and none asks what it knows."""

from collections.abc import Callable, Iterator, Mapping

import pytest

from bot.meanings import base_id
from bot.rendering import strip_isolates
from dialogs.choices import YES_NO, Choice, Option
from dialogs.consent import Consent
from dialogs.explore import Stop, Walk, explore
from dialogs.inputs import Stored
from dialogs.play import Dialog, Played
from dialogs.registry import DIALOGS
from dialogs.script import Question, Say
from dialogs.sexual_services import who_helps
from dialogs.sexual_told import Told
from dialogs.start import Start
from dialogs.texts import Text
from services_directory.model import Directory
from services_directory.signpost import signposts
from tests.never_asked import NEVER, NEVER_AFTER_VIOLENCE, QUESTIONS, Never, broken
from tests.walking import a_start, a_walk, directory, voices

AFTER_VIOLENCE = ("sexual", "partner")
EVERY = (*NEVER, *NEVER_AFTER_VIOLENCE)
#: What a worker's own list and the card for danger ask of others is no form of risk put to the person who was hurt.
NOT_OURS = frozenset({"danger", "urgent"})


def english(words: Text) -> str:
    return strip_isolates(voices()["en"].say(words))


def screens(walk: Walk) -> Iterator[tuple[list[str], list[str]]]:
    """What each screen says, and what it asks."""
    for stop in walk.stops:
        question = stop.played.waiting
        said = [english(say.text) for say in stop.played.said]
        if not isinstance(question, Question):
            yield said, []
            continue
        offers = [offer.label for offer in question.offers(stop.played.recorded)]
        asked = [question.text, question.hint, question.label, *offers]
        if base_id(question.id) in NOT_OURS:
            yield [*said, *map(english, asked)], []
        else:
            yield said, [english(words) for words in asked]


def faults(walk: Walk, rules: tuple[Never, ...]) -> set[str]:
    return {fault for said, asked in screens(walk) for fault in broken(said, asked, rules)}


# The lexicon itself.


@pytest.mark.parametrize("never", EVERY, ids=[never.what for never in EVERY])
def test_each_pattern_finds_its_words_and_leaves_those_that_may_stand(never: Never) -> None:
    assert [words for words in never.finds if not list(broken([], [words], [never]))] == []
    assert [words for words in never.leaves if list(broken([words], [words], [never]))] == []


@pytest.mark.parametrize("never", [never for never in EVERY if never.where == QUESTIONS], ids=lambda never: never.what)
def test_facts_may_name_what_questions_may_not_ask(never: Never) -> None:
    assert not list(broken(never.finds, [], [never]))


def test_a_dialog_that_asks_what_nobody_may_is_caught() -> None:
    async def cruel(start: Start) -> None:
        await Say("We will catch him. It was your fault.")
        await Choice("clothes", "What were you wearing?", (Option("dress", "A dress"), Option("coat", "A coat")))

    found = faults(explore(cruel, a_start()), NEVER)

    assert {fault.partition(":")[0] for fault in found} == {"promises", "what somebody wore", "blame"}


# Every screen of every dialog.


@pytest.mark.parametrize("name", sorted(DIALOGS))
def test_no_screen_asks_or_says_what_nobody_may(name: str) -> None:
    assert sorted(faults(a_walk(name), NEVER)) == []


@pytest.mark.parametrize("name", AFTER_VIOLENCE)
def test_after_violence_nobody_is_brought_together_or_asked_for_a_form_of_risk(name: str) -> None:
    assert sorted(faults(a_walk(name), EVERY)) == []


def test_whoever_brings_two_sides_together_is_left_out_after_violence() -> None:
    start, told = a_start(), Told(area="bristol", hate=True)
    everybody = signposts(start.directory, told.seeker(start), start.holidays, limit=100)

    assert "resolve-west" in {match.service.id for match in everybody}
    assert "resolve-west" not in {match.service.id for match in who_helps(start, told.seeker(start), most=100)}


# Nothing is asked that is known.


def given(played: Played) -> Mapping[str, Stored]:
    return {answer.question.id: answer.stored for answer in played.path}


def known_already(played: Played, directory: Directory) -> Iterator[str]:
    """What the question on the screen asks although an answer before it says so, or makes it pointless."""
    question, said = played.waiting, given(played)
    if not isinstance(question, Question):
        return
    offers = {offer.option.lstrip("+-") for offer in question.offers(played.recorded)}
    for holds, what in _ASKED_IN_VAIN.items():
        if holds(question, said, offers):
            yield f"{question.id}: {what}"
    not_now = said.get("police") in ("no", "unsure") and said.get("role") != "worker"  # a worker answers for another
    if isinstance(question, Consent) and not_now:
        police = directory.agency(directory.area(said["area"]).police_agency).organisation
        if directory.agency(question.agency).organisation == police:
            yield f"{question.id}: the police, after “not now”"


Holds = Callable[[Question[object], Mapping[str, Stored], set[str]], bool]
_ASKED_IN_VAIN: Mapping[Holds, str] = {
    lambda q, said, offers: q.id == "close" and said.get("about") == "both" and "no" in offers: "it was somebody close",
    lambda q, said, offers: q.id == "contact" and "worker_wanted" in said: "a worker's call was asked for",
    lambda q, said, offers: q.id == "needs" and bool(said.get("worker")) and "woman" in offers: "whom to talk to",
    lambda q, said, offers: q.id == "strands" and "hate" in said and said["hate"] != "yes": "it was not hate",
    lambda q, said, offers: q.id == "sex_work" and said.get("age") in ("13-15", "16-17"): "a child",
    lambda q, said, offers: q.id == "home_wish" and said.get("same_building") != "yes": "another building",
    lambda q, said, offers: q.id == "tips" and said.get("how_long_ago") == "longer": "too long ago",
    lambda q, said, offers: q.id == "police_may_know" and said.get("police") in ("self", "known"): "the police know",
    lambda q, said, offers: q.id == "account" and said.get("age") == "under-13": "a small child",
}  # fmt: skip


@pytest.mark.parametrize("name", [*AFTER_VIOLENCE, "menu"])
def test_no_path_asks_what_it_knows(name: str) -> None:
    stops: tuple[Stop, ...] = a_walk(name).stops

    assert sorted({fault for stop in stops for fault in known_already(stop.played, directory())}) == []


async def _forgetful(start: Start) -> None:
    if await Choice("hate", "Was it hate?", YES_NO) == "yes":
        await Say("Thank you.")
    await Choice("strands", "What was it about?", YES_NO)


async def _deaf(start: Start) -> None:
    if await Choice("about", "What is it about?", (Option("else", "Something else"), Option("both", "Both"))) == "both":
        await Say("Thank you.")
    await Choice("close", "Was it somebody close?", YES_NO)


@pytest.mark.parametrize(("dialog", "fault"), [(_forgetful, "it was not hate"), (_deaf, "it was somebody close")])
def test_a_dialog_that_asks_what_it_knows_is_caught(dialog: Dialog[Start], fault: str) -> None:
    walk = explore(dialog, a_start())
    found = {fault for stop in walk.stops for fault in known_already(stop.played, directory())}

    assert any(fault in each for each in found)


@pytest.mark.parametrize("name", AFTER_VIOLENCE)
def test_every_answer_but_the_few_first_ones_may_be_skipped(name: str) -> None:
    required = {base_id(question.id) for question in a_walk(name).questions if question.required}

    assert required <= {"safe", "role", "area", "receiving", "check", "danger_next", "to_the_menu", "person_safe"}
