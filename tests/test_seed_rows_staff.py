"""What the partnerships' plans ask of staff stands in the tasks that a report brings, in every area."""

import pytest

from bot.reports.task_rules import causes, standing
from dialogs.registry import DIALOGS
from services_directory.load import load
from services_directory.task_templates import Form, TaskTemplate
from tests.test_never_asked import screens
from tests.walking import a_walk

AREAS = ("bristol", "stockton", "telford", "walsall")
KINDS = ("told", "sexual", "home", "hate")
DIRECTORY = load()


def template(id: str, area: str = "bristol") -> TaskTemplate:
    return next(one for one in DIRECTORY.tasks_for(area) if one.id == id)


def words_of(id: str, area: str) -> str:
    """What staff read beside the task, on one line."""
    return " ".join(template(id, area).guidance.split())


def asked_at(id: str) -> set[str]:
    return {one.label for one in template(id).asks}


def locked(id: str, *, open: tuple[str, ...] = (), decided: tuple[str, str] | None = None) -> bool:
    """Whether a task waits for another one, or for a decision."""
    facts = dict([decided]) if decided else {}
    return bool(causes(id, standing(DIRECTORY.tasks_for("bristol"), open=frozenset(open), decided=facts, answers={})))


# A worker who was just told.


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize(
    "whom",
    ["next most senior person", "safeguarding lead", "council's safeguarding team", "the police", "ISVA service"],
)
def test_whoever_is_unsure_reads_whom_to_ask(area: str, whom: str) -> None:
    first = DIRECTORY.tasks_for(area)[0]

    assert first.id == "manager-told"
    assert whom in words_of(first.id, area)


def test_staff_are_told_to_ask_for_pictures_and_witnesses_soon() -> None:
    kept = template("evidence-kept")

    assert kept.clock is not None
    assert kept.clock.hours == 24
    assert "Ask for CCTV of the place and time now" in kept.guidance
    assert "Note who may have seen or heard something" in kept.guidance


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_report_brings_a_decision_about_safeguarding(area: str, kind: str) -> None:
    decision = template("safeguarding-decision", area)

    assert kind in decision.sets
    assert not decision.kinds
    assert [one.form for one in decision.asks] == [Form.YES_NO, Form.YES_NO, Form.YES_NO, Form.WORDS]
    assert len(decision.outcomes) == 2


def test_what_was_said_is_logged_as_alleged_and_its_state_is_kept() -> None:
    logged = template("logged-as-alleged")

    assert "as alleged" in logged.words
    assert "no evidence" in logged.guidance
    assert asked_at("logged-as-alleged") == {"State: alleged, investigated, charged, no further action, convicted"}
    assert locked("housing-service-told", decided=("homeless-services", "not-known-to-services"))
    assert not locked("housing-service-told", decided=("homeless-services", "known-to-services"))


@pytest.mark.parametrize("task", ["accused-spoken-to", "kept-apart"])
def test_the_wish_of_who_was_hurt_comes_before_any_move(task: str) -> None:
    same = ("same-property", "same-property")

    assert locked(task, open=("victims-wish",), decided=same)
    assert not locked(task, decided=same)
    assert {"Are they safe tonight"} <= asked_at("victims-wish")


def test_ways_to_move_stand_beside_the_task_and_staff_decide() -> None:
    move = template("kept-apart")

    assert all(way in move.guidance for way in ("one gender", "swap", "temporary accommodation", "another hostel"))
    assert "If they want to stay, seek the move for the person accused" in words_of("kept-apart", "bristol")
    assert not move.outcomes


def test_programmes_for_the_accused_are_known_to_staff_alone() -> None:
    assert template("programmes-considered").optional
    assert {one.id for one in DIRECTORY.staff_services} >= {"reprovide", "probation-perpetrator-programmes"}
    said = " ".join(words for name in DIALOGS for told, asked in screens(a_walk(name)) for words in (*told, *asked))
    assert "perpetrator" not in said.casefold()
    assert "reprovide" not in said.casefold()


@pytest.mark.parametrize("kind", ["told", "sexual", "home"])
def test_staff_offer_to_come_along_after_violence(kind: str) -> None:
    assert kind in template("company-offered").sets


# Hate, harassment and neighbours.


@pytest.mark.parametrize("area", AREAS)
def test_a_centre_tells_who_counts_and_who_is_responsible(area: str) -> None:
    told = template("monitoring-notified", area)

    assert told.centre
    assert told.words == "Notify the Monitoring Agency and your own Responsible Person"
    assert "nothing that shows who anybody is" in words_of("monitoring-notified", area)


@pytest.mark.parametrize("area", AREAS)
def test_the_decision_about_others_has_a_reason_and_a_name(area: str) -> None:
    decision = template("multi-agency-decision", area)

    assert {one.label: one.form for one in decision.asks} == {
        "Who decided (role)": Form.LINE,
        "The reason": Form.WORDS,
    }
    assert decision.clock is not None


@pytest.mark.parametrize(
    ("decided", "opens", "leaves_locked"),
    [("multi-agency", "others-consulted", "own-policy"), ("single-agency", "own-policy", "others-consulted")],
)
def test_each_way_of_that_decision_opens_its_own_task(decided: str, opens: str, leaves_locked: str) -> None:
    assert locked(opens)
    assert not locked(opens, decided=("multi-agency-decision", decided))
    assert locked(leaves_locked, decided=("multi-agency-decision", decided))


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize(("task", "kinds"), [("graffiti-removed", {"graffiti"}), ("repairs", {"damage", "fire"})])
def test_hateful_writing_and_damage_have_clocks_of_their_own(area: str, task: str, kinds: set[str]) -> None:
    one = template(task, area)

    assert one.kinds == kinds
    assert one.clock is not None


def test_a_plan_is_agreed_after_the_first_contact() -> None:
    order = [one.id for one in DIRECTORY.tasks_for("walsall")]

    assert order.index("first-contact") < order.index("interview") < order.index("action-plan")
    assert template("action-plan").hard
    assert "action-plan" in template("closure-talked").after


def test_what_ends_it_without_a_court_comes_first() -> None:
    assert "Prefer what ends it without a court" in words_of("own-policy", "walsall")
    assert "Never mediation against anybody's wish" in words_of("own-policy", "walsall")
