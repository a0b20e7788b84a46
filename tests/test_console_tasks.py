"""Tasks in the console: who sees them, what is due, locked, done and by whom."""

import asyncio
import re

from sqlalchemy import Connection, func, select

from bot.reminding import Reminding
from bot.storage import audit
from bot.storage.tables import alerts
from dialogs.parts import Package, Part
from services_directory.routing import Situation
from tests.at_the_console import Clerk, Office, Told, account, bruno, clerk, contact, facts, office
from tests.clock import Clock
from tests.conftest import PASSPHRASE, Cast, Desk

__all__ = ["bruno", "office"]

ASSAULT = Situation(area="bristol", kinds=frozenset({"told", "sexual"}))
SAME = "Find out whether the person accused lives in the same property"
WISH = "Ask the person who was hurt whether they want to stay or move, and see that they are safe tonight"
ACCUSED = "Speak with each person accused, each alone, and write down their version"
SERIOUS = "Send the serious incident report to Bristol City Council"
INTERNAL = "Report it on your internal incident system"


def said(id: str, label: str, code: str) -> Told:
    return Told(id=id, part=Part.FACTS, label=label, shown=[code], stored=code)


def told_by_a_worker(**answers: str) -> tuple[Told, ...]:
    return (*facts(contact="no"), *account("She said it in her own words."), *(said(*one) for one in _said(answers)))


def _said(answers: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(id, id, code) for id, code in answers.items()]


async def bea_beside_bruno(office: Office, cast: Cast) -> Desk:
    member = await office.app.joining.member(cast.bruno.agency, name="bea", passphrase=PASSPHRASE)
    return Desk(agency=cast.bruno.agency, member=member)


async def comes_back(bruno: Clerk, cast: Cast, **later: float) -> None:
    """Some hours go by, after which nobody is signed in any more."""
    bruno.office.clock.advance(**later)
    await bruno.enters(cast.bruno)


async def a_worker_was_told(office: Office, **answers: str) -> None:
    await office.file(told_by_a_worker(**answers), {"bhcds": Package.ACCOUNT}, situation=ASSAULT)


async def task(someone: Clerk, words: str) -> str:
    """The address of the task with these words."""
    [case] = await someone.cases()
    found = re.search(rf'href="(/console/cases/\w+/tasks/\w+)">{re.escape(words)}<', (await someone.opens(case)).body)
    assert found is not None, words
    return found[1]


def plain(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).replace("&#39;", "'").split())


async def reads(someone: Clerk, address: str) -> str:
    return plain((await someone.opens(address)).body)


# Who has which tasks.


async def test_a_worker_who_was_told_brings_tasks_with_clocks(bruno: Clerk, office: Office, cast: Cast) -> None:
    await a_worker_was_told(office)
    await comes_back(bruno, cast, hours=2)
    [case] = await bruno.cases()
    text = await reads(bruno, case)

    assert f"{SERIOUS} Due in 46 hours" in text
    assert "Tell the manager on duty now Late Due 60 minutes late" in text
    assert f"{WISH} Who has it Nobody Locked. “{SAME}” is not decided yet." in text


async def test_clocks_begin_when_the_worker_learned_of_it(bruno: Clerk, office: Office) -> None:
    learned = Told(
        id="staff_told",
        part=Part.FACTS,
        label="Staff learned of it",
        shown=["Sunday"],
        stored={"precision": "minute", "day": "2027-02-28", "at": "21:00"},
    )
    await office.file((*told_by_a_worker(), learned), {"bhcds": Package.ACCOUNT}, situation=ASSAULT)

    assert f"{SERIOUS} Due in 36 hours" in await reads(bruno, (await bruno.cases())[0])


async def test_a_hate_report_brings_other_tasks(bruno: Clerk, office: Office) -> None:
    situation = Situation(area="bristol", kinds=frozenset({"verbal"}), contactable=True)
    await office.file((*facts(), *account("Loud."), *contact()), {"bhcds": Package.FULL}, situation=situation)
    text = await reads(bruno, (await bruno.cases())[0])

    assert "Contact the person for the first time" in text
    assert SERIOUS not in text
    assert "hateful writing" not in text


async def test_who_only_counts_a_report_has_no_tasks(office: Office, cast: Cast) -> None:
    receivers = {"bhcds": Package.ACCOUNT, "livewest": Package.COUNT}
    await office.file(told_by_a_worker(), receivers, situation=ASSAULT)
    async with clerk(office) as carla:
        await carla.enters(cast.carla)
        text = await reads(carla, (await carla.cases())[0])

    assert "No tasks yet." in text
    assert SERIOUS not in text


async def test_carla_sees_nothing_of_brunos_tasks(bruno: Clerk, office: Office, cast: Cast) -> None:
    await a_worker_was_told(office)
    address = await task(bruno, INTERNAL)
    async with clerk(office) as carla:
        await carla.enters(cast.carla)
        looked = await carla.opens(address)
        token = await carla.token("/console/")
        acts = ("take", "give", "note", "done", "not-needed", "open-again", "respondent", "no-such-act")
        tried = [await carla.asks("POST", f"{address}/{act}", data={"token": token}) for act in acts]
        added = await carla.asks("POST", address.rpartition("/")[0], data={"token": token, "words": "Mine"})

    assert {answer.status for answer in (looked, added, *tried)} == {404}
    assert "Mine" not in await reads(bruno, address.rpartition("/tasks/")[0])


async def test_a_task_of_another_case_is_not_found_under_this_one(bruno: Clerk, office: Office) -> None:
    await a_worker_was_told(office)
    address = await task(bruno, INTERNAL)
    await office.file(facts(), {"bhcds": Package.FACTS}, urgent=True)
    other = (await bruno.cases())[0]

    assert other not in address
    assert (await bruno.opens(f"{other}/tasks/{address.rpartition('/')[2]}")).status == 404


# What staff do about them.


async def test_a_task_is_done_with_its_evidence(bruno: Clerk, office: Office, cast: Cast) -> None:
    await a_worker_was_told(office)
    address = await task(bruno, SERIOUS)
    await comes_back(bruno, cast, hours=3)
    fields = {"ask-reference": "BCC-4711", "ask-sent": "2027-03-01T11:55", "done-words": "Sent by the portal."}

    assert (await bruno.presses(address, f"{address}/done", **fields)).where == address

    text = await reads(bruno, address)
    assert "Done Reference number BCC-4711 When it was sent Mon 1 March 2027, 11:55 Sent by the portal. bruno ," in text
    assert "Due closed in time ( Wed 3 March 2027, 09:00 )" in text


async def test_nothing_typed_is_lost_where_evidence_is_missing(bruno: Clerk, office: Office) -> None:
    await a_worker_was_told(office)
    address = await task(bruno, SERIOUS)
    answer = await bruno.presses(address, f"{address}/done", **{"ask-reference": "BCC-4711", "ask-sent": "soon"})

    assert answer.status == 422
    assert "Give a day and a time: When it was sent." in answer.body
    assert 'value="BCC-4711"' in answer.body
    assert "State Open" in await reads(bruno, address)


async def test_a_decision_opens_what_follows_from_it(bruno: Clerk, office: Office) -> None:
    await a_worker_was_told(office)
    address = await task(bruno, SAME)
    await bruno.presses(address, f"{address}/done", outcome="same-property")

    assert "Locked" not in await reads(bruno, await task(bruno, WISH))
    assert f"Locked. “{WISH}” is not closed yet." in await reads(bruno, await task(bruno, ACCUSED))


async def test_where_the_person_denies_it_the_branch_is_locked(bruno: Clerk, office: Office) -> None:
    await a_worker_was_told(office, denied="yes", same_property="yes")
    address = await task(bruno, ACCUSED)
    text = await reads(bruno, address)
    refused = await bruno.presses(address, f"{address}/done")

    assert "Locked." in text
    assert "The person named says that it did not happen." in text
    assert refused.status == 409
    assert (await bruno.presses(address, f"{address}/respondent")).status == 409


async def test_what_is_not_needed_needs_a_reason(bruno: Clerk, office: Office) -> None:
    await a_worker_was_told(office)
    address = await task(bruno, INTERNAL)
    without = await bruno.presses(address, f"{address}/not-needed")
    await bruno.presses(address, f"{address}/not-needed", **{"not-needed-words": "We have no such system."})

    assert without.status == 422
    assert "Not needed We have no such system. bruno" in await reads(bruno, address)


async def test_a_closed_task_can_be_opened_again(bruno: Clerk, office: Office) -> None:
    await a_worker_was_told(office)
    address = await task(bruno, SAME)
    await bruno.presses(address, f"{address}/done", outcome="other-property")
    await bruno.presses(address, f"{address}/open-again", **{"reopened-words": "They moved in."})
    text = await reads(bruno, address)

    assert "State Open" in text
    assert "Opened again They moved in." in text
    assert "No, somewhere else" in text  # what was written before stays


async def test_entries_are_said_seen_or_done_and_only_added_to(bruno: Clerk, office: Office, clock: Clock) -> None:
    await a_worker_was_told(office)
    address = await task(bruno, INTERNAL)
    for kind, words in (
        ("said", "“I want to stay.”"),
        ("observed", "A broken lock."),
        ("action", "Rang the duty team."),
    ):
        await bruno.presses(address, f"{address}/note", kind=kind, **{"note-words": words})
        clock.advance(minutes=1)
    opinion = await bruno.presses(address, f"{address}/note", kind="opinion", **{"note-words": "I doubt it."})
    text = await reads(bruno, address)

    assert opinion.status == 422
    assert text.index("I want to stay.") < text.index("A broken lock.") < text.index("Rang the duty team.")
    assert "I doubt it" not in text


async def test_a_task_is_taken_and_given_on(bruno: Clerk, office: Office, cast: Cast) -> None:
    await a_worker_was_told(office)
    bea = await bea_beside_bruno(office, cast)
    address = await task(bruno, INTERNAL)
    await bruno.presses(address, f"{address}/take")
    assert "Who has it bruno (you)" in await reads(bruno, address)
    await bruno.presses(address, f"{address}/give", owner=bea.member.id, before=cast.bruno.member.id)

    assert "Who has it bea" in await reads(bruno, address)
    assert (await bruno.presses(address, f"{address}/give", owner=cast.carla.member.id)).status == 422
    late = await bruno.presses(address, f"{address}/give", owner=cast.bruno.member.id, before=cast.bruno.member.id)
    assert (late.status, "Who has it bea" in await reads(bruno, address)) == (409, True)


async def test_of_two_who_close_a_task_at_once_one_does(bruno: Clerk, office: Office, cast: Cast) -> None:
    await a_worker_was_told(office)
    desk = await bea_beside_bruno(office, cast)
    address = await task(bruno, INTERNAL)
    async with clerk(office) as bea:
        await bea.enters(desk)
        tokens = [(each, await each.token(address)) for each in (bruno, bea)]
        acts = ("done", "take")
        for act in acts:
            answers = await asyncio.gather(
                *(
                    each.asks("POST", f"{address}/{act}", data={"token": token, "ask-reference": "7"})
                    for each, token in tokens
                )
            )
            assert sorted(answer.status for answer in answers) == [303, 409], act

    assert (await reads(bruno, address)).count("Reference number 7") == 1


async def test_staff_add_a_task_of_their_own(bruno: Clerk, office: Office) -> None:
    await a_worker_was_told(office)
    [case] = await bruno.cases()
    await bruno.presses(case, f"{case}/tasks", words="Ring the night   shift")
    address = await task(bruno, "Ring the night shift")
    await bruno.presses(address, f"{address}/done")

    assert "State Done" in await reads(bruno, address)
    assert (await bruno.presses(case, f"{case}/tasks", words="x" * 201)).status == 422


async def test_each_person_accused_has_a_record_only_its_keeper_reads(bruno: Clerk, office: Office, cast: Cast) -> None:
    await a_worker_was_told(office, same_property="yes")
    desk = await bea_beside_bruno(office, cast)
    wish = await task(bruno, WISH)
    await bruno.presses(wish, f"{wish}/done", **{"outcome": "wants-to-stay", "ask-safe": "yes"})
    accused = await task(bruno, ACCUSED)
    records = [(await bruno.presses(accused, f"{accused}/respondent")).where for _ in range(2)]
    await bruno.presses(records[0], f"{records[0]}/note", kind="said", **{"note-words": "He says he slept."})
    async with clerk(office) as bea:
        await bea.enters(desk)
        before = await reads(bea, records[0])
        refused = await bea.presses(records[0], f"{records[0]}/note", kind="said", **{"note-words": "Hm."})
        await bea.presses(records[0], f"{records[0]}/take", owner=cast.bruno.member.id)
        after = await reads(bea, records[0])
        form = "Give it to somebody"
        kept = await bruno.presses(records[0], f"{records[0]}/give", owner=cast.bruno.member.id, before=desk.member.id)

    assert "Respondent 1" in before
    assert "He says he slept." not in before
    assert (refused.status, kept.status) == (409, 409)
    assert (form in before, form in after) == (False, True)
    assert "He says he slept." in after
    assert "Respondent 2" in await reads(bruno, records[1])
    assert "He says" not in await reads(bruno, records[1])


async def test_everything_about_a_task_is_on_the_record_without_words(bruno: Clerk, office: Office) -> None:
    await a_worker_was_told(office)
    address = await task(bruno, INTERNAL)
    await bruno.presses(address, f"{address}/take")
    await bruno.presses(address, f"{address}/done")
    await bruno.presses(address, f"{address}/done", **{"ask-reference": "BCC-4711"})
    acts = await office.app.house.database.look(lambda c: audit.acts(c, "bhcds"))
    done = [act.act for act in acts if act.act.startswith("task")]

    assert [name for name in done if name != "task"] == ["task-take", "task-refused", "task-done"]
    assert done.count("task") == 3  # each form stands on the page of the task


async def test_a_form_from_elsewhere_changes_nothing(bruno: Clerk, office: Office) -> None:
    await a_worker_was_told(office)
    address = await task(bruno, INTERNAL)
    forged = await bruno.asks("POST", f"{address}/take", data={"token": "0" * 64})

    assert forged.status == 403
    assert "Who has it Nobody" in await reads(bruno, address)


# By when.


async def test_a_hard_clock_rings_three_times_and_never_says_what_it_is(
    office: Office, clock: Clock, cast: Cast
) -> None:
    await a_worker_was_told(office)
    reminding = Reminding(office.app.house)
    rang = []
    for hours in (1, 22, 1, 12, 8, 3, 1):
        clock.advance(hours=hours)
        rang.append(await reminding.remind())

    assert rang == [0, 0, 1, 1, 1, 0, 0]


async def test_a_warning_wakes_an_alert_that_was_read(bruno: Clerk, office: Office, clock: Clock) -> None:
    await a_worker_was_told(office)
    [case] = await bruno.cases()
    await bruno.presses(case, f"{case}/take")
    clock.advance(hours=24)
    await Reminding(office.app.house).remind()
    waiting = await office.app.house.database.look(_unread_alerts)

    assert waiting == 1


def _unread_alerts(connection: Connection) -> int:
    count = select(func.count()).select_from(alerts).where(alerts.c.seen_at.is_(None))
    return int(connection.execute(count).scalar_one())


async def test_what_is_done_is_warned_of_no_more(bruno: Clerk, office: Office, clock: Clock) -> None:
    await a_worker_was_told(office)
    address = await task(bruno, SERIOUS)
    await bruno.presses(address, f"{address}/not-needed", **{"not-needed-words": "We are not bound by it."})
    clock.advance(hours=47)

    assert await Reminding(office.app.house).remind() == 0


async def test_the_list_says_the_next_deadline_of_each_case(bruno: Clerk, office: Office, cast: Cast) -> None:
    await a_worker_was_told(office)
    assert "Next deadline in 60 minutes" in await reads(bruno, "/console/")
    await comes_back(bruno, cast, hours=3)

    body = (await bruno.opens("/console/")).body
    assert '<dt>Next deadline</dt><dd class="late">2 hours late</dd>' in body
