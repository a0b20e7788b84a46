"""Each area that ships can find, route and signpost; what is local stays local; a further area is a folder of files."""

import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from services_directory.codes import LOCAL_STRANDS, Reason, Role
from services_directory.hours import Open, state_at
from services_directory.load import PACKAGED, load
from services_directory.match import find_areas, find_landlords
from services_directory.model import Area, Directory, Landlord
from services_directory.nodes import read
from services_directory.routing import Situation, accused_organisations, receiving_agencies, suggestions
from services_directory.seeker import Seeker
from services_directory.service import Service
from services_directory.signpost import signposts
from services_directory.wording import LOCALES

DIRECTORY = load()
AREAS = DIRECTORY.areas
EVERYBODY = frozenset(agency.id for agency in DIRECTORY.all_agencies)
NOBODY: frozenset[str] = frozenset()
NO_HOLIDAYS: frozenset[date] = frozenset()
MONDAY = datetime(2026, 11, 23, 11, tzinfo=UTC)
LANDLORDS = [landlord for area in AREAS for landlord in area.landlords]
RECEIVING = [landlord for landlord in LANDLORDS if landlord.agency]
NATIONAL_IDS = {service.id for service in DIRECTORY.national}
REFERENCES = {"id", "agency", "through", "monitoring_agency", "police_agency", "council_agency", "reporting_centres"}
NEEDS = [
    {"police", "hate-crime"},
    {"victim-care"},
    {"health-sarc"},
    {"domestic-abuse"},
    {"children"},
    {"safeguarding"},
    {"reporting-centre"},
]
SHOWN = {
    "stockton": {
        "101": {"ask-police-hate-crime-cleveland"},
        "+441642607943": {"stockton-civic-enforcement"},
        "+441642527764": {"stockton-first-contact"},
        "+441642524552": {"stockton-emergency-duty-team"},
        "+443333448283": {"sarc-teesside"},
        "+441642822331": {"arch-teesside"},
        "+441642683045": {"halo-project", "halo-project-forced-marriage"},
    },
    "walsall": {
        "101": {"ask-police-hate-crime-west-midlands"},
        "+443005552922": {"walsall-emergency-duty-team"},
    },
}


def tenant(landlord: Landlord) -> Situation:
    """Amina, whose neighbour shouts at her at her door; she may be contacted."""
    return Situation(
        area=landlord.area,
        kinds=frozenset({"verbal"}),
        place="outside-home",
        victim_landlord=landlord.id,
        relations=frozenset({"neighbour"}),
        contactable=True,
    )


def offered(directory: Directory, situation: Situation, *, receiving: str = "") -> dict[str, Reason]:
    joined = frozenset(agency.id for agency in directory.all_agencies)
    found = suggestions(directory, situation, receiving=receiving, joined=joined)
    return {one.agency.id: one.reason for one in found}


def signposted(directory: Directory, need: str, area: str) -> list[str]:
    """Whom a grown-up is signposted to on a Monday morning."""
    seeker = Seeker(need=need, area=area, age="adult", at=MONDAY)
    return [match.service.id for match in signposts(directory, seeker, NO_HOLIDAYS)]


def reachable(service: Service) -> bool:
    """Whether a person can get to it today, by itself or through another."""
    through = DIRECTORY.service(service.through) if service.through else service
    return service.reachable or through.reachable


def test_four_areas_ship() -> None:
    assert {area.id for area in AREAS} == {"bristol", "stockton", "telford", "walsall"}


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        ("BS5 0AB", "bristol"),
        ("Easton", "bristol"),
        ("TS18 1AB", "stockton"),
        ("I live in Billingham", "stockton"),
        ("Thornby", "stockton"),
        ("ingelby barwick", "stockton"),
        ("Stockton on Tees", "stockton"),
        ("TF1", "telford"),
        ("Telford", "telford"),
        ("wellington", "telford"),
        ("WS3 1AA", "walsall"),
        ("bloxwitch", "walsall"),
        ("Willenhal", "walsall"),
        ("wv13", "walsall"),
        ("mieszkam w Walsall", "walsall"),
    ],
)
def test_a_town_or_postcode_leads_to_its_area(typed: str, area: str) -> None:
    assert area in [found.id for found in find_areas(DIRECTORY, typed)]


def test_no_postcode_district_and_no_town_is_claimed_twice() -> None:
    districts = [district for area in AREAS for district in area.postcodes]
    towns = [name.casefold() for area in AREAS for name in (area.name, *area.names)]

    assert (len(districts), len(towns)) == (len(set(districts)), len(set(towns)))


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.id)
def test_every_name_of_an_area_leads_to_it_and_to_no_other(area: Area) -> None:
    lost = {name for name in (area.name, *area.names) if find_areas(DIRECTORY, name)[:1] != (area,)}

    assert lost == set()


@pytest.mark.parametrize(
    "elsewhere", ["London", "Weston", "Berlin", "Leeds", "Middlesbrough", "Dudley", "TS1", "B1", "WV1"]
)
def test_a_neighbouring_town_is_no_area(elsewhere: str) -> None:
    assert find_areas(DIRECTORY, elsewhere) == ()


@pytest.mark.parametrize(
    ("area", "typed", "today"),
    [
        ("bristol", "Merlin Housing Society", "Bromford"),
        ("stockton", "Tristar", "Thirteen"),
        ("stockton", "tees valley housing", "Thirteen"),
        ("stockton", "Fabrick", "Thirteen"),
        ("telford", "Wrekin Housing Trust", "Wrekin"),
        ("walsall", "walsal housing group", "whg"),
        ("walsall", "WM Housing", "Citizen"),
        ("walsall", "Accord", "GreenSquareAccord"),
    ],
)
def test_the_old_name_of_a_landlord_finds_todays(area: str, typed: str, today: str) -> None:
    found = find_landlords(DIRECTORY, area, typed)

    assert today in found[0].name


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("stockton", {"Thirteen", "Stockton Council"}),
        ("walsall", {"whg", "Watmos", "Walsall Council"}),
    ],
)
def test_who_says_council_house_is_shown_who_owns_them_today(area: str, expected: set[str]) -> None:
    assert {landlord.name for landlord in find_landlords(DIRECTORY, area, "a council house")} == expected


def test_whg_means_another_landlord_in_another_town() -> None:
    assert [one.id for one in find_landlords(DIRECTORY, "walsall", "WHG")] == ["whg-homes"]
    assert "whg-homes" not in [one.id for one in find_landlords(DIRECTORY, "telford", "WHG")]


@pytest.mark.parametrize("landlord", RECEIVING, ids=lambda landlord: landlord.id)
def test_a_tenant_is_offered_the_landlord_the_police_and_to_be_counted(landlord: Landlord) -> None:
    area = DIRECTORY.area(landlord.area)
    found = offered(DIRECTORY, tenant(landlord))

    assert landlord.agency
    assert found[landlord.agency] is Reason.YOUR_LANDLORD
    assert found[area.police_agency] is Reason.POLICE
    assert found[area.monitoring_agency] is Reason.COUNTING


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.id)
def test_without_a_landlord_the_council_of_the_area_is_offered(area: Area) -> None:
    found = offered(DIRECTORY, Situation(area=area.id, place="home", relations=frozenset({"neighbour"})))

    assert found[area.council_agency] is Reason.COUNCIL_SAFETY
    assert set(found) <= {agency.id for agency in area.agencies}


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.id)
def test_who_may_be_contacted_is_offered_somebody_who_helps(area: Area) -> None:
    helpers = {Reason.SUPPORT_CHARITY, Reason.VICTIM_CARE}
    situation = Situation(area=area.id, contactable=True)

    assert helpers & set(offered(DIRECTORY, situation).values())
    assert not helpers & set(offered(DIRECTORY, replace(situation, contactable=False)).values())


@pytest.mark.parametrize("landlord", LANDLORDS, ids=lambda landlord: landlord.id)
def test_no_team_of_an_accused_landlord_learns_of_the_report(landlord: Landlord) -> None:
    situation = replace(tenant(landlord), relations=frozenset({"landlord"}), other_landlord=landlord.id)
    accused = accused_organisations(DIRECTORY, situation)
    told = {*offered(DIRECTORY, situation)}
    told |= {one.id for one in receiving_agencies(DIRECTORY, landlord.area, EVERYBODY, accused)}

    assert landlord.organisation in accused
    assert landlord.organisation not in {DIRECTORY.agency(agency).organisation for agency in told}
    assert told


@pytest.mark.parametrize("area", ["stockton", "walsall"])
def test_when_the_council_is_accused_another_body_receives(area: str) -> None:
    council = DIRECTORY.agency(DIRECTORY.area(area).council_agency).organisation
    first = [one.organisation for one in receiving_agencies(DIRECTORY, area, EVERYBODY, NOBODY)]
    left = [one.organisation for one in receiving_agencies(DIRECTORY, area, EVERYBODY, frozenset({council}))]

    assert (first[0], council in left, bool(left)) == (council, False, True)


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.id)
def test_the_area_names_bodies_that_have_the_role(area: Area) -> None:
    roles = {agency.id: agency.roles for agency in area.agencies}

    assert Role.REPORTING_CENTRE in roles[area.reporting_centres[0]]
    assert Role.MONITORING in roles[area.monitoring_agency]
    assert Role.POLICE in roles[area.police_agency]
    assert Role.COUNCIL in roles[area.council_agency]
    assert [agency for agency in area.agencies if Role.LANDLORD in agency.roles]


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.id)
def test_people_read_what_a_body_cannot_keep_secret(area: Area) -> None:
    silent = [one.id for one in area.agencies if one.limits is None]
    police, council = (DIRECTORY.agency(one).limits for one in (area.police_agency, area.council_agency))

    assert silent == []
    assert police != council


@pytest.mark.parametrize("locale", LOCALES)
def test_nobody_is_given_a_long_text_to_read(locale: str) -> None:
    texts = [agency.limits for agency in DIRECTORY.all_agencies] + [area.case_review for area in AREAS]
    for words in filter(None, texts):
        sentences = re.split(r"(?<=[.!?؟])\s+", words.in_(locale))

        assert max(len(sentence.split()) for sentence in sentences) <= 15
        assert sum(len(sentence.split()) for sentence in sentences) <= 60


@pytest.mark.parametrize(
    ("area", "strands"),
    [("bristol", {"gender", "age"}), ("stockton", {"subculture", "gender", "age"}), ("walsall", set())],
)
def test_an_area_records_its_own_strands_beside_the_five(area: str, strands: set[str]) -> None:
    assert DIRECTORY.area(area).strands == strands <= LOCAL_STRANDS


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.id)
@pytest.mark.parametrize("kinds", NEEDS, ids=lambda kinds: "+".join(sorted(kinds)))
def test_for_every_need_the_area_has_somebody_within_reach(area: Area, kinds: set[str]) -> None:
    assert [service.id for service in area.services if kinds <= service.kinds and reachable(service)]


@pytest.mark.parametrize("area", SHOWN)
def test_exactly_the_numbers_read_on_pages_can_be_shown(area: str) -> None:
    shown: dict[str, set[str]] = {}
    for service in DIRECTORY.area(area).services:
        if service.phone:
            shown.setdefault(service.phone.e164 or service.phone.display, set()).add(service.id)

    assert shown == SHOWN[area]


@pytest.mark.parametrize(
    "hidden",
    [
        "0300 555 2866",
        "0121 552 6448",
        "0800 953 9777",
        "0300 303 1977",
        "0300 020 2525",
        "01642 130080",
        "08702 402994",
    ],
)
def test_a_number_nobody_confirmed_reaches_no_one(hidden: str) -> None:
    digits = hidden.replace(" ", "")
    said = [str(service).replace(" ", "") for area in AREAS for service in area.services]

    assert not [text for text in said if digits in text]


def test_in_stockton_somebody_answers_for_adults_at_every_hour_of_the_week() -> None:
    day, night = (DIRECTORY.service(one).hours for one in ("stockton-first-contact", "stockton-emergency-duty-team"))

    for hour in range(7 * 24):
        at = MONDAY + timedelta(hours=hour, minutes=10)
        there = [isinstance(state_at(hours, at, NO_HOLIDAYS), Open) for hours in (day, night)]

        assert sorted(there) == [False, True], at


@pytest.mark.parametrize(
    ("area", "need", "local"),
    [
        ("stockton", "hate", "stockton-civic-enforcement"),
        ("stockton", "sexual-violence", "sarc-teesside"),
        ("stockton", "forced-marriage", "halo-project-forced-marriage"),
        ("walsall", "hate", "walsall-council-hate"),
        ("walsall", "home", "walsall-homeless-help"),
        ("walsall", "new-here", "refugee-migrant-centre-walsall"),
    ],
)
def test_in_office_hours_the_local_service_comes_first(area: str, need: str, local: str) -> None:
    assert signposted(DIRECTORY, need, area)[0] == local


def test_a_service_for_one_community_is_not_offered_to_whoever_asks() -> None:
    asked = Seeker(need="partner-family", area="stockton", age="adult", at=MONDAY)
    chosen = replace(asked, communities=frozenset({"black-and-minoritised"}))
    found = [{match.service.id for match in signposts(DIRECTORY, seeker, NO_HOLIDAYS)} for seeker in (asked, chosen)]

    assert ["halo-project" in ids for ids in found] == [False, True]


def test_a_wait_for_help_is_told_with_its_date() -> None:
    waiting = DIRECTORY.service("arch-teesside").waiting

    assert waiting
    assert all("2025" in waiting.in_(locale) for locale in LOCALES)


@pytest.mark.parametrize("area", ["stockton", "walsall"])
def test_the_population_of_an_area_comes_with_year_and_page(area: str) -> None:
    population = DIRECTORY.area(area).population

    assert population
    assert (population.year, population.people > 100_000, population.source[:8]) == (2021, True, "https://")


@pytest.fixture
def fifth(tmp_path: Path) -> Directory:
    """The packaged directory with one folder more, made from Stockton's by changing names and ids in the files."""
    folder = Path(shutil.copytree(PACKAGED, tmp_path / "data"))
    old = shutil.copytree(folder / "stockton", folder / "otherton")
    named = {"name": "Otherton", "names": ["Nether Otherton"], "postcodes": ["ZE1"], "strands": ["sex-work"]}
    for file in sorted(old.iterdir()):
        read_as_text = read(old, file.name, [])
        assert read_as_text
        content = with_other_ids(read_as_text.data)
        text = yaml.safe_dump(content | named if isinstance(content, dict) else content, allow_unicode=True)
        file.write_text(text, encoding="utf-8")
    return load(folder)


def with_other_ids(content: object, key: str = "") -> object:
    """The same content, with every id of Stockton's changed where an id is meant."""
    if isinstance(content, dict):
        return {name: with_other_ids(value, name) for name, value in content.items()}
    if isinstance(content, list):
        return [with_other_ids(value, key) for value in content]
    if key not in REFERENCES or content in NATIONAL_IDS:
        return content
    return "otherton" if content == "stockton" else f"{content}-otherton"


def test_a_fifth_area_is_found_under_its_own_name_and_postcode(fifth: Directory) -> None:
    assert [area.id for area in find_areas(fifth, "nether oterton")] == ["otherton"]
    assert [area.id for area in find_areas(fifth, "ZE1 0AA")] == ["otherton"]
    assert [area.id for area in find_areas(fifth, "TS18")] == ["stockton"]


def test_a_fifth_area_routes_to_its_own_bodies_only(fifth: Directory) -> None:
    amina = replace(
        tenant(DIRECTORY.landlord("thirteen-homes")), area="otherton", victim_landlord="thirteen-homes-otherton"
    )
    joined = frozenset(agency.id for agency in fifth.all_agencies)
    found = offered(fifth, amina, receiving="stockton-council-otherton")

    assert found["thirteen-otherton"] is Reason.YOUR_LANDLORD
    assert {fifth.agency(agency).area for agency in found} == {"otherton"}
    assert receiving_agencies(fifth, "otherton", joined, NOBODY)[0].id == "stockton-council-otherton"
    assert [one.id for one in find_landlords(fifth, "otherton", "Tristar")] == ["thirteen-homes-otherton"]


def test_a_fifth_area_signposts_to_its_own_and_national_services(fifth: Directory) -> None:
    services = fifth.services_for("otherton")

    assert {service.area for service in services} == {"otherton", "national"}
    assert services[0].id == "stockton-civic-enforcement-otherton"
    assert signposted(fifth, "sexual-violence", "otherton")[0] == "sarc-teesside-otherton"
    assert fifth.area("otherton").strands == {"sex-work"}
