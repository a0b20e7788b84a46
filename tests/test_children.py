"""Children in a report, band by band: help for their age first, no details, nobody who is not for them, no landlord."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from dialogs.cards import EMERGENCY
from dialogs.explore import Stop
from dialogs.parts import Package, Part
from dialogs.report import report
from services_directory.codes import Role
from services_directory.routing import Situation, suggestions
from tests.after_violence import AREAS, asked, begins, helped, sends, through_the_door
from tests.dialog_world import Amina, english
from tests.reporting import START, amina_in, picks
from tests.walking import a_walk, directory

BANDS = ("under-13", "13-15", "16-17")
TEAMS = {
    "bristol": "First Response: call 0117 903 6444",
    "stockton": "Stockton Emergency Duty Team: call 01642 524552",
    "telford": "Family Connect: call 01952 385385",
    "walsall": "Emergency response team: call 0300 555 2922",
}
MAY_TELL = "staff may tell people who keep children safe"
TO_THE_YOUNG = "If you may be in danger, staff may tell others to keep you safe."
#: What a small child may be asked: whether they are safe, who and where they are, and how to be helped.
OF_A_SMALL_CHILD = {
    "safe", "phone_seen", "role", "area", "age", "child_help", "child_needs", "contact_way", "contact_where",
    "contact_times",
}  # fmt: skip
DETAILS = {"account", "types", "exact_words", "description", "relations", "strands", "sex_work", "tips"}


def child(age: str, area: str = "bristol", *, role: str = "self") -> Amina:
    return begins(area, role=role).taps(age)


def asks_for_help(*needs: str, area: str = "bristol") -> Amina:
    """A small child who would like someone to be asked; at the question how to be reached."""
    amina = child("under-13", area).taps("yes", "on")
    return picks(amina, *needs) if needs else amina


# Under 13.


def test_a_small_child_reads_that_it_is_not_their_fault_and_whom_to_call() -> None:
    said = child("under-13").reads()

    assert "This is not your fault. Tell a grown-up you trust." in said
    assert "call 999. I cannot call for you." in said
    assert "Childline: call 0800 1111" in said
    assert said.endswith("Shall I ask someone to help you? Nothing is sent until you tap “Send”.")


def test_a_small_child_who_wants_nobody_asked_sends_nothing() -> None:
    amina = child("under-13").taps("no")

    assert "That is OK. You can call any time." in amina.reads()
    assert "Childline: call 0800 1111" in amina.reads()
    assert (amina.question, amina.now.done) == ("to_the_menu", ())


def test_what_staff_must_tell_is_said_before_a_small_child_says_more() -> None:
    amina = asks_for_help()

    assert TO_THE_YOUNG in amina.reads()
    assert "They try to tell you first." in amina.reads()
    assert "Bristol Hate Crime & Discrimination Services" in child("under-13").taps("yes").reads()
    assert amina.question == "child_needs"


@pytest.mark.parametrize("area", AREAS)
def test_a_small_childs_message_is_urgent_and_holds_only_what_helps(area: str) -> None:
    amina = (
        asks_for_help("talk", "safe", area=area)
        .taps("someone")
        .types("My teacher, at school")
        .taps("+morning", "done")
        .skips_to("check[1]")
        .taps("send")
    )
    lines = {line.id: line.part for line in amina.command.sheet.lines}

    assert amina.command.urgent
    assert set(lines) == {"safe", "role", "area", "age", "child_needs", "contact_where", "contact_times"}
    assert lines["contact_where"] is lines["contact_times"] is Part.CONTACT
    assert {receiver.package for receiver in amina.command.receivers} == {Package.FULL}
    assert len(amina.command.receivers) == 1
    assert amina.command.situation.kinds == {"sexual", "child"}


def test_after_sending_a_small_child_has_a_code_and_people_to_call() -> None:
    amina = sends(asks_for_help("talk").taps("phone").types("07700 900123").skips_to("check[1]"))
    assert "Your code is" in amina.reads()

    amina.skips_to("to_the_menu")

    assert "You did well to ask for help." in amina.reads()
    assert "Childline: call 0800 1111" in amina.reads()


def test_without_a_safe_way_no_message_is_sent() -> None:
    amina = asks_for_help("talk").skips_to("to_the_menu")

    assert "Without a safe way, nobody can contact you." in amina.reads()
    assert amina.now.done == ()


def test_a_small_child_hurt_at_home_is_helped_in_the_same_way() -> None:
    amina = through_the_door("partner").taps("no", "yes", "self", "bristol", "under-13", "yes", "on")
    amina = picks(amina, "grown-up").taps("text").types("07700 900123").skips_to("check[1]").taps("send")

    assert amina.command.situation.kinds == {"home", "child"}
    assert amina.command.urgent


def test_a_small_child_is_asked_nothing_about_what_happened() -> None:
    for stop in of_age("under-13", "sexual"):
        if any(answer.stored == "worker" for answer in stop.played.path):
            continue  # who works with the child writes down what was said
        met = [answer.question.id for answer in stop.played.path] + [getattr(stop.played.waiting, "id", "")]
        after = {id.partition("[")[0] for id in met[met.index("age") :]}
        assert not after & DETAILS


def test_the_message_of_a_small_child_asks_only_how_to_help() -> None:
    amina = asks_for_help("talk").taps("phone").types("07700 900123")
    assert "When can nobody else see or hear it?" in amina.reads()
    amina.skips_to("check[1]")

    assert {id.partition("[")[0] for id in asked(amina)} - {"receiving", "check"} == OF_A_SMALL_CHILD


# 13 to 17.


@pytest.mark.parametrize("age", ["13-15", "16-17"])
def test_a_young_person_reads_what_staff_must_tell_before_the_account(age: str) -> None:
    amina = child(age)

    assert "You did well to tell me. It is not your fault." in amina.reads()
    assert TO_THE_YOUNG in amina.reads()
    assert "account" not in asked(amina)


@pytest.mark.parametrize(("age", "called"), [("13-15", False), ("16-17", True)])
def test_a_line_from_sixteen_on_is_for_sixteen_and_older(age: str, called: bool) -> None:
    assert ("Rape & Sexual Abuse Support Line" in child(age).reads()) is called


@pytest.mark.parametrize("age", ["13-15", "16-17"])
def test_a_young_persons_report_brings_staff_the_tasks_for_a_child(age: str) -> None:
    amina = child(age).taps("on").skips_to("check[1]").taps("send")

    assert amina.command.situation.kinds == {"sexual", "child"}


def test_a_grown_up_brings_staff_no_tasks_for_a_child() -> None:
    amina = begins().taps("adult").skips_to("check[1]").taps("send")

    assert amina.command.situation.kinds == {"sexual"}


# Whoever tells of a child.


@pytest.mark.parametrize("age", BANDS)
def test_a_child_who_tells_of_a_friend_reads_the_words_for_children(age: str) -> None:
    amina = child(age, role="for-someone")
    assert "Childline: call 0800 1111" in amina.reads()

    young, grown = amina.taps("yes").reads(), child(age, role="for-someone").taps("no").reads()

    assert "not your fault" in young
    assert "not your fault" not in grown
    assert ("Listen to the child" in grown) is (age == "under-13")


@pytest.mark.parametrize("area", AREAS)
def test_who_tells_of_a_child_in_danger_finds_the_childrens_team(area: str) -> None:
    amina = child("13-15", area, role="for-someone").taps("no")
    assert MAY_TELL in amina.reads()
    assert "Childline" not in amina.reads()

    amina.taps("on")
    assert "Is a child in danger? Please do not ask the child about it." in amina.reads()

    said = amina.taps("yes").reads()

    assert english(EMERGENCY) in said
    assert MAY_TELL not in said  # the screen before said so
    assert "NSPCC Helpline: call 0808 800 5000" in said
    assert TEAMS[area].partition(": ")[2] in said
    assert amina.skips_to("check[1]").taps("send").command.urgent


def test_a_number_that_nobody_confirmed_is_not_shown_for_a_child() -> None:
    for area in AREAS:
        said = child("13-15", area, role="for-someone").taps("no", "on", "yes").reads()
        hidden = [one for one in directory().area(area).services if not one.reachable]
        assert not [one.id for one in hidden if f"{one.name}:" in said]


def test_a_child_no_longer_in_danger_makes_nothing_urgent() -> None:
    amina = child("16-17", role="for-someone").taps("no", "on", "no")

    assert "999" not in amina.reads()
    assert not amina.skips_to("check[1]").taps("send").command.urgent


@pytest.mark.parametrize(("question", "answer"), [("affected", "children"), ("urgent", "care")])
def test_a_child_mentioned_in_any_report_is_asked_about_once(question: str, answer: str) -> None:
    amina = picks(amina_in("bristol", "witness").skips_to(question), answer)
    assert amina.question == "child_danger"

    amina.taps("unsure")
    assert TEAMS["bristol"] in amina.reads()
    assert MAY_TELL in amina.reads()

    assert amina.skips_to("check[1]").taps("send").command.urgent
    assert asked(amina).count("child_danger") == 1
    assert "child" in amina.command.situation.kinds


def test_where_no_child_was_mentioned_nobody_asks_about_one() -> None:
    amina = picks(amina_in("bristol").skips_to("affected"), "friends").skips_to("check[1]")

    assert "child_danger" not in asked(amina)


def test_in_a_report_of_hate_a_child_finds_a_line_and_the_limits() -> None:
    said = amina_in("walsall").skips_to("age").taps("under-13").reads()

    assert "Childline: call 0800 1111" in said
    assert "NSPCC" not in said
    assert TO_THE_YOUNG in said


# Nobody who is not for them.


def of_age(age: str, dialog: str) -> Iterator[Stop]:
    """The places of a walk where this age was told."""
    for stop in a_walk(dialog).stops:
        if any(answer.question.id == "age" and answer.stored == age for answer in stop.played.path):
            yield stop


def shown_at(stop: Stop) -> str:
    services = getattr(stop.played.waiting, "services", ())
    return " ".join([*(english(say.text) for say in stop.played.said), *(service.name for service in services)])


@pytest.mark.parametrize("dialog", ["sexual", "partner", "report"])
@pytest.mark.parametrize("age", BANDS)
def test_no_path_of_a_child_shows_a_service_for_other_ages(dialog: str, age: str) -> None:
    everywhere = {one.id: one for area in AREAS for one in directory().services_for(area)}
    others = [one for one in everywhere.values() if not one.ages.fits(age)]
    stops = list(of_age(age, dialog))

    assert stops
    assert len(others) >= 2
    assert sorted({one.id for stop in stops for one in others if one.name in shown_at(stop)}) == []


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("age", ["13-15", "16-17"])
def test_in_each_area_help_for_a_child_is_for_their_age(area: str, age: str) -> None:
    amina = child(age, area).taps("services")
    others = [one.name for one in directory().services_for(area) if not one.ages.fits(age)]

    assert "Childline" in helped(amina)
    assert [name for name in others if name in helped(amina)] == []


# No landlord.


@pytest.mark.parametrize("area", AREAS)
def test_no_landlord_is_suggested_after_sexual_harm_to_a_child(area: str) -> None:
    joined = frozenset(agency.id for agency in directory().all_agencies)
    told = Situation(area=area, kinds=frozenset({"sexual-touching"}), contactable=True)
    landlords: dict[bool, set[str]] = {True: set(), False: set()}
    for landlord in directory().area(area).landlords:
        for young in (True, False):
            situation = replace(told, kinds=told.kinds | ({"child"} if young else set()), victim_landlord=landlord.id)
            found = suggestions(directory(), situation, receiving="", joined=joined)
            landlords[young] |= {one.agency.id for one in found if Role.LANDLORD in one.agency.roles}

    assert landlords[True] == set()
    assert landlords[False]


def only_joined(*agencies: str) -> Amina:
    start = replace(START, joined=frozenset(agencies))
    return Amina(report, start).taps("yes", "self", "walsall", "on").types("He touched him.").taps("done", "more")


def test_a_landlord_that_receives_first_is_left_out_once_it_is_about_a_child() -> None:
    amina = picks(only_joined("midland-heart").skips_to("types"), "sexual-touching").skips_to("age").taps("13-15")

    assert amina.skips_to("to_the_menu").now.done == ()
    assert "I cannot send reports from there yet. Nothing was sent." in amina.reads()


def test_a_landlord_may_receive_a_report_about_a_child_that_is_not_sexual() -> None:
    amina = picks(only_joined("midland-heart").skips_to("types"), "verbal").skips_to("age").taps("13-15")

    assert [one.agency for one in amina.skips_to("check[1]").taps("send").command.receivers] == ["midland-heart"]


@pytest.mark.parametrize("age", BANDS)
@pytest.mark.parametrize("dialog", ["sexual", "partner"])
def test_no_report_of_a_childs_sexual_harm_reaches_a_landlord(dialog: str, age: str) -> None:
    named = {
        receiver.agency for stop in of_age(age, dialog) for receiver in getattr(stop.played.waiting, "receivers", ())
    }

    assert [one for one in named if Role.LANDLORD in directory().agency(one).roles] == []


# Adults who need care.


@pytest.mark.parametrize(
    ("area", "team"),
    [
        ("bristol", "Care Direct: call 0117 922 2700"),
        ("stockton", "call 01642 527764"),
        ("telford", "Family Connect: call 01952 385385"),
        ("walsall", "call 0300 555 2922"),
    ],
)
def test_who_tells_of_an_adult_who_needs_care_finds_the_councils_team(area: str, team: str) -> None:
    amina = amina_in(area, "for-someone").skips_to("care_needs")
    assert "Do they need help to look after themselves?" in amina.reads()

    said = amina.taps("yes").reads()

    assert team in said
    assert f"In {directory().area(area).name}, this team keeps adults safe." in said
    assert "the council must look into it" in said
    assert "If they are somewhere else now, ask the council there." in said
    filed = amina.skips_to("check[1]").taps("send").command
    assert next(line for line in filed.sheet.lines if line.id == "care_needs").part is Part.FACTS


@pytest.mark.parametrize(("place", "asks"), [("hostel", True), ("health", True), ("street", False), ("home", False)])
def test_care_is_asked_about_only_where_people_are_cared_for(place: str, asks: bool) -> None:
    amina = amina_in("bristol").skips_to("place").taps(place).skips_to("check[1]")

    assert ("care_needs" in asked(amina)) is asks


def test_care_needs_of_a_child_are_not_asked_as_if_grown_up() -> None:
    amina = amina_in("bristol", "for-someone").skips_to("age").taps("13-15").skips_to("check[1]")

    assert "care_needs" not in asked(amina)


def test_the_person_in_a_hostel_is_asked_about_themself() -> None:
    amina = amina_in("bristol").skips_to("place").taps("hostel").skips_to("care_needs")

    assert "Do you need help to look after yourself?" in amina.reads()
    assert "the council must look into it" in amina.taps("yes").reads()


def test_after_sexual_violence_a_helper_is_asked_about_care_too() -> None:
    amina = begins(role="for-someone").taps("adult").skips_to("care_needs").taps("yes")

    assert "Care Direct: call 0117 922 2700" in amina.reads()
    assert "care_needs" not in asked(begins().taps("adult").skips_to("check[1]"))
