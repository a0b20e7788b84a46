"""The survey: Amina says how it went; Bruno reads it, those who count learn the ticks, Carla sees nothing."""

import json

from sqlalchemy import update

from bot.app import App
from bot.encryption.content import bind
from bot.encryption.sealing import Purpose, open_sealed
from bot.reports.letter import Letter
from bot.storage.tables import cases, feedback, letter_keys, surveys
from tests.afterwards import (
    LIST,
    amina,
    bruno,
    carla,
    comes_back,
    kept,
    office,
    says_how_it_went,
    sends_and_says_how_it_went,
    takes_the_case,
)
from tests.at_the_console import Clerk
from tests.conftest import Cast, desk
from tests.on_telegram import app, sends_a_short_report, telegram
from tests.telegram_world.people import Person
from tests.test_my_report import opens_her_report

__all__ = ["amina", "app", "bruno", "carla", "office", "telegram"]


async def test_bruno_reads_how_it_went_for_amina_and_carla_does_not(amina: Person, bruno: Clerk, carla: Clerk) -> None:
    code = await sends_a_short_report(amina, "They shouted at me.")
    case = await takes_the_case(bruno)
    await opens_her_report(amina, code)

    await says_how_it_went(amina)

    for page in ((await bruno.opens(LIST)).body, (await bruno.opens(case)).body):
        assert "Nobody called me back for a week." in page
        assert "Completely happy" in page
        assert "Act sooner" in page
    assert ": survey" in (await bruno.opens(case)).body
    theirs = (await carla.opens(LIST)).body
    assert theirs.count("None yet.") == 3
    assert "week" not in theirs


async def test_amina_is_not_asked_before_anybody_worked_on_it_nor_twice(amina: Person, bruno: Clerk) -> None:
    code = await sends_a_short_report(amina, "They shouted at me.")
    await opens_her_report(amina, code)
    assert "Say how it went" not in amina.screen.labels

    await takes_the_case(bruno)
    await comes_back(amina, code)
    await says_how_it_went(amina)

    assert "Say how it went" not in amina.screen.labels
    assert "Read my messages" not in amina.screen.labels  # her answers are no message to her


async def test_at_closure_saying_how_it_went_is_offered_first(app: App, amina: Person, bruno: Clerk) -> None:
    code = await sends_a_short_report(amina, "They shouted at me.")
    await takes_the_case(bruno)
    await opens_her_report(amina, code)
    assert amina.screen.labels.index("Say how it went") > 0

    await app.house.database.unit(lambda c: c.execute(update(cases).values(state="closed")) and None)
    await comes_back(amina, code)

    assert amina.screen.labels[0] == "Say how it went"
    await amina.reads("has finished its work on your report.")


async def test_every_question_can_be_skipped_and_nothing_is_sent_then(app: App, amina: Person, bruno: Clerk) -> None:
    code = await sends_a_short_report(amina, "They shouted at me.")
    await takes_the_case(bruno)
    await opens_her_report(amina, code)

    for label in ("Say how it went", "Yes", *["Skip"] * 9):
        await amina.taps(label)

    await amina.reads("You gave no answers. Nothing was sent.")
    assert await kept(app, feedback) == []


async def test_who_stops_after_one_question_sends_only_that_answer(amina: Person, bruno: Clerk) -> None:
    code = await sends_a_short_report(amina, "They shouted at me.")
    await takes_the_case(bruno)
    await opens_her_report(amina, code)

    for label in ("Say how it went", "Yes", "Very unhappy", "No more questions", "Send it"):
        await amina.taps(label)
    await amina.reads("I have sent your answers.")

    page = (await bruno.opens(LIST)).body
    assert "Very unhappy" in page
    assert "No more questions" not in page
    assert "What they did" not in page


async def test_an_agency_that_may_not_open_the_report_is_not_judged(amina: Person, bruno: Clerk) -> None:
    code = await sends_a_short_report(amina, "They shouted at me.")
    await takes_the_case(bruno)
    await opens_her_report(amina, code)

    for label in ("Who has my report", "Number 1", "No, do not share", "Back to my report"):
        await amina.taps(label)
    await amina.reads("What would you like to do next?")

    assert "Say how it went" not in amina.screen.labels


async def test_those_who_count_learn_the_ticks_and_nothing_else(
    app: App, cast: Cast, amina: Person, bruno: Clerk
) -> None:
    counting = await desk(app, "bristol-monitoring", "mona")
    await sends_and_says_how_it_went(amina, bruno)

    [row] = await kept(app, surveys)
    plain = open_sealed(row["sealed"], counting.agency.key, Purpose.SURVEY, context=bind("bristol-monitoring"))
    counted = json.loads(plain)
    assert row["month"] == "2027-03"
    assert set(row) == {"id", "month", "sealed"}
    assert counted["area"] == "bristol"
    assert counted["answers"]["survey_did"] == "completely"
    assert counted["answers"]["survey_better"]["chosen"] == ["sooner", "listen"]
    assert "survey_words" not in counted["answers"]
    assert b"week" not in plain


async def test_her_answers_lie_sealed_to_bruno_and_herself_alone(app: App, amina: Person, bruno: Clerk) -> None:
    await sends_and_says_how_it_went(amina, bruno)

    receivers = {row["receiver"] for row in await kept(app, letter_keys)}
    stored = app.config.database.read_bytes() + app.config.database.with_suffix(".sqlite3-wal").read_bytes()
    assert receivers == {"bhcds", "reporter"}
    assert b"called me back" not in stored
    assert b"Completely happy" not in stored


def test_a_letter_of_an_older_program_is_a_message() -> None:
    old = b'{"v":1,"locale":"en","items":[{"words":"Hello","locale":"en","ref":""}]}'

    letter = Letter.from_bytes(old)

    assert (letter.kind, letter.answers, letter.words) == ("message", (), "Hello")
    assert Letter.from_bytes(letter.to_bytes()) == letter
