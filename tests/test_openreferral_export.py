"""What others read of the directory: valid by the published shape, whole, and nothing that may not be shown."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings

from services_directory.codes import Advice, Answer
from services_directory.load import load
from services_directory.model import Directory
from services_directory.openreferral.export import publish
from services_directory.openreferral.ids import uid
from services_directory.openreferral.places import split_address
from services_directory.openreferral.terms import Record
from services_directory.service import Service
from tests.hsds.services import services
from tests.hsds.shape import faults

DIRECTORY = load()
SARI = "71f06f91-0eae-5881-821b-f85f442bf904"  # others keep it


def every(directory: Directory) -> list[Service]:
    return [*(service for area in directory.areas for service in area.services), *directory.national]


def only(service: Service) -> Directory:
    """A directory in which this is the only service."""
    area = replace(DIRECTORY.areas[0], services=() if service.area == "national" else (service,))
    return Directory(areas=(area,), national=(service,) if service.area == "national" else ())


def record_of(service: Service) -> Record:
    return publish(only(service)).services[0]


def known(id: str) -> Service:
    return DIRECTORY.service(id)


def ids_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (str(value["id"]) for _ in [0] if "id" in value)
        for name, inner in value.items():
            yield from ids_in(inner) if name not in ("organization", "taxonomy_term") else ()
    elif isinstance(value, list):
        for inner in value:
            yield from ids_in(inner)


@pytest.mark.parametrize("kind", ["service", "organization", "taxonomy", "taxonomy_term"])
def test_every_record_of_the_directory_has_the_published_shape(kind: str) -> None:
    published = publish(DIRECTORY)
    records = {
        "service": published.services,
        "organization": published.organizations,
        "taxonomy": published.taxonomies,
        "taxonomy_term": published.terms,
    }[kind]

    assert len(records) > 5
    assert [wrong for record in records for wrong in faults(kind, record)] == []


def test_every_service_for_users_is_there_once() -> None:
    names = Counter(str(record["id"]) for record in publish(DIRECTORY).services)

    assert names == Counter(uid("service", service.id) for service in every(DIRECTORY))


def test_a_field_nobody_published_is_noticed_by_these_tests() -> None:
    assert faults("service", record_of(known("sari")) | {"colour": "green"})
    assert faults("service", record_of(known("sari")) | {"status": "open"})


@settings(max_examples=40, deadline=None)
@given(services())
def test_whatever_service_is_written_its_record_is_valid(service: Service) -> None:
    record = record_of(service)

    assert faults("service", record) == []
    repeated = [id for id, number in Counter(ids_in(record)).items() if number > 1]
    assert repeated == []


def test_identifiers_stay_the_same_from_one_day_to_the_next() -> None:
    assert uid("service", "sari") == SARI
    first, second = publish(DIRECTORY), publish(load())

    assert [*ids_in(list(first.services))] == [*ids_in(list(second.services))]


def test_nothing_for_staff_only_is_ever_published() -> None:
    held = json.dumps([publish(DIRECTORY).services, publish(DIRECTORY).organizations], ensure_ascii=False)

    assert DIRECTORY.staff_services
    for staff in DIRECTORY.staff_services:
        assert f'"{staff.id}"' not in held
        assert uid("service", staff.id) not in held
    for landlord in (landlord for area in DIRECTORY.areas for landlord in area.landlords if landlord.notes):
        assert landlord.notes not in held


def test_a_number_is_published_only_where_it_may_be_shown() -> None:
    quiet = [service for service in every(DIRECTORY) if service.advice is not Advice.OK]
    assert quiet

    for record in (record_of(service) for service in quiet):
        assert record["phones"] == []
        assert record["contacts"] == []
        assert "email" not in record


def test_a_service_without_a_public_address_has_no_address() -> None:
    places = record_of(replace(known("sari"), address=None))["service_at_locations"]

    assert isinstance(places, list)
    assert [place["location"]["location_type"] for place in places] == ["virtual"]
    assert "addresses" not in places[0]["location"]


def test_a_public_address_is_told_in_its_parts() -> None:
    assert split_address("15 Portland Square, Bristol BS2 8SJ") == {
        "address_1": "15 Portland Square",
        "city": "Bristol",
        "state_province": "England",
        "postal_code": "BS2 8SJ",
        "country": "GB",
        "address_type": "physical",
    }


@pytest.mark.parametrize("address", ["Portland Square", "BS2 8SJ", "Bristol BS2 8SJ", "somewhere in, Bristol", ", , "])
def test_an_address_that_cannot_be_told_apart_is_not_guessed(address: str) -> None:
    assert split_address(address) is None
    assert faults("service", record_of(replace(known("sari"), address=address))) == []


def test_hours_are_told_as_weeks_that_repeat() -> None:
    service = next(one for one in every(DIRECTORY) if one.hours and one.hours.openings)
    schedules = record_of(service)["schedules"]
    assert isinstance(schedules, list)
    assert service.hours is not None

    assert [schedule["freq"] for schedule in schedules] == ["WEEKLY"] * len(service.hours.openings)
    assert schedules[0]["opens_at"] == f"{service.hours.openings[0].opens:%H:%M}"
    assert set(schedules[0]["byday"].split(",")) <= {"MO", "TU", "WE", "TH", "FR", "SA", "SU"}


def test_arabic_and_polish_wordings_are_there_too() -> None:
    attributes = record_of(known("sari"))["attributes"]
    assert isinstance(attributes, list)
    told = {one["label"]: one["value"] for one in attributes if one["link_type"] == "saysafe:about"}

    assert told == dict(known("sari").about.texts)


def test_our_kinds_are_terms_of_a_taxonomy() -> None:
    published = publish(DIRECTORY)
    terms = {str(term["code"]) for term in published.terms if term["taxonomy"] == "Saysafe kinds"}

    assert terms == {kind for service in every(DIRECTORY) for kind in service.kinds}


def test_an_agency_is_published_with_what_it_does() -> None:
    police = next(one for one in publish(DIRECTORY).organizations if one["name"] == "Avon and Somerset Police")
    attributes = police["attributes"]

    assert isinstance(attributes, list)
    assert {one["value"] for one in attributes if one["link_type"] == "saysafe:roles"} >= {"police"}


def test_a_closed_list_is_told_as_an_alert() -> None:
    assert record_of(replace(known("sari"), taking=Answer.NO))["alert"] == "Takes nobody new at present."
    assert "alert" not in record_of(replace(known("sari"), taking=Answer.YES))


def test_one_area_can_be_published_alone() -> None:
    assert len(publish(DIRECTORY, "bristol").services) == len(DIRECTORY.area("bristol").services)
    assert len(publish(DIRECTORY, "national").services) == len(DIRECTORY.national)
    with pytest.raises(KeyError):
        publish(DIRECTORY, "atlantis")
