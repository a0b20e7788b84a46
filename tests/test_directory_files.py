"""Every mistake in the directory's files is found at once and named with file and line."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services_directory.faults import DirectoryFaults
from services_directory.load import PACKAGED, load

FILES = sorted(str(path.relative_to(PACKAGED)) for path in PACKAGED.rglob("*.yaml"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKAGED, tmp_path / "data"))


def change(folder: Path, file: str, old: str, new: str) -> int:
    """Replaces the first `old`; returns its line."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults(folder: Path) -> list[str]:
    with pytest.raises(DirectoryFaults) as raised:
        load(folder)
    assert str(raised.value) == "\n".join(map(str, raised.value.faults))
    return [str(fault) for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        (
            "bristol/services.yaml",
            "phone: 0333 323 1543",
            "phone: 0333 323",
            "phone: is a telephone number that cannot exist",
        ),
        ("bristol/services.yaml", "phone: 0333 323 1543", "phone: ask SARI", "phone: is not a telephone number"),
        ("bristol/services.yaml", 'phone: "101"', 'phone: "1010"', "phone: is a telephone number that cannot exist"),
        ("national/services.yaml", 'phone: "999"', 'phone: "998"', "phone: is a telephone number that cannot exist"),
        (
            "national/services.yaml",
            'text_sms: "85258"',
            'text_sms: "999"',
            "text_sms: is a telephone number that cannot exist",
        ),
        (
            "national/services.yaml",
            "website: https://cst.org.uk",
            "website: cst.org.uk",
            "website: is not a web address",
        ),
        (
            "national/services.yaml",
            "checked: 2026-11-21",
            "checked: 21 November",
            "checked: is not a date like 2026-11-21",
        ),
        (
            "bristol/agencies.yaml",
            "must_tell_police: false",
            "must_tell_polise: false",
            "must_tell_polise: is not a known key",
        ),
        ("bristol/agencies.yaml", "    ar: فريق", "    uk: فريق", "about: no text in: ar"),
        ("bristol/area.yaml", "Europe/London", "Bristol/Easton", "time_zone: is not a time zone like Europe/London"),
        ("bristol/area.yaml", "BS5", "bs5", "postcodes.4: String should match pattern"),
        (
            "bristol/area.yaml",
            "monitoring_agency: bristol-monitoring",
            "monitoring_agency: bhcds",
            "monitoring_agency: bhcds is no agency with the role monitoring",
        ),
        (
            "bristol/area.yaml",
            "reporting_centres: [bhcds]",
            "reporting_centres: [sarii]",
            "reporting_centres: sarii is no agency",
        ),
        (
            "bristol/area.yaml",
            "agency: bristol-mind",
            "agency: bristol-mynd",
            "routing: bristol-mynd is no agency of this area",
        ),
        ("bristol/area.yaml", "id: bristol", "id: bath", "id: must be the name of the folder, bristol"),
        ("bristol/area.yaml", "agency: bristol-mind", "places: [street]", "a rule names an agency"),
        ("bristol/area.yaml", "minutes: 15", "minutes: 0", "a deadline must be longer than nothing"),
        ("bristol/area.yaml", "working_days: 1", "days: 1", "days: is not a known key"),
        ("bristol/area.yaml", "  first-contact:", "  first-call:", "deadlines: first-contact is missing"),
        (
            "bristol/landlords.yaml",
            "agency: livewest",
            "agency: livewist",
            "agency: livewist is no agency with the role landlord",
        ),
        (
            "bristol/landlords.yaml",
            "organisation: livewest",
            "organisation: live-west",
            "organisation: not the organisation of its agency",
        ),
        (
            "bristol/services.yaml",
            "through: safe-link",
            "through: next-link",
            "through: next-link is no service with a contact to show",
        ),
        (
            "bristol/services.yaml",
            "- id: sari",
            "- id: police-101",
            "id: police-101 is used already in bristol/services.yaml",
        ),
        ("national/services.yaml", "  kinds: [suicide", "  name: Twice\n  kinds: [suicide", "name stands here twice"),
        (
            "national/services.yaml",
            "audience: users",
            "audience: staff-only",
            "a service that is not for users cannot be listed",
        ),
        ("bristol/landlords.yaml", "[Live West]", "[Live West", "not readable"),
    ],
)
def test_a_mistake_is_named_with_its_file(folder: Path, file: str, old: str, new: str, what: str) -> None:
    change(folder, file, old, new)

    assert [fault for fault in faults(folder) if what in fault]


def test_a_mistake_is_named_with_its_line(folder: Path) -> None:
    line = change(folder, "bristol/services.yaml", "phone: 0333 323 1543", "phone: 12")

    assert [f"bristol/services.yaml:{line}: phone: is a telephone number that cannot exist"] == faults(folder)


def test_all_mistakes_in_all_files_are_reported_at_once(folder: Path) -> None:
    lines = [
        change(folder, "bristol/agencies.yaml", "name: LiveWest", "nome: LiveWest"),
        change(folder, "bristol/landlords.yaml", "kind: asylum", "kind: hotel"),
        change(folder, "bristol/area.yaml", "police_agency: avon", "police_agency: devon"),
        change(folder, "national/services.yaml", "phone: 116 123", "phone: 116 12"),
    ]

    reported = faults(folder)
    assert [
        f"bristol/agencies.yaml:{lines[0] - 1}: name: is missing",
        f"bristol/agencies.yaml:{lines[0]}: nome: is not a known key",
        f"bristol/area.yaml:{lines[2]}: police_agency: devon-and-somerset-police is no agency with the role police",
    ] == reported[:3]
    assert reported[3].startswith(f"bristol/landlords.yaml:{lines[1]}: kind: ")
    assert reported[4].startswith(f"national/services.yaml:{lines[3]}: phone: ")
    assert len(reported) == 5


@pytest.mark.parametrize("key", ["sources", "checked", "advice", "audience", "who_for", "about", "name", "id"])
def test_an_entry_without_its_source_date_or_words_is_refused(folder: Path, key: str) -> None:
    path = folder / "bristol/services.yaml"
    first, second = path.read_text(encoding="utf-8").split("- id: sari", 1)
    path.write_text(first + "- id: sari" + second.replace(f"  {key}:\n", f"  {key}_:\n", 1), encoding="utf-8")
    if key in {"checked", "advice", "audience", "name"}:
        path.write_text(first + "- id: sari" + second.replace(f"  {key}: ", f"  {key}_: ", 1), encoding="utf-8")
    if key == "id":
        path.write_text(first + "- di: sari" + second, encoding="utf-8")

    assert any(f"{key}: is missing" in fault for fault in faults(folder))


def test_an_empty_list_of_sources_is_no_source(folder: Path) -> None:
    path = folder / "bristol/landlords.yaml"
    entry = "- id: x\n  name: X\n  kind: private\n  organisation: x\n  sources: []\n  checked: 2026-11-21\n"
    path.write_text(entry, encoding="utf-8")

    assert faults(folder) == ["bristol/landlords.yaml:5: sources: needs at least one page"]


def test_a_number_that_nobody_confirmed_is_refused(folder: Path) -> None:
    change(
        folder, "bristol/services.yaml", "  through: safe-link\n  always_open", "  phone: 0117 342 6999\n  always_open"
    )

    assert any(
        "a number may only be listed where advice is ok-after-routine-check" in fault for fault in faults(folder)
    )


def test_values_are_read_as_they_stand(folder: Path) -> None:
    change(folder, "bristol/landlords.yaml", "[Live West]", "[no, on, 013, 1e3, 2020-01-01, ~]")

    assert load(folder).landlord("livewest-homes").aliases == ("no", "on", "013", "1e3", "2020-01-01", "~")


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_missing_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()

    assert f"{file}:1: missing, or not a UTF-8 text file" in faults(folder)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"just words", b"a: [1", b"- - - x", b"? [a]\n: b", b"&a [*a]", b"[" * 9999]
)
def test_a_file_that_makes_no_sense_is_named(folder: Path, file: str, content: bytes) -> None:
    (folder / file).write_bytes(content)

    assert any(fault.startswith(f"{file}:") for fault in faults(folder))


def test_a_file_that_is_not_known_is_named(folder: Path) -> None:
    (folder / "bristol/service.yaml").write_text("[]", encoding="utf-8")

    assert faults(folder) == ["bristol/service.yaml:1: not a file of the directory"]


def test_a_folder_without_the_national_services_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path / "nothing") == ["national:1: the folder is missing"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.sampled_from(FILES), st.floats(0, 1), st.integers(0, 60), st.text(max_size=12))
def test_any_damage_to_a_file_loads_or_is_reported(folder: Path, file: str, where: float, lost: int, put: str) -> None:
    whole = (PACKAGED / file).read_text(encoding="utf-8")
    place = int(where * len(whole))
    (folder / file).write_text(whole[:place] + put + whole[place + lost :], encoding="utf-8", errors="replace")
    try:
        load(folder)
    except DirectoryFaults as raised:
        assert raised.faults  # noqa: PT017  # either outcome is right, and nothing else is
    finally:
        (folder / file).write_text(whole, encoding="utf-8")
