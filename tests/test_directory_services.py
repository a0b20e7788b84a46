"""No service can be made that shows an unverified contact or serves staff: over everything a constructor takes."""

from dataclasses import fields, replace
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services_directory.codes import ACCESS, COMMUNITIES, GATES, GENDERS, Advice, Answer, Audience, Cost
from services_directory.hours import Hours, Opening
from services_directory.languages import is_language
from services_directory.load import load
from services_directory.model import Directory
from services_directory.service import BANDS, Ages, Phone, Service
from services_directory.sources import Source
from services_directory.staff import StaffService
from services_directory.wording import LOCALES, Wording
from tests.properties import PROPERTY

HOME = Path(__file__).parent.parent
DIRECTORY = load()
WORDS = Wording.of(dict.fromkeys(LOCALES, "They help."))
NUMBER = Phone(display="0117 342 6999", e164="+441173426999")
SHOWN_ONLY_IF_CONFIRMED = ("phone", "text_sms", "email", "address")
answers = st.sampled_from(Answer)
words = st.sampled_from([None, WORDS])
slugs = st.text("abc-", min_size=1, max_size=4)
hours = st.sampled_from(
    [None, Hours(always=True), Hours(openings=(Opening(days=frozenset({0}), opens=time(9), closes=time(17)),))]
)
numbers = st.none() | st.builds(Phone, display=st.from_regex(r"[0-9][0-9 ]{2,10}", fullmatch=True), e164=st.none())


def several(codes: frozenset[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(sorted(codes)) | slugs, max_size=2)


GIVEN = {
    "id": slugs,
    "name": st.text(max_size=5),
    "area": slugs,
    "aliases": st.just(()),
    "kinds": st.frozensets(slugs, max_size=2),
    "about": st.just(WORDS),
    "who_for": st.just(WORDS),
    "phone": numbers,
    "text_sms": numbers,
    "email": st.none() | st.emails(),
    "website": st.sampled_from([None, "https://example.org"]),
    "address": st.sampled_from([None, "1 Easton Road"]),
    "hours": hours,
    **dict.fromkeys(("hours_note", "answers", "will_ask", "tells", "waiting"), words),
    **dict.fromkeys(("anonymous", "on_bill", "withheld", "taking", "interpreters", "worker_genders"), answers),
    "cost": st.sampled_from(Cost),
    "languages": st.frozensets(st.sampled_from(["en", "pl", "zh-Hant", "xx"]), max_size=2),
    "ages": st.just(Ages()),
    "genders": several(GENDERS),
    "communities": several(COMMUNITIES),
    "access": several(ACCESS),
    "within_days": st.none() | st.integers(-2, 9),
    "only_for": several(GATES),
    "through": st.none() | slugs,
    "advice": st.sampled_from(Advice),
    "audience": st.sampled_from(Audience),
    "sources": st.just((Source(page="https://example.org"),)),
    "checked": st.dates(),
    "source_date": st.none(),
}


def test_the_properties_below_draw_every_field_there_is() -> None:
    assert set(GIVEN) == {field.name for field in fields(Service)}


@PROPERTY
@given(st.fixed_dictionaries(GIVEN))
def test_no_service_carries_what_nobody_confirmed(values: dict[str, object]) -> None:
    try:
        service = Service(**values)  # type: ignore[arg-type]  # that is the question
    except ValueError as refused:
        assert str(refused).split(":")[0] in GIVEN  # noqa: PT017  # and it says which field
        return
    assert (service.audience, service.advice is not Advice.NOT_FOR_USERS) == (Audience.USERS, True)
    if service.advice is not Advice.OK:
        assert [getattr(service, name) for name in SHOWN_ONLY_IF_CONFIRMED] == [None] * 4
    if service.advice is Advice.DO_NOT_SHOW:
        assert (service.website, service.reachable) == (None, False)


@pytest.mark.parametrize("advice", [advice for advice in Advice if advice is not Advice.OK])
@pytest.mark.parametrize("field", SHOWN_ONLY_IF_CONFIRMED)
def test_a_confirmed_contact_goes_with_its_confirmation(advice: Advice, field: str) -> None:
    values = {"phone": NUMBER, "text_sms": NUMBER, "email": "help@example.org", "address": "1 Easton Road"}
    quiet = next(one for one in DIRECTORY.national if not one.reachable)

    service = replace(quiet, advice=Advice.OK, **{field: values[field]})  # type: ignore[arg-type]  # one of the fields
    with pytest.raises(ValueError, match=f"{field}: |not for users"):
        replace(service, advice=advice)


@pytest.mark.parametrize("audience", [audience for audience in Audience if audience is not Audience.USERS])
def test_a_service_for_staff_is_no_service_for_reporters(audience: Audience) -> None:
    with pytest.raises(ValueError, match="audience: a service that is not for users"):
        replace(DIRECTORY.national[0], audience=audience)


def test_a_service_for_reporters_is_no_service_for_staff() -> None:
    (some, *_) = DIRECTORY.staff_services

    with pytest.raises(ValueError, match=r"audience: .* belongs in services.yaml"):
        replace(some, audience=Audience.USERS)
    with pytest.raises(ValueError, match="phone: a number may only"):
        replace(some, advice=Advice.NO_CONTACT, phone=NUMBER)


def _user_paths(directory: Directory) -> list[object]:
    areas = [*(area.id for area in directory.areas), None, "elsewhere"]
    return [service for area in areas for service in directory.services_for(area)]


def test_no_path_of_a_reporter_leads_to_a_service_for_staff() -> None:
    hidden = {service.id for service in DIRECTORY.staff_services}
    shown = _user_paths(DIRECTORY)

    assert hidden
    assert not any(isinstance(service, StaffService) for service in [*shown, *DIRECTORY.index.services])
    assert not hidden & {service.id for service in DIRECTORY.index.services}
    assert not hidden & {service for need in DIRECTORY.needs for service in need.fallback}
    for id in hidden:
        with pytest.raises(KeyError):
            DIRECTORY.service(id)


@pytest.mark.parametrize(
    "folder", ["dialogs", "bot/channels", "bot/directory_api", "bot/preview", "services_directory/openreferral"]
)
def test_nothing_that_speaks_to_reporters_knows_the_list_for_staff(folder: str) -> None:
    knowing = [
        file.name for file in (HOME / folder).rglob("*.py") if "staff_services" in file.read_text(encoding="utf-8")
    ]

    assert knowing == []


@pytest.mark.parametrize(
    ("ages", "fitting"),
    [
        (Ages(), set(BANDS)),
        (Ages(least=16, most=24), {"16-17", "adult"}),
        (Ages(least=18), {"adult"}),
        (Ages(most=17), {"under-13", "13-15", "16-17"}),
        (Ages(least=13, most=15), {"13-15"}),
    ],
)
def test_ages_fit_a_band_in_which_anybody_is_helped(ages: Ages, fitting: set[str]) -> None:
    assert {band for band in BANDS if ages.fits(band)} == fitting
    assert ages.fits("")


@pytest.mark.parametrize(("least", "most"), [(18, 17), (-1, None), (0, 200), (130, None)])
def test_ages_that_nobody_has_are_refused(least: int, most: int | None) -> None:
    with pytest.raises(ValueError, match="ages: not from"):
        Ages(least=least, most=most)


@pytest.mark.parametrize("tag", ["en", "ar", "pl", "so", "ckb", "zh-Hant", "pt-BR", "es-419", "ti", "rom"])
def test_languages_people_speak_exist(tag: str) -> None:
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["", "english", "EN", "qq", "zh_Hant", "zh-hant", "pl-", "pl-ZZZ", "en-Latn-GB-x", "e"])
def test_tags_that_nobody_speaks_do_not(tag: str) -> None:
    assert not is_language(tag)


@pytest.mark.parametrize(
    ("display", "e164"), [("", None), ("ask", None), ("0117 FLOWER", None), ("0117", "0117"), ("1\u202e2", None)]
)
def test_a_number_nobody_can_dial_is_refused(display: str, e164: str | None) -> None:
    with pytest.raises(ValueError, match="telephone number"):
        Phone(display=display, e164=e164)


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\x00", "\x1b", "\u200b", "\ufeff", "\u2028", "\ue000"])
def test_words_that_hide_something_are_refused(hidden: str) -> None:
    with pytest.raises(ValueError, match="nobody sees"):
        Wording.of({**dict.fromkeys(LOCALES, "They help."), "pl": f"Poma{hidden}gają."})


def test_words_may_join_letters_and_take_several_lines() -> None:
    said = Wording.of({**dict.fromkeys(LOCALES, "They help.\nThey listen."), "ar": "می\u200cشود\u200f."})

    assert said.in_("ar") == "می\u200cشود\u200f."


def test_what_ships_is_dated_and_sourced() -> None:
    services = [(one.id, one.sources, one.checked) for one in DIRECTORY.index.services]
    staff = [(one.id, one.sources, one.checked) for one in DIRECTORY.staff_services]
    agencies = [(one.id, one.sources, one.checked) for one in DIRECTORY.all_agencies]
    areas = [(one.id, one.sources, one.checked) for one in DIRECTORY.areas]

    entries = services + staff + agencies + areas
    assert [id for id, sources, checked in entries if not sources or checked < date(2026, 1, 1)] == []
