"""Amina sends a second report of the same thing: those who can open both see that they belong together, nobody else."""

from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import select

from bot import correspondence
from bot.app import App
from bot.conversations import Conversations
from bot.encryption.keys import PrivateKey
from bot.guessing import FREE
from bot.randomness import new_id
from bot.series import FilingInSeries, Prepared
from bot.storage import cases, letters
from bot.storage import reports as reports_kept
from bot.storage import wrong_codes as wrong_codes_kept
from bot.storage.tables import letters as letter_rows
from bot.storage.tables import reports, wrong_codes
from dialogs.commands import FileReport
from tests.clock import Clock
from tests.conftest import Cast
from tests.talking import Talker
from tests.test_code_typed import GROUPED
from tests.test_conversations import state_of

FIRST, SECOND = "They shouted at me.", "They came back."
JOINED_WORDS, NOT_JOINED = "Staff see both together now.", "I could not put the two together."

CHECK = "Shall I send this now?"


@pytest.fixture
async def amina(app: App, cast: Cast) -> Talker:
    return Talker(app)


async def tells_again(amina: Talker, code: str, *, carla: bool = False, until: str = CHECK) -> None:
    """A longer report of something that happened before. `carla`: LiveWest may have the facts."""
    await amina.begins_a_story(SECOND)
    await amina.taps("That's all", "A few more questions")
    await amina.skips_to("Has it happened before?")
    await amina.taps("Yes, once or twice before")
    if carla:
        await amina.skips_to("What kind of place was it?")
        await amina.taps("At home, inside")
        await amina.skips_to("Who owns or runs the home?")
        await amina.taps("A housing association")
        await amina.says("LiveWest")
        await amina.taps("LiveWest", "No")
    await amina.skips_to("Have you sent us a report of it before?")
    await amina.taps("Yes")
    await amina.says(code)
    if carla:
        await amina.skips_to("runs the home. ")
        await amina.taps("Only the facts")
    await amina.skips_to(until)


async def sends(amina: Talker) -> None:
    await amina.taps("Send")
    await amina.taps("I have kept my code")


async def newest_report(app: App) -> str:
    rows = await app.house.database.look(lambda c: c.execute(select(reports).order_by(reports.c.filed_at)).all())
    return str(rows[-1].id)


async def read_by(app: App, agency: str, key: PrivateKey) -> list[str]:
    """What this agency finds written to it about the newest report."""
    report = await newest_report(app)
    found = await app.house.database.look(lambda c: letters.letters_for(c, report, agency))
    return [one.letter.words if one.letter else "" for one in correspondence.read(found, agency, key)]


async def number_of_the_first(app: App, agency: str) -> str:
    rows = await app.house.database.look(lambda c: c.execute(select(reports).order_by(reports.c.filed_at)).all())
    numbers = await app.house.database.look(lambda c: cases.numbers_of(c, rows[0].id))
    return numbers[agency]


async def test_those_who_hold_both_see_the_number_of_the_first(
    amina: Talker, app: App, cast: Cast, clock: Clock
) -> None:
    code = await amina.sends_a_report(FIRST)
    clock.advance(hours=30)
    await tells_again(amina, code)
    await sends(amina)

    assert JOINED_WORDS in amina.reads()
    [line] = await read_by(app, "bhcds", cast.bruno.agency.key)
    assert await number_of_the_first(app, "bhcds") in line
    assert FIRST not in line


async def test_whoever_holds_only_the_second_never_learns_of_the_first(
    amina: Talker, app: App, cast: Cast, clock: Clock
) -> None:
    code = await amina.sends_a_report(FIRST)
    clock.advance(hours=30)
    await tells_again(amina, code, carla=True)
    await sends(amina)

    assert JOINED_WORDS in amina.reads()
    assert await read_by(app, "livewest", cast.carla.agency.key) == []
    rows = await app.house.database.look(lambda c: c.execute(select(letter_rows)).all())
    assert len(rows) == 1


async def test_the_code_of_the_first_is_kept_nowhere(amina: Talker, app: App, cast: Cast, clock: Clock) -> None:
    code = await amina.sends_a_report(FIRST)
    clock.advance(hours=30)
    await tells_again(amina, code)
    shown = amina.reads()
    await sends(amina)

    digits = code.replace(" ", "")
    [line] = await read_by(app, "bhcds", cast.bruno.agency.key)
    kept = (await state_of(amina)).to_bytes().decode()
    for words in (shown, line, kept):
        assert digits not in words.replace(" ", "")


async def test_a_code_that_opens_nothing_joins_nothing_and_is_counted(amina: Talker, app: App, cast: Cast) -> None:
    await tells_again(amina, GROUPED)
    await sends(amina)

    assert NOT_JOINED in amina.reads()
    assert await read_by(app, "bhcds", cast.bruno.agency.key) == []
    tried = await app.house.database.look(lambda c: c.execute(select(wrong_codes)).all())
    assert len(tried) == 1


async def test_somebody_without_a_first_report_is_told_nothing_about_one(amina: Talker, cast: Cast) -> None:
    await amina.sends_a_report(FIRST)
    await amina.taps("I have kept my code")

    assert JOINED_WORDS not in amina.reads()
    assert NOT_JOINED not in amina.reads()


async def test_a_first_report_that_was_taken_back_joins_nothing(
    amina: Talker, app: App, cast: Cast, clock: Clock
) -> None:
    code = await amina.sends_a_report(FIRST)
    await app.house.database.unit(
        lambda c: reports_kept.withdraw(c, c.execute(select(reports.c.id)).scalar_one(), "bhcds", clock())
    )
    clock.advance(hours=30)
    await tells_again(amina, code)
    await sends(amina)

    assert NOT_JOINED in amina.reads()
    assert await read_by(app, "bhcds", cast.bruno.agency.key) == []


async def test_who_only_counts_never_sees_what_belongs_together(amina: Talker, app: App, clock: Clock) -> None:
    counters = await app.joining.agency("bristol-monitoring")
    await amina.begins_a_story(FIRST)
    await amina.taps("That's all", "No more questions", "No", "Add who gets it")
    await lets_them_count(amina)
    assert amina.shown is not None
    code = amina.shown.copy
    clock.advance(hours=30)
    await tells_again(amina, code, until="May they count this report?")
    await lets_them_count(amina)

    assert len(await read_by(app, "bristol-monitoring", counters.key)) == 0
    assert await number_of_the_first(app, "bristol-monitoring")


async def lets_them_count(amina: Talker) -> None:
    await amina.taps("Yes, count it", "Send")


async def test_a_code_she_took_back_is_gone_once_the_report_is_sent(amina: Talker, cast: Cast) -> None:
    await amina.begins_a_story(SECOND)
    await amina.taps("That's all", "A few more questions")
    await amina.skips_to("Has it happened before?")
    await amina.taps("Yes, once or twice before")
    await amina.skips_to("Have you sent us a report of it before?")
    await amina.taps("Yes")
    await amina.says(GROUPED)
    await amina.taps("Back", "Back", "No")
    await amina.skips_to(CHECK)
    await amina.taps("Send")

    state = await state_of(amina)
    assert state.answers["file"]
    assert GROUPED.replace(" ", "").encode() not in state.to_bytes()
    assert state.before == {}


class Watched(FilingInSeries):
    """Notes with which codes filing was prepared."""

    def __init__(self, runner: FilingInSeries) -> None:
        self.__dict__.update(runner.__dict__)
        self.codes: list[str] = []

    async def prepare(self, command: FileReport) -> Prepared:
        self.codes.append(command.earlier)
        return await super().prepare(command)


@pytest.mark.parametrize("tried", [0, FREE])
async def test_while_a_chat_must_wait_no_code_is_looked_up_with_a_report(app: App, cast: Cast, tried: int) -> None:
    real = app.house.runners[FileReport]
    assert isinstance(real, FilingInSeries)
    watched = Watched(real)
    house = replace(app.house, runners={**app.house.runners, FileReport: watched})
    amina = Talker(replace(app, conversations=Conversations(house)))
    person = app.house.keyring.person_id(amina.channel, amina.who)
    for _ in range(tried):
        id, now = new_id(app.house.random), app.house.clock()
        await app.house.database.unit(partial(wrong_codes_kept.note, id=id, person=person, at=now))

    await tells_again(amina, GROUPED)
    await amina.taps("Send")

    assert watched.codes == ([GROUPED.replace(" ", "")] if tried < FREE else [""])
    assert (await state_of(amina)).answers["file"]["joined"] is False
