"""Who is signposted where: a few services, best first, with reasons; never empty, never a guess about anybody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services_directory.calendar import england
from services_directory.codes import Answer
from services_directory.hours import Closed, Open
from services_directory.load import load
from services_directory.model import Directory
from services_directory.needs import LONGEST_LABEL, Need
from services_directory.service import Ages, Service
from services_directory.signpost import Because, Match, Seeker, signposts
from services_directory.suiting import Search
from services_directory.wording import LOCALES
from tests.made_up import ALWAYS, OFFICE, a_directory, a_service, of_size, wording

DIRECTORY = load()
AREAS = [area.id for area in DIRECTORY.areas]
NEEDS = [need.id for need in DIRECTORY.needs]
HOLIDAYS = england((2026, 2027))
MONDAY = datetime(2026, 11, 23, 11, tzinfo=UTC)
SUNDAY_NIGHT = datetime(2026, 11, 22, 3, tzinfo=UTC)
HELPLINE = a_service("helpline", name="Helpline", kinds=frozenset({"hate-crime", "victim-care"}), hours=ALWAYS)


def found(directory: Directory = DIRECTORY, limit: int = 5, **said: Any) -> tuple[Match, ...]:
    usual: dict[str, Any] = {"need": "hate", "area": "bristol", "at": MONDAY}
    return signposts(directory, Seeker(**usual | said), HOLIDAYS, limit=limit)


def ids(directory: Directory = DIRECTORY, limit: int = 5, **said: Any) -> list[str]:
    return [match.service.id for match in found(directory, limit, **said)]


def reasons(service: str, directory: Directory = DIRECTORY, **said: Any) -> tuple[Because, ...]:
    return next(match.because for match in found(directory, 50, **said) if match.service.id == service)


@pytest.mark.parametrize("area", [None, *AREAS])
@pytest.mark.parametrize("need", ["", *NEEDS])
@pytest.mark.parametrize("at", [MONDAY, SUNDAY_NIGHT, datetime(2026, 12, 25, 12, tzinfo=UTC)])
def test_somebody_answers_whatever_the_need_and_the_hour(area: str | None, need: str, at: datetime) -> None:
    matches = found(area=area, need=need, at=at)

    assert any(isinstance(match.state, Open) and (match.service.phone or match.service.text_sms) for match in matches)


@pytest.mark.parametrize("need", DIRECTORY.needs, ids=lambda need: need.id)
def test_a_need_is_a_button_in_every_language_and_falls_back_on_somebody(need: Need) -> None:
    fallback = [DIRECTORY.service(id) for id in need.fallback]

    assert {len(need.label.in_(locale)) <= LONGEST_LABEL for locale in LOCALES} == {True}
    assert {bool(need.words[locale]) for locale in LOCALES} == {True}
    assert {service.area for service in fallback} == {"national"}
    assert any(service.reachable and not service.communities for service in fallback)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ({"need": "hate"}, "bhcds"),
        ({"need": "sexual-violence"}, "safe-link"),
        ({"need": "sexual-violence", "days_ago": 2}, "the-bridge-sarc"),
        ({"need": "sexual-violence", "days_ago": 10}, "the-bridge-sarc"),
        ({"need": "sexual-violence", "days_ago": 11}, "safe-link"),
        ({"need": "sexual-violence", "area": "stockton", "days_ago": 0}, "sarc-teesside"),
        ({"need": "sarc"}, "the-bridge-sarc"),
        ({"need": "very-low"}, "samaritans"),
        ({"need": "sex-work"}, "one25"),
        ({"need": "sexual-violence", "days_ago": 1, "age": "13-15"}, "childline"),
        ({"need": "hate", "age": "under-13"}, "childline"),
        ({"need": "forced-work"}, "modern-slavery-helpline"),
        ({"need": "forced-marriage"}, "karma-nirvana"),
        ({"need": "adult-care"}, "bristol-care-direct"),
    ],
)
def test_a_person_in_need_is_sent_to_the_right_place_first(said: dict[str, Any], first: str) -> None:
    assert first == ids(**said)[0]


def test_sexual_violence_out_of_hate_adds_those_who_help_after_hate() -> None:
    crowd = [a_service(f"crowd-{number}", kinds=frozenset({"sexual-violence"}), hours=ALWAYS) for number in range(9)]
    closed = a_service("hate", kinds=frozenset({"hate-crime", "reporting-centre"}), hours=OFFICE)
    said: dict[str, Any] = {"need": "sexual-violence", "at": SUNDAY_NIGHT}

    assert ["hate" in ids(a_directory(*crowd, closed), **said, hate=hate) for hate in (False, True)] == [False, True]
    assert "bhcds" in ids(need="sexual-violence", days_ago=1, hate=True)


@pytest.mark.parametrize(("days", "recent"), [(None, False), (0, True), (10, True), (11, False)])
def test_a_centre_that_says_nothing_else_is_urgent_for_ten_days(days: int | None, recent: bool) -> None:
    centre = a_service("centre", kinds=frozenset({"health-sarc", "sexual-violence"}))
    why = reasons("centre", a_directory(HELPLINE, centre), need="sexual-violence", days_ago=days)

    assert recent == (Because.RECENT in why)


def test_where_a_partner_did_it_domestic_abuse_services_are_there_too() -> None:
    alone, partner = ids(need="sexual-violence"), ids(need="sexual-violence", partner=True)

    assert ("national-domestic-abuse-helpline" in alone, "national-domestic-abuse-helpline" in partner) == (False, True)


def test_after_an_assault_a_centre_is_named_even_without_a_number() -> None:
    assert "horizon-sarc" in ids(need="sexual-violence", area="walsall", days_ago=200)


def test_a_service_without_a_number_comes_with_who_puts_people_through() -> None:
    [match] = [match for match in found(need="rights") if match.service.id == "bristol-law-centre"]

    assert match.through == DIRECTORY.service("bhcds")
    assert Because.PUTS_THROUGH in match.because


def test_a_service_nobody_can_reach_or_be_put_through_to_is_left_out() -> None:
    lost = a_service("lost", phone=None)

    assert "lost" not in ids(a_directory(HELPLINE, lost))


def test_reachable_services_come_before_those_behind_another() -> None:
    behind = a_service("behind", phone=None, through="helpline", kinds=frozenset({"hate-crime", "reporting-centre"}))

    assert ids(a_directory(HELPLINE, local=(behind,))) == ["helpline", "behind"]


def test_a_man_is_not_sent_through_a_women_s_helpline() -> None:
    women = a_service("women", kinds=frozenset({"domestic-abuse"}), genders=frozenset({"women"}))
    behind = a_service("behind", phone=None, through="women", kinds=frozenset({"domestic-abuse"}))
    directory = a_directory(HELPLINE, women, behind)

    assert {"women", "behind"} <= set(ids(directory, need="partner-family"))
    assert not {"women", "behind"} & set(ids(directory, need="partner-family", communities=frozenset({"men"})))


def test_somebody_of_no_stated_gender_is_offered_every_service() -> None:
    women, men = a_service("women", genders=frozenset({"women"})), a_service("men", genders=frozenset({"men"}))

    assert {"women", "men"} <= set(ids(a_directory(HELPLINE, women, men)))


@pytest.mark.parametrize(("band", "offered"), [("under-13", False), ("13-15", False), ("16-17", True), ("", True)])
def test_a_service_is_offered_only_at_the_ages_it_helps(band: str, offered: bool) -> None:
    from_sixteen = a_service("from-sixteen", ages=Ages(least=16))

    assert offered == ("from-sixteen" in ids(a_directory(HELPLINE, from_sixteen), age=band))


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ({}, False),
        ({"partner": True}, False),
        ({"safe_phone": True}, False),
        ({"partner": True, "safe_phone": True}, True),
    ],
)
def test_a_gated_service_needs_each_of_its_gates(said: dict[str, bool], offered: bool) -> None:
    app = a_service("app", only_for=frozenset({"partner", "safe-phone"}))

    assert offered == ("app" in ids(a_directory(HELPLINE, app), **said))


def test_an_app_is_not_offered_while_it_is_unknown_who_reads_the_phone() -> None:
    offered = [ids(need="partner-family", partner=True, safe_phone=safe, limit=50) for safe in (None, False, True)]

    assert ["bright-sky-app" in each for each in offered] == [False, False, True]


def test_a_community_service_is_offered_to_those_who_chose_it_alone() -> None:
    chosen, others = ids(communities=frozenset({"muslim"})), ids(limit=50)

    assert ("tell-mama" in chosen, "tell-mama" in others) == (True, False)
    assert Because.FOR_YOUR_COMMUNITY in reasons("tell-mama", communities=frozenset({"muslim"}))


def test_choosing_a_need_of_a_community_opens_its_services_and_says_nothing_of_it() -> None:
    assert "galop" in ids(need="lgbt")
    assert Because.FOR_YOUR_COMMUNITY not in reasons("galop", need="lgbt")


def test_those_for_everybody_are_not_crowded_out_by_communities() -> None:
    crowd = [a_service(f"for-us-{number}", communities=frozenset({"lgbt"})) for number in range(9)]

    assert "helpline" in ids(a_directory(HELPLINE, *crowd), communities=frozenset({"lgbt"}))


def test_a_young_person_still_hears_who_answers_what_they_came_for() -> None:
    for need in NEEDS:
        need_kinds = next(each.kinds for each in DIRECTORY.needs if each.id == need) - {"children"}
        matches = found(need=need, age="16-17")

        assert not need_kinds or any(need_kinds & match.service.kinds for match in matches)
        assert any("children" in match.service.kinds for match in matches[:2])


def test_local_comes_before_national_where_all_else_is_equal() -> None:
    here, everywhere = a_service("here"), a_service("everywhere")

    assert ids(a_directory(everywhere, local=(here,))) == ["here", "everywhere"]
    assert reasons("here", a_directory(everywhere, local=(here,))) == (Because.LOCAL,)
    assert reasons("everywhere", a_directory(everywhere, local=(here,))) == (Because.NATIONAL,)


def test_the_services_of_another_area_are_not_offered() -> None:
    assert "here" not in ids(a_directory(HELPLINE, local=(a_service("here"),)), area="stockton")


def test_specific_comes_before_general() -> None:
    general = a_service("general", kinds=frozenset({"hate-crime", "housing", "legal", "mental-health"}))
    specific = a_service("specific", kinds=frozenset({"hate-crime"}))

    assert ids(a_directory(general, specific)) == ["specific", "general"]


def test_charities_come_before_the_police_unless_the_police_is_wanted() -> None:
    directory = a_directory(a_service("police", kinds=frozenset({"hate-crime", "police"})), a_service("charity"))

    assert ids(directory) == ["charity", "police"]
    assert ids(directory, need="police-victim-care") == ["police"]


def test_a_closed_list_comes_last_and_says_so() -> None:
    full = a_service("full", taking=Answer.NO, kinds=frozenset({"hate-crime", "reporting-centre"}))
    directory = a_directory(HELPLINE, a_service("behind", phone=None, through="helpline"), local=(full,))

    assert ids(directory)[-1] == "full"
    assert Because.NOT_TAKING in reasons("full", directory)


def test_who_speaks_the_language_comes_first_and_english_needs_no_reason() -> None:
    polish = a_service("polish", languages=frozenset({"pl", "en"}))
    interpreted = a_service("interpreted", interpreters=Answer.YES)
    directory = a_directory(interpreted, polish)

    assert ids(directory, language="pl-PL") == ["polish", "interpreted"]
    assert Because.YOUR_LANGUAGE in reasons("polish", directory, language="pl")
    assert Because.INTERPRETERS in reasons("interpreted", directory, language="pl")
    assert reasons("polish", directory, language="en") == (Because.NATIONAL,)


def test_a_wish_for_a_woman_or_a_man_is_met_where_one_can_ask() -> None:
    asked = a_service("asked", worker_genders=Answer.YES)

    assert ids(a_directory(a_service("others"), asked), worker="woman") == ["asked", "others"]
    assert Because.WORKER in reasons("asked", a_directory(asked), worker="woman")


@pytest.mark.parametrize(
    ("at", "first"),
    [
        (datetime(2026, 3, 27, 8, 59, tzinfo=UTC), "always"),  # Friday, winter time: a minute before nine
        (datetime(2026, 3, 27, 9, 0, tzinfo=UTC), "office"),
        (datetime(2026, 3, 30, 8, 0, tzinfo=UTC), "office"),  # Monday after the clocks went forward: nine in London
        (datetime(2026, 3, 30, 7, 59, tzinfo=UTC), "always"),
        (datetime(2026, 10, 26, 8, 30, tzinfo=UTC), "always"),  # Monday after they went back: half past eight
        (datetime(2026, 12, 25, 12, 0, tzinfo=UTC), "always"),  # Christmas Day, a Friday
        (datetime(2026, 12, 28, 12, 0, tzinfo=UTC), "always"),  # the day given for Boxing Day, a Saturday
        (datetime(2026, 12, 29, 12, 0, tzinfo=UTC), "office"),
    ],
)
def test_who_is_there_now_comes_first_through_clock_changes_and_holidays(at: datetime, first: str) -> None:
    kinds = frozenset({"hate-crime", "reporting-centre"})
    office, always = a_service("office", hours=OFFICE, kinds=kinds), a_service("always", hours=ALWAYS, kinds=kinds)

    assert first == ids(a_directory(always, local=(office,)), at=at)[0]


def test_an_open_service_says_so_and_a_closed_one_when_it_opens() -> None:
    directory = a_directory(HELPLINE, a_service("office", hours=OFFICE))
    [closed] = [match for match in found(directory, at=SUNDAY_NIGHT) if match.service.id == "office"]

    assert Because.OPEN_NOW in reasons("office", directory)
    assert isinstance(closed.state, Closed)
    assert closed.state.opens is not None
    assert closed.state.opens - SUNDAY_NIGHT == timedelta(days=1, hours=6)


@pytest.mark.parametrize(
    ("at", "first"),
    [
        (MONDAY, "here"),
        (SUNDAY_NIGHT, "helpline"),
        (datetime(2026, 7, 6, 15, 59, tzinfo=UTC), "here"),  # a minute before five in London, in summer
        (datetime(2026, 7, 6, 16, 0, tzinfo=UTC), "helpline"),
        (datetime(2026, 7, 6, 8, 0, tzinfo=UTC), "here"),
        (datetime(2026, 12, 25, 12, 0, tzinfo=UTC), "helpline"),
    ],
)
def test_who_gives_no_hours_is_first_only_when_offices_are_open(at: datetime, first: str) -> None:
    directory = a_directory(HELPLINE, local=(a_service("here", kinds=frozenset({"hate-crime", "reporting-centre"})),))

    assert first == ids(directory, at=at)[0]


def test_999_is_named_when_nobody_else_is_there() -> None:
    emergency = a_service("emergency", kinds=frozenset({"emergency"}), hours=ALWAYS)
    office = a_service("office", hours=OFFICE)

    assert "emergency" in ids(a_directory(office, emergency), at=SUNDAY_NIGHT)
    assert "emergency" not in ids(a_directory(office, emergency))
    assert Because.EMERGENCY in reasons("emergency", a_directory(office, emergency), at=SUNDAY_NIGHT)


def test_a_directory_without_999_still_names_somebody() -> None:
    assert ids(a_directory(a_service("other", kinds=frozenset({"housing"})))) == ["other"]


@pytest.mark.parametrize("limit", [1, 3, 5, 50])
def test_no_more_are_named_than_were_asked_for(limit: int) -> None:
    assert 1 <= len(ids(need="sexual-violence", partner=True, hate=True, days_ago=1, age="16-17", limit=limit)) <= limit


def test_what_a_person_said_is_not_in_a_traceback() -> None:
    seeker = Seeker(need="sex-work", age="16-17", communities=frozenset({"lgbt"}), days_ago=1, partner=True, at=MONDAY)

    assert [word for word in ("sex-work", "16-17", "lgbt", "partner") if word in repr(seeker)] == []


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="a moment needs a time zone"):
        Seeker(at=datetime(2026, 11, 23, 11))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"label": wording("x" * 31)}, "label: longer than 30 characters"),
        ({"kinds": frozenset()}, "kinds: "),
        ({"fallback": ()}, "fallback: "),
        ({"communities": frozenset({"vikings"})}, "communities: vikings is none of"),
    ],
)
def test_a_need_that_leads_nowhere_is_refused(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        replace(DIRECTORY.needs[0], **wrong)


def test_a_service_for_staff_cannot_be_among_them() -> None:
    staff = {service.id for service in DIRECTORY.staff_services}
    everything = {id for need in NEEDS for area in AREAS for id in ids(need=need, area=area, limit=500)}

    assert staff
    assert not staff & everything
    assert all(isinstance(service, Service) for service in DIRECTORY.index.services)


def test_only_the_services_of_a_person_s_own_area_and_country_are_looked_at() -> None:
    seeker = Seeker(need="hate", area="area-0", at=MONDAY)
    small, large = (len(Search.of(of_size(number).index, seeker, HOLIDAYS).candidates) for number in (300, 3_000))

    assert 0 < small <= large <= 2 * small


def test_services_that_are_alike_come_in_the_order_of_their_file() -> None:
    alike = [a_service(f"alike-{number}", hours=ALWAYS) for number in range(20)]

    assert ids(a_directory(*alike), limit=3) == ["alike-0", "alike-1", "alike-2"]
    assert len(ids(a_directory(*alike), limit=50)) == 20


@pytest.mark.parametrize(
    "other",
    [
        {"kinds": frozenset({"hate-crime", "race"})}, {"hours": OFFICE}, {"taking": Answer.NO}, {"phone": None},
        {"phone": None, "website": "https://example.org"}, {"through": "one"}, {"communities": frozenset({"lgbt"})},
        {"only_for": frozenset({"partner"})}, {"genders": frozenset({"men"})}, {"ages": Ages(least=16)},
        {"languages": frozenset({"pl"})}, {"worker_genders": Answer.YES}, {"within_days": 3},
    ],
    ids=lambda other: next(iter(other)),
)  # fmt: skip
def test_services_that_differ_in_what_decides_are_judged_apart(other: dict[str, Any]) -> None:
    directory = a_directory(a_service("one"), a_service("twin"), a_service("other", **other))

    assert sorted(directory.index.peers.values()) == [(0, 1), (2,)]
