"""tasks.yaml: what an area may change, and every mistake in it named with its file and line."""

from pathlib import Path

import pytest

from services_directory.load import load
from services_directory.task_templates import TaskTemplate
from tests.directory_folder import change, faults, written

NATIONAL = """\
- id: look-up
  sets: [told]
  words: Look it up
  guidance: Staff look it up.
  outcomes:
    - {fact: near, label: Near, said: same_property=yes}
    - {fact: far, label: Far}
  source: The framework
- id: part-them
  sets: [told]
  words: Part them
  guidance: Both move.
  needs: [near]
  after: [look-up]
  source: The framework
- id: first-call
  sets: [hate]
  words: Call them
  guidance: Safely.
  clock: {deadline: first-contact}
  hard: yes
  asks:
    - {id: at, label: When, form: moment}
  source: The framework
"""
EASTON = """\
- id: part-them
  sets: [told]
  words: Part them, the Easton way
  guidance: One moves.
  clock: {hours: 48}
  source: Easton
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(tmp_path)
    (tmp_path / "national/tasks.yaml").write_text(NATIONAL, encoding="utf-8")
    (tmp_path / "easton/tasks.yaml").write_text(EASTON, encoding="utf-8")
    return tmp_path


def test_an_areas_task_takes_the_place_of_the_national_one(folder: Path) -> None:
    found = load(folder).tasks_for("easton")

    assert [one.id for one in found] == ["look-up", "part-them", "first-call"]
    assert found[1].words == "Part them, the Easton way"
    assert [one.words for one in load(folder).tasks_for("elsewhere")][1] == "Part them"


def test_an_area_without_such_a_file_has_the_national_tasks(tmp_path: Path) -> None:
    assert load(written(tmp_path)).tasks_for("easton") == ()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("sets: [told]", "sets: [tolled]", "sets: must be some of child, hate, home, sexual, told"),
        ("needs: [near]", "needs: [nearer]", "needs: nearer is no outcome of any task"),
        ("after: [look-up]", "after: [look-down]", "after: look-down is no task that stands before it"),
        ("{deadline: first-contact}", "{deadline: someday}", "clock: easton has no deadline someday"),
        ("{deadline: first-contact}", "{hours: 2, months: 3}", "clock: a clock is one of"),
        ("{fact: far, label: Far}", "{fact: near, label: Far}", "outcomes: one of them stands here twice"),
        ("said: same_property=yes", "said: same_property", "outcomes.0.said"),
        ("form: moment", "form: poem", "asks.0.form"),
        ("  hard: yes", "  hurry: yes", "hurry: is not a known key"),
        ("- id: first-call", "- id: look-up", "id: look-up is used already on line 1"),
        ("  needs: [near]\n", "  needs: [near]\n  clock: {hours: 1}\n", "clock: nobody can be late"),
    ],
)
def test_every_mistake_is_named_with_its_line(folder: Path, old: str, new: str, fault: str) -> None:
    line = change(folder, "national/tasks.yaml", old, new)
    found = [one for one in faults(folder) if fault in one]

    assert len(found) == 1
    assert abs(int(found[0].split(":")[1]) - line) <= 2


def test_all_mistakes_are_named_at_once(folder: Path) -> None:
    change(folder, "national/tasks.yaml", "needs: [near]", "needs: [nearer]")
    change(folder, "national/tasks.yaml", "{deadline: first-contact}", "{deadline: someday}")
    change(folder, "easton/tasks.yaml", "sets: [told]", "sets: []")

    assert len(faults(folder)) >= 2


def test_a_decision_with_one_way_is_none(folder: Path) -> None:
    [one] = [each for each in load(folder).tasks_for("easton") if each.id == "look-up"]
    values = {name: getattr(one, name) for name in TaskTemplate.__dataclass_fields__}

    with pytest.raises(ValueError, match="at least two"):
        TaskTemplate(**values | {"outcomes": one.outcomes[:1]})
