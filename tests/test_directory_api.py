"""The directory as other programs read it, over HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from starlette.applications import Starlette

from bot.app import App
from bot.directory_api.routes import routes
from services_directory.load import load
from services_directory.model import Directory
from services_directory.openreferral.ids import uid
from services_directory.openreferral.terms import term_id
from tests.browser import serve
from tests.hsds.shape import faults

PAGE = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}


class Reader:
    """Another program that asks."""

    def __init__(self, session: aiohttp.ClientSession, root: str) -> None:
        self._session = session
        self._root = root

    async def asks(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], Any]:
        """Status, headers in small letters, and the JSON that came."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self._session.request(method, self._root + path, headers=named, allow_redirects=False) as answer:
            body = await answer.json(content_type=None) if answer.content_length else None
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, body

    async def reads(self, path: str) -> Any:
        status, _, body = await self.asks(path)
        assert status == 200, body
        return body


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load()


@pytest.fixture
async def reader(directory: Directory) -> AsyncIterator[Reader]:
    async with serve(Starlette(routes=routes(directory))) as address, aiohttp.ClientSession() as session:
        yield Reader(session, f"{address}/api/directory")


async def test_the_interface_says_which_shape_it_speaks(reader: Reader) -> None:
    about = await reader.reads("/")

    assert about["version"] == "HSDS-UK-3.0"
    assert {"version", "profile", "openapi_url"} <= set(about)
    assert (await reader.asks(""))[0] == 308


async def test_services_come_in_pages_that_add_up(reader: Reader, directory: Directory) -> None:
    first = await reader.reads("/services?per_page=30")
    assert set(first) == PAGE
    assert (first["first_page"], first["last_page"], first["size"]) == (True, False, 30)
    assert first["total_items"] == len(directory.national) + sum(len(area.services) for area in directory.areas)

    seen = [
        service["id"]
        for number in range(1, first["total_pages"] + 1)
        for service in (await reader.reads(f"/services?per_page=30&page={number}"))["contents"]
    ]
    assert len(seen) == len(set(seen)) == first["total_items"]


async def test_a_page_past_the_end_is_empty(reader: Reader) -> None:
    page = await reader.reads("/services?page=999")

    assert (page["empty"], page["size"], page["last_page"], page["contents"]) == (True, 0, True, [])


async def test_a_service_in_a_list_is_short_and_alone_is_whole(reader: Reader) -> None:
    listed = (await reader.reads("/services?per_page=5"))["contents"]
    assert [wrong for service in listed for wrong in faults("service", service)] == []
    assert "attributes" not in listed[0]
    assert "name" in listed[0]["organization"]

    whole = await reader.reads(f"/services/{listed[0]['id']}")
    assert faults("service", whole) == []
    assert whole["attributes"]
    assert (await reader.reads("/services?per_page=1&full=true"))["contents"] == [whole]


async def test_all_ids_can_be_had_at_once(reader: Reader) -> None:
    page = await reader.reads("/services?minimal=true")

    assert page["total_pages"] == 1
    assert {frozenset(service) for service in page["contents"]} == {frozenset({"id", "last_modified"})}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("organizations", "organization"),
        ("taxonomies", "taxonomy"),
        ("taxonomy_terms", "taxonomy_term"),
        ("service_at_locations", "service_at_location"),
    ],
)
async def test_every_other_list_has_the_published_shape(reader: Reader, name: str, kind: str) -> None:
    page = await reader.reads(f"/{name}?per_page=100")
    assert page["contents"]

    assert [wrong for record in page["contents"] for wrong in faults(kind, record)] == []
    assert await reader.reads(f"/{name}/{page['contents'][0]['id']}") == page["contents"][0]


async def test_words_find_services_nearest_first(reader: Reader) -> None:
    found = (await reader.reads("/services?search=galop"))["contents"]

    assert found[0]["id"] == uid("service", "galop")
    assert (await reader.reads("/services?search=zzzzqqqq"))["empty"]


async def test_a_need_can_be_asked_for_by_its_term(reader: Reader, directory: Directory) -> None:
    page = await reader.reads(f"/services?per_page=100&taxonomy_term_id={term_id('kinds', 'deaf')}")
    every = [*(service for area in directory.areas for service in area.services), *directory.national]

    assert {one["id"] for one in page["contents"]} == {uid("service", one.id) for one in every if "deaf" in one.kinds}
    assert page["contents"]


async def test_an_area_has_its_own_services_and_those_of_all_england(reader: Reader, directory: Directory) -> None:
    bristol = await reader.reads("/services?area=bristol&minimal=true")
    walsall = await reader.reads("/services?area=walsall&minimal=true")

    assert bristol["total_items"] == len(directory.services_for("bristol"))
    sari = uid("service", "sari")
    assert sari in {one["id"] for one in bristol["contents"]}
    assert sari not in {one["id"] for one in walsall["contents"]}


@pytest.mark.parametrize("postcode", ["BS5", "bs5%201AA", "BS51AA"])
async def test_a_postcode_leads_to_its_area_and_distance_is_not_pretended(reader: Reader, postcode: str) -> None:
    page = await reader.reads(f"/service_at_locations?postcode={postcode}&proximity=500")

    assert not page["empty"]
    assert "Distance is not measured." in page["notes"][0]


async def test_a_postcode_outside_every_area_finds_the_whole_country(reader: Reader, directory: Directory) -> None:
    page = await reader.reads("/services?postcode=ZE1%200AA")

    assert page["total_items"] == len(directory.national)
    assert "lies in no area" in page["notes"][0]


async def test_what_was_checked_since_a_day_can_be_asked_for(reader: Reader) -> None:
    everything = (await reader.reads("/services"))["total_items"]

    assert (await reader.reads("/services?modified_after=2020-01-01"))["total_items"] == everything
    assert (await reader.reads("/services?modified_after=2090-01-01T00:00:00Z"))["empty"]


@pytest.mark.parametrize(
    "question",
    [
        "page=0",
        "page=-1",
        "page=x",
        "page=99999999999999999999",
        "per_page=0",
        "per_page=1.5",
        "minimal=maybe",
        "format=xml",
        "area=atlantis",
        "postcode=somewhere",
        "area=walsall&postcode=BS5",
        "modified_after=soon",
        f"search={'x' * 201}",
    ],
)
async def test_a_question_that_makes_no_sense_is_answered_in_a_sentence(reader: Reader, question: str) -> None:
    status, headers, body = await reader.asks(f"/services?{question}")

    assert (status, body["status"]) == (400, 400)
    assert headers["content-type"] == "application/problem+json"
    assert body["detail"].endswith(".")
    assert "x" * 201 not in str(body)


async def test_a_filter_nobody_knows_is_not_silently_passed_over(reader: Reader) -> None:
    page = await reader.reads("/services?minimum_age=16")

    assert page["notes"] == ["minimum_age is not a filter here. It was not used."]


async def test_a_page_never_holds_more_than_a_hundred(reader: Reader) -> None:
    assert (await reader.reads("/services?per_page=5000"))["size"] == 100


@pytest.mark.parametrize("path", ["/services/nobody", "/nothing", "/services/", "/services/%2e%2e%2fchat"])
async def test_what_is_not_there_is_a_problem_in_json(reader: Reader, path: str) -> None:
    status, headers, body = await reader.asks(path)

    assert (status, body["title"]) == (404, "Not found")
    assert headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_nothing_can_be_changed(reader: Reader, method: str) -> None:
    status, headers, body = await reader.asks("/services", method)

    assert (status, body["status"], headers["allow"]) == (405, 405, "GET, HEAD, OPTIONS")


async def test_who_has_the_answer_already_is_told_so(reader: Reader) -> None:
    _, headers, _ = await reader.asks("/services")
    assert headers["cache-control"] == "public, max-age=3600"
    assert headers["last-modified"].endswith("00:00:00 GMT")

    status, again, _ = await reader.asks("/services", if_none_match=f'"x", {headers["etag"]}')
    assert (status, again["etag"]) == (304, headers["etag"])
    assert (await reader.asks("/services", if_none_match='"x"'))[0] == 200


@pytest.mark.parametrize("question", ["search=rape", "postcode=BS5"])
async def test_a_persons_words_and_place_are_kept_in_no_cache(reader: Reader, question: str) -> None:
    assert (await reader.asks(f"/services?{question}"))[1]["cache-control"] == "no-store"


async def test_any_page_may_ask_and_nobody_gets_a_cookie(reader: Reader) -> None:
    for path in ("/", "/services", "/services/nobody", "/services?page=x"):
        _, headers, _ = await reader.asks(path, origin="https://elsewhere.example", cookie="session=1")
        assert headers["access-control-allow-origin"] == "*"
        assert "set-cookie" not in headers
        assert "access-control-allow-credentials" not in headers
    status, headers, _ = await reader.asks("/services", "OPTIONS", origin="https://elsewhere.example")
    assert (status, headers["access-control-allow-methods"]) == (204, "GET, HEAD, OPTIONS")


async def test_the_program_serves_it_beside_the_web_chat(app: App) -> None:
    async with serve(app.asgi) as address, aiohttp.ClientSession() as session:
        assert (await Reader(session, f"{address}/api/directory").reads("/services?per_page=1"))["size"] == 1
        async with session.get(f"{address}/") as answer:
            assert answer.status == 200
            assert "text/html" in answer.headers["content-type"]
