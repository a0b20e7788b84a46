"""Who else a complaint about an agency may go to: none that only counts, and none of the same organisation."""

import pytest

from services_directory.complaints import hears_words, instead_of
from services_directory.load import load
from services_directory.model import Directory

EVERYBODY = frozenset({"bhcds", "bristol-city-council", "bristol-city-council-housing", "bristol-monitoring"})
COUNCIL, CENTRE, HOUSING = "bristol-city-council", "bhcds", "bristol-city-council-housing"
NOBODY: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load()


@pytest.mark.parametrize(
    ("about", "joined", "accused", "other"),
    [
        (CENTRE, EVERYBODY, NOBODY, COUNCIL),
        (CENTRE, EVERYBODY, {COUNCIL}, ""),
        (CENTRE, EVERYBODY - {COUNCIL}, NOBODY, ""),
        (COUNCIL, EVERYBODY, NOBODY, CENTRE),
        (HOUSING, EVERYBODY, NOBODY, CENTRE),
        (HOUSING, EVERYBODY, {"sari"}, ""),
        (HOUSING, EVERYBODY - {CENTRE}, NOBODY, ""),
    ],
)
def test_a_complaint_may_go_past_those_it_is_about(
    directory: Directory, about: str, joined: frozenset[str], accused: set[str], other: str
) -> None:
    assert instead_of(directory, about, centre=CENTRE, joined=joined, accused=frozenset(accused)) == other


def test_nobody_is_named_where_nobody_runs_the_bot(directory: Directory) -> None:
    assert instead_of(directory, COUNCIL, centre="", joined=EVERYBODY, accused=NOBODY) == ""


def test_no_area_sends_words_to_those_who_only_count(directory: Directory) -> None:
    counting = [directory.agency(area.monitoring_agency) for area in directory.areas]
    others = [agency for agency in directory.all_agencies if agency not in counting]

    assert not any(hears_words(agency) for agency in counting)
    assert all(hears_words(agency) for agency in others)
