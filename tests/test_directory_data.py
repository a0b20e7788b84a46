"""What ships: honest, in every language, in words a nine-year-old reads, and a dead end for nobody."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.preview.lexicon import blame_in
from services_directory.codes import Advice, Answer, Audience, Role
from services_directory.hours import Open, state_at
from services_directory.load import PACKAGED, load
from services_directory.match import find_landlords
from services_directory.model import NATIONAL, Agency, Area
from services_directory.needs import Need
from services_directory.service import BANDS, Phone, Service
from services_directory.wording import LOCALES, Wording

DIRECTORY = load()
AREAS = DIRECTORY.areas
BRISTOL = DIRECTORY.area("bristol")
EVERY_SERVICE = [*DIRECTORY.national, *(service for area in AREAS for service in area.services)]
OURS = {"bristol", "telford", NATIONAL}  # the numbers of the other areas: tests/test_areas.py
PUT_THROUGH = [service for service in EVERY_SERVICE if service.through]
CONFIRMED = {
    "999": {"999-emergency"},
    "101": {"police-101", "ask-police-hate-crime-avon-somerset", "west-mercia-police-hate"},
    "111": {"nhs-111-option-2"},
    "116 123": {"samaritans"},
    "+44800555111": {"crimestoppers"},
    "+448000323263": {"cst"},
    "+448009995428": {"galop"},
    "+448081689111": {"victim-support"},
    "+448000684141": {"papyrus"},
    "+448082000247": {"national-domestic-abuse-helpline"},
    "+448088010327": {"mens-advice-line"},
    "+442070080151": {"forced-marriage-unit"},
    "+448005999247": {"karma-nirvana"},
    "+448001111": {"childline"},
    "+448088005000": {"nspcc"},
    "+448000121700": {"modern-slavery-helpline"},
    "+448088081111": {"mencap-helpline"},
    "+443456000459": {"revenge-porn-helpline"},
    "+443333231543": {"safe-link"},
    "+448001712272": {"sari", "bhcds"},
    "+441179222700": {"bristol-care-direct"},
    "+441179036444": {"bristol-first-response"},
    "+448009523000": {"west-mercia-victim-advice-line"},
    "+448008403747": {"wmwa-telford"},
    "+441952385385": {"telford-family-connect"},
    "+441952676500": {"telford-edt"},
    "+441952217100": {"wrekin-housing-asb"},
}
SAID_IN_A_SENTENCE = {"02070081500", "18001101", "18000"}  # read on pages; everything else stands in `phone`
SEEDS = {
    "Safelink": "safe-link",
    "The Bridge": "the-bridge-sarc",
    "SARSAS": "sarsas",
    "SARI": "sari",
    "One25": "one25",
    "Resolve West": "resolve-west",
    "Lighthouse": "lighthouse-victim-care",
    "Crimestoppers": "crimestoppers",
    "Clare's Law": "clares-law",
    "Hollie Guard": "hollie-guard-app",
    "Freedom Programme": "freedom-programme",
    "Blue Sky app": "bright-sky-app",
    "Avon and Somerset Police": "ask-police-hate-crime-avon-somerset",
    "Bristol City Council safeguarding": "bristol-care-direct",
    "text 999": "emergency-sms",
    "True Vision": "true-vision",
    "Victim Support": "victim-support",
    "Victim Support Shropshire": "victim-support-west-mercia",
    "West Mercia Constabulary": "west-mercia-police-hate",
    "Terrence Higgins Trust": "terrence-higgins-trust",
    "Telford & Wrekin Council": "telford-council-asb",
    "Telford's safeguarding": "telford-family-connect",
}
SEED_LANDLORDS = {
    "Salvation Army": "bristol",
    "Wrekin Housing Trust": "telford",
    "Bromford Housing Trust": "telford",
    "Bourneville Housing Trust": "telford",
    "Stonham": "telford",
}
SEED_STAFF = {"reprovide", "respite-rooms-bristol", "probation-perpetrator-programmes", "respect-phoneline"}
SEED_LEFT_OUT = {
    "bristol": "Lighthouse via Mankind; Changing Futures; Independent Futures (IF); pathways; (HSR); One City Office",
    "telford": "(TREDP); African Welfare Association; West Indian Association; Bangladeshi Welfare Society; Chinese"
    " School; Christian Council; Sikh; Youth Offending Service; NHS PCT; Fire and Rescue; Probation"
    " Service; Police Authority; Prison Service; Chamber of Commerce; College of Arts and Technology;"
    " Council for Voluntary Service; TTC 2000; Crime Prevention Panel; Hate Incident Panel; Supporting"
    " People; Heartstone; tacklethemyth; Valuing People; Gender Matters",
    NATIONAL: "Gender Matters; Hate Crime Awareness Week; Homeless Link; Show Racism the Red Card; Crown Prosecution",
}


def wordings(of: Service | Agency | Area) -> Iterator[Wording]:
    """Every sentence of an entry that people read."""
    found = (getattr(of, field.name) for field in fields(of))
    return (one for one in found if isinstance(one, Wording))


ENTRIES: list[Service | Agency | Area] = [*EVERY_SERVICE, *DIRECTORY.all_agencies, *AREAS]
EVERY_WORDING = [words for one in ENTRIES for words in wordings(one)]


def sentences(words: Wording, locale: str) -> list[str]:
    return re.split(r"(?<=[.!?؟])\s+", words.in_(locale))


def helps_whoever(through: Service, one: Service) -> bool:
    """Whether everybody whom `one` is for may turn to `through`."""
    ages = all(through.ages.fits(band) for band in BANDS if one.ages.fits(band))
    genders = not through.genders or (one.genders and one.genders <= through.genders)
    communities = not through.communities or (one.communities and one.communities <= through.communities)
    return bool(ages and genders and communities and through.only_for <= one.only_for)


def test_exactly_the_confirmed_numbers_can_be_shown() -> None:
    shown: dict[str, set[str]] = {}
    for service in EVERY_SERVICE:
        if service.phone and service.area in OURS:
            shown.setdefault(service.phone.e164 or service.phone.display, set()).add(service.id)

    assert shown == CONFIRMED
    assert {one.id: one.text_sms.display for one in EVERY_SERVICE if one.text_sms} == {"shout": "85258"}


def test_no_other_number_hides_in_a_sentence() -> None:
    said = {
        number.replace(" ", "")
        for service in EVERY_SERVICE
        for words in wordings(service)
        for number in re.findall(r"\d[\d ]{3,}\d", words.in_("en"))
    }

    assert said <= SAID_IN_A_SENTENCE


@pytest.mark.parametrize("advice", [advice for advice in Advice if advice is not Advice.OK])
def test_a_service_with_an_unconfirmed_number_cannot_exist(advice: Advice) -> None:
    number = Phone(display="0117 342 6999", e164="+441173426999")
    quiet = DIRECTORY.service("nilaari")

    with pytest.raises(ValueError, match="number may only|not for users"):
        replace(quiet, advice=advice, phone=number)
    with pytest.raises(ValueError, match="number may only|not for users"):
        replace(quiet, advice=advice, text_sms=number)


def test_a_service_for_staff_cannot_exist() -> None:
    with pytest.raises(ValueError, match="not for users"):
        replace(DIRECTORY.service("nilaari"), audience=Audience.STAFF_ONLY)


def test_what_is_for_staff_never_reaches_a_person() -> None:
    staff = {one.id for one in DIRECTORY.staff_services}
    said = " ".join(words.in_("en") for words in EVERY_WORDING)

    assert staff >= SEED_STAFF
    assert staff.isdisjoint(service.id for service in EVERY_SERVICE)
    assert not re.search(r"REPROVIDE|Respite Rooms|Respect Phoneline|[Pp]robation", said)


@pytest.mark.parametrize("service", EVERY_SERVICE, ids=lambda service: service.id)
def test_nobody_is_left_at_a_dead_end(service: Service) -> None:
    assert service.reachable or (service.through and DIRECTORY.service(service.through).reachable)


@pytest.mark.parametrize("service", PUT_THROUGH, ids=lambda service: service.id)
def test_who_puts_people_through_is_open_to_the_same_people(service: Service) -> None:
    through = DIRECTORY.service(service.through or "")

    assert through.reachable
    assert helps_whoever(through, service)
    assert through.area in {service.area, NATIONAL}


def test_a_line_for_women_is_no_way_on_for_everybody() -> None:
    everybody, women = DIRECTORY.service("next-link"), DIRECTORY.service("national-domestic-abuse-helpline")

    assert not helps_whoever(women, everybody)


@pytest.mark.parametrize("need", DIRECTORY.needs, ids=lambda need: need.id)
@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.id)
def test_in_every_area_somebody_answers_every_need(area: Area, need: Need) -> None:
    answering = [one for one in DIRECTORY.services_for(area.id) if one.kinds & need.kinds and one.reachable]

    assert answering


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_is_short_in_every_language(locale: str) -> None:
    of_services = {words for service in EVERY_SERVICE for words in wordings(service)}
    for words in EVERY_WORDING:
        lengths = [len(sentence.split()) for sentence in sentences(words, locale)]

        assert max(lengths) <= 15, words.in_(locale)
        assert sum(lengths) <= 60, words.in_(locale)
        assert len(lengths) <= (2 if words in of_services else 5), words.in_(locale)


def test_english_is_short_words_in_short_sentences() -> None:
    text = " ".join(words.in_("en") for words in EVERY_WORDING)
    words = re.findall(r"[A-Za-z0-9']+", text)
    ends = len(re.findall(r"[.!?](?:\s|$)", text))
    letters = sum(map(len, words))
    reading_grade = 4.71 * letters / len(words) + 0.5 * len(words) / ends - 21.43  # automated readability index

    assert reading_grade < 4.5  # a nine-year-old


@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_blames_or_doubts_or_asks_why(locale: str) -> None:
    assert [said for words in EVERY_WORDING for said in (words.in_(locale),) if blame_in(said, locale)] == []


def test_every_text_is_in_its_own_language() -> None:
    for words in EVERY_WORDING:
        assert re.search(r"[\u0621-\u064a]", words.in_("ar"))
        assert len({words.in_(locale) for locale in LOCALES}) == len(LOCALES)


def test_a_locale_of_a_country_reads_its_language_and_an_unknown_one_english() -> None:
    about = DIRECTORY.agency("livewest").about

    assert about.in_("pl") == about.in_("pl-PL") == about.in_("pl_PL")
    assert about.in_("en") == about.in_("so")


def test_every_entry_says_which_pages_were_read_and_when() -> None:
    read = {one.id: (one.sources, one.checked) for one in ENTRIES}
    read |= {one.id: (one.sources, one.checked) for area in AREAS for one in area.landlords}
    read |= {one.id: (one.sources, one.checked) for one in DIRECTORY.staff_services}

    assert [one for one, (pages, checked) in read.items() if not pages or checked < date(2026, 11, 21)] == []


@pytest.mark.parametrize(("named", "service"), SEEDS.items())
def test_everybody_whom_the_partners_named_can_be_found(named: str, service: str) -> None:
    assert named
    assert DIRECTORY.service(service).audience is Audience.USERS


@pytest.mark.parametrize(("named", "area"), SEED_LANDLORDS.items())
def test_a_landlord_is_found_under_the_name_the_partners_used(named: str, area: str) -> None:
    assert find_landlords(DIRECTORY, area, named)


@pytest.mark.parametrize("folder", SEED_LEFT_OUT)
def test_who_is_left_out_is_named_at_the_top_of_the_file(folder: str) -> None:
    top = (PACKAGED / folder / "services.yaml").read_text(encoding="utf-8").split("\n- id:")[0].replace("\n# ", " ")

    assert [named for named in SEED_LEFT_OUT[folder].split("; ") if named not in top] == []


def test_a_helpline_for_the_young_or_grown_up_says_so() -> None:
    ages = {one.id: (one.ages.least, one.ages.most) for one in EVERY_SERVICE}

    assert ages["the-bridge-sarc"] == (13, None)
    assert ages["off-the-record-bristol"] == (16, 24)
    assert ages["rape-crisis-247"] == (16, None)
    assert ages["childline"] == (0, 18)
    assert (ages["the-glade-sarc"], ages["west-midlands-cyps"]) == ((18, None), (0, 17))
    assert (ages["sarsas"], ages["nhs-sarc-finder"]) == ((0, None), (0, None))


def test_sexual_assault_centres_are_for_people_of_any_gender() -> None:
    centres = [one for one in EVERY_SERVICE if {"health-sarc", "sexual-violence"} <= one.kinds]

    assert {"the-bridge-sarc", "the-glade-sarc", "nhs-sarc-finder"} <= {one.id for one in centres}
    assert [one.id for one in (*centres, DIRECTORY.service("sarsas")) if one.genders] == []
    assert [DIRECTORY.service(one).within_days for one in ("the-bridge-sarc", "the-glade-sarc")] == [10, 10]


@pytest.mark.parametrize(
    ("service", "genders"),
    [
        ("one25", {"women"}),
        ("womankind-bristol", {"women"}),
        ("national-domestic-abuse-helpline", {"women"}),
        ("mens-advice-line", {"men"}),
        ("mankind-initiative", {"men"}),
        ("wmwa-telford", set()),
        ("next-link", set()),
    ],
)
def test_a_service_for_one_gender_says_so(service: str, genders: set[str]) -> None:
    assert DIRECTORY.service(service).genders == genders


def test_what_could_give_a_caller_away_is_known_where_a_page_says_it() -> None:
    assert DIRECTORY.service("bristol-mind").withheld is Answer.NO
    assert {one.id for one in EVERY_SERVICE if one.on_bill is Answer.NO} == {"samaritans", "childline"}
    assert DIRECTORY.service("crimestoppers").anonymous is Answer.YES


def test_an_app_is_only_for_a_safe_phone_and_clares_law_only_about_a_partner() -> None:
    gated = {one.id: one.only_for for one in EVERY_SERVICE if one.only_for}

    assert gated == {
        "clares-law": {"partner"},
        "bright-sky-app": {"safe-phone"},
        "hollie-guard-app": {"safe-phone"},
    }


def test_in_telford_somebody_answers_for_a_child_at_every_hour_of_the_week() -> None:
    day, night = (DIRECTORY.service(one).hours for one in ("telford-family-connect", "telford-edt"))
    monday = datetime(2026, 11, 23, 0, 10, tzinfo=UTC)

    for at in (monday + timedelta(hours=hour) for hour in range(7 * 24)):
        assert [isinstance(state_at(hours, at, frozenset()), Open) for hours in (day, night)].count(True) == 1, at


def test_who_calls_a_line_of_the_police_is_told_that_it_is_one() -> None:
    line = DIRECTORY.service("west-mercia-victim-advice-line")

    assert line.answers
    assert "police" in line.answers.in_("en")
    assert DIRECTORY.agency(line.id).organisation == "west-mercia-police"


def test_national_services_serve_every_area_and_everywhere_else() -> None:
    bristol = DIRECTORY.services_for("bristol")

    assert DIRECTORY.national == DIRECTORY.services_for("elsewhere") == DIRECTORY.services_for(None)
    assert bristol[-len(DIRECTORY.national) :] == DIRECTORY.national
    assert {NATIONAL} == {one.area for one in DIRECTORY.national}


def test_names_on_buttons_are_short_enough_to_read() -> None:
    named = [area.name for area in AREAS] + [one.name for area in AREAS for one in area.landlords]

    assert [name for name in named if len(name) > 30] == []


@pytest.mark.parametrize(
    ("organisation", "teams"),
    [
        ("bristol-city-council", {"bristol-city-council", "bristol-city-council-housing", "bristol-monitoring"}),
        ("telford-and-wrekin-council", {"telford-and-wrekin-council", "telford-monitoring"}),
        ("housing-plus-group", {"wrekin-housing", "homes-plus"}),
        ("west-mercia-police", {"west-mercia-police", "west-mercia-victim-advice-line"}),
    ],
)
def test_one_organisation_stands_behind_all_its_teams(organisation: str, teams: set[str]) -> None:
    assert {one.id for one in DIRECTORY.all_agencies if one.organisation == organisation} == teams


def test_who_says_that_the_council_owns_the_home_in_telford_is_asked_which_landlord() -> None:
    found = {landlord.id for landlord in find_landlords(DIRECTORY, "telford", "the council")}

    assert found == {"wrekin-housing-group", "nuplace"}


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.id)
def test_the_area_names_agencies_that_have_the_role(area: Area) -> None:
    named = (
        (area.reporting_centres[0], Role.REPORTING_CENTRE),
        (area.monitoring_agency, Role.MONITORING),
        (area.police_agency, Role.POLICE),
        (area.council_agency, Role.COUNCIL),
    )

    assert [agency for agency, role in named if role not in DIRECTORY.agency(agency).roles] == []


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.id)
def test_threats_are_answered_within_hours_and_the_rest_within_a_working_day(area: Area) -> None:
    assert area.deadline("alert-read").elapsed == timedelta(hours=1)
    assert area.deadline("alert-read-urgent").elapsed == timedelta(minutes=15)
    assert area.deadline("first-contact-urgent").elapsed == timedelta(hours=24)
    assert area.deadline("first-contact").working_days == 1


@pytest.mark.parametrize("area", [area for area in AREAS if area.id in OURS], ids=lambda area: area.id)
def test_an_area_knows_how_many_live_there_and_how_to_ask_again(area: Area) -> None:
    assert area.population
    assert area.population.people > 100_000
    assert area.case_review
    assert {agency.id for agency in area.agencies if agency.limits} == {agency.id for agency in area.agencies}


@pytest.mark.parametrize("look_up", ["area", "agency", "landlord", "service"])
def test_an_unknown_id_raises_key_error(look_up: str) -> None:
    with pytest.raises(KeyError):
        getattr(DIRECTORY, look_up)("nobody")
