"""What the web chat answers to browsers, machines and nonsense, seen without a browser."""

from collections.abc import AsyncIterator, Mapping
from http.cookies import Morsel
from io import BytesIO

import aiohttp
import pytest
from sqlalchemy import func, select

from bot.app import App
from bot.channels.web.guard import AWAY
from bot.channels.web.pages import Pages
from bot.rendering import ENDONYMS
from bot.storage.tables import conversations
from tests.browser import serve
from tests.clock import Clock
from tests.on_the_web import field_of, site, web_chat

__all__ = ["site"]

PATHS = ("/", "/chat", "/nothing/here", "/exit", "/health", "/robots.txt")


FROM_ELSEWHERE = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://["},
    {"Sec-Fetch-Site": "cross-site"},
)
NONSENSE = (
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b"--y\r\nnonsense"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--x--\r\n"),
    ("application/x-www-form-urlencoded", b"a=1&" * 20),
    ("application/x-www-form-urlencoded", b"words=" + b"%" * 1000 + b"\xff\x00"),
    ("application/x-www-form-urlencoded", b"words=" + b"a" * (14 * 1024 * 1024)),
    ("application/json", b"{}"),
    ("", b"\x00\xff"),
)


@pytest.fixture
async def client(site: str) -> AsyncIterator[aiohttp.ClientSession]:
    """Something that speaks HTTP and keeps cookies, also those of an address without a name."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(site, cookie_jar=jar) as session:
        yield session


async def _begins(client: aiohttp.ClientSession) -> str:
    async with client.post("/start", data={"locale": "en"}) as answer:
        assert answer.status == 200
        return await answer.text()


async def _drafts(app: App) -> int:
    """How many conversations hold what somebody said."""
    count = select(func.count()).where(conversations.c.sealed_state != b"")
    return int(await app.house.database.look(lambda c: c.execute(count).scalar_one()))


async def test_every_answer_is_private_and_runs_no_script(client: aiohttp.ClientSession) -> None:
    for path in PATHS:
        async with client.get(path) as answer:
            _is_private(answer.headers)


def _is_private(headers: Mapping[str, str]) -> None:
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]


async def test_the_first_page_stores_nothing(app: App, client: aiohttp.ClientSession) -> None:
    async with client.get("/") as answer:
        assert "set-cookie" not in answer.headers

    assert await _drafts(app) == 0


async def test_the_first_page_names_every_language_and_the_emergency(client: aiohttp.ClientSession) -> None:
    async with client.get("/") as answer:
        page = await answer.text()

    for endonym in ENDONYMS.values():
        assert endonym in page
    assert page.count('href="tel:999"') == 2 * len(ENDONYMS)


@pytest.mark.parametrize(
    ("asked", "given"),
    [("ar-EG,ar;q=0.9,en;q=0.5", "ar"), ("de,pl;q=0.4", "pl"), ("xx", "en"), (";q=,,q=a;q=b,\u00e9", "en"), ("", "en")],
)
async def test_the_first_page_is_in_a_language_the_browser_reads(app: App, asked: str, given: str) -> None:
    pages = Pages(app.house.voices, "Saysafe")

    assert pages.voice_for(asked).tag == given


async def test_the_cookie_dies_with_the_browser(client: aiohttp.ClientSession) -> None:
    await _begins(client)

    (cookie,) = client.cookie_jar
    assert isinstance(cookie, Morsel)
    assert cookie["httponly"]
    assert cookie["samesite"] == "strict"
    assert cookie["max-age"] == cookie["expires"] == ""
    assert len(cookie.value) == 64


async def test_with_https_the_cookie_never_travels_without(app: App) -> None:
    async with serve(web_chat(app, public_url="https://chat.example")) as address, aiohttp.ClientSession() as session:
        posted = session.post(f"{address}/start", data={"locale": "en"}, allow_redirects=False)
        async with posted as answer:
            cookie = answer.headers["set-cookie"]

    assert cookie.startswith("__Host-visit=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert answer.headers["strict-transport-security"]


@pytest.mark.parametrize("path", ["/start", "/chat", "/exit"])
async def test_forms_of_other_sites_do_nothing(app: App, client: aiohttp.ClientSession, path: str) -> None:
    for headers in FROM_ELSEWHERE:
        async with client.post(path, data={"locale": "en"}, headers=headers, allow_redirects=False) as answer:
            assert answer.status == 403, headers

    assert await _drafts(app) == 0


async def test_a_form_given_to_somebody_else_does_nothing(client: aiohttp.ClientSession, site: str) -> None:
    page = await _begins(client)
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(site, cookie_jar=jar) as carla:
        theirs = await _begins(carla)
    tap = field_of(page, "tap", label="I need help now")

    async with client.post("/chat", data={"form": field_of(theirs, "form"), "tap": tap}) as answer:
        said = await answer.text()

    assert answer.status == 422
    assert "That page was from before" in said
    assert "What would you like to do?" in said


async def test_the_same_form_twice_is_handled_once(client: aiohttp.ClientSession) -> None:
    page = await _begins(client)
    form = {name: field_of(page, name) for name in ("form", "screen")}
    form["tap"] = field_of(page, "tap", label="What we keep about you")

    async with client.post("/chat", data=form) as first:
        once = await first.text()
    async with client.post("/chat", data=form) as again:
        twice = await again.text()

    assert _seen(once) == _seen(twice)
    assert "from before" not in twice


def _seen(page: str) -> str:
    return page.replace(field_of(page, "form"), "")


async def test_nonsense_gets_a_kind_page(client: aiohttp.ClientSession) -> None:
    await _begins(client)

    for kind, body in NONSENSE:
        async with client.post("/chat", data=BytesIO(body), headers={"Content-Type": kind}) as answer:
            page = await answer.text()
        assert answer.status in (413, 422), (kind, body[:40])
        assert "Exit this page" in page


async def test_wrong_addresses_and_methods_get_a_kind_page(client: aiohttp.ClientSession) -> None:
    for method, path in (("PUT", "/chat"), ("GET", "/exit"), ("DELETE", "/"), ("GET", "/wp-login")):
        async with client.request(method, path) as answer:
            page = await answer.text()
        assert answer.status in (404, 405)
        assert "There is no such page here." in page


async def test_without_a_cookie_the_chat_is_the_first_page(client: aiohttp.ClientSession) -> None:
    async with client.get("/chat", headers={"Cookie": "visit=../../etc; nonsense; visit"}) as answer:
        page = await answer.text()

    assert answer.status == 200
    assert "Choose a language to begin." in page


async def test_words_sent_after_a_day_are_given_back(app: App, client: aiohttp.ClientSession, clock: Clock) -> None:
    page = await _begins(client)
    form = {name: field_of(page, name) for name in ("form", "screen")}
    clock.advance(days=1, hours=1)
    await app.retention.sweep()

    async with client.post("/chat", data={**form, "words": "They came <back> again."}) as answer:
        said = await answer.text()

    assert "They came &lt;back&gt; again." in said
    assert await _drafts(app) == 0


async def test_exit_answers_who_never_began(client: aiohttp.ClientSession) -> None:
    async with client.post("/exit", allow_redirects=False) as answer:
        assert answer.status == 303

    assert answer.headers["location"] == AWAY
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'


async def test_health_asks_the_database(client: aiohttp.ClientSession) -> None:
    async with client.get("/health") as answer:
        assert (answer.status, await answer.text()) == (200, "ok")


async def test_search_engines_stay_out_of_conversations(client: aiohttp.ClientSession) -> None:
    await _begins(client)

    async with client.get("/robots.txt") as answer:
        assert "Disallow: /chat" in await answer.text()
    async with client.get("/chat") as answer:
        assert answer.headers["x-robots-tag"] == "noindex"
