"""Sexual harm, or harm by a partner or family, told as hate: trained people get it, no landlord, nobody is accused."""

from dataclasses import replace

import pytest

from dialogs.report import report
from dialogs.report_harm import harm_kinds
from services_directory.codes import Role
from tests.dialog_world import Amina
from tests.reporting import START, amina_in, asked, picks, receivers, sent
from tests.walking import directory

LANDLORD = "midland-heart"  # a landlord in Walsall that takes reports, too
HARM = [
    ("types", "family-control", "home"),
    ("types", "sexual-touching", "sexual"),
    ("types", "exposure", "sexual"),
    ("relations", "partner", "home"),
    ("relations", "family", "home"),
]


def in_walsall(*joined: str) -> Amina:
    return Amina(report, replace(START, joined=frozenset(joined))).taps("yes", "self", "walsall", "on")


def tells_in_words(*joined: str) -> Amina:
    return in_walsall(*joined).types("He hurt me.").taps("done", "more")


def test_the_landlord_of_these_tests_is_one() -> None:
    assert Role.LANDLORD in directory().agency(LANDLORD).roles


@pytest.mark.parametrize(("question", "answer", "kind"), HARM)
def test_harm_at_home_or_sexual_harm_brings_trained_people(question: str, answer: str, kind: str) -> None:
    filed = sent(picks(amina_in("bristol").skips_to(question), answer))

    assert filed.situation.kinds & {"home", "sexual"} == {kind}


@pytest.mark.parametrize("role", ["witness", "for-someone"])
def test_it_is_the_same_whoever_tells_of_it(role: str) -> None:
    filed = sent(picks(amina_in("stockton", role).skips_to("relations"), "partner"))

    assert "home" in filed.situation.kinds


@pytest.mark.parametrize(("question", "answer", "kind"), HARM)
def test_no_landlord_receives_it_first(question: str, answer: str, kind: str) -> None:
    amina = picks(tells_in_words(LANDLORD).skips_to(question), answer)

    assert amina.skips_to("to_the_menu").now.done == ()
    assert "I cannot send reports from there yet. Nothing was sent." in amina.reads()


def test_in_the_place_of_a_landlord_a_short_report_asks_for_another() -> None:
    amina = Amina(report).taps("yes", "self", "easton", "on").skips_to("types")
    picks(amina, "sexual-touching").taps("enough")

    assert amina.question == "receiving[law-centre]"
    assert "A landlord does not get a report about this." in amina.reads()
    assert set(receivers(sent(amina.taps("on")))) == {"law-centre"}


@pytest.mark.parametrize("types", [("verbal",), ("sexual-words",), ("attack", "graffiti")])
def test_hate_between_neighbours_stays_with_a_landlord(types: tuple[str, ...]) -> None:
    amina = picks(tells_in_words(LANDLORD).skips_to("types"), *types)
    filed = sent(picks(amina.skips_to("relations"), "neighbour"))

    assert set(receivers(filed)) == {LANDLORD}
    assert not filed.situation.kinds & {"home", "sexual"}


def test_a_partner_who_did_it_is_asked_about_only_once() -> None:
    amina = picks(amina_in("bristol").skips_to("relations"), "partner").skips_to("check[1]")

    assert asked(amina).count("relations") == 1


def test_what_was_not_said_makes_it_nothing_else() -> None:
    assert harm_kinds(frozenset()) == frozenset()
    assert harm_kinds(frozenset({"sexual-images", "family-control"})) == {"sexual", "home"}
