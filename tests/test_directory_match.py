"""Landlords and areas are found as people type them, and never guessed."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from services_directory.load import load
from services_directory.match import find_areas, find_landlords
from services_directory.typed import LONGEST_TYPED

DIRECTORY = load()
LONG_NAMES = [
    (landlord.id, name)
    for landlord in DIRECTORY.areas[0].landlords
    for name in (landlord.name, *landlord.aliases)
    if len(name.replace(" ", "")) >= 8
]
ANYTHING = st.one_of(st.text(max_size=60), st.text(string.ascii_letters + " '", max_size=30))


def landlords(typed: str) -> list[str]:
    return [landlord.id for landlord in find_landlords(DIRECTORY, "bristol", typed)]


def areas(typed: str) -> list[str]:
    return [area.id for area in find_areas(DIRECTORY, typed)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("LiveWest", "livewest-homes"),
        ("livewset", "livewest-homes"),
        ("live west", "livewest-homes"),
        ("my landlord is Live-West!", "livewest-homes"),
        ("Live", "livewest-homes"),
        ("bristol counsil", "bristol-city-council-homes"),
        ("Bristol City Coucil", "bristol-city-council-homes"),
        ("the council", "bristol-city-council-homes"),
        ("BCC", "bristol-city-council-homes"),
        ("b.c.c.", "bristol-city-council-homes"),
        ("st. mungo’s", "st-mungos"),
        ("Sally Army", "salvation-army"),
        ("salvaton armi", "salvation-army"),
        ("merlin", "bromford"),
        ("Green Squar Acord", "greensquareaccord"),
        ("ｌｉｖｅｗｅｓｔ", "livewest-homes"),
        ("mieszkam w LiveWest, żółć", "livewest-homes"),
        ("صاحب البيت LiveWest", "livewest-homes"),
    ],
)
def test_a_landlord_is_found_however_it_is_typed(typed: str, found: str) -> None:
    assert found == landlords(typed)[0]


@pytest.mark.parametrize(
    "typed", ["", "   ", "?", "a", "home", "berlin", "gcc", "لايف", "ż", "my neighbour", "0", "landlord", "\x00\ud800"]
)
def test_what_is_no_landlord_finds_none(typed: str) -> None:
    assert landlords(typed) == []


@given(st.text("qxzvjkw ", max_size=80))
def test_garbage_finds_no_landlord_and_no_area(typed: str) -> None:
    assert (landlords(typed), areas(typed)) == ([], [])


@given(ANYTHING)
def test_a_landlord_that_is_found_resembles_what_was_typed(typed: str) -> None:
    for landlord in find_landlords(DIRECTORY, "bristol", typed):
        names = (name.casefold().replace(" ", "") for name in (landlord.name, *landlord.aliases))
        letters = "".join(letter for letter in typed.casefold() if not letter.isspace())

        assert max(fuzz.partial_ratio(letters, name) for name in names) >= 60


@given(st.sampled_from(LONG_NAMES), st.integers(1, 6))
def test_one_letter_left_out_of_a_long_name_is_forgiven(name: tuple[str, str], place: int) -> None:
    landlord, typed = name

    assert landlord in landlords(typed[:place] + typed[place + 1 :])


def test_the_nearest_landlord_comes_first_and_no_more_than_asked_for() -> None:
    found = find_landlords(DIRECTORY, "bristol", "LiveWest or Brandon Trust", limit=1)

    assert [landlord.id for landlord in found] == ["livewest-homes"]


def test_no_landlord_is_found_outside_the_areas() -> None:
    assert find_landlords(DIRECTORY, "elsewhere", "LiveWest") == ()


@pytest.mark.parametrize(
    "typed",
    [
        "Bristol",
        "bristl",
        "I live in Easton",
        "Eastn",
        "bedminster",
        "St. Paul's",
        "saint georg st george",
        "knowle wst",
        "bs5 0ab",
        "BS50AB",
        "BS16",
        "bs٥",
        "mieszkam w Bristolu",
        "أسكن في Bristol",
    ],
)
def test_an_area_is_found_by_town_quarter_or_postcode(typed: str) -> None:
    assert areas(typed) == ["bristol"]


@pytest.mark.parametrize("typed", ["", "London", "Weston", "bs", "BS99 1AA", "N1 1AA", "M5", "5", "🙂", "Boston"])
def test_another_place_is_no_area(typed: str) -> None:
    assert areas(typed) == []


@pytest.mark.parametrize("piece", ["x", "a ", "bs5 0", "ﷺ", "\u0301", " ", "livewest ", "1 2", "ß"])
def test_of_a_hundred_thousand_characters_only_the_beginning_is_read(piece: str) -> None:
    typed = (piece * 100_000)[:100_000]

    assert landlords(typed) == landlords(typed[:LONGEST_TYPED])
    assert areas(typed) == areas(typed[:LONGEST_TYPED])
