"""Which tasks a report brings and by when, and what keeps a task locked: the framework's branches, as rules."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.reports.task_rules import Standing, causes, said_in, standing
from bot.reports.tasks import NO_MORE, Kind, Note, Opening, Planned, Task, learned_at, months_later, planned
from services_directory.load import load
from services_directory.task_templates import TaskTemplate, sets_of
from tests.clock import A_MONDAY

LONDON = ZoneInfo("Europe/London")
DIRECTORY = load()
FRIDAY_NOON = datetime(2026, 11, 20, 12, tzinfo=LONDON)
MARCH_CHANGE = datetime(2027, 3, 26, 18, tzinfo=LONDON)  # the clock goes forward on the night to Sunday the 28th
CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28)})
ACCUSED = (
    "same-property", "homeless-services", "victims-wish", "accused-spoken-to", "kept-apart", "housing-service-told",
    "logged-as-alleged", "lone-working", "programmes-considered",
)  # fmt: skip


def opening(
    *kinds: str, area: str = "bristol", centre: bool = True, contact: bool = True, urgent: bool = False,
    at: datetime = FRIDAY_NOON, learned: datetime | None = None,
) -> Opening:  # fmt: skip
    return Opening(
        area=DIRECTORY.area(area),
        kinds=frozenset(kinds),
        centre=centre,
        contact=contact,
        urgent=urgent,
        filed=at,
        learned=learned or at,
    )


def tasks_of(one: Opening, holidays: frozenset[date] = frozenset()) -> dict[str, Planned]:
    found = planned(DIRECTORY.tasks_for(one.area.id), one, holidays, at=one.filed)
    return {each.task.template: each for each in found}


def due(one: Opening, task: str, holidays: frozenset[date] = frozenset()) -> datetime:
    found = tasks_of(one, holidays)[task].due_at
    assert found is not None
    return found.astimezone(LONDON)


@pytest.mark.parametrize(
    ("kinds", "sets"),
    [
        ({"told", "sexual"}, {"told"}),
        ({"told"}, {"told"}),
        ({"told", "home"}, {"told", "home"}),
        ({"told", "sexual", "home"}, {"told", "home"}),
        ({"verbal", "home"}, {"home"}),
        ({"sexual"}, {"sexual"}),
        ({"sexual", "home"}, {"sexual", "home"}),
        ({"home"}, {"home"}),
        ({"verbal", "graffiti"}, {"hate"}),
        (set(), {"hate"}),
    ],
)
def test_the_kind_of_report_decides_which_tasks_it_brings(kinds: set[str], sets: set[str]) -> None:
    assert sets_of(frozenset(kinds)) == sets


@pytest.mark.parametrize(
    "task",
    [
        "manager-told", "log-kept", "medical-and-police", "sarc-offered", "support-offered", "hate-referral-offered",
        "serious-incident-report", "safeguarding-decision", "third-party-agreed", "third-party-reported",
        "internal-report", "denial-asked", "same-property", "homeless-services", "victims-wish", "accused-spoken-to",
        "kept-apart", "logged-as-alleged", "lone-working", "review-3-months", "review-6-months",
    ],
)  # fmt: skip
def test_a_told_assault_brings_every_step_of_the_framework(task: str) -> None:
    assert task in tasks_of(opening("told", "sexual"))


@pytest.mark.parametrize("kinds", [("told", "home"), ("told", "sexual", "home"), ("home",), ("exposure", "sexual")])
def test_nobody_is_sent_to_a_partner_or_family_who_is_accused(kinds: tuple[str, ...]) -> None:
    found = tasks_of(opening(*kinds))

    assert not {*ACCUSED, "accused-heard", "witnesses-heard"} & set(found)
    assert ("trained-worker-home" if "home" in kinds else "trained-worker") in found


@pytest.mark.parametrize("kind", ["sexual", "home", "verbal"])
def test_of_a_child_nobody_asks_for_a_yes_or_speaks_to_the_accused(kind: str) -> None:
    found = tasks_of(opening("told", kind, "child"))

    assert not {*ACCUSED, "denial-asked", "third-party-agreed", "third-party-reported"} & set(found)
    assert {"child-safeguarding", "manager-told", "log-kept"} <= set(found)


def test_the_accused_is_heard_only_if_the_person_hurt_agrees() -> None:
    [template] = [one for one in DIRECTORY.tasks_for("bristol") if one.id == "accused-heard"]

    assert "only if the person hurt agrees" in template.words
    assert "Never for a partner or family." in template.guidance
    assert "child-safeguarding" in template.after  # which is decided first, where a child was hurt


def test_only_a_kind_of_report_keeps_a_task_away() -> None:
    [template] = [one for one in DIRECTORY.tasks_for("bristol") if one.id == "kept-apart"]

    with pytest.raises(ValueError, match="unless_kinds: must be some of"):
        replace(template, unless_kinds=frozenset({"partner"}))


def test_hate_told_to_a_worker_brings_no_sexual_assault_steps() -> None:
    found = tasks_of(opening("told"))

    assert not {"sarc-offered", "support-offered", "serious-incident-report"} & set(found)
    assert "manager-told" in found


@pytest.mark.parametrize("area", ["stockton", "telford", "walsall"])
def test_only_bristol_asks_for_a_serious_incident_report(area: str) -> None:
    assert "serious-incident-report" not in tasks_of(opening("told", "sexual", area=area))


def test_forty_eight_hours_run_through_weekend_and_clock_change() -> None:
    assert due(opening("told", "sexual"), "serious-incident-report") == datetime(2026, 11, 22, 12, tzinfo=LONDON)
    assert due(opening("told", "sexual", at=MARCH_CHANGE), "serious-incident-report") == datetime(
        2027, 3, 28, 19, tzinfo=LONDON
    )


def test_forty_eight_hours_begin_when_staff_learned_of_it() -> None:
    learned = FRIDAY_NOON - timedelta(hours=30)
    one = opening("told", "sexual", learned=learned)

    assert due(one, "serious-incident-report") == learned + timedelta(hours=48)
    assert due(one, "manager-told") == FRIDAY_NOON + timedelta(hours=1)


def test_working_days_skip_weekends_and_bank_holidays() -> None:
    christmas_eve = datetime(2026, 12, 24, 10, tzinfo=LONDON)

    assert due(opening(at=christmas_eve), "action-plan", CHRISTMAS) == datetime(2026, 12, 31, tzinfo=LONDON)
    assert due(opening(), "action-plan") == datetime(2026, 11, 25, tzinfo=LONDON)


def test_in_danger_the_first_contact_does_not_wait_for_monday() -> None:
    assert due(opening(urgent=True), "first-contact") == FRIDAY_NOON + timedelta(hours=24)
    assert due(opening(), "first-contact") == datetime(2026, 11, 24, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (datetime(2026, 11, 30, 9, tzinfo=LONDON), 3, datetime(2027, 2, 28, 9, tzinfo=LONDON)),
        (datetime(2026, 12, 31, 9, tzinfo=LONDON), 6, datetime(2027, 6, 30, 9, tzinfo=LONDON)),
        (datetime(2027, 1, 15, 9, tzinfo=LONDON), 3, datetime(2027, 4, 15, 9, tzinfo=LONDON)),  # summer time by then
        (datetime(2027, 9, 1, 9, tzinfo=LONDON), 6, datetime(2028, 3, 1, 9, tzinfo=LONDON)),
    ],
)
def test_reviews_come_on_the_same_day_months_later(start: datetime, months: int, end: datetime) -> None:
    assert months_later(start.astimezone(UTC), months, LONDON) == end


def test_who_may_not_be_contacted_has_no_contact_clock() -> None:
    assert not {"first-contact", "interview", "action-plan", "update-given"} & set(tasks_of(opening(contact=False)))


def test_only_a_reporting_centre_notifies_and_decides_with_others() -> None:
    assert "monitoring-notified" in tasks_of(opening())
    assert not {"monitoring-notified", "multi-agency-decision"} & set(tasks_of(opening(centre=False)))


def test_types_nobody_tapped_hide_no_task() -> None:
    assert "graffiti-removed" in tasks_of(opening())
    assert "graffiti-removed" in tasks_of(opening("graffiti", "verbal"))
    assert "graffiti-removed" not in tasks_of(opening("verbal"))


def test_warnings_that_are_over_at_once_are_not_given_later() -> None:
    found = tasks_of(opening("told", "sexual"))

    assert found["serious-incident-report"].warned == 0
    assert found["internal-report"].warned == NO_MORE  # nobody is warned of what is no hard clock
    late = tasks_of(opening("told", "sexual", learned=FRIDAY_NOON - timedelta(hours=38)))
    assert late["serious-incident-report"].warned == 2


@pytest.mark.parametrize(
    ("stored", "learned"),
    [
        ({"precision": "minute", "day": "2026-11-20", "at": "09:15"}, datetime(2026, 11, 20, 9, 15, tzinfo=LONDON)),
        ({"precision": "yesterday", "day": "2026-11-19"}, datetime(2026, 11, 19, tzinfo=LONDON)),
        ({"precision": "minute", "day": "2026-11-20", "at": "23:00"}, FRIDAY_NOON),  # never after it was sent
        ({"precision": "week"}, FRIDAY_NOON),
        ({"precision": "month-of", "day": "2026-11-01"}, FRIDAY_NOON),
        (None, FRIDAY_NOON),
    ],
)
def test_staff_learned_of_it_when_the_worker_said_so(stored: object, learned: datetime) -> None:
    assert learned_at(stored, FRIDAY_NOON, LONDON) == learned


# What keeps a task locked.


def told(answers: Mapping[str, object] = {}, *, open: str = "", **decided: str) -> Standing:  # only read
    named = {name.replace("_", "-"): fact for name, fact in decided.items()}
    templates = DIRECTORY.tasks_for("bristol")
    return standing(templates, open=frozenset(open.split()), decided=named, answers=answers)


@pytest.mark.parametrize("task", ACCUSED)
def test_where_the_person_named_denies_it_nothing_touches_the_accused(task: str) -> None:
    denied = told({"denied": "yes", "same_property": "yes"})

    assert any("says that it did not happen" in cause for cause in causes(task, denied))


@pytest.mark.parametrize("task", ["sarc-offered", "manager-told", "safeguarding-decision", "serious-incident-report"])
def test_step_one_is_never_locked(task: str) -> None:
    assert causes(task, told({"denied": "yes"})) == ()


def test_the_same_property_leads_to_the_wish_and_then_to_the_accused() -> None:
    same = told({"same_property": "yes"}, open="victims-wish accused-spoken-to")

    assert causes("victims-wish", same) == ()
    assert causes("accused-spoken-to", same) == (
        "“Ask the person who was hurt whether they want to stay or move, and see that they are safe tonight” is not "
        "closed yet.",
    )
    assert causes("accused-spoken-to", told({"same_property": "yes"}, open="accused-spoken-to")) == ()
    assert causes("homeless-services", same)


def test_another_property_leads_to_the_look_up_and_no_further() -> None:
    other = told({"same_property": "no"})

    assert causes("homeless-services", other) == ()
    assert "was decided: No, somewhere else." in causes("accused-spoken-to", other)[0]
    assert causes("housing-service-told", told({"same_property": "no", "homeless_services": "yes"})) == ()
    assert causes("housing-service-told", told({"same_property": "no", "homeless_services": "no"}))


def test_what_staff_decide_stands_above_what_the_report_says() -> None:
    assert causes("victims-wish", told({"same_property": "yes"}, same_property="other-property"))
    assert causes("same-property", told({"denied": "yes"}, denial_asked="person-confirms")) == ()


def test_nothing_decided_is_said_as_not_decided() -> None:
    assert causes("victims-wish", told()) == (
        "“Find out whether the person accused lives in the same property” is not decided yet.",
    )


def test_a_third_party_report_waits_for_what_was_agreed() -> None:
    no = {"police": "no"}

    assert causes("third-party-reported", told(no, open="third-party-agreed"))
    assert causes("third-party-reported", told(no)) == ()
    assert causes("third-party-reported", told({"police": "self"}))


def test_a_risk_of_lone_working_is_shown_to_everybody() -> None:
    assert told().warns == ()
    assert told(lone_working="lone-working-risk").warns == (
        "Do not visit or work alone with a person accused in this case.",
    )


def test_several_tapped_answers_say_what_each_of_them_says() -> None:
    [template] = [one for one in DIRECTORY.tasks_for("bristol") if one.id == "same-property"]

    assert said_in(template, {"same_property": {"chosen": ["yes"], "done": True}}) == "same-property"
    assert said_in(template, {"same_property": None}) == ""


def test_tasks_and_entries_are_read_as_they_were_written() -> None:
    task = Task(words="Ring Amīna", template="log-kept", respondent=2)
    note = Note(kind=Kind.DONE, words="„so“", evidence=(("Reference", "BCC-1"),), outcome="same-property")

    assert Task.from_bytes(task.to_bytes()) == task
    assert Note.from_bytes(note.to_bytes()) == note
    with pytest.raises(ValueError, match="version"):
        Task.from_bytes(b'{"v": 2}')


# The templates as data.


def every(area: str) -> tuple[TaskTemplate, ...]:
    return DIRECTORY.tasks_for(area)


@pytest.mark.parametrize("area", [area.id for area in DIRECTORY.areas])
def test_no_form_has_more_fields_than_the_console_reads(area: str) -> None:
    assert max(len(template.asks) for template in every(area)) < 15


def test_what_is_only_a_question_to_consider_is_optional() -> None:
    optional = {template.id for template in every("bristol") if template.optional}

    assert optional == {"review-3-months", "review-6-months", "programmes-considered"}


def test_our_reading_of_question_four_stands_beside_the_task() -> None:
    [template] = [one for one in every("bristol") if one.id == "accused-spoken-to"]

    assert "no question 4: we read it as step 2" in template.guidance
    assert template.respondents


def test_every_open_task_of_a_new_report_is_due_after_it_came() -> None:
    for kinds in (("told", "sexual"), ("sexual",), ("home",), ()):
        for one in tasks_of(opening(*kinds, at=A_MONDAY)).values():
            assert one.due_at is None or one.due_at > A_MONDAY
