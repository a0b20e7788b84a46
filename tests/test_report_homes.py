"""Homes in a report: whose landlord may know, what would make it better, and who lost a home to hate; in four areas."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.commands import FileReport
from dialogs.consent import Confirm, Consent
from dialogs.feedback import feedback_on_report
from dialogs.inputs import Stored
from dialogs.my_report_commands import Opened
from dialogs.my_report_news import Holder, News
from dialogs.play import Played, play
from dialogs.report import report
from dialogs.report_home import HOMES
from dialogs.report_options import PLACES, RELATIONS, STRANDS, TYPES
from dialogs.script import Command, Question
from dialogs.start import Start
from services_directory.codes import LANDLORD_REASONS, LOCAL_STRANDS, LandlordKind, Reason, Role
from services_directory.model import Directory, Landlord, RoutingRule
from services_directory.routing import Situation
from tests.dialog_world import EASTON, Amina, agency, english
from tests.dialog_world import START as SMALL
from tests.reporting import (
    AREAS,
    START,
    amina_in,
    area,
    asked,
    at_home,
    faults,
    is_asked_about,
    names,
    offered,
    picks,
    receivers,
    sent,
    shares,
    told,
)
from tests.walking import directory

TENANCIES = [  # the area, the victim's landlord and who receives for it, and the same of the other side
    ("bristol", "livewest-homes", "livewest", "brandon-trust-homes", "brandon-trust"),
    ("stockton", "thirteen-homes", "thirteen", "stockton-council-homes", "stockton-council-housing"),
    ("telford", "wrekin-housing-group", "wrekin-housing", "housing-plus-group", "homes-plus"),
    ("walsall", "whg-homes", "whg", "watmos-homes", "watmos"),
]
COUNCIL_HOMES = [("bristol", "bristol-city-council-housing"), ("stockton", "stockton-council-housing")]
LANDLORDS = [landlord for one in directory().areas for landlord in one.landlords]


@pytest.mark.parametrize(("place", "mine", "my_agency", "theirs", "their_agency"), TENANCIES)
def test_each_sides_landlord_is_asked_about_on_its_own(
    place: str, mine: str, my_agency: str, theirs: str, their_agency: str
) -> None:
    amina = names(at_home(amina_in(place), "association"), mine).taps("no").skips_to("relations")
    names(picks(amina, "neighbour").skips_to("same_landlord").taps("no"), theirs)

    words = shares(amina, {my_agency: "facts"})

    assert "runs the home" in words[my_agency]
    assert "landlord of those who did this" in words[their_agency]
    filed = sent(amina)
    assert (filed.situation.victim_landlord, filed.situation.other_landlord) == (mine, theirs)
    assert set(receivers(filed)) == {filed.receivers[0].agency, my_agency}


def test_the_same_landlord_on_both_sides_takes_one_tap() -> None:
    amina = names(at_home(amina_in("walsall"), "association"), "whg-homes").taps("no").skips_to("relations")
    picks(amina, "same-building").skips_to("same_landlord").taps("yes")

    words = is_asked_about(amina)

    assert "other_landlord" not in asked(amina)
    assert "runs the home" in words["whg"]


def test_the_council_as_the_only_council_landlord_needs_no_name() -> None:
    for place, housing in COUNCIL_HOMES:
        amina = at_home(amina_in(place), "council").taps("no")

        assert "landlord" not in asked(amina)
        assert "runs the home" in is_asked_about(amina)[housing]


def test_a_neighbour_elsewhere_still_leads_to_the_home() -> None:
    amina = picks(amina_in("telford").skips_to("place").taps("street").skips_to("relations"), "neighbour")

    assert amina.skips_to("home", "hurt").question == "home"
    names(amina.taps("association"), "wrekin-housing-group")
    assert "runs the home" in is_asked_about(amina)["wrekin-housing"]


@pytest.mark.parametrize("place", AREAS)
def test_a_private_tenant_is_offered_the_council(place: str) -> None:
    words = is_asked_about(at_home(amina_in(place), "private").types("Mr Jones").taps("not-listed"))
    first = receivers(sent(amina_in(place)))

    assert area(place).council_agency in {*words, *first}
    assert not [said for said in words.values() if "runs the home" in said]


@pytest.mark.parametrize("place", AREAS)
def test_asylum_housing_leads_to_no_landlord_but_to_people_who_help(place: str) -> None:
    amina = at_home(amina_in(place), place="asylum").skips_to("exact_place")
    amina.types("The hotel.").taps("done")

    assert "Migrant Help" in amina.reads()
    assert "The Home Office pays" in amina.reads()
    runs_it = next(one.id for one in area(place).landlords if one.kind is LandlordKind.ASYLUM)
    names(amina, runs_it)
    assert not [said for said in is_asked_about(amina).values() if "runs the home" in said]


def test_nobody_is_asked_who_runs_the_place_they_named() -> None:
    for place, kind in (("hostel", "hostel"), ("asylum", "asylum"), ("temporary", "temporary")):
        amina = at_home(amina_in("bristol"), place=place).skips_to("landlord")

        assert "home" not in asked(amina), kind


def test_somebody_who_sleeps_outside_is_asked_for_no_landlord() -> None:
    amina = at_home(amina_in("bristol"), place="sleeping-out").skips_to("left_home")

    assert not {"home", "landlord", "landlord_accused", "safer_home"} & set(asked(amina))
    assert "Did hate make you leave a home?" in amina.reads()
    amina.taps("no")
    assert "Shelter: https://" in amina.reads()
    assert "stay_or_move" not in asked(amina.skips_to("check[1]"))


@pytest.mark.parametrize("home", ["hostel", "temporary", "family", "none"])
def test_who_has_no_settled_home_is_asked_whether_hate_took_one(home: str) -> None:
    amina = at_home(amina_in("stockton"), home).skips_to("left_home").taps("yes")

    assert "It is a good reason to have left." in amina.reads()
    assert "Shelter" in amina.reads()
    assert faults(amina) == []
    assert told(sent(amina))["left_home"] == "Yes"


def test_a_tenant_is_not_asked_whether_they_lost_a_home() -> None:
    assert "left_home" not in asked(at_home(amina_in("walsall"), "association").skips_to("check[1]"))


def test_graffiti_leads_to_a_wish_for_cleaning() -> None:
    amina = picks(amina_in("walsall").skips_to("types"), "graffiti")
    at_home(amina, "own").skips_to("repairs")
    picks(picks(amina, "graffiti", "door"), "locks", "letterbox").taps("stay")

    lines = told(sent(amina))
    assert lines["repairs"] == "Graffiti cleaned off A door, lock or window"
    assert lines["safer_home"] == "Better locks A fire-safe letterbox"
    assert lines["stay_or_move"] == "To stay"


def test_without_damage_no_repair_is_asked_about() -> None:
    amina = picks(amina_in("walsall").skips_to("types"), "noise")

    assert "repairs" not in asked(at_home(amina, "own").skips_to("check[1]"))


def test_staying_or_moving_is_asked_once() -> None:
    at_the_home = at_home(amina_in("telford"), "own").skips_to("stay_or_move").taps("unsure").skips_to("help")
    elsewhere = amina_in("telford").skips_to("place").taps("shop").skips_to("help")

    assert "move" not in offered(at_the_home)
    assert "stay_or_move" not in asked(elsewhere)
    assert "move" in offered(elsewhere)


def test_a_landlord_that_is_part_of_it_is_left_out_and_others_can_look() -> None:
    amina = names(at_home(amina_in("walsall"), "association"), "whg-homes").taps("yes").skips_to("hurt")

    assert "The landlord will not learn of this report." in amina.reads()
    assert "Housing Ombudsman" in amina.reads()
    assert faults(amina) == []
    assert "whg" not in is_asked_about(amina)


def test_the_ombudsman_for_social_landlords_is_not_named_to_private_tenants() -> None:
    amina = at_home(amina_in("walsall"), "private").skips_to("landlord_accused").taps("yes").skips_to("hurt")

    assert "The landlord will not learn of this report." in amina.reads()
    assert "Ombudsman" not in amina.reads()


@pytest.mark.parametrize("place", AREAS)
@pytest.mark.parametrize("office", ["council", "police"])
def test_an_office_whose_staff_did_it_is_left_out_with_all_its_teams(place: str, office: str) -> None:
    amina = picks(amina_in(place).skips_to("relations"), "carer").skips_to("works_for")
    picks(amina, office)
    if amina.question == "look_further":
        amina.taps("yes", "on")

    named = area(place).council_agency if office == "council" else area(place).police_agency
    accused = directory().agency(named).organisation
    assert f"I do not offer this to the {office}." in amina.reads()
    offers = is_asked_about(amina)
    assert accused not in {directory().agency(id).organisation for id in (*offers, *receivers(sent(amina)))}


def test_staff_of_the_home_count_as_its_landlord() -> None:
    amina = names(at_home(amina_in("bristol"), "association"), "livewest-homes").taps("no").skips_to("relations")
    picks(picks(amina, "carer").skips_to("works_for"), "home")

    assert "livewest" not in is_asked_about(amina)


def test_staff_hurt_at_their_work_hear_of_its_own_rules() -> None:
    amina = amina_in("bristol").skips_to("place").taps("work").skips_to("at_work_as").taps("staff")

    assert "You can also use its rules on safety and respect." in amina.reads()
    assert "at_work_as" not in asked(amina_in("bristol").skips_to("place").taps("shop").skips_to("check[1]"))


def test_whoever_is_refused_in_a_landlords_place_is_suggested_nowhere_else() -> None:
    """After sexual harm to a child no landlord receives; the next one named may be part of it too."""
    third = agency("help-centre", Role.REPORTING_CENTRE)
    charity = RoutingRule(reason=Reason.SUPPORT_CHARITY, agency="law-centre")
    easton = replace(
        EASTON,
        agencies=(*EASTON.agencies, third),
        reporting_centres=(*EASTON.reporting_centres, third.id),
        routing=(*EASTON.routing, charity),
    )
    start = replace(SMALL, directory=Directory(areas=(easton,), national=()), joined=SMALL.joined | {third.id})
    amina = Amina(report, start).taps("yes", "self", "easton", "on").types("Words.").taps("done", "more")
    picks(amina.skips_to("types"), "sexual-touching").skips_to("age").taps("13-15")

    amina.skips_to("receiving[law-centre]").taps("accused", "on")

    amina.skips_to("contact").taps("no")
    assert amina.skips_to("check[1]").taps("send").command.situation.accused == {"law-centre"}
    assert "consent[law-centre]" not in asked(amina)


def test_an_anonymous_tenant_is_warned_that_the_place_may_show_them() -> None:
    amina = names(at_home(amina_in("walsall"), "association"), "whg-homes").taps("no").skips_to("contact").taps("no")

    assert amina.question == "consent[whg]"
    assert "They may guess who you are by the place." in amina.reads()
    assert faults(amina) == []


def test_areas_route_only_by_answers_a_report_can_give() -> None:
    codes = {
        "places": {option.code for option in PLACES},
        "unless_kinds": {option.code for option in TYPES} | {"sexual", "home", "told"},
        "unless_relations": {option.code for option in RELATIONS},
        "strands": {option.code for option in STRANDS} | LOCAL_STRANDS,
    }
    for one in directory().areas:
        for rule in one.routing:
            for condition, known in codes.items():
                assert getattr(rule, condition) <= known, (one.id, condition)


def test_every_area_asks_about_both_landlords_and_never_after_violence_at_home() -> None:
    for one in directory().areas:
        landlords = [rule for rule in one.routing if rule.reason in LANDLORD_REASONS]

        assert {rule.reason for rule in landlords} == LANDLORD_REASONS
        for rule in landlords:
            assert {"home", "family-control"} <= rule.unless_kinds
            assert {"partner", "family"} <= rule.unless_relations


@st.composite
def accusations(draw: st.DrawFn) -> tuple[Landlord, list[Played]]:
    """Somebody's whole report from a home whose landlord is part of it, whatever else they say."""
    landlord = draw(st.sampled_from(LANDLORDS))
    by_relation = draw(st.booleans())
    fixed: dict[str, Stored] = {
        "role": draw(st.sampled_from(["self", "witness", "for-someone"])),
        "area": landlord.area,
        "more": "more",
        "place": draw(st.sampled_from(["home", "shared-areas", "street"])) if by_relation else "home",
        "home": draw(
            st.sampled_from([option.code for option in HOMES if option.code not in ("own", "family", "none")])
        ),
        "landlord": {"typed": "…", "found": [landlord.id], "id": landlord.id},
        "look_further": "yes",
        "landlord_accused": "no" if by_relation else draw(st.sampled_from(["yes", "unsure"])),
    }
    if by_relation:
        fixed["relations"] = {"chosen": ["neighbour", "landlord"], "done": True}
    seen: list[Played] = []
    answers: dict[str, Stored] = {}
    while (played := play(report, START, answers)).waiting is not None:
        seen.append(played)
        waiting = played.waiting
        if waiting.id in fixed:
            answers[waiting.id] = fixed[waiting.id]
        elif isinstance(waiting, Command):
            answers[waiting.id] = waiting.examples()[0]
        elif isinstance(waiting, Consent):
            answers[waiting.id] = waiting.examples()[-1]
        else:
            answers[waiting.id] = draw(st.sampled_from(waiting.examples()))
    return landlord, [*seen, played]


@given(accusations())
@settings(max_examples=80, deadline=None)
def test_no_screen_about_sharing_ever_names_an_accused_landlord(told: tuple[Landlord, list[Played]]) -> None:
    landlord, conversation = told
    since = _accused_since(landlord, conversation)
    for played in since:
        named = set(_named(played))
        assert landlord.organisation not in {directory().agency(id).organisation for id in named}
        if isinstance(played.waiting, Confirm | Consent):
            shown = " ".join(english(part) for part in played.waiting.exactly()[:2])
            assert not [one for one in _agencies(landlord.organisation) if one in shown]


@given(accusations())
@settings(max_examples=30, deadline=None)
def test_feedback_on_a_report_never_offers_an_accused_landlord(told: tuple[Landlord, list[Played]]) -> None:
    landlord, conversation = told
    for played in _accused_since(landlord, conversation):
        if isinstance(played.waiting, FileReport):
            for words in _feedback(played.waiting):
                assert not [one for one in _agencies(landlord.organisation) if one in words]


def _accused_since(landlord: Landlord, conversation: list[Played]) -> list[Played]:
    """What is shown once it is known who is accused; nothing where it is another landlord after all."""
    accused = _council_accused if landlord.kind is LandlordKind.COUNCIL else _landlord_accused
    return [played for played in conversation if accused(played, landlord)]


def _landlord_accused(played: Played, landlord: Landlord) -> bool:
    said = {answer.question.id: answer.stored for answer in played.path}
    accuses = (
        said.get("landlord_accused") in ("yes", "unsure")
        or "landlord" in (said.get("relations") or {"chosen": []})["chosen"]
    )
    named = (said.get("landlord") or {}).get("id") == landlord.id
    return accuses and named and "description" in said


def _council_accused(played: Played, landlord: Landlord) -> bool:
    """Of the one council landlord of an area nobody asks the name."""
    said = {answer.question.id: answer.stored for answer in played.path}
    if said.get("home") != "council" or landlord.id not in ("bristol-city-council-homes", "stockton-council-homes"):
        return _landlord_accused(played, landlord)
    relations = (said.get("relations") or {"chosen": []})["chosen"]
    return (said.get("landlord_accused") in ("yes", "unsure") or "landlord" in relations) and "description" in said


def _named(played: Played) -> Iterator[str]:
    waiting = played.waiting
    if isinstance(waiting, Consent):
        yield waiting.agency
    elif isinstance(waiting, Confirm):
        yield from (receiver.agency for receiver, _ in waiting.sheet.receivers)
    elif isinstance(waiting, FileReport):
        yield from receivers(waiting)
    elif isinstance(waiting, Question) and waiting.id.startswith("receiving["):
        yield waiting.id.removeprefix("receiving[")[:-1]


def _agencies(organisation: str) -> list[str]:
    return [one.name for one in directory().all_agencies if one.organisation == organisation]


def _feedback(filed: FileReport) -> Iterator[str]:
    """Every screen of thanking or complaining about this report, later."""
    situation: Situation = filed.situation
    holders = tuple(
        Holder(agency=agency, package=package, since=START.now, state="submitted")
        for agency, package in receivers(filed).items()
    )
    news = News(holders=holders, situation=situation)

    async def complaining(start: Start) -> None:
        await feedback_on_report(start, Opened(report="r", key="k"), news)

    answers: dict[str, Stored] = {"feedback": "complaint"}
    while (played := play(complaining, START, answers)).waiting is not None:
        waiting = played.waiting
        yield " ".join(english(say.text) for say in played.said)
        answers[waiting.id] = waiting.examples()[0]
