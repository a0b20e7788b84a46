"""What holds of signposts whatever the directory, the person and the hour: invented directories and people."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services_directory.calendar import england
from services_directory.codes import COMMUNITIES, GATES, GENDERS, Advice, Answer
from services_directory.hours import Open
from services_directory.load import load
from services_directory.model import Directory
from services_directory.service import BANDS, Ages, Service
from services_directory.signpost import Match, Seeker, signposts
from tests.made_up import ALWAYS, KINDS, OFFICE, PHONE, a_directory, a_service
from tests.properties import PROPERTY

HOLIDAYS = england((2026, 2027))
ALL = 10_000
NEEDS = ["", *(need.id for need in load().needs)]
EMERGENCY = a_service("999", kinds=frozenset({"emergency"}), hours=ALWAYS)
SOME = st.frozensets


def _services(area: str) -> st.SearchStrategy[list[Service]]:
    described = st.fixed_dictionaries(
        {
            "kinds": SOME(st.sampled_from(KINDS), min_size=1, max_size=4),
            "hours": st.sampled_from([None, ALWAYS, OFFICE]),
            "communities": SOME(st.sampled_from(sorted(COMMUNITIES)), max_size=2) | st.just(frozenset()),
            "genders": SOME(st.sampled_from(sorted(GENDERS)), max_size=1),
            "only_for": SOME(st.sampled_from(sorted(GATES)), max_size=1),
            "ages": st.sampled_from([Ages(), Ages(least=16), Ages(least=18), Ages(most=17), Ages(least=11, most=25)]),
            "taking": st.sampled_from(Answer),
            "languages": SOME(st.sampled_from(["pl", "ar", "en"]), max_size=2),
            "worker_genders": st.sampled_from(Answer),
            "phone": st.sampled_from([PHONE, None]),
            "website": st.sampled_from([None, "https://example.org"]),
            "through": st.sampled_from([None, "999"]),
        }
    )
    listed = st.lists(described, max_size=8)
    return listed.map(lambda all: [a_service(f"{area}-{number}", **each) for number, each in enumerate(all)])


directories = st.builds(
    lambda national, local: a_directory(EMERGENCY, *national, local=tuple(local)),
    _services("national"),
    _services("local"),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
seekers = st.builds(
    Seeker,
    need=st.sampled_from(NEEDS),
    area=st.sampled_from([None, "bristol", "nowhere"]),
    age=st.sampled_from(["", *BANDS]),
    worker=st.sampled_from(["", "woman", "man"]),
    language=st.sampled_from(["", "en", "pl", "ar-EG"]),
    communities=SOME(st.sampled_from(sorted(COMMUNITIES)), max_size=3),
    days_ago=st.none() | st.integers(0, 400),
    partner=st.booleans(),
    hate=st.booleans(),
    safe_phone=st.sampled_from([None, False, True]),
    at=moments,
)
limits = st.integers(1, 8)


def found(directory: Directory, seeker: Seeker, limit: int = ALL) -> tuple[Match, ...]:
    return signposts(directory, seeker, HOLIDAYS, limit=limit)


def ids(directory: Directory, seeker: Seeker, limit: int = ALL) -> list[str]:
    return [match.service.id for match in found(directory, seeker, limit)]


@PROPERTY
@given(directories, seekers, limits)
def test_nobody_is_left_without_anybody(directory: Directory, seeker: Seeker, limit: int) -> None:
    matches = found(directory, seeker, limit)

    assert 1 <= len(matches) <= limit
    assert len({match.service.id for match in matches}) == len(matches)
    assert any(isinstance(match.state, Open) and match.service.phone for match in matches)


@PROPERTY
@given(directories, seekers)
def test_every_match_gives_its_reasons_and_a_way(directory: Directory, seeker: Seeker) -> None:
    for match in found(directory, seeker):
        assert match.because
        assert match.service.reachable or (match.through and match.through.reachable)


@PROPERTY
@given(directories, seekers)
def test_a_number_is_shown_only_where_somebody_checked_it(directory: Directory, seeker: Seeker) -> None:
    shown = [service for match in found(directory, seeker) for service in (match.service, match.through) if service]

    assert {service.advice for service in shown if service.phone or service.text_sms} <= {Advice.OK}


@PROPERTY
@given(directories, seekers)
def test_nothing_is_offered_that_excludes_the_person(directory: Directory, seeker: Seeker) -> None:
    need = directory.index.needs.get(seeker.need)
    chosen = seeker.communities | (need.communities if need else frozenset())
    chosen |= {"young-people"} if seeker.young else set()
    gates = {gate for gate, holds in (("partner", seeker.partner), ("safe-phone", seeker.safe_phone)) if holds}
    for match in found(directory, seeker):
        service, gender = match.service, seeker.communities & GENDERS

        assert service.ages.fits(seeker.age)
        assert service.only_for <= gates
        assert not service.communities or service.communities & chosen
        assert not (service.genders and gender) or service.genders & gender
        assert service.area in {"national", seeker.area}


@PROPERTY
@given(directories, seekers, st.sampled_from(sorted(COMMUNITIES - GENDERS)))
def test_naming_a_community_takes_nothing_away(directory: Directory, seeker: Seeker, community: str) -> None:
    named = replace(seeker, communities=seeker.communities | {community})

    assert set(ids(directory, seeker)) <= set(ids(directory, named)) | {"999"}


@PROPERTY
@given(directories, seekers, limits)
def test_the_same_question_has_the_same_answer(directory: Directory, seeker: Seeker, limit: int) -> None:
    again = replace(directory, needs=directory.needs)

    assert found(directory, seeker, limit) == found(again, seeker, limit)


@PROPERTY
@given(directories, seekers, limits)
def test_fewer_are_a_choice_out_of_all_in_the_same_order(directory: Directory, seeker: Seeker, limit: int) -> None:
    few, everyone = ids(directory, seeker, limit), ids(directory, seeker)

    assert few == [id for id in everyone if id in few]


@PROPERTY
@given(directories, seekers, st.data())
def test_opening_its_doors_never_puts_a_service_further_back(
    directory: Directory, seeker: Seeker, data: st.DataObject
) -> None:
    before = ids(directory, seeker)
    number = data.draw(st.sampled_from(range(len(before))))
    after = ids(_opened(directory, before[number]), seeker)

    assert after.index(before[number]) <= number


@PROPERTY
@given(directories, seekers)
def test_nobody_is_first_who_cannot_be_reached_or_takes_nobody(directory: Directory, seeker: Seeker) -> None:
    named = [match.service for match in found(directory, seeker) if match.service.id != "999"]
    ranks = [(service.taking is Answer.NO, not service.reachable) for service in named]

    assert ranks == sorted(ranks)


@PROPERTY
@given(directories, seekers, st.integers(0, 50))
def test_a_day_of_the_year_changes_the_order_and_not_who_is_named(
    directory: Directory, seeker: Seeker, days: int
) -> None:
    later = replace(seeker, at=seeker.at + timedelta(days=days))

    assert set(ids(directory, seeker)) - {"999"} == set(ids(directory, later)) - {"999"}


def _opened(directory: Directory, id: str) -> Directory:
    """The directory with one service open day and night."""

    def opened(services: tuple[Service, ...]) -> tuple[Service, ...]:
        return tuple(replace(service, hours=ALWAYS) if service.id == id else service for service in services)

    areas = tuple(replace(area, services=opened(area.services)) for area in directory.areas)
    return replace(directory, areas=areas, national=opened(directory.national))
