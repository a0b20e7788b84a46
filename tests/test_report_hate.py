"""Hate in a report: how it fits, who sees it so, a series and the review it gives a right to, effects and dangers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.report import report
from dialogs.report_series import Times, month_after, near_its_end
from dialogs.when import Moment
from services_directory.model import Directory
from tests.dialog_world import EASTON, START, TODAY, Amina, english
from tests.reporting import AREAS, amina_in, area, asked, faults, is_asked_about, offered, picks, sent, shares, told

DAY_25 = "26 October 2026"  # of the month after it, on the day these tests take place
EVERYWHERE = {"race", "nationality", "religion", "disability", "orientation", "transgender", "traveller", "migrant"}
LOCAL = {
    "bristol": {"gender", "age"},
    "stockton": {"gender", "age", "subculture"},
    "telford": {"gender", "age", "subculture"},
    "walsall": set[str](),
}


def amina_says_when(place: str, *days: str, happened: str = "few") -> Amina:
    """The first of `days` is when it happened, the others when it happened before."""
    amina = amina_in(place).skips_to("when").types(days[0]).skips_to("repeated").taps(happened)
    for number, day in enumerate(days[1:], start=1):
        amina.skips_to(f"earlier[{number}]").types(day)
    return amina


@pytest.mark.parametrize("place", AREAS)
def test_every_area_offers_its_own_strands_beside_those_of_the_country(place: str) -> None:
    strands = offered(amina_in(place).skips_to("strands"))

    assert strands >= EVERYWHERE
    assert strands & {"gender", "age", "subculture", "sex-work"} == LOCAL[place]


def test_selling_sex_is_a_strand_where_it_is_recorded() -> None:
    directory = Directory(areas=(replace(EASTON, strands=frozenset({"sex-work"})),), national=())
    amina = Amina(report, replace(START, directory=directory)).taps("yes", "self", "easton", "on").types("He hit me.")

    assert "sex-work" in offered(amina.taps("done", "more").skips_to("strands"))


def test_it_counts_if_they_only_thought_so() -> None:
    amina = picks(amina_in("bristol").skips_to("strands"), "religion")

    assert "You need not say who anyone is." in amina.reads()
    assert told(sent(picks(amina, "thought", "company")))["fits"] == ("They only thought so Because of who was with me")


def test_a_helper_reads_about_that_person_not_about_themself() -> None:
    amina = picks(amina_in("bristol", "for-someone").skips_to("strands"), "disability")

    assert told(sent(picks(amina, "is-so")))["fits"] == "It is part of who they are"


@pytest.mark.parametrize(("role", "answers"), [("witness", ()), ("for-someone", ("no",)), ("for-someone", ("cannot",))])
def test_nobody_is_outed_by_somebody_else(role: str, answers: tuple[str, ...]) -> None:
    amina = picks(amina_in("bristol", role, *answers).skips_to("strands"), "orientation")

    assert "fits" not in asked(amina.skips_to("check[1]"))


def test_a_witness_says_who_sees_it_as_hate() -> None:
    amina = picks(amina_in("walsall", "witness").skips_to("strands"), "race")

    assert amina.question == "perceived_by"
    assert told(sent(picks(amina, "teller", "other")))["perceived_by"] == "I do Someone else"


@pytest.mark.parametrize("strand", ["none", "unsure"])
def test_somebody_else_may_see_hate_where_the_person_does_not(strand: str) -> None:
    amina = picks(amina_in("walsall").skips_to("strands"), strand)

    assert "Does anyone else think it was hate?" in amina.reads()
    assert told(sent(amina.taps("yes")))["others_think"] == "Yes"


def test_who_skips_what_it_was_about_is_not_asked_around_it() -> None:
    path = asked(amina_in("walsall").skips_to("check[1]"))

    assert not {"fits", "perceived_by", "others_think"} & set(path)


@pytest.mark.parametrize(
    ("place", "strand", "agency"),
    [
        ("stockton", "transgender", "hart-gables-advocates"),
        ("stockton", "orientation", "hart-gables-advocates"),
        ("bristol", "disability", "brandon-trust"),
    ],
)
def test_a_charity_for_some_is_offered_to_those_who_say_so(place: str, strand: str, agency: str) -> None:
    said = picks(amina_in(place).skips_to("strands"), strand)
    silent = amina_in(place)

    assert "You could also have help from" in shares(said, {}, contact=True)[agency]
    assert agency not in shares(silent, {}, contact=True)


def test_a_charity_for_some_is_not_offered_to_who_may_not_be_called() -> None:
    amina = picks(amina_in("stockton").skips_to("strands"), "orientation")

    assert "hart-gables-advocates" not in is_asked_about(amina)


def test_earlier_days_are_asked_for_one_by_one_until_skipped() -> None:
    amina = amina_says_when("bristol", "10 November 2026", "3 November 2026", "20 October 2026")

    assert amina.question == "earlier[3]"
    amina.skips_to("place")
    lines = told(sent(amina))
    assert [id for id in lines if id.startswith("earlier")] == ["earlier[1]", "earlier[2]"]
    assert lines["earlier[2]"] == "2026-10-20"


def test_after_many_times_the_last_one_is_asked_for_first() -> None:
    amina = amina_in("bristol").skips_to("when").taps("many").skips_to("earlier[1]")

    assert "When was the last time?" in amina.reads()
    assert "When was the time before that?" in amina.types("10 November 2026").reads()


@pytest.mark.parametrize("rough", ["longer", "many", "unsure"])
def test_a_time_that_is_no_day_ends_the_list(rough: str) -> None:
    amina = amina_says_when("bristol", "10 November 2026").skips_to("earlier[1]").taps(rough)

    assert amina.question == "place"


def test_the_list_of_days_comes_to_an_end() -> None:
    amina = amina_says_when("bristol", "9 November 2026", *(f"{day} November 2026" for day in (8, 7, 6, 5, 4)))

    assert amina.question == "place"


@pytest.mark.parametrize("place", AREAS)
def test_the_third_time_in_six_months_brings_the_areas_case_review(place: str) -> None:
    amina = amina_says_when(place, "10 November 2026", "3 November 2026", "20 June 2026").skips_to(
        "onward[case-review]"
    )

    assert "You may have a case review." in amina.reads()
    assert english(area(place).case_review) in amina.reads()
    assert "1. 2026-06-20 2. 2026-11-03 3. 2026-11-10" in amina.reads()
    assert faults(amina) == []
    assert amina.taps("on").question == "affected"


@pytest.mark.parametrize(
    "days",
    [
        ("10 November 2026", "3 November 2026"),
        ("10 November 2026", "3 November 2026", "10 May 2026"),
        ("10 November 2026", "3 November 2026", "2025"),
    ],
)
def test_fewer_times_in_six_months_bring_no_review(days: tuple[str, ...]) -> None:
    assert "onward[case-review]" not in asked(amina_says_when("walsall", *days).skips_to("check[1]"))


@pytest.mark.parametrize(("often", "reviewed"), [("daily", True), ("weekly", True), ("monthly", True), ("less", False)])
def test_what_happens_every_month_is_enough_for_a_review(often: str, reviewed: bool) -> None:
    amina = amina_in("telford").skips_to("when").taps("many").skips_to("how_often").taps(often)

    assert ("onward[case-review]" in asked(amina.skips_to("check[1]"))) is reviewed


@pytest.mark.parametrize("place", AREAS)
def test_near_day_25_the_end_of_the_month_is_told(place: str) -> None:
    amina = amina_says_when(place, "15 November 2026", DAY_25, "20 June 2026").skips_to("onward[case-review]")

    assert "For 2026-10-26, that is 6 more days, until 2026-11-26." in amina.reads()
    assert faults(amina) == []


def test_on_the_last_day_of_the_month_it_is_said_so() -> None:
    amina = amina_says_when("bristol", "15 November 2026", "20 October 2026", "20 June 2026")

    assert "For 2026-10-20, today is the last day." in amina.skips_to("onward[case-review]").reads()
    assert faults(amina) == []


def test_what_an_office_heard_in_time_needs_no_hurry() -> None:
    amina = amina_says_when("bristol", "15 November 2026", DAY_25, "20 June 2026").skips_to("told")
    picks(amina, "police").types("27 October 2026").skips_to("onward[case-review]")

    assert "within a month" not in amina.reads().partition("1. ")[2]


def test_what_an_office_heard_before_it_happened_does_not_count() -> None:
    amina = amina_says_when("bristol", "15 November 2026", DAY_25, "20 June 2026").skips_to("told")
    picks(amina, "police").types("1 October 2026").skips_to("onward[case-review]")

    assert "until 2026-11-26" in amina.reads()


def test_the_month_of_a_long_month_ends_with_the_short_one() -> None:
    assert month_after(date(2027, 1, 31)) == date(2027, 2, 28)
    assert month_after(date(2026, 12, 5)) == date(2027, 1, 5)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 40))
def test_a_warning_comes_only_in_the_last_days_of_the_month(day: date, later: int) -> None:
    today = day + timedelta(days=later)
    near = near_its_end([day], [], today)

    assert near is None or (later >= 20 and today <= month_after(day))
    assert near is not None or not 20 <= later <= 27


@given(st.lists(st.dates(TODAY - timedelta(days=500), TODAY), max_size=6))
def test_a_review_needs_three_times_within_half_a_year(days: list[date]) -> None:
    moments = [Moment(precision="day", day=day) for day in days]
    times = Times(last=moments[0] if moments else Moment(), earlier=tuple(moments[1:]), repeated=True)

    assert times.enough_for_review(TODAY) == (sum((TODAY - day).days <= 183 for day in days) >= 3)
    assert times.days == tuple(sorted(set(days)))


def test_each_office_has_its_own_day_and_number() -> None:
    amina = picks(amina_in("stockton").skips_to("told"), "police", "council", "family")
    assert "When were the police told?" in amina.reads()
    amina.types("11 November 2026").types("CP-77")
    assert "When was the council told?" in amina.reads()
    amina.taps("yesterday").types("ASB 12")

    lines = told(sent(amina))
    assert (lines["told_when[police]"], lines["told_reference[police]"]) == ("2026-11-11", "CP-77")
    assert (lines["told_when[council]"], lines["told_reference[council]"]) == ("Yesterday", "ASB 12")
    assert "told_when[landlord]" not in lines


def test_only_somebody_who_sent_a_report_is_asked_for_its_code() -> None:
    amina = amina_says_when("bristol", "10 November 2026").skips_to("told_us")

    assert amina.taps("no").question == "affected"
    once = amina_in("bristol").skips_to("repeated").taps("first")
    assert "told_us" not in asked(once.skips_to("check[1]"))


@pytest.mark.parametrize("risk", ["kill", "weapon", "worse", "home", "self-harm"])
def test_a_danger_puts_a_report_first_and_shows_no_score(risk: str) -> None:
    amina = picks(amina_in("bristol").skips_to("urgent"), risk)

    assert "In danger now, call 999" in amina.reads()
    assert faults(amina) == []
    filed = sent(amina)
    assert filed.urgent
    assert not any(sign.isdigit() for sign in told(filed)["urgent"])


@pytest.mark.parametrize("risk", ["near", "several", "inside", "care", "alone", "meeting", "none"])
def test_what_is_no_danger_now_is_kept_and_hurries_nobody(risk: str) -> None:
    filed = sent(picks(amina_in("bristol").skips_to("urgent"), risk))

    assert not filed.urgent
    assert told(filed)["urgent"]


def test_thoughts_of_self_harm_bring_people_to_talk_to() -> None:
    amina = picks(amina_in("walsall").skips_to("urgent"), "self-harm")

    assert "You need not be alone with this." in amina.reads()
    assert "Samaritans: call 116 123" in amina.reads()


def test_effects_others_and_wishes_stand_in_the_facts() -> None:
    amina = picks(amina_in("telford").skips_to("affected"), "children", "group")
    picks(amina.skips_to("effects"), "hiding", "money")
    filed = sent(picks(amina, "company", "record"))

    assert told(filed)["affected"] == "Children Many people of the same group"
    assert told(filed)["effects"] == "Hiding a part of oneself It cost money"
    assert told(filed)["help"] == "Someone to come along Only that it is recorded"


def test_an_interpreter_is_never_family_and_never_has_to_be_from_the_community() -> None:
    amina = amina_in("bristol").skips_to("contact").taps("yes", "text").types("07700 900123").skips_to("interpreter")

    assert "It is never someone from your family, a friend or a child." in amina.reads()
    amina.taps("sign")
    assert "Which language and dialect?" in amina.reads()
    amina.types("Ukrainian Sign Language, Kharkiv")
    assert "No interpreter or helper has to be from your community." in amina.reads()
    assert "not-community" in offered(amina)
