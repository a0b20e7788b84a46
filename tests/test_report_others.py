"""A report by a witness, a helper or a worker: whose consent counts, and who hears what about whom."""

import pytest

from dialogs.parts import Part
from dialogs.report import report
from dialogs.report_longer import MORE
from dialogs.report_teller import Teller
from tests.dialog_world import Amina
from tests.reporting import AREAS, START, amina_in, asked, at_home, faults, is_asked_about, names, picks, sent, told
from tests.walking import directory

SILENT = [("witness", ()), ("for-someone", ("no",)), ("for-someone", ("cannot",))]
NOT_AGREED = [("no",), ("cannot",)]


def after_sending(amina: Amina) -> Amina:
    """She has sent it and kept the code."""
    amina.skips_to("check[1]").taps("send").is_told_it_was_sent()
    return amina.taps("kept")


def with_contact(amina: Amina) -> Amina:
    return amina.skips_to("contact").taps("yes", "email").types("amina@example.org")


def test_a_witness_is_asked_to_leave_out_the_name() -> None:
    amina = Amina(report, START).taps("yes", "witness")

    assert "leave out the name of the person it happened to, unless they agree" in amina.reads()
    assert amina.question == "area"


def test_a_witness_is_asked_whether_they_would_say_it_to_the_police() -> None:
    amina = amina_in("bristol", "witness").skips_to("as_witness")

    assert "You can change your mind." in amina.reads()
    assert told(sent(amina.taps("unsure")))["as_witness"] == "I am not sure"
    assert "as_witness" not in asked(amina_in("bristol").skips_to("check[1]"))


@pytest.mark.parametrize(("role", "answers"), SILENT)
def test_a_witness_or_helper_is_told_that_news_is_about_their_own_report(role: str, answers: tuple[str, ...]) -> None:
    amina = amina_in("telford", role, *answers).skips_to("contact")

    assert "tell you of your own report. That person is asked before you hear about them." in amina.reads()
    assert faults(amina) == []
    assert "helper_news" not in asked(with_contact(amina).skips_to("check[1]"))


def test_a_helper_hears_news_about_a_person_who_agrees_to_that() -> None:
    amina = with_contact(amina_in("walsall", "for-someone")).skips_to("helper_news")

    assert "Staff ask that person first. Until then you hear nothing about them." in amina.reads()
    filed = sent(amina.taps("yes"))
    line = next(line for line in filed.sheet.lines if line.id == "helper_news")
    assert line.part is Part.FACTS
    assert told(filed)["helper_news"] == "Yes"
    assert line.label.message == "Says the person agrees to news"


def test_news_is_no_question_where_nobody_may_be_contacted() -> None:
    amina = amina_in("walsall", "for-someone").skips_to("contact").taps("no")

    assert "helper_news" not in asked(amina.skips_to("check[1]"))


def test_somebody_telling_of_themself_is_never_asked_about_another_person() -> None:
    path = asked(with_contact(amina_in("walsall")).skips_to("check[1]"))

    assert not {"agrees", "tie", "helper_news", "as_witness", "perceived_by"} & set(path)


def test_a_helper_says_how_they_know_the_person() -> None:
    amina = amina_in("stockton", "for-someone").skips_to("tie")

    assert told(sent(amina.taps("neighbour")))["tie"] == "A neighbour"


@pytest.mark.parametrize("answers", NOT_AGREED)
@pytest.mark.parametrize("place", ["home", "outside-home", "shared-areas", "hostel", "temporary"])
def test_the_home_of_somebody_who_did_not_agree_is_not_asked_for(answers: tuple[str, ...], place: str) -> None:
    amina = at_home(amina_in("bristol", "for-someone", *answers), place=place)

    assert "exact_place" not in asked(amina.skips_to("check[1]"))


@pytest.mark.parametrize(("role", "answers"), SILENT)
def test_outside_a_home_the_place_may_be_told_without_a_door_number(role: str, answers: tuple[str, ...]) -> None:
    amina = amina_in("bristol", role, *answers).skips_to("place").taps("street")

    assert "Leave out the number of anyone's home." in amina.reads()


def test_a_witness_in_the_house_may_say_where_it_was() -> None:
    amina = at_home(amina_in("bristol", "witness"), place="shared-areas")

    assert amina.question == "exact_place"
    assert "Leave out the number of anyone's home." in amina.reads()


@pytest.mark.parametrize("answers", NOT_AGREED)
def test_no_landlord_hears_of_somebody_who_did_not_agree(answers: tuple[str, ...]) -> None:
    amina = at_home(amina_in("walsall", "for-someone", *answers), "association")
    names(amina, "whg-homes").taps("no")

    words = is_asked_about(amina)
    assert "whg" not in words
    assert sent(amina).situation.victim_landlord is None


def test_the_landlord_may_hear_of_somebody_who_agreed() -> None:
    amina = names(at_home(amina_in("walsall", "for-someone"), "association"), "whg-homes").taps("no")

    assert "runs the home" in is_asked_about(amina)["whg"]


@pytest.mark.parametrize("answers", NOT_AGREED)
def test_an_accused_landlord_stays_out_also_where_nobody_agreed(answers: tuple[str, ...]) -> None:
    amina = at_home(amina_in("walsall", "for-someone", *answers), "association")
    names(amina, "midland-heart-homes").taps("yes")

    amina.skips_to("check[1]")
    assert "midland-heart" in sent(amina).situation.accused


@pytest.mark.parametrize(("role", "answers"), SILENT)
def test_wishes_about_a_home_are_for_those_who_live_there(role: str, answers: tuple[str, ...]) -> None:
    amina = picks(amina_in("bristol", role, *answers).skips_to("types"), "damage")
    path = asked(at_home(amina, "temporary").skips_to("check[1]"))

    assert not {"left_home", "repairs", "safer_home", "stay_or_move"} & set(path)


def test_a_helper_speaks_of_the_wishes_of_that_person() -> None:
    amina = at_home(amina_in("bristol", "for-someone"), "family").skips_to("left_home")
    assert "Did hate make that person leave a home?" in amina.reads()

    amina.skips_to("stay_or_move")
    assert "Would that person like to stay or to move?" in amina.reads()


@pytest.mark.parametrize(
    ("role", "words", "others"),
    [
        ("self", "What they did is not your fault.", "What you saw"),
        ("witness", "What you saw can stay with you.", "not your fault"),
        ("for-someone", "It is good that you stand by them.", "not your fault"),
    ],
)
def test_the_receipt_speaks_to_who_told(role: str, words: str, others: str) -> None:
    amina = after_sending(amina_in("bristol", role))

    assert words in amina.reads()
    assert others not in amina.reads()
    assert "You can talk to these people." in amina.reads()
    assert faults(amina) == []


@pytest.mark.parametrize("place", AREAS)
def test_a_witness_finds_people_who_listen_to_witnesses(place: str) -> None:
    said = after_sending(amina_in(place, "witness")).reads()

    first, second = (line.strip() for line in said.partition("these people. ")[2].split(".")[:2])
    listening = {one.name for one in directory().services_for(place) if "victim-care" in one.kinds and one.phone}
    assert first.partition(": call ")[0] in listening
    assert ": call " in second


@pytest.mark.parametrize(("role", "further"), [("self", 0), ("witness", 1), ("for-someone", 2)])
def test_each_is_told_truly_how_many_questions_follow(role: str, further: int) -> None:
    amina = amina_in("bristol", role)
    del amina.answers["more"]
    assert f"about {MORE + further} more things" in amina.reads()

    amina.taps("more")
    before = len(amina.now.path)
    amina.skips_to("contact")
    assert len(amina.now.path) - before == MORE + further


def test_a_worker_goes_on_with_the_list_for_workers() -> None:
    amina = Amina(report, START).taps("yes", "worker")

    assert "Thank you for listening to them." in amina.reads()
    assert "agrees" not in asked(amina)


def test_a_worker_who_is_not_safe_is_not_asked_twice() -> None:
    amina = Amina(report, START).taps("no").skips_to("danger_next").taps("carry-on", "worker")
    while amina.now.waiting is not None and amina.question != "to_the_menu":
        waiting = amina.now.waiting
        amina.answers[waiting.id] = waiting.examples()[0]

    assert asked(amina).count("safe") == 1


def test_a_teller_speaks_for_who_it_happened_to_only_with_a_yes() -> None:
    assert Teller().agrees
    assert Teller().own
    assert not Teller(role="witness", agrees=False).own
    assert Teller(role="for-someone").for_someone
