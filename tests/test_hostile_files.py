"""Files that lie about what they are or are called: kept as they are, named harmlessly, and never run for anybody."""

import asyncio
import re
import sys
import threading
import time
import traceback
import tracemalloc
import unicodedata
import warnings
from collections.abc import AsyncIterator
from hashlib import sha256

import pytest
from playwright.async_api import Page

from bot.app import App
from bot.attachments import MOST_NAME, Attachments
from bot.hidden_data.looking import look
from bot.hidden_data.pictures import MOST_EXIF
from tests.at_the_console import Clerk, clerk, comes_in, open_office
from tests.browser import browser, page
from tests.clock import A_MONDAY, Clock
from tests.conftest import Cast
from tests.hostile_files import LIES, MIB, NAMES, Sender, Sent, a_sender, camera_bomb
from tests.on_the_web import site
from tests.photos import letter
from tests.talking import Talker
from tests.telegram_reading import read_by

__all__ = ["browser", "page", "site"]

RUNS = ("image/svg+xml", "text/html", "application/pdf")


@pytest.fixture
async def amina(site: str, cast: Cast) -> AsyncIterator[Sender]:
    async with a_sender(site) as sender:
        yield sender


async def sends_them(amina: Sender, files: dict[str, Sent]) -> None:
    """One after the other, and then the report."""
    for number, (name, file) in enumerate(files.items(), start=1):
        assert await amina.sends(file) == 200, name
        assert amina.kept == number, name
    for label in ("That's all", "No more questions", "No", "Send"):
        await amina.presses(label)
    assert "Your code is" in amina.page


async def saved_by(bruno: Clerk, blob: str) -> bytes:
    """A file as Bruno's browser gets it: to be saved, as nothing that a browser would show or run."""
    [case] = await bruno.cases()
    answer = await bruno.opens(f"{case}/files/{blob}")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert re.fullmatch(
        r'attachment; filename="case-\w{8}-\d+\.(bin|jpg|png|webp|pdf|txt)"', answer.headers["content-disposition"]
    )
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    return answer.raw


async def test_files_that_lie_reach_bruno_as_they_are_and_run_nowhere(
    app: App, cast: Cast, amina: Sender, clock: Clock
) -> None:
    await sends_them(amina, LIES)
    [report] = await read_by(app, cast.bruno)
    items = report["account"].entries[0].stored["items"]

    assert len(items) == len(LIES)
    async with open_office(app, clock) as office, clerk(office) as bruno:
        await bruno.enters(cast.bruno)
        for sent, item in zip(LIES.values(), items, strict=True):
            saved = await saved_by(bruno, item["blob"])
            assert sha256(saved).hexdigest() == item["sha256"]
            assert saved == sent.content or item["cleaned"]
            assert re.fullmatch(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+", item["media_type"])


async def test_hostile_names_are_kept_harmless(app: App, cast: Cast, amina: Sender, clock: Clock) -> None:
    files = {name: Sent(content=b"words", media_type="text/plain", name=called) for name, called in NAMES.items()}

    await sends_them(amina, files)
    [report] = await read_by(app, cast.bruno)
    names = [item["name"] for item in report["account"].entries[0].stored["items"]]

    assert len(names) == len(NAMES)
    for name in names:
        assert len(name) <= MOST_NAME
        assert not set(name) & set("/\\")
        assert not [letter for letter in name if unicodedata.category(letter)[0] == "C"]
    async with open_office(app, clock) as office, clerk(office) as bruno:
        await bruno.enters(cast.bruno)
        [case] = await bruno.cases()
        assert "<img" not in (await bruno.opens(case)).body
        assert [await saved_by(bruno, blob) for blob in await _blobs(app, cast)] == [b"words"] * len(NAMES)


async def test_a_name_without_end_is_refused_kindly_and_loses_nothing(amina: Sender) -> None:
    assert await amina.sends(Sent(content=b"before", media_type="text/plain")) == 200

    status = await amina.sends(Sent(content=b"words", media_type="text/plain", name=b"a" * 10_000))

    assert status == 413
    assert "more than I can take at once" in amina.page
    await amina.comes_back()
    assert amina.kept == 1


async def _blobs(app: App, cast: Cast) -> list[str]:
    [report] = await read_by(app, cast.bruno)
    return [item["blob"] for item in report["account"].entries[0].stored["items"]]


async def test_a_page_somebody_sent_is_never_opened_in_brunos_browser(
    app: App,
    cast: Cast,
    amina: Sender,
    clock: Clock,
    page: Page,
) -> None:
    await sends_them(amina, {name: file for name, file in LIES.items() if file.media_type in RUNS})

    async with open_office(app, clock) as office:
        await comes_in(page, office, cast.bruno)
        await page.click("a[href*='/console/cases/']")
        links = await page.locator("a[href*='/files/']").all()
        for link in links:
            async with page.expect_download():
                await link.click()
        title = await page.title()

    assert len(links) >= len(RUNS)
    assert "owned" not in title
    assert page.url.startswith(office.base)


# Looking into them.


@pytest.fixture
async def conversation(app: App, cast: Cast) -> str:
    talker = Talker(app, channel="web")
    await talker.begins_a_story()
    return str(await app.conversations.conversation_id(talker.address))


async def test_others_are_served_while_a_hostile_file_is_looked_into(app: App, conversation: str) -> None:
    attachments = Attachments(app.house.database, app.house.random)
    bomb = camera_bomb() + bytes(7 * MIB)
    seen = 0

    keeping = asyncio.create_task(attachments.keep(conversation, bomb, kind="photo", at=A_MONDAY))
    while not keeping.done():
        await asyncio.sleep(0)
        seen += _is_being_looked_into()

    assert (await keeping).size == len(bomb)
    assert seen > 10


def _is_being_looked_into() -> bool:
    """Whether another thread is in the middle of it, while this one goes on."""
    here = threading.get_ident()
    frames = [frame for thread, frame in sys._current_frames().items() if thread != here]
    return any(step.f_code is look.__code__ for frame in frames for step, _ in traceback.walk_stack(frame))


async def test_files_that_lie_take_no_more_memory_than_honest_ones(app: App, conversation: str) -> None:
    attachments = Attachments(app.house.database, app.house.random)

    for name, file in LIES.items():
        tracemalloc.start()
        await attachments.keep(conversation, file.content, kind="file", at=A_MONDAY)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert most < 6 * len(file.content) + 6 * MIB, name


@pytest.mark.parametrize("repeated", ["creator", "creator>", "lastModifiedBy\t", "modified <"])
def test_words_repeated_without_end_cost_little(repeated: str) -> None:
    """Work must grow with the size of a file, not with its square."""
    honest, hostile = letter("a" * 60_000), letter(repeated * (60_000 // len(repeated)))

    assert _work(hostile) < 100 * _work(honest)


def _work(content: bytes) -> float:
    """Seconds of computing, whatever else the machine does; the least of some rounds."""
    rounds = []
    for _ in range(3):
        began = time.thread_time()
        look(content)
        rounds.append(time.thread_time() - began)
    return min(rounds) + 1e-4


def test_tags_that_lie_fill_no_output() -> None:
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        look(camera_bomb(times=1))

    assert heard == []


def test_a_photo_of_many_cameras_is_read_no_more_than_a_few_times() -> None:
    few, many = look(camera_bomb(times=MOST_EXIF)), look(camera_bomb(times=MOST_EXIF + 1))

    assert few.sure
    assert not many.sure
    assert many.clean is None
