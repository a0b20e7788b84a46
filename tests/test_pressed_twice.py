"""Bruno presses a button twice, or goes back and sends the same page again: it is done once."""

import asyncio
import re

from sqlalchemy import Table

from bot.app import App
from bot.storage import audit, tables
from dialogs.parts import Package
from tests.afterwards import bruno, kept, office
from tests.at_the_console import Answer, Clerk, Office
from tests.sharing import filed, only_case
from tests.test_console_tasks import ACCUSED, INTERNAL, WISH, a_worker_was_told, task

__all__ = ["bruno", "office"]


async def form_on(bruno: Clerk, page: str, action: str) -> dict[str, str]:
    """What is hidden in the form on a page that leads to `action`."""
    found = re.search(rf'action="{re.escape(action)}">(.*?)</form>', (await bruno.opens(page)).body, re.DOTALL)
    assert found is not None, action
    return dict(re.findall(r'type="hidden" name="(\w+)" value="(\w*)"', found[1]))


async def twice(bruno: Clerk, action: str, fields: dict[str, str]) -> list[Answer]:
    return await asyncio.gather(*(bruno.asks("POST", action, data=fields) for _ in range(2)))


async def count(app: App, table: Table) -> int:
    return len(await kept(app, table))


async def test_a_letter_sent_twice_is_one_letter(app: App, bruno: Clerk, office: Office) -> None:
    await filed(office, {"bhcds": Package.FULL})
    case = await only_case(bruno)
    fields = {**await form_on(bruno, case, f"{case}/letters"), "words": "Hello.", "language": "en"}
    answers = await twice(bruno, f"{case}/letters", fields)
    acts = await app.house.database.look(lambda c: audit.acts(c, "bhcds"))

    assert [answer.status for answer in answers] == [303, 303]
    assert await count(app, tables.letters) == 1
    assert [act.act for act in acts if act.act.startswith("message")] == ["message", "message-again"]


async def test_other_words_from_the_same_page_are_not_lost(app: App, bruno: Clerk, office: Office) -> None:
    await filed(office, {"bhcds": Package.FULL})
    case = await only_case(bruno)
    fields = {**await form_on(bruno, case, f"{case}/letters"), "language": "en"}
    for words in ("Hello.", "How are you?"):
        await bruno.asks("POST", f"{case}/letters", data={**fields, "words": words})

    assert await count(app, tables.letters) == 2


async def test_the_same_words_can_be_sent_again_on_purpose(app: App, bruno: Clerk, office: Office) -> None:
    await filed(office, {"bhcds": Package.FULL})
    case = await only_case(bruno)
    for _ in range(2):
        fields = {**await form_on(bruno, case, f"{case}/letters"), "words": "Hello.", "language": "en"}
        await bruno.asks("POST", f"{case}/letters", data=fields)

    assert await count(app, tables.letters) == 2


async def test_a_task_and_an_entry_sent_twice_are_one_each(app: App, bruno: Clerk, office: Office) -> None:
    await a_worker_was_told(office)
    case, address = await only_case(bruno), await task(bruno, INTERNAL)
    before = await count(app, tables.tasks)
    await twice(bruno, f"{case}/tasks", {**await form_on(bruno, case, f"{case}/tasks"), "words": "Ring them"})
    note = {**await form_on(bruno, address, f"{address}/note"), "kind": "said", "note-words": "They said so."}
    await twice(bruno, f"{address}/note", note)

    assert await count(app, tables.tasks) == before + 1
    assert await count(app, tables.task_entries) == 1


async def test_an_entry_that_was_refused_can_be_sent_once_it_is_right(app: App, bruno: Clerk, office: Office) -> None:
    await a_worker_was_told(office)
    address = await task(bruno, INTERNAL)
    fields = {**await form_on(bruno, address, f"{address}/note"), "kind": "opinion", "note-words": "They said so."}
    refused = [answer.status for answer in await twice(bruno, f"{address}/note", fields)]
    await bruno.asks("POST", f"{address}/note", data={**fields, "kind": "said"})

    assert refused == [422, 422]
    assert await count(app, tables.task_entries) == 1


async def test_one_more_person_accused_is_one_record(app: App, bruno: Clerk, office: Office) -> None:
    await a_worker_was_told(office, same_property="yes")
    wish = await task(bruno, WISH)
    await bruno.presses(wish, f"{wish}/done", **{"outcome": "wants-to-stay", "ask-safe": "yes"})
    accused = await task(bruno, ACCUSED)
    before = await count(app, tables.tasks)
    await twice(bruno, f"{accused}/respondent", await form_on(bruno, accused, f"{accused}/respondent"))

    assert await count(app, tables.tasks) == before + 1
