"""Each of the 134 requirements this product began with is shown by tests that exist, or says why it is not."""

import ast
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
ROWS: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/seed_rows.yaml").read_text(encoding="utf-8"))
ANSWERS = ("shown_by", "later", "not_software")
FIELDS = {"row", "source", "says", "still", *ANSWERS}
PARTS = ("casework", "monitoring")  # what later issues build
STILL_MISSING = (*PARTS, "nobody has planned yet")


@cache
def named_in(path: Path) -> frozenset[str]:
    """The names of the tests of a file, as pytest would find them."""
    if not path.is_file():
        return frozenset()
    body = ast.parse(path.read_text(encoding="utf-8")).body
    found = (one.name for one in body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(name for name in found if name.startswith("test_"))


def exists(shown: str, root: Path = ROOT) -> bool:
    file, _, name = shown.partition("::")
    return name in named_in(root / file)


def faults(row: Mapping[str, Any]) -> list[str]:
    """What is wrong with one row; each fault in words."""
    given = [each for each in ANSWERS if row.get(each)]
    found = [f"it has {each}, which means nothing" for each in sorted(set(row) - FIELDS)]
    if len(given) != 1:
        found.append("it needs exactly one of shown_by, later and not_software")
    if not (row.get("source") and row.get("says")):
        found.append("it does not say what it is")
    found += [f"{shown} does not exist" for shown in row.get("shown_by", ()) if not exists(shown)]
    if "later" in row and not str(row["later"]).startswith(PARTS):
        found.append("later: in which part?")
    if "still" in row and not ("shown_by" in row and str(row["still"]).startswith(STILL_MISSING)):
        found.append("still: goes beside shown_by, and says where it will be")
    return found


def test_there_are_134_rows_in_their_order() -> None:
    assert [row["row"] for row in ROWS] == list(range(1, 135))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["row"]))
def test_each_row_is_shown_or_says_why_not(row: Mapping[str, Any]) -> None:
    assert faults(row) == []


def test_no_row_names_one_test_twice() -> None:
    assert [row["row"] for row in ROWS if len(set(row.get("shown_by", ()))) < len(row.get("shown_by", ()))] == []


def test_most_rows_are_shown_and_the_rest_is_counted() -> None:
    kinds = Counter(kind for row in ROWS for kind in ANSWERS if kind in row)
    later = [f"{row['row']}: {row['says']} ({row['later']})" for row in ROWS if "later" in row]

    assert kinds["shown_by"] > 90, "\n".join([f"later, {len(later)} rows:", *later])
    assert kinds["not_software"] < 10


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"shown_by": ["tests/test_seed_rows.py::test_that_nobody_wrote"]}, "does not exist"),
        ({"shown_by": ["tests/test_of_nothing.py::test_a"]}, "does not exist"),
        ({"shown_by": []}, "exactly one"),
        ({"later": "casework: a page"}, "exactly one"),
        ({"says": ""}, "does not say"),
        ({"still": "some day"}, "says where"),
        ({"shown": "it is"}, "means nothing"),
    ],
)
def test_a_row_that_says_nothing_true_is_found(change: dict[str, Any], fault: str) -> None:
    row = {**next(row for row in ROWS if "shown_by" in row and "still" not in row), **change}

    assert any(fault in each for each in faults(row))
