"""Whoever writes the directory's files, by slip or in malice: they load or are reported, and nothing else happens."""

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services_directory.faults import DirectoryFaults, Fault
from services_directory.load import load
from services_directory.nodes import LARGEST, MOST
from tests.directory_folder import NEEDED, WHOLE, faults, written
from tests.properties import PROPERTY

HOSTILE = settings(PROPERTY, suppress_health_check=list(HealthCheck))
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + number)}: &{chr(98 + number)} [{', '.join([f'*{chr(97 + number)}'] * 9)}]\n" for number in range(12)
)
SENSELESS = {
    "nothing": b"",
    "only a remark": b"# nothing",
    "not UTF-8": b"\xff\xfe",
    "a control character": b"- id: \x07",
    "a sentence": b"just words",
    "an open bracket": b"a: [1",
    "a list in a list": b"- - - x",
    "a list as a key": b"? [a]\n: b",
    "a list within itself": b"&a [*a]",
    "an alias of nothing": b"- *a",
    "billions of laughs": LAUGHS.encode(),
    "a merged key": b"- &a {id: x}\n- {<<: *a}",
    "a program": b"- !!python/object/apply:os.system [exit]",
    "brackets without end": b"[" * 9_999,
    "braces without end": b"{a: " * 99_999,
    "dashes without end": b"- " * 999_999,
    "questions without end": b"? " * 99_999,
    "keys without end": "".join(" " * depth + "a:\n" for depth in range(2_000)).encode(),
    "two documents": b"- id: x\n---\n- id: y",
    "a directive": b"%YAML 9.9\n---\n- id: x",
    "too many entries": b"- a\n" * (MOST + 1),
    "too much": b"# " + b"a" * LARGEST,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "data")


@pytest.mark.parametrize("file", ["easton/services.yaml", "easton/area.yaml", "national/needs.yaml"])
@pytest.mark.parametrize("content", SENSELESS.values(), ids=SENSELESS)
def test_a_file_that_makes_no_sense_is_named(folder: Path, file: str, content: bytes) -> None:
    (folder / file).write_bytes(content)

    said = faults(folder)
    assert any(fault.startswith(f"{file}:") for fault in said)
    assert max(map(len, said)) < 500


def test_a_pipe_in_place_of_a_file_is_not_waited_for(folder: Path) -> None:
    (folder / "easton/services.yaml").unlink()
    os.mkfifo(folder / "easton/services.yaml")

    assert "easton/services.yaml:1: missing, or not a UTF-8 text file" in faults(folder)


def test_a_folder_in_place_of_a_file_is_named(folder: Path) -> None:
    (folder / "easton/services.yaml").unlink()
    (folder / "easton/services.yaml").mkdir()

    assert "easton/services.yaml:1: missing, or not a UTF-8 text file" in faults(folder)


def test_a_fault_cannot_rule_the_terminal_it_is_shown_in() -> None:
    shown = str(Fault(file="a\x1b[2J.yaml", line=1, what="\x1b]0;owned\x07 \u202ekey\nline" + "x" * 9_999))

    assert shown.isprintable()
    assert len(shown) < 400


def test_a_folder_with_a_hostile_name_is_an_area_without_files(folder: Path) -> None:
    (folder / "\x1b[31mred\n").mkdir()

    assert all(fault.isprintable() for fault in faults(folder))


texts = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["always", "yes", "no", "-1", "1e999", "9" * 5_000, "Mon-Sun", "24:00", "2026-02-30", "http://["]),
    st.sampled_from(["999", "0333 323 1543", "en", "\ud7ff", "\u202e", "\x00", "oak-line", "quiet", "course", "null"]),
)
anything = st.recursive(
    texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
fields = sorted(
    {
        (file, str(key))
        for file, text in WHOLE.items()
        for entry in yaml.safe_load(text)
        if "area" not in file
        for key in entry
    }
    | {("easton/area.yaml", str(key)) for key in yaml.safe_load(WHOLE["easton/area.yaml"])}
)


def loads_or_is_reported(folder: Path) -> None:
    """Anything else that happens is the fault of the program."""
    try:
        load(folder)
    except DirectoryFaults as raised:
        assert raised.faults  # noqa: PT017  # either outcome is right, and nothing else is
        assert all(str(fault).isprintable() and fault.line > 0 for fault in raised.faults)  # noqa: PT017


@HOSTILE
@given(st.sampled_from(sorted(WHOLE)), st.floats(0, 1), st.integers(0, 60), st.text(max_size=12))
def test_any_damage_to_a_file_loads_or_is_reported(folder: Path, file: str, where: float, lost: int, put: str) -> None:
    whole = WHOLE[file]
    place = int(where * len(whole))
    spoilt = whole[:place] + put + whole[place + lost :]
    (folder / file).write_text(spoilt, encoding="utf-8", errors="replace")

    loads_or_is_reported(folder)
    written(folder)


@HOSTILE
@given(st.sampled_from(fields), anything)
def test_anything_in_a_field_loads_or_is_reported(folder: Path, field: tuple[str, str], value: object) -> None:
    file, key = field
    whole = yaml.load(WHOLE[file], Loader=yaml.BaseLoader)  # noqa: S506  # builds texts only
    (whole if isinstance(whole, dict) else whole[0])[key] = value
    (folder / file).write_text(yaml.dump(whole, allow_unicode=True), encoding="utf-8", errors="replace")

    loads_or_is_reported(folder)
    written(folder)


@HOSTILE
@given(st.sampled_from(NEEDED), anything)
def test_anything_as_a_whole_file_loads_or_is_reported(folder: Path, file: str, value: object) -> None:
    (folder / file).write_text(yaml.dump(value, allow_unicode=True), encoding="utf-8", errors="replace")

    loads_or_is_reported(folder)
    written(folder)


@HOSTILE
@given(st.sampled_from(NEEDED), st.binary(max_size=200))
def test_any_bytes_load_or_are_reported(folder: Path, file: str, content: bytes) -> None:
    (folder / file).write_bytes(content)

    loads_or_is_reported(folder)
    written(folder)
