"""Coming in: who is let in, how guessing is slowed down, and that nobody learns which name exists."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import delete

from bot.app import App
from bot.encryption.passphrase import PASSPHRASE as REAL_COST
from bot.storage import audit, tables
from tests.at_the_console import Clerk, Office, clerk, code_of, open_office
from tests.clock import Clock
from tests.conftest import PASSPHRASE, Cast

CASES = "<h1>Cases</h1>"


@pytest.fixture
async def office(app: App, clock: Clock) -> AsyncIterator[Office]:
    async with open_office(app, clock) as opened:
        yield opened


@pytest.fixture
async def bruno(office: Office) -> AsyncIterator[Clerk]:
    async with clerk(office) as someone:
        yield someone


async def test_bruno_signs_in_with_all_three_and_sees_his_cases(bruno: Clerk, cast: Cast) -> None:
    answer = await bruno.enters(cast.bruno)

    assert answer.where == "/console/"
    assert CASES in (await bruno.opens("/console/")).body


async def test_nobody_sees_a_page_without_signing_in(bruno: Clerk) -> None:
    for path in ("/console/", "/console/cases/" + "0" * 32, f"/console/cases/{'0' * 32}/files/{'1' * 32}"):
        assert (await bruno.opens(path)).where == "/console/sign-in"


async def test_the_answer_does_not_tell_what_was_wrong(bruno: Clerk, cast: Cast, clock: Clock) -> None:
    code = code_of(cast.bruno, clock())
    passphrase = await bruno.tries("bruno", "not this", code)
    stranger = await bruno.tries("bruna", PASSPHRASE, code)
    clock.advance(minutes=1)
    digits = await bruno.tries("bruno", PASSPHRASE, "000000")
    known = await bruno.tries("bruna", PASSPHRASE, "000000")

    assert passphrase.status == stranger.status == digits.status == known.status == 403
    assert passphrase.body == stranger.body.replace("bruna", "bruno")
    assert digits.body == known.body.replace("bruna", "bruno")


async def test_an_unknown_name_costs_the_same_stretching(app: App, clock: Clock, cast: Cast) -> None:
    async with open_office(app, clock, cost=REAL_COST) as office, clerk(office) as someone:
        began = time.perf_counter()
        await someone.tries("nobody of this name", PASSPHRASE, "000000")

        assert time.perf_counter() - began > 0.03  # with the tests' cost it takes a tenth of that


@pytest.mark.parametrize("name", ["bruno", "nobody"])
async def test_each_failure_doubles_the_wait(bruno: Clerk, cast: Cast, clock: Clock, name: str) -> None:
    said = []
    for seconds in (1, 2, 4, 8, 16):
        said.append((await bruno.tries(name, "guess", "000000")).body)
        clock.advance(seconds=seconds)

    waits = ("1 second.", "2 seconds.", "4 seconds.", "8 seconds.", "16 seconds.")
    assert all(f"try again in {wait}" in body for wait, body in zip(waits, said, strict=True))


@pytest.mark.parametrize("name", ["bruno", "nobody"])
async def test_a_try_during_the_wait_is_not_looked_at(bruno: Clerk, cast: Cast, clock: Clock, name: str) -> None:
    await bruno.tries(name, "guess", "000000")
    early = await bruno.tries(name, PASSPHRASE, code_of(cast.bruno, clock()))

    assert early.status == 429
    assert "Please wait a little" in early.body


async def test_nobody_is_ever_locked_out_for_good(bruno: Clerk, cast: Cast, clock: Clock) -> None:
    for _ in range(25):
        await bruno.tries("bruno", "guess", "000000")
        clock.advance(minutes=15)

    assert (await bruno.enters(cast.bruno)).status == 303


async def test_success_forgets_the_failures(bruno: Clerk, cast: Cast, clock: Clock) -> None:
    for _ in range(5):
        await bruno.tries("bruno", "guess", "000000")
        clock.advance(minutes=15)
    await bruno.enters(cast.bruno)

    assert "try again in 1 second." in (await bruno.tries("bruno", "guess", "000000")).body


async def test_of_many_guesses_at_once_one_is_looked_at(bruno: Clerk, cast: Cast, office: Office) -> None:
    token = await bruno.token()
    fields = {"token": token, "name": "bruno", "passphrase": "guess", "code": "000000"}
    answers = await asyncio.gather(*(bruno.asks("POST", "/console/sign-in", data=fields) for _ in range(20)))

    assert sorted(answer.status for answer in answers) == [403] + [429] * 19


async def test_a_one_time_code_works_once(bruno: Clerk, office: Office, cast: Cast, clock: Clock) -> None:
    code = code_of(cast.bruno, clock())
    await bruno.enters(cast.bruno)
    async with clerk(office) as thief:
        again = await thief.tries("bruno", PASSPHRASE, code)

    assert again.status == 403


async def test_a_code_of_the_minute_before_last_is_too_old(bruno: Clerk, cast: Cast, clock: Clock) -> None:
    code = code_of(cast.bruno, clock())
    clock.advance(seconds=60)

    assert (await bruno.tries("bruno", PASSPHRASE, code)).status == 403


async def test_a_clock_that_is_a_little_slow_still_opens(bruno: Clerk, cast: Cast, clock: Clock) -> None:
    code = code_of(cast.bruno, clock())
    clock.advance(seconds=30)

    assert (await bruno.tries("bruno", PASSPHRASE, f"{code[:3]} {code[3:]}")).status == 303


async def test_an_id_planted_before_signing_in_is_worth_nothing(bruno: Clerk, office: Office, cast: Cast) -> None:
    await bruno.opens("/console/sign-in")
    planted = bruno.cookie
    await bruno.enters(cast.bruno)
    async with clerk(office) as thief:
        looked = await thief.opens("/console/", headers={"cookie": f"console={planted}"})

    assert planted != bruno.cookie
    assert looked.where == "/console/sign-in"


async def test_fifteen_idle_minutes_end_a_session(bruno: Clerk, cast: Cast, clock: Clock, office: Office) -> None:
    await bruno.enters(cast.bruno)
    clock.advance(minutes=14, seconds=59)
    assert (await bruno.opens("/console/")).status == 200
    clock.advance(minutes=15)

    assert (await bruno.opens("/console/")).where == "/console/sign-in"


async def test_eight_hours_end_a_session_however_busy(bruno: Clerk, cast: Cast, clock: Clock) -> None:
    await bruno.enters(cast.bruno)
    for _ in range(47):
        clock.advance(minutes=10)
        assert (await bruno.opens("/console/")).status == 200
    clock.advance(minutes=10)

    assert (await bruno.opens("/console/")).where == "/console/sign-in"


async def test_signing_out_makes_the_cookie_worthless(bruno: Clerk, office: Office, cast: Cast) -> None:
    await bruno.enters(cast.bruno)
    cookie = bruno.cookie
    out = await bruno.presses("/console/", "/console/sign-out")
    async with clerk(office) as thief:
        looked = await thief.opens("/console/", headers={"cookie": f"console={cookie}"})

    assert "You are signed out" in out.body
    assert looked.where == "/console/sign-in"


async def test_somebody_who_left_the_agency_is_out_at_once(bruno: Clerk, office: Office, cast: Cast) -> None:
    await bruno.enters(cast.bruno)
    await office.app.house.database.unit(lambda c: c.execute(delete(tables.staff)) and None)

    assert (await bruno.opens("/console/")).status == 404
    assert (await bruno.opens("/console/")).where == "/console/sign-in"


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ({}, ""),
        ({}, "0" * 64),
        ({"sec-fetch-site": "cross-site"}, None),
        ({"sec-fetch-site": "same-site"}, None),
        ({"origin": "https://elsewhere.example"}, None),
    ],
)
async def test_a_form_from_elsewhere_does_nothing(
    bruno: Clerk, cast: Cast, headers: dict[str, str], token: str | None
) -> None:
    await bruno.enters(cast.bruno)
    given = await bruno.token("/console/") if token is None else token
    refused = await bruno.asks("POST", "/console/sign-out", data={"token": given}, headers=headers)

    assert refused.status == 403
    assert (await bruno.opens("/console/")).status == 200


async def test_another_persons_form_token_does_not_fit(bruno: Clerk, office: Office, cast: Cast) -> None:
    await bruno.enters(cast.bruno)
    async with clerk(office) as carla:
        await carla.enters(cast.carla)
        theirs = await carla.token("/console/")

    assert (await bruno.asks("POST", "/console/sign-out", data={"token": theirs})).status == 403


async def test_over_https_the_cookie_is_held_as_tightly_as_can_be(app: App, clock: Clock) -> None:
    async with open_office(app, clock, url="https://help.example") as office, clerk(office) as someone:
        answer = await someone.opens("/console/sign-in")

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-console=")
    assert all(word in cookie for word in ("; HttpOnly", "; Path=/", "; SameSite=strict", "; Secure"))
    assert answer.headers["strict-transport-security"] == "max-age=63072000"


async def test_every_sign_in_and_every_failure_is_recorded(bruno: Clerk, office: Office, cast: Cast) -> None:
    await bruno.tries("nobody", PASSPHRASE, "000000")
    await bruno.tries("bruno", "guess", "000000")
    office.clock.advance(minutes=1)
    await bruno.enters(cast.bruno)
    await bruno.presses("/console/", "/console/sign-out")

    database = office.app.house.database
    nobody = await database.look(lambda c: audit.acts(c, ""))
    bhcds = await database.look(lambda c: audit.acts(c, "bhcds"))
    assert [act.act for act in nobody] == ["sign-in-failed"]
    assert [act.act for act in bhcds] == ["sign-in-failed", "sign-in", "inbox", "sign-out"]
    assert {act.staff for act in bhcds} == {cast.bruno.member.id}
