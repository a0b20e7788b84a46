"""What is taken from the feeds of others: our own comes back whole, a stranger's is never believed."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services_directory.codes import Advice
from services_directory.load import load
from services_directory.model import Directory
from services_directory.nodes import read_list
from services_directory.openreferral.cleaning import clean
from services_directory.openreferral.conditions import Conditions
from services_directory.openreferral.contacts import CONFIRMED
from services_directory.openreferral.export import publish
from services_directory.openreferral.importing import Imported, import_feed
from services_directory.openreferral.reading import FeedRefused
from services_directory.openreferral.writing import FolderInUse, draft_file, report_json, report_text, write_drafts
from services_directory.service import Service
from services_directory.service_entries import ServiceEntry
from tests.hsds.services import TODAY, services

DIRECTORY = load()
EVERY = [*(service for area in DIRECTORY.areas for service in area.services), *DIRECTORY.national]
TRUSTING = Conditions(today=TODAY, trust_numbers=True)
CAREFUL = Conditions(today=TODAY)
STRANGER = {
    "id": "a-1",
    "name": "Safe Harbour",
    "status": "active",
    "description": "We help.",
    "url": "https://harbour.example.org",
    "assured_date": "2026-11-01",
    "email": "help@harbour.example.org",
    "phones": [{"id": "p", "number": "0117 496 0123", "type": "voice"}],
}


def fed(*records: object, conditions: Conditions = CAREFUL) -> Imported:
    return import_feed(json.dumps(records).encode(), conditions)


def stranger(**changed: object) -> dict[str, object]:
    return {**STRANGER, **changed}


def entry(*records: object, conditions: Conditions = CAREFUL) -> dict[str, Any]:
    drafts = fed(*records, conditions=conditions).drafts
    assert len(drafts) == 1
    return dict(drafts[0].entry)


def told(imported: Imported) -> str:
    return "\n".join(map(str, imported.notes))


def again(text: str, area: str, folder: Path) -> list[Service]:
    """The services of a draft file, as the directory reads files."""
    (folder / "services.yaml").write_text(text, encoding="utf-8")
    faults: list[Any] = []
    found = [ServiceEntry.model_validate(one.data).value(area) for one in read_list(folder, "services.yaml", faults)]
    assert faults == []
    return found


def test_the_whole_directory_comes_back_as_it_was(tmp_path: Path) -> None:
    imported = fed(*publish(DIRECTORY).services, conditions=TRUSTING)

    assert imported.notes == ()
    for draft, service in zip(imported.drafts, EVERY, strict=True):
        assert again(draft_file([draft]), draft.area, tmp_path) == [service]


@settings(max_examples=40, deadline=None)
@given(service=services())
def test_whatever_service_we_publish_comes_back(service: Service, tmp_path_factory: pytest.TempPathFactory) -> None:
    area = replace(DIRECTORY.areas[0], services=() if service.area == "national" else (service,))
    alone = Directory(areas=(area,), national=(service,) if service.area == "national" else ())
    imported = fed(*publish(alone).services, conditions=TRUSTING)

    folder = tmp_path_factory.mktemp("draft")
    assert again(draft_file(list(imported.drafts)), service.area, folder) == [service]


def test_a_strangers_number_is_not_taken() -> None:
    imported = fed(stranger())

    assert not {"phone", "text_sms", "email", "address"} & set(imported.drafts[0].entry)
    assert imported.drafts[0].entry["advice"] == "confirm-first"
    assert "safe-harbour: phone: left out: taken only with --trust-numbers" in told(imported)


def test_a_number_is_taken_where_the_operator_says_so_and_the_feed_is_fresh() -> None:
    taken = entry(stranger(), conditions=TRUSTING)

    assert taken["phone"] == "0117 496 0123"
    assert taken["advice"] == "ok-after-routine-check"


@pytest.mark.parametrize("assured", ["2025-11-01", "2027-01-01", "yesterday", None, 20261101])
def test_a_number_that_nobody_checked_within_a_year_is_not_taken(assured: object) -> None:
    assert "phone" not in entry(stranger(assured_date=assured), conditions=TRUSTING)


def test_a_number_that_cannot_exist_is_never_taken() -> None:
    imported = fed(stranger(phones=[{"id": "p", "number": "0117 BAD", "type": "voice"}]), conditions=TRUSTING)

    assert "phone" not in imported.drafts[0].entry
    assert "safe-harbour: phone: left out: is a telephone number that cannot exist" in told(imported)


def test_a_feed_that_calls_itself_confirmed_is_not_believed() -> None:
    claims = [{"link_type": "saysafe:advice", "value": "ok-after-routine-check"}]
    claims += [{"link_type": "saysafe:phone", "value": "0117 496 0123"}]
    taken = entry(stranger(attributes=claims))

    assert taken["advice"] == "confirm-first"
    assert "phone" not in taken


def test_what_is_meant_for_staff_is_refused() -> None:
    for claim in (
        {"link_type": "saysafe:audience", "value": "staff-only"},
        {"link_type": "saysafe:advice", "value": "not-for-users"},
    ):
        imported = fed(stranger(attributes=[claim]))

        assert imported.drafts == ()
        assert told(imported) == "service 1: left out: it is not meant for people who look for help"


def test_missing_languages_are_named_and_not_invented() -> None:
    imported = fed(stranger())

    assert imported.drafts[0].entry["about"] == {"en": "We help.", "ar": "", "pl": ""}
    assert "safe-harbour: about: to be written in ar, pl" in report_text(imported)
    assert json.loads(report_json(imported))["drafts"][0]["missing_languages"]["about"] == ["ar", "pl"]


def test_the_page_that_publishes_the_feed_is_its_source() -> None:
    taken = entry(stranger(), conditions=replace(CAREFUL, source="https://feed.example.org"))

    assert taken["sources"] == ["https://feed.example.org", "https://harbour.example.org"]
    assert taken["checked"] == "2026-11-01"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt://a.b/%0aalert(1)", "data:text/html,x", "//a.b", "http://[", 7, {}, "x" * 900],
)
def test_an_address_no_browser_should_open_is_refused(url: object) -> None:
    imported = fed(stranger(url=url))

    assert "website" not in imported.drafts[0].entry
    assert "website: left out: not a web address" in told(imported)


def test_markup_and_control_characters_are_taken_out_and_told() -> None:
    imported = fed(stranger(description="<p>We&nbsp;help<script>steal()</script> <b>you</b>.\u202e\x00</p>"))

    assert imported.drafts[0].entry["about"]["en"] == "We help you ."  # type: ignore[index,call-overload]
    assert "description: markup was taken out" in told(imported)
    assert "description: invisible characters were taken out" in told(imported)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300) | st.text(st.sampled_from("<>/&;#ltgp scriptamq\"'=\x00\u202e!-["), max_size=200))
def test_no_text_keeps_markup_or_hidden_characters(text: str) -> None:
    cleaned = clean(text, 200).text

    assert len(cleaned) <= 200
    assert "<script" not in cleaned.lower()
    assert cleaned == " ".join(cleaned.split())
    cleaned.encode()
    assert clean(cleaned, 200).text == cleaned


def test_a_text_without_end_is_cut_and_told() -> None:
    imported = fed(stranger(description="<a b='c' " * 100_000 + "end", eligibility_description="so " * 2_500))

    assert len(str(imported.drafts[0].entry["about"])) < 7_000
    assert "description: only its first 6000 characters were read" in told(imported)
    assert "eligibility_description: cut after 2000 characters" in told(imported)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"", "not JSON"),
        (b"[1, NaN]", "a number that is none"),
        (b"[" * 100_000, "without end"),
        (b"[" * 60 + b"]" * 60, "without end"),
        (b"7", "no list of services"),
        (b'{"contents": 7}', "no list of services"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number that is none"),
        (b"[" + b"{}," * 20_001 + b"{}]", "more than 20000"),
        (b" " * 50_000_001, "larger than"),
    ],
)
def test_a_feed_that_cannot_be_read_is_refused_in_a_sentence(raw: bytes, why: str) -> None:
    with pytest.raises(FeedRefused, match=why):
        import_feed(raw, CAREFUL)


@pytest.mark.parametrize(
    "shape", [lambda one: one, lambda one: [one], lambda one: {"contents": [one]}, lambda one: {"service": [one]}]
)
def test_a_list_a_page_a_bundle_and_one_service_are_all_read(shape: Any) -> None:
    assert len(import_feed(json.dumps(shape(STRANGER)).encode(), CAREFUL).drafts) == 1


def test_what_is_no_service_is_left_out_and_the_rest_is_taken() -> None:
    imported = fed(7, None, [], {}, {"id": 1, "name": "x"}, stranger(), stranger(), stranger(id="b", status="defunct"))

    assert [draft.id for draft in imported.drafts] == ["safe-harbour"]
    assert told(imported).count("left out") >= 7
    assert "service 7: left out: the feed has this id already" in told(imported)
    assert "service 8: left out: it does not exist any more" in told(imported)


def test_two_services_of_one_name_get_two_ids() -> None:
    assert [draft.id for draft in fed(stranger(), stranger(id="a-2")).drafts] == ["safe-harbour", "safe-harbour-2"]


def test_a_service_we_have_already_is_pointed_out() -> None:
    imported = fed(stranger(name="SARI"), conditions=replace(CAREFUL, taken={"sari": "bristol"}))

    assert "sari: id: the directory has it already, in bristol: compare" in told(imported)


def test_hours_that_are_not_every_week_are_left_out_whole() -> None:
    weekly = {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00Z"}
    good = entry(stranger(schedules=[weekly]))
    assert good["hours"] == [{"days": "Mon,Tue", "from": "09:00", "to": "17:00"}]

    for odd in (
        {"freq": "MONTHLY"},
        {"interval": 2},
        {"byday": "2MO"},
        {"byday": 7},
        {"opens_at": "25:00"},
        {"valid_to": "2020-01-01"},
    ):
        imported = fed(stranger(schedules=[weekly, {**weekly, **odd}]))
        assert "hours" not in imported.drafts[0].entry
        assert "hours: left out" in told(imported)


def test_day_and_night_is_understood() -> None:
    always = {"byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "00:00", "closes_at": "23:59:59"}

    assert entry(stranger(schedules=[always]))["hours"] == "always"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["id", "number", "value", "x"]), inner),
    max_leaves=12,
)
KEYS: tuple[str, ...] = (
    "description",
    "url",
    "email",
    "status",
    "minimum_age",
    "maximum_age",
    "assured_date",
    "schedules",
    "phones",
)
KEYS += ("contacts", "languages", "service_at_locations", "cost_options", "attributes", "alternate_name", "id", "name")
HOSTILE_ATTRIBUTE = st.fixed_dictionaries(
    {
        "link_type": st.sampled_from([f"saysafe:{name}" for name in ServiceEntry.model_fields]),
        "value": st.text() | JSON,
    },
    optional={"label": st.sampled_from(["", "en", "ar", "dated 9999; for x", "../../x"])},
)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.dictionaries(st.sampled_from(KEYS), JSON) | JSON, max_size=5),
    st.lists(HOSTILE_ATTRIBUTE, max_size=6),
    st.booleans(),
)
def test_no_feed_breaks_the_importer_or_gets_a_contact_past_it(
    records: list[object], facts: list[object], trust: bool
) -> None:
    conditions = replace(CAREFUL, trust_numbers=trust)
    imported = fed(*records, stranger(attributes=facts, assured_date=None), conditions=conditions)

    report_text(imported).encode()
    draft_file(list(imported.drafts)).encode()
    for draft in imported.drafts:
        if draft.entry["advice"] != Advice.OK.value:
            assert not set(CONFIRMED) & set(draft.entry)
        if not trust:
            assert draft.entry["advice"] != Advice.OK.value
        assert "/" not in draft.area
        assert draft.entry["audience"] == "users"


def test_drafts_are_written_only_into_a_new_folder(tmp_path: Path) -> None:
    out = tmp_path / "drafts"
    written = write_drafts(fed(stranger()), out)
    assert [path.relative_to(out).as_posix() for path in written] == [
        "imported/services.yaml",
        "report.txt",
        "report.json",
    ]

    (out / "imported" / "services.yaml").write_text("edited by hand", encoding="utf-8")
    with pytest.raises(FolderInUse):
        write_drafts(fed(stranger()), out)
    assert (out / "imported" / "services.yaml").read_text(encoding="utf-8") == "edited by hand"


def test_the_day_of_a_check_that_has_not_come_is_not_taken() -> None:
    assert date.fromisoformat("2027-01-01") > TODAY
    assert entry(stranger(assured_date="2027-01-01"))["checked"] == ""
