"""What nobody may learn: another agency's cases, parts that were not shared, anything from logs or errors."""

import re
from html import unescape

import pytest
from playwright.async_api import Page

from bot.storage import audit
from dialogs.parts import Package, Part
from tests.at_the_console import (
    Clerk,
    Office,
    Told,
    account,
    bruno,
    carla,
    comes_in,
    contact,
    facts,
    office,
)
from tests.browser import browser, page  # noqa: F401  # fixtures
from tests.conftest import Cast

__all__ = ["bruno", "carla", "office"]

WORDS, NUMBER = "canary-in-her-own-words", "+44 7700 900999"


async def everything(office: Office, receivers: dict[str, Package]) -> bytes:
    """Amina reports with words, a file and a telephone number; gives the file."""
    plain = b"MZ a file that might run"
    file = await office.attach(plain, kind="file", media_type="text/html")
    await office.file((*facts(), *account(WORDS, files=[file]), *contact(NUMBER)), receivers)
    return plain


async def addresses(bruno: Clerk) -> list[tuple[str, str]]:
    """Every address of Bruno's that names something of his, with the method to ask it by."""
    found = []
    for case in await bruno.cases():
        files = re.findall(rf'href="({case}/files/\w+)"', (await bruno.opens(case)).body)
        found += [("GET", case), ("POST", f"{case}/take"), *(("GET", file) for file in files)]
    return found


async def test_carla_learns_nothing_from_any_address_of_brunos(bruno: Clerk, carla: Clerk, office: Office) -> None:
    await everything(office, {"bhcds": Package.FULL})
    token, empty = await carla.token("/console/"), (await carla.opens("/console/")).body
    asked = await addresses(bruno)

    assert len(asked) == 3
    for method, address in asked:
        given = {"data": {"token": token}} if method == "POST" else {}
        theirs = await carla.asks(method, address, **given)
        nothing = await carla.asks(method, re.sub(r"\w{32}", "0" * 32, address), **given)
        assert (theirs.status, theirs.body) == (nothing.status, nothing.body) == (404, nothing.body)
        assert _without_date(theirs.headers) == _without_date(nothing.headers)
    assert (await carla.opens("/console/")).body == empty
    assert "No case is here yet" in empty


async def test_carlas_record_does_not_show_what_she_hit_on(bruno: Clerk, carla: Clerk, office: Office) -> None:
    await everything(office, {"bhcds": Package.FULL})
    for address in ((await bruno.cases())[0], f"/console/cases/{'0' * 32}"):
        await carla.opens(address)
    acts = await office.app.house.database.look(lambda c: audit.acts(c, "livewest"))

    assert [(act.act, act.case) for act in acts][-2:] == [("refused", ""), ("refused", "")]


async def test_a_place_in_brunos_list_is_no_place_in_carlas(bruno: Clerk, carla: Clerk, office: Office) -> None:
    await everything(office, {"bhcds": Package.FULL})
    await everything(office, {"livewest": Package.FACTS})
    after = (await bruno.cases())[0].rpartition("/")[2]

    theirs = await carla.opens(f"/console/?after={after}")
    nothing = await carla.opens(f"/console/?after={'0' * 32}")
    assert theirs.body == nothing.body


def _without_date(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "date"}


SEEN = {
    Package.COUNT: ("verbal, threat",),
    Package.FACTS: ("Shouting or insults",),
    Package.ACCOUNT: ("Shouting or insults", WORDS, "Save file 1"),
    Package.FULL: ("Shouting or insults", WORDS, "Save file 1", NUMBER),
}


@pytest.mark.parametrize("package", list(Package))
async def test_each_package_opens_its_parts_and_no_other(office: Office, carla: Clerk, package: Package) -> None:
    await everything(office, {"bhcds": Package.FULL, "livewest": package})
    body = unescape((await carla.opens((await carla.cases())[0])).body)
    every = {words for listed in SEEN.values() for words in listed}

    assert {words for words in every if words in body} == set(SEEN[package])
    assert "bhcds" not in body
    assert "Bristol Hate" not in body


async def test_the_number_of_receivers_changes_nothing_carla_sees(office: Office, carla: Clerk) -> None:
    for receivers in ({"livewest": Package.FACTS}, {"bhcds": Package.FULL, "livewest": Package.FACTS}):
        await everything(office, receivers)
    alone, shared = [(await carla.opens(case)).body for case in await carla.cases()]
    numbers = re.compile(r"Case \w{8}|/(?:cases|tasks)/\w{32}")

    assert numbers.sub("", alone) == numbers.sub("", shared)


async def test_a_file_is_only_ever_saved(bruno: Clerk, office: Office) -> None:
    plain = await everything(office, {"bhcds": Package.FULL})
    file = next(address for method, address in await addresses(bruno) if "files" in address)
    answer = await bruno.opens(file)

    assert answer.raw == plain
    assert answer.headers["content-type"] == "application/octet-stream"
    assert re.fullmatch(r'attachment; filename="case-\w{8}-1\.bin"', answer.headers["content-disposition"])
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_whoever_may_read_facts_cannot_save_the_file(bruno: Clerk, carla: Clerk, office: Office) -> None:
    await everything(office, {"bhcds": Package.FULL, "livewest": Package.FACTS})
    file = next(address for method, address in await addresses(bruno) if "files" in address).rpartition("/")[2]
    own = (await carla.cases())[0]

    theirs, nothing = [await carla.opens(f"{own}/files/{id}") for id in (file, "0" * 32)]
    assert (theirs.status, theirs.body) == (nothing.status, nothing.body)


HOSTILE = (
    "<script>document.title='owned'</script><img src=x onerror=alert(1)>",
    '"><style>*{display:none}</style><a href="javascript:alert(1)">x',
    '=HYPERLINK("https://evil.example","click")',
    "{{ 7*7 }}{% for x in ().__class__ %}{% endfor %}",
    "\u202ereversed\u202d and \u2066isolated without an end",
    "\x00\x08\x1b[31m and a lone \ufeff",
    "W" * 100_000,
)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_words_are_only_words(
    page: Page,  # noqa: F811
    office: Office,
    cast: Cast,
    words: str,
) -> None:
    line = Told(id="name", part=Part.CONTACT, label="Name", shown=[words[:500]], stored=words[:500])
    await office.file((*facts(), *account(words), *contact(), line), {"bhcds": Package.FULL})
    await comes_in(page, office, cast.bruno)
    await page.click(".case a")
    shown = await page.locator(".own").first.text_content()

    assert shown == words.replace("\x00", "")  # which HTML cannot hold
    assert await page.title() != "owned"
    assert await page.locator("#limits-title").is_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.locator("h1").evaluate("e => getComputedStyle(e).direction") == "ltr"


async def test_every_answer_carries_the_strict_headers(bruno: Clerk, office: Office) -> None:
    await everything(office, {"bhcds": Package.FULL})
    asked = [*await addresses(bruno), ("GET", "/console/"), ("GET", "/console/none"), ("PUT", "/console/")]
    for method, address in [*asked, ("GET", "/console/sign-in"), ("POST", "/console/sign-in")]:
        headers = (await bruno.asks(method, address)).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path", "size", "status"),
    [
        ("GET", "/console/none", 0, 404),
        ("DELETE", "/console/", 0, 405),
        ("POST", "/console/sign-in", 100_000, 413),
        ("POST", "/console/sign-in", 10, 403),
    ],
)
async def test_what_cannot_be_done_is_said_kindly(bruno: Clerk, method: str, path: str, size: int, status: int) -> None:
    data = {"name": "n" * size} if size else None
    answer = await bruno.asks(method, path, data=data)

    assert answer.status == status
    assert "<h1>" in answer.body
    assert "nnn" not in answer.body


async def test_a_fault_leaves_no_personal_word_on_the_page_or_in_the_logs(
    bruno: Clerk, office: Office, cast: Cast, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    await everything(office, {"bhcds": Package.FULL})
    case = (await bruno.cases())[0]
    await bruno.opens(case)
    await office.app.house.database.unit(lambda c: c.exec_driver_sql("DROP TABLE audit") and None)
    answer = await bruno.opens(case)
    printed = "".join(capfd.readouterr()) + caplog.text
    secrets = (WORDS, NUMBER, "bruno", cast.bruno.member.id, case.rpartition("/")[2], bruno.cookie, "canary")

    assert answer.status == 500
    assert "Something went wrong on our side" in answer.body
    assert "console-page-failed" in printed
    assert [word for word in secrets if word in printed + answer.body] == []


async def test_no_look_is_shown_that_could_not_be_recorded(bruno: Clerk, office: Office) -> None:
    await everything(office, {"bhcds": Package.FULL})
    case = (await bruno.cases())[0]
    await office.app.house.database.unit(lambda c: c.exec_driver_sql("DROP TABLE audit") and None)
    answer = await bruno.opens(case)

    assert answer.status == 500
    assert WORDS not in answer.body
