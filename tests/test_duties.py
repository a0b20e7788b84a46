"""Duties in law switch on and off by their dates, and every mistake in their file is named with its line."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.reports.tasks import Opening, planned
from dialogs.children import SEXUAL_ABUSE, child_limits
from services_directory.duties import Binds, Duties, Duty
from services_directory.load import load
from services_directory.model import Directory
from services_directory.sources import Source
from tests.dialog_world import START, english, words
from tests.directory_folder import change, faults, written
from tests.walking import a_start, directory

NOTIFIED = "child-sexual-abuse-notified"
TODAY = date(2027, 3, 1)
BEFORE, FIRST, LAST, AFTER = (date(2026, 6, day) for day in (18, 19, 25, 26))
PAGE = Source(page="https://example.org/act", dated="2026")


def duty(begins: date | None, ends: date | None = None, task: str = "") -> Duty:
    return Duty(
        id="tell",
        name="Tell the council",
        binds=frozenset({Binds.RECEIVERS}),
        in_force_from=begins,
        until=ends,
        told=words("They must tell."),
        task=task,
        sources=(PAGE,),
        checked=TODAY,
    )


def switched_on(day: date) -> Directory:
    """The directory with the duty to report child sexual abuse in force from `day`: the edit of one line."""
    known = directory().duties
    changed = (replace(one, in_force_from=day) if one.id == SEXUAL_ABUSE else one for one in known.all)
    return replace(directory(), duties=Duties(all=tuple(changed)))


def tasks_on(found: Directory, day: date, *kinds: str) -> set[str]:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/London"))
    opening = Opening(
        area=found.area("bristol"),
        kinds=frozenset(kinds),
        centre=True,
        contact=True,
        urgent=False,
        filed=at,
        learned=at,
    )
    return {one.task.template for one in planned(found.tasks_for("bristol", day), opening, frozenset(), at=at)}


# Dates.


@pytest.mark.parametrize(("day", "holds"), [(BEFORE, False), (FIRST, True), (LAST, True), (AFTER, False)])
def test_a_duty_holds_from_its_first_day_to_its_last(day: date, holds: bool) -> None:
    assert duty(FIRST, LAST).in_force(day) is holds


@pytest.mark.parametrize("day", [date.min, TODAY, date.max])
def test_a_duty_that_nobody_confirmed_holds_on_no_day(day: date) -> None:
    assert not duty(None).in_force(day)


def test_a_duty_without_an_end_goes_on() -> None:
    assert duty(FIRST).in_force(date.max)


def test_a_task_of_two_duties_stays_while_one_of_them_holds() -> None:
    both = Duties(all=(duty(FIRST, LAST, "call"), replace(duty(LAST, None, "call"), id="other")))

    assert both.idle_tasks(BEFORE) == {"call"}
    assert both.idle_tasks(AFTER) == frozenset()


def test_a_duty_cannot_end_before_it_begins() -> None:
    for begins in (LAST, None):
        with pytest.raises(ValueError, match="until"):
            duty(begins, FIRST)


# The directory's own duties.


def test_the_duty_to_report_child_sexual_abuse_waits_until_its_beginning_is_confirmed() -> None:
    known = {one.id: one for one in directory().duties.all}

    assert known[SEXUAL_ABUSE].in_force_from is None
    assert {"safeguarding-children", "care-act-42", "data-complaints-process", "victims-code"} <= set(
        directory().duties.in_force(TODAY)
    )


def test_the_complaints_duty_begins_on_the_nineteenth_of_june() -> None:
    assert "data-complaints-process" not in directory().duties.in_force(BEFORE)
    assert "data-complaints-process" in directory().duties.in_force(FIRST)


def test_every_duty_names_a_page_with_a_date() -> None:
    assert [one.id for one in directory().duties.all if not any(page.dated for page in one.sources)] == []


def test_a_duty_that_waits_is_told_to_nobody() -> None:
    said = " ".join(english(line) for line in child_limits(a_start(), sexual=True))

    assert "keep children safe" in said
    assert "the police or the council" not in said


def test_moving_one_date_tells_people_of_the_duty_from_that_day() -> None:
    start = replace(a_start(), directory=switched_on(a_start().today))
    early = replace(start, today=start.today - timedelta(days=1))

    assert "some staff must tell the police or the council" in " ".join(map(english, child_limits(start, sexual=True)))
    assert "the police or the council" not in " ".join(map(english, child_limits(early, sexual=True)))
    assert "the police or the council" not in " ".join(map(english, child_limits(start)))


def test_where_no_duty_is_known_nothing_is_claimed_of_the_law() -> None:
    assert [english(line) for line in child_limits(START)] == [
        "Staff may have to tell others, so that someone under 18 is safe."
    ]


# What staff have to do.


def test_moving_one_date_gives_staff_the_task_from_that_day() -> None:
    found = switched_on(TODAY)

    assert NOTIFIED not in tasks_on(directory(), TODAY, "sexual", "child")
    assert NOTIFIED not in tasks_on(found, TODAY - timedelta(days=1), "sexual", "child")
    assert NOTIFIED in tasks_on(found, TODAY, "sexual", "child")
    assert NOTIFIED in tasks_on(found, TODAY, "told", "sexual", "child")


def test_the_duty_brings_no_task_for_adults_or_for_other_harm() -> None:
    found = switched_on(TODAY)

    assert NOTIFIED not in tasks_on(found, TODAY, "sexual")
    assert NOTIFIED not in tasks_on(found, TODAY, "verbal", "child")


@pytest.mark.parametrize("kinds", [("sexual", "child"), ("home", "child"), ("verbal", "child"), ("told", "child")])
def test_a_child_brings_staff_the_decision_about_the_childrens_team(kinds: tuple[str, ...]) -> None:
    brought = tasks_on(directory(), TODAY, *kinds)

    assert {"child-safeguarding", "safeguarding-decision"} <= brought
    assert brought - tasks_on(directory(), TODAY, *(kind for kind in kinds if kind != "child")) == {
        "child-safeguarding"
    }


def test_a_task_that_was_made_is_still_known_after_its_duty_ended() -> None:
    assert NOTIFIED in {one.id for one in directory().tasks_for("bristol")}


# The file.

TASKS = """\
- id: call
  sets: [told]
  words: Call them
  guidance: Safely.
  source: The framework
"""
DUTIES = """\
- id: tell
  name: Tell the council
  binds: [receivers]
  in_force_from: 2026-06-19
  until: 2026-06-25
  told: {en: They must tell., ar: يجب إخبارهم., pl: Muszą powiedzieć.}
  task: call
  sources:
    - {page: https://example.org/act, dated: 2026-06-01}
  checked: 2026-11-22
- id: wait
  name: Wait
  binds: [councils]
  in_force_from: null
  sources:
    - {page: https://example.org/act, dated: 2026-06-01}
  checked: 2026-11-22
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(tmp_path)
    (tmp_path / "national/tasks.yaml").write_text(TASKS, encoding="utf-8")
    (tmp_path / "national/duties.yaml").write_text(DUTIES, encoding="utf-8")
    return tmp_path


def test_the_file_is_read_and_a_country_without_one_has_no_duties(folder: Path) -> None:
    found = load(folder)

    assert [one.id for one in found.duties.all] == ["tell", "wait"]
    assert set(found.duties.in_force(FIRST)) == {"tell"}
    assert [one.id for one in found.tasks_for("easton", FIRST)] == ["call"]
    assert found.tasks_for("easton", AFTER) == ()
    (folder / "national/duties.yaml").unlink()
    assert load(folder).duties == Duties()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("in_force_from: 2026-06-19", "in_force_from: soon", "in_force_from: is neither a date like"),
        ("in_force_from: null", "name_of_day: null", "in_force_from: is missing"),
        ("until: 2026-06-25", "until: 2026-06-01", "until: it ends before it begins"),
        ("binds: [councils]", "binds: [everybody]", "binds"),
        ("binds: [councils]", "binds: []", "binds: somebody must be bound"),
        ("task: call", "task: sing", "task: sing is no task of the national layer"),
        ("- id: wait", "- id: tell", "id: tell is used already on line 1"),
        ("pl: Muszą powiedzieć.", "de: Sie müssen.", "told"),
        ("  name: Wait", "  nom: Wait", "nom: is not a known key"),
    ],
)
def test_every_mistake_is_named_with_its_line(folder: Path, old: str, new: str, fault: str) -> None:
    line = change(folder, "national/duties.yaml", old, new)
    found = [one for one in faults(folder) if fault in one]

    assert found
    assert min(abs(int(one.split(":")[1]) - line) for one in found) <= 3


def test_a_duty_whose_pages_have_no_date_is_refused(folder: Path) -> None:
    path = folder / "national/duties.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(", dated: 2026-06-01", ""), encoding="utf-8")

    assert len([one for one in faults(folder) if "no page says of which day it is" in one]) == 2


def test_an_area_has_no_duties_of_its_own(folder: Path) -> None:
    (folder / "easton/duties.yaml").write_text(DUTIES, encoding="utf-8")

    assert [one for one in faults(folder) if "easton/duties.yaml" in one and "not a file of the directory" in one]
