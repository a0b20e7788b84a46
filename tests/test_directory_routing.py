"""Who receives, who is suggested and why; an accused organisation never appears."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services_directory.codes import Reason, Role
from services_directory.load import load
from services_directory.model import Directory
from services_directory.routing import Situation, accused_organisations, receiving_agencies, suggestions

DIRECTORY = load()
EVERYBODY = frozenset(agency.id for agency in DIRECTORY.all_agencies)
NOBODY: frozenset[str] = frozenset()
AMINA = Situation(
    area="bristol",
    kinds=frozenset({"verbal", "graffiti"}),
    place="home",
    victim_landlord="bristol-city-council-homes",
    other_landlord="livewest-homes",
    relations=frozenset({"neighbour"}),
    contactable=True,
)

some = st.sampled_from
ids = st.frozensets(some(sorted(EVERYBODY)))
organisations = st.frozensets(some(sorted({agency.organisation for agency in DIRECTORY.all_agencies})))
landlord_ids = st.none() | st.text(max_size=3) | some([one.id for one in DIRECTORY.areas[0].landlords])
situations = st.builds(
    Situation,
    area=some(["bristol", "elsewhere", ""]),
    kinds=st.frozensets(some(["verbal", "neighbours", "sexual-touching", "family-control", "graffiti"])),
    place=some(["", "street", "home", "online", "shop"]),
    victim_landlord=landlord_ids,
    other_landlord=landlord_ids,
    relations=st.frozensets(some(["partner", "family", "neighbour", "landlord", "stranger"])),
    accused=organisations,
    contactable=st.booleans(),
)


def reasons(situation: Situation, joined: frozenset[str] = EVERYBODY) -> dict[str, Reason]:
    found = suggestions(DIRECTORY, situation, receiving="bhcds", joined=joined)
    return {suggestion.agency.id: suggestion.reason for suggestion in found}


def test_amina_is_offered_both_landlords_and_told_why() -> None:
    assert reasons(AMINA) == {
        "bristol-city-council-housing": Reason.YOUR_LANDLORD,
        "livewest": Reason.THEIR_LANDLORD,
        "avon-and-somerset-police": Reason.POLICE,
        "bristol-mind": Reason.SUPPORT_CHARITY,
        "lighthouse": Reason.VICTIM_CARE,
        "bristol-monitoring": Reason.COUNTING,
    }


def test_suggestions_come_in_the_order_of_the_areas_routing() -> None:
    assert list(reasons(AMINA))[:2] == ["bristol-city-council-housing", "livewest"]
    assert list(reasons(AMINA))[-1] == "bristol-monitoring"


@pytest.mark.parametrize("landlord", [None, "clearsprings", "no-longer-listed"])
def test_without_a_landlord_that_can_be_told_the_council_is_offered(landlord: str | None) -> None:
    assert reasons(replace(AMINA, victim_landlord=landlord))["bristol-city-council"] == Reason.COUNCIL_SAFETY


def test_for_the_street_the_council_is_offered_beside_the_landlord() -> None:
    found = reasons(replace(AMINA, place="street"))

    assert {"bristol-city-council", "bristol-city-council-housing"} <= set(found)


def test_the_same_landlord_on_both_sides_is_asked_about_once() -> None:
    found = suggestions(
        DIRECTORY, replace(AMINA, other_landlord=AMINA.victim_landlord), receiving="bhcds", joined=EVERYBODY
    )
    housing = [one.reason for one in found if one.agency.id == "bristol-city-council-housing"]

    assert housing == [Reason.YOUR_LANDLORD]


@pytest.mark.parametrize("relation", ["partner", "family"])
def test_no_landlord_is_offered_where_partner_or_family_did_it(relation: str) -> None:
    found = reasons(replace(AMINA, relations=frozenset({relation})))

    assert not {Reason.YOUR_LANDLORD, Reason.THEIR_LANDLORD, Reason.COUNCIL_SAFETY} & set(found.values())


def test_after_sexual_violence_the_other_sides_landlord_is_not_offered() -> None:
    found = reasons(replace(AMINA, kinds=frozenset({"verbal", "sexual-touching"})))

    assert (Reason.YOUR_LANDLORD in found.values(), Reason.THEIR_LANDLORD in found.values()) == (True, False)


def test_someone_anonymous_is_still_offered_the_police_but_no_caseworker() -> None:
    found = reasons(replace(AMINA, contactable=False)).values()

    assert Reason.POLICE in found
    assert not {Reason.SUPPORT_CHARITY, Reason.VICTIM_CARE} & set(found)


def test_a_question_that_was_skipped_hides_no_offer() -> None:
    silent = Situation(area="bristol", contactable=True)

    here = frozenset(agency.id for agency in DIRECTORY.area("bristol").agencies)

    assert here - {"bhcds", "livewest", "brandon-trust", "bristol-city-council-housing"} == set(reasons(silent))


def test_when_the_council_is_accused_all_its_teams_stay_out() -> None:
    found = reasons(replace(AMINA, accused=frozenset({"bristol-city-council"})))

    assert {"livewest", "avon-and-somerset-police", "bristol-mind", "lighthouse"} == set(found)


def test_a_landlord_said_to_have_done_it_counts_as_accused() -> None:
    situation = replace(AMINA, relations=frozenset({"landlord"}))

    assert frozenset({"bristol-city-council"}) == accused_organisations(DIRECTORY, situation)
    assert "bristol-monitoring" not in reasons(situation)


def test_an_agency_that_has_not_joined_is_never_offered() -> None:
    assert reasons(AMINA, frozenset({"livewest", "bhcds"})) == {"livewest": Reason.THEIR_LANDLORD}


def test_the_reporting_centre_receives_if_it_has_joined() -> None:
    assert [one.id for one in receiving_agencies(DIRECTORY, "bristol", EVERYBODY, NOBODY)] == ["bhcds"]
    assert receiving_agencies(DIRECTORY, "bristol", EVERYBODY - {"bhcds"}, NOBODY) == ()
    assert receiving_agencies(DIRECTORY, "bristol", EVERYBODY, frozenset({"sari"})) == ()


def test_centres_receive_in_the_order_of_the_area() -> None:
    area = replace(DIRECTORY.area("bristol"), reporting_centres=("livewest", "bhcds"))
    directory = Directory(areas=(area,), national=())

    assert [one.id for one in receiving_agencies(directory, "bristol", EVERYBODY, NOBODY)] == ["livewest", "bhcds"]


@pytest.mark.parametrize("area", ["national", "elsewhere", ""])
def test_nobody_receives_outside_every_area(area: str) -> None:
    assert receiving_agencies(DIRECTORY, area, EVERYBODY, NOBODY) == ()
    assert suggestions(DIRECTORY, replace(AMINA, area=area), receiving="", joined=EVERYBODY) == ()


@given(situations, ids, some(sorted(EVERYBODY)))
def test_an_accused_organisation_stays_out_whatever_was_said(
    situation: Situation, joined: frozenset[str], receiving: str
) -> None:
    accused = accused_organisations(DIRECTORY, situation)
    offered = [one.agency for one in suggestions(DIRECTORY, situation, receiving=receiving, joined=joined)]
    first = receiving_agencies(DIRECTORY, situation.area, joined, accused)

    assert situation.accused <= accused
    assert not accused & {agency.organisation for agency in (*offered, *first)}
    assert {agency.id for agency in (*offered, *first)} <= joined


@given(situations, ids, some(sorted(EVERYBODY)))
def test_each_agency_is_offered_once_and_the_receiving_one_not_again(
    situation: Situation, joined: frozenset[str], receiving: str
) -> None:
    offered = [one.agency.id for one in suggestions(DIRECTORY, situation, receiving=receiving, joined=joined)]

    assert len(offered) == len(set(offered))
    assert receiving not in offered


@given(situations)
def test_only_a_monitoring_agency_is_offered_for_counting(situation: Situation) -> None:
    for one in suggestions(DIRECTORY, situation, receiving="bhcds", joined=EVERYBODY):
        assert (one.reason is Reason.COUNTING) == (Role.MONITORING in one.agency.roles)
