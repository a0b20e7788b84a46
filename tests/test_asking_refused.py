"""Questions about sharing that are not asked, answers that count for nothing, and what Carla cannot do to Bruno's."""

import re

import pytest

from bot.app import App
from bot.asking import asked_in
from bot.commands import Setting
from bot.correspondence import REPORTER
from bot.correspondence import Opened as OpenedLetter
from bot.my_sharing import Answering
from bot.reports.letter import REQUEST, REQUEST_ANSWER, Letter
from bot.reports.request import Request, Said, Told, asking, telling
from bot.state import State
from dialogs.my_report_commands import Opened
from dialogs.my_report_sharing_commands import AnswerRequest
from dialogs.parts import Package
from tests.afterwards import amina, bruno, carla, office
from tests.at_the_console import Clerk, Office
from tests.clock import A_MONDAY, Clock
from tests.on_telegram import app, telegram
from tests.sharing import REASON, asked, asks, filed, letters_of, only_case, opens_it, parts_of, taps
from tests.telegram_reading import state_of
from tests.telegram_world.people import Person

__all__ = ["amina", "app", "asked", "bruno", "carla", "office", "telegram"]

LIVEWEST, DOOR = "LiveWest", "They ask you something"


@pytest.mark.parametrize("agency", ["bhcds", "bristol-mind", "bristol-monitoring", "nobody", ""])
async def test_only_agencies_on_the_list_can_be_asked_about(bruno: Clerk, office: Office, agency: str) -> None:
    await office.app.joining.agency("bristol-monitoring")
    await filed(office, {"bhcds": Package.FULL})
    case = await only_case(bruno)

    assert (await asks(bruno, case, agency=agency)).status in (404, 422)
    assert f'value="{agency or "-"}"' not in (await bruno.opens(f"{case}/questions")).body
    assert await letters_of(office.app, "reporter") == 0


@pytest.mark.parametrize(
    "fields", [{"reason": " "}, {"reason": "x" * 601}, {"package": "count"}, {"package": ""}, {"language": "tlh"}]
)
async def test_a_question_that_says_too_little_or_too_much_is_not_sent(
    bruno: Clerk, office: Office, fields: dict[str, str]
) -> None:
    await filed(office, {"bhcds": Package.FULL})
    answer = await asks(bruno, await only_case(bruno), **fields)

    assert answer.status == 422
    assert fields.get("reason", REASON).strip() in answer.body
    assert await letters_of(office.app, "reporter") == 0


async def test_the_same_question_is_not_asked_twice_at_once(bruno: Clerk, office: Office) -> None:
    await filed(office, {"bhcds": Package.FULL})
    case = await only_case(bruno)
    answers = [await asks(bruno, case) for _ in range(2)]

    assert [answer.status for answer in answers] == [303, 422]
    assert "You have asked about this agency already" in answers[1].body
    assert await letters_of(office.app, "reporter") == 1


async def test_who_only_counts_a_report_asks_nothing(carla: Clerk, office: Office) -> None:
    await filed(office, {"bhcds": Package.FULL, "livewest": Package.COUNT})
    case = await only_case(carla)

    assert "Ask about another agency" not in (await carla.opens(case)).body
    assert (await asks(carla, case, agency="bhcds")).status == 404


async def test_carla_can_neither_ask_nor_see_about_brunos_case(
    bruno: Clerk, carla: Clerk, office: Office, clock: Clock
) -> None:
    await filed(office, {"bhcds": Package.FULL, "livewest": Package.FULL})
    theirs, mine = await only_case(bruno), await only_case(carla)
    before = (await carla.opens(mine)).body
    await asks(bruno, theirs)

    nothing = await carla.opens(f"/console/cases/{'0' * 32}/questions")
    assert (await carla.opens(f"{theirs}/questions")).body == nothing.body
    assert (await asks(carla, theirs)).status == nothing.status == 404
    assert (await carla.opens(mine)).body == before


async def test_nobody_asks_after_she_took_back_what_she_allowed(amina: Person, bruno: Clerk, asked: str) -> None:
    await taps(amina, "Who has my report", "Number 1", "No, do not share", "Back to my report")

    assert (await asks(bruno, asked, agency="livewest")).status == 404
    assert (await bruno.opens(f"{asked}/questions")).status == 404
    await amina.reads("What would you like to do next?")
    assert DOOR not in amina.screen.labels


async def test_a_question_that_was_taken_back_can_do_nothing_any_more(
    app: App, amina: Person, bruno: Clerk, asked: str
) -> None:
    await taps(amina, DOOR, "Answer now")
    found = re.search(rf"{asked}/questions/\w+/end", (await bruno.opens(asked)).body)
    assert found is not None
    await bruno.presses(asked, found[0])

    await amina.taps("Facts and my words")

    await amina.reads("This question stands no longer. Nothing has changed.")
    assert await parts_of(app, "livewest") == set()
    assert "Taken back by you, on" in (await bruno.opens(asked)).body


async def test_a_question_she_has_answered_cannot_be_taken_back(amina: Person, bruno: Clerk, asked: str) -> None:
    found = re.search(rf"{asked}/questions/\w+/end", (await bruno.opens(asked)).body)
    assert found is not None
    await taps(amina, DOOR, "Answer now", "No, do not share")
    await bruno.presses(asked, found[0])

    body = (await bruno.opens(asked)).body
    assert "No, on" in body
    assert "Taken back" not in body


UNBOUND: tuple[dict[str, str] | None, ...] = (None, {"package": "account"}, {"package": "facts", "bound": "f" * 64})


@pytest.mark.parametrize("answer", UNBOUND)
async def test_a_yes_bound_to_nothing_she_read_shares_nothing(
    app: App, amina: Person, asked: str, clock: Clock, answer: dict[str, str] | None
) -> None:
    await says_yes_unread(app, amina, answer)

    assert await parts_of(app, "livewest") == set()


@pytest.mark.parametrize("answer", UNBOUND)
async def test_nor_does_it_tell_that_somebody_has_the_report(
    app: App, amina: Person, bruno: Clerk, office: Office, clock: Clock, answer: dict[str, str] | None
) -> None:
    code = await filed(office, {"bhcds": Package.FULL, "livewest": Package.ACCOUNT})
    clock.advance(minutes=5)
    case = await only_case(bruno)
    await asks(bruno, case)
    await opens_it(amina, code)
    await says_yes_unread(app, amina, answer)

    assert "None yet" in (await bruno.opens(case)).body


async def says_yes_unread(app: App, amina: Person, answer: dict[str, str] | None) -> None:
    """What a dialog at fault would do."""
    opened, request = await what_she_opened(app, amina)
    command = AnswerRequest("answered", opened, request=request, package=Package.ACCOUNT, consent="asked[livewest]")
    state = State(draft="d", began=app.house.clock().date(), locale="en", answers={"asked[livewest]": answer})
    setting = Setting(conversation="c" * 32, state=state, now=app.house.clock())
    answering = app.house.runners[AnswerRequest]
    assert isinstance(answering, Answering)

    with pytest.raises(RuntimeError, match="nobody consented"):
        await app.house.database.unit(lambda c: answering.run(c, command, None, setting))


async def what_she_opened(app: App, amina: Person) -> tuple[Opened, str]:
    """Her report as it lies open, and the letter that asks."""
    answers = (await state_of(app, amina)).answers
    opened = next(one for one in answers.values() if isinstance(one, dict) and one.get("report"))
    return Opened(report=opened["report"], key=opened["key"]), answers["news"]["letters"][0]["id"]


@pytest.mark.parametrize(
    ("author", "said", "counts"),
    [
        (REPORTER, Said.YES, True),
        (REPORTER, Said.ENDED, False),
        ("bhcds", Said.ENDED, True),
        ("bhcds", Said.YES, False),
        ("livewest", Said.NO, False),
    ],
)
def test_only_she_answers_and_only_who_asked_takes_it_back(author: str, said: Said, counts: bool) -> None:
    request = Request(agency="livewest", package=Package.FACTS)
    question = Letter(locale="en", items=(), kind=REQUEST, answers=asking(request, name=LIVEWEST, opens="Facts"))
    answers = telling(Told(about="q", said=said), name=LIVEWEST)
    answer = Letter(locale="en", items=(), kind=REQUEST_ANSWER, answers=answers)
    found = (
        OpenedLetter(id="q", author="bhcds", sent_at=A_MONDAY, new=True, letter=question),
        OpenedLetter(id="a", author=author, sent_at=A_MONDAY, new=True, letter=answer),
    )

    [one] = asked_in(found)
    assert (one.asker, one.request, one.said) == ("bhcds", request, said if counts else None)
