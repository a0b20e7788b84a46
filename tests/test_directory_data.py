"""What ships: honest, in every language, in words a nine-year-old reads."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from services_directory.codes import Advice, Audience, Role
from services_directory.load import load
from services_directory.model import LOCALES, NATIONAL, Agency, Phone

DIRECTORY = load()
BRISTOL = DIRECTORY.area("bristol")
SERVICES = DIRECTORY.services_for("bristol")
EVERY_WORDING = [
    *(agency.about for agency in DIRECTORY.all_agencies),
    *(words for one in SERVICES for words in (one.about, one.who_for, one.hours) if words),
]
CONFIRMED = {
    "999": {"999-emergency"},
    "101": {"police-101", "ask-police-hate-crime-avon-somerset"},
    "111": {"nhs-111-option-2"},
    "116 123": {"samaritans"},
    "+44800555111": {"crimestoppers"},
    "+448000323263": {"cst"},
    "+448009995428": {"galop"},
    "+448081689111": {"victim-support"},
    "+448082000247": {"national-domestic-abuse-helpline"},
    "+448088010327": {"mens-advice-line"},
    "+448005999247": {"karma-nirvana"},
    "+448001111": {"childline"},
    "+448000121700": {"modern-slavery-helpline"},
    "+443456000459": {"revenge-porn-helpline"},
    "+443333231543": {"safe-link"},
    "+448001712272": {"sari", "bhcds"},
    "+441179222700": {"bristol-care-direct"},
    "+441179036444": {"bristol-first-response"},
}


def test_exactly_the_confirmed_numbers_can_be_shown() -> None:
    shown: dict[str, set[str]] = {}
    for service in SERVICES:
        if service.phone:
            shown.setdefault(service.phone.e164 or service.phone.display, set()).add(service.id)

    assert shown == CONFIRMED
    assert {one.id: one.text_sms.display for one in SERVICES if one.text_sms} == {"shout": "85258"}


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


def test_the_bridge_shows_no_number_but_who_can_put_people_through() -> None:
    bridge = DIRECTORY.service("the-bridge-sarc")
    assert bridge.through

    assert (bridge.phone, DIRECTORY.service(bridge.through).phone is not None) == (None, True)


@pytest.mark.parametrize(
    "hidden", ["respect-phoneline", "reprovide", "probation-perpetrator-programmes", "lgbt-bristol"]
)
def test_services_for_staff_are_not_listed(hidden: str) -> None:
    assert hidden not in {one.id for one in SERVICES}


def test_national_services_serve_every_area_and_everywhere_else() -> None:
    assert DIRECTORY.national == DIRECTORY.services_for("elsewhere") == DIRECTORY.services_for(None)
    assert SERVICES[-len(DIRECTORY.national) :] == DIRECTORY.national
    assert {NATIONAL} == {one.area for one in DIRECTORY.national}


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_is_longer_than_fifteen_words(locale: str) -> None:
    for words in EVERY_WORDING:
        for sentence in re.split(r"(?<=[.!?؟])\s+", words.in_(locale)):
            assert len(sentence.split()) <= 15, sentence


def test_english_is_short_words_in_short_sentences() -> None:
    text = " ".join(words.in_("en") for words in EVERY_WORDING)
    words = re.findall(r"[A-Za-z0-9']+", text)
    sentences = len(re.findall(r"[.!?](?:\s|$)", text))
    letters = sum(map(len, words))
    reading_grade = 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43  # automated readability index

    assert reading_grade < 4.5  # a nine-year-old


def test_every_text_is_in_its_own_language() -> None:
    for words in EVERY_WORDING:
        assert re.search(r"[\u0621-\u064a]", words.in_("ar"))
        assert len({words.in_(locale) for locale in LOCALES}) == len(LOCALES)


def test_a_locale_of_a_country_reads_its_language_and_an_unknown_one_english() -> None:
    about = DIRECTORY.agency("livewest").about

    assert about.in_("pl") == about.in_("pl-PL") == about.in_("pl_PL")
    assert about.in_("en") == about.in_("so")


def test_names_on_buttons_are_short_enough_to_read() -> None:
    named = [area.name for area in DIRECTORY.areas] + [one.name for one in BRISTOL.landlords]

    assert [name for name in named if len(name) > 30] == []


def test_one_organisation_stands_behind_all_teams_of_the_council() -> None:
    teams = {agency.id for agency in BRISTOL.agencies if agency.organisation == "bristol-city-council"}

    assert {"bristol-city-council", "bristol-city-council-housing", "bristol-monitoring"} == teams


@pytest.mark.parametrize(
    ("agency", "role"),
    [
        (BRISTOL.reporting_centres[0], Role.REPORTING_CENTRE),
        (BRISTOL.monitoring_agency, Role.MONITORING),
        (BRISTOL.police_agency, Role.POLICE),
        (BRISTOL.council_agency, Role.COUNCIL),
    ],
)
def test_the_area_names_agencies_that_have_the_role(agency: str, role: Role) -> None:
    found: Agency = DIRECTORY.agency(agency)

    assert role in found.roles


def test_threats_are_answered_within_hours_and_the_rest_within_a_working_day() -> None:
    assert timedelta(hours=1) == BRISTOL.deadline("alert-read").elapsed
    assert timedelta(minutes=15) == BRISTOL.deadline("alert-read-urgent").elapsed
    assert timedelta(hours=24) == BRISTOL.deadline("first-contact-urgent").elapsed
    assert BRISTOL.deadline("first-contact").working_days == 1


@pytest.mark.parametrize("look_up", ["area", "agency", "landlord", "service"])
def test_an_unknown_id_raises_key_error(look_up: str) -> None:
    with pytest.raises(KeyError):
        getattr(DIRECTORY, look_up)("nobody")
