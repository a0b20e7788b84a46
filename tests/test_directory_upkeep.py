"""What makes a directory go bad is found: the same thing twice, contradictions, old news, pages that are gone."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, time

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.commandline.links import Link, Looked, look_at
from services_directory.codes import Advice, Cost
from services_directory.hours import Hours, Opening
from services_directory.service import Phone, Service
from services_directory.sources import Source
from services_directory.upkeep import Accepted, Finding, findings, stale, unaccepted, useless
from services_directory.wording import LOCALES, Wording
from tests.browser import serve

TODAY = date(2026, 11, 22)
WORDS = Wording.of({locale: "Help." for locale in LOCALES})
SARI = Service(
    id="sari",
    name="SARI",
    area="bristol",
    kinds=frozenset({"race"}),
    about=WORDS,
    who_for=WORDS,
    website="https://saricharity.org.uk",
    advice=Advice.OK,
    sources=(Source(page="https://saricharity.org.uk"),),
    checked=date(2026, 11, 21),
)
GALOP = replace(SARI, id="galop", name="Galop", area="national", website="https://galop.org.uk")
OFFICE = Hours(openings=(Opening(days=frozenset({0}), opens=time(9), closes=time(17)),))


FREEPHONE = Phone(display="0800 171 2272", e164="+448001712272")
ABROAD = Phone(display="+44 800 1712272", e164="+448001712272")
LOCAL = Phone(display="0117 496 0123", e164="+441174960123")


def found(*services: Service) -> list[tuple[tuple[str, ...], str]]:
    return [(finding.services, finding.field) for finding in findings(services, TODAY)]


def test_two_different_services_are_nothing_to_look_at() -> None:
    assert found(SARI, GALOP) == []


@pytest.mark.parametrize("website", ["https://saricharity.org.uk", "http://www.saricharity.org.uk/"])
def test_one_page_for_two_services_is_found(website: str) -> None:
    assert found(SARI, replace(GALOP, website=website)) == [(("galop", "sari"), "website")]


def test_two_pages_of_one_site_are_not_the_same() -> None:
    assert found(SARI, replace(GALOP, website="https://saricharity.org.uk/young-people")) == []


def test_one_number_for_two_services_is_found_however_it_is_written() -> None:
    assert found(replace(SARI, phone=FREEPHONE), replace(GALOP, phone=ABROAD)) == [(("galop", "sari"), "phone")]


def test_who_puts_people_through_may_share_a_number() -> None:
    assert found(replace(SARI, phone=FREEPHONE), replace(GALOP, phone=FREEPHONE, through="sari")) == []


def test_one_name_twice_is_found_where_one_person_can_meet_both() -> None:
    assert found(SARI, replace(GALOP, name="Sari")) == [(("galop", "sari"), "name")]
    assert found(SARI, replace(GALOP, name="Sari", area="walsall")) == []


def test_one_name_with_two_numbers_or_hours_contradicts_itself() -> None:
    here = replace(SARI, phone=FREEPHONE, hours=OFFICE, cost=Cost.FREE)
    there = replace(GALOP, name="SARI", area="walsall", phone=LOCAL, hours=Hours(always=True))

    assert found(here, there) == [(("galop", "sari"), "hours"), (("galop", "sari"), "phone")]
    assert found(here, replace(there, phone=here.phone, hours=None)) == [(("galop", "sari"), "phone")]


def test_a_service_nobody_can_reach_needs_somebody_who_helps_instead() -> None:
    silent = replace(SARI, website=None)

    assert found(silent) == [(("sari",), "contact")]
    assert found(replace(silent, through="galop"), GALOP) == []
    assert found(replace(silent, email="help@example.org")) == []


def test_hours_older_than_a_year_are_found() -> None:
    old = replace(SARI, hours=OFFICE, checked=date(2025, 11, 21))

    assert found(old) == [(("sari",), "hours")]
    assert found(replace(old, checked=date(2025, 11, 22))) == []
    assert found(replace(old, hours=None)) == []


def test_what_somebody_accepted_is_not_told_again() -> None:
    finding = Finding(services=("bhcds", "sari"), field="phone", what="the same phone")
    whole = Accepted(services=frozenset({"bhcds", "sari", "galop"}), field="phone", why="one switchboard")

    assert unaccepted([finding], [whole]) == ()
    assert unaccepted([finding], [replace(whole, services=frozenset({"sari"}))]) == (finding,)
    assert unaccepted([finding], [replace(whole, field="website")]) == (finding,)
    assert useless([finding], [whole]) == ()
    assert useless([], [whole]) == (whole,)


def test_old_news_is_listed_the_oldest_first() -> None:
    fresh = replace(SARI, source_date="2025-03")
    old = replace(GALOP, checked=date(2026, 1, 1), source_date="2019")

    listed = [(one.service, one.since) for one in stale([fresh, old], TODAY, days=180, years=3)]

    assert listed == [("galop", "2019"), ("galop", "2026-01-01")]
    assert stale([fresh], TODAY, days=1, years=3) == ()
    assert [one.service for one in stale([fresh], TODAY, days=0, years=3)] == ["sari"]


class Site:
    """Pages as they are found in the world, and what was asked of them."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{page}", self.answer, methods=["GET", "HEAD"])])

    async def answer(self, request: Request) -> Response:
        page = request.path_params["page"]
        self.asked.append((request.method, page))
        if page == "moved":
            return RedirectResponse(f"http://localhost:{request.url.port}/there")
        if page == "inside":
            return RedirectResponse("/there")
        if page == "circle":
            return RedirectResponse("/circle")
        status = {"gone": 410, "lost": 404, "broken": 502, "closed": 403}.get(page, 200)
        return PlainTextResponse("", 405 if page == "by-get" and request.method == "HEAD" else status)


@pytest.fixture
async def site() -> AsyncIterator[tuple[Site, str]]:
    site = Site()
    async with serve(site.app()) as address:
        yield site, address


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("there", Link.FINE),
        ("by-get", Link.FINE),
        ("inside", Link.FINE),
        ("moved", Link.MOVED),
        ("gone", Link.GONE),
        ("lost", Link.GONE),
        ("broken", Link.BROKEN),
        ("closed", Link.CLOSED),
        ("circle", Link.SILENT),
    ],
)
async def test_what_became_of_a_page_is_told(site: tuple[Site, str], page: str, link: Link) -> None:
    looked = await look_at([f"{site[1]}/{page}"], pause=0)

    assert [one.link for one in looked] == [link]


async def test_a_page_is_asked_for_once_and_only_its_head(site: tuple[Site, str]) -> None:
    await look_at([f"{site[1]}/a", f"{site[1]}/a", f"{site[1]}/b"], pause=0)

    assert site[0].asked == [("HEAD", "a"), ("HEAD", "b")]


async def test_a_host_that_is_not_there_cannot_be_reached() -> None:
    page = "http://127.0.0.1:9/nothing"

    assert await look_at([page], patience=2) == (Looked(page=page, link=Link.SILENT),)
