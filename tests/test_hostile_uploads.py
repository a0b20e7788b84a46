"""Files of every size, and posts that lie about theirs or never end: little memory, a kind answer, nothing lost."""

import asyncio
import os
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import aiohttp
import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.app import App
from bot.attachments import MOST_BYTES
from bot.channels.web import uploads
from bot.channels.web.room import Room
from bot.channels.web.uploads import reading
from bot.storage.tables import blobs
from dialogs.narrative import MOST_CHARACTERS
from tests.browser import serve
from tests.conftest import Cast
from tests.hostile_files import MIB, Sender, Sent, a_sender
from tests.on_the_web import site
from tests.telegram_reading import rows

__all__ = ["site"]

FORM = "application/x-www-form-urlencoded"
TOO_BIG = "A file can have 20 MB at most."


@pytest.fixture
async def amina(site: str, cast: Cast) -> AsyncIterator[Sender]:
    """Amina has said something already, which must not be lost."""
    async with a_sender(site) as sender:
        await sender.sends(words="They shouted at me.")
        assert sender.kept == 1
        yield sender


def film(size: int) -> Sent:
    return Sent(content=os.urandom(size), media_type="video/mp4", name=b"film.mp4")


# Sizes.


@pytest.mark.parametrize(
    ("size", "said", "kept"),
    [(0, "That file is empty", 1), (1, "", 2), (MOST_BYTES, "", 2), (MOST_BYTES + 1, TOO_BIG, 1)],
)
async def test_a_file_is_kept_up_to_the_last_byte_that_may_be(
    app: App, amina: Sender, size: int, said: str, kept: int
) -> None:
    await amina.sends(film(size))

    assert said in amina.page
    await amina.comes_back()
    assert amina.kept == kept
    assert await rows(app, blobs) == kept - 1


async def test_what_is_too_big_together_loses_neither_the_first_nor_the_words(app: App, amina: Sender) -> None:
    await amina.sends(film(12 * MIB), film(12 * MIB), words="This is how it began.")

    assert TOO_BIG in amina.page
    await amina.comes_back()
    assert amina.kept == 3
    [sealed] = await app.house.database.look(lambda c: c.execute(select(blobs.c.sealed)).scalars().all())
    assert len(sealed) < 15 * MIB


# Posts that lie.


async def posts(
    amina: Sender, site: str, body: bytes, *, says: int, then_leaves: bool = False, beside: str = ""
) -> bytes:
    """Post a form that `says` how many bytes it has; gives all that is answered. `beside`: further headers."""
    address = urlsplit(site)
    cookies = "; ".join(f"{cookie.key}={cookie.value}" for cookie in amina.http.cookie_jar)
    head = (
        f"POST /chat HTTP/1.1\r\nhost: {address.netloc}\r\ncookie: {cookies}\r\ncontent-length: {says}\r\n"
        f"content-type: multipart/form-data; boundary=the-edge-of-a-part\r\n{beside}connection: close\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(head.encode() + body)
    await writer.drain()
    answer = b"" if then_leaves else await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


async def test_a_post_that_says_it_is_shorter_is_answered_kindly(app: App, amina: Sender, site: str) -> None:
    body = amina.form([film(100_000)])

    answer = await posts(amina, site, body, says=len(body) // 2)

    assert answer.startswith(b"HTTP/1.1 413")
    assert b"more than I can take at once" in answer
    await amina.comes_back()
    assert amina.kept == 1
    assert await rows(app, blobs) == 0


async def test_somebody_who_leaves_in_the_middle_of_a_file_leaves_nothing(app: App, amina: Sender, site: str) -> None:
    body = amina.form([film(4 * MIB)])

    await posts(amina, site, body[: len(body) // 2], says=len(body), then_leaves=True)

    await amina.comes_back()
    assert amina.kept == 1
    assert await rows(app, blobs) == 0
    assert await amina.sends(film(100)) == 200
    assert amina.kept == 2


async def endless(amina: Sender, chunks: int) -> AsyncIterator[bytes]:
    """A file of which one megabyte follows the other."""
    whole = amina.form([Sent(content=b"here", media_type="video/mp4")])
    before, _, _ = whole.partition(b"here")
    yield before
    megabyte = os.urandom(MIB)
    for _ in range(chunks):
        yield megabyte


async def test_a_file_without_end_is_stopped_in_bounded_memory(
    app: App, amina: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_SENT", 64 * MIB)
    headers = {"content-type": "multipart/form-data; boundary=the-edge-of-a-part"}
    tracemalloc.start()

    async with amina.http.post("/chat", data=endless(amina, 100), headers=headers) as answer:
        page, status = await answer.text(), answer.status

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (status, "more than I can take at once" in page) == (413, True)
    assert most < 2 * MOST_BYTES
    await amina.comes_back()
    assert amina.kept == 1
    assert await rows(app, blobs) == 0


@pytest.mark.parametrize("limit", ["MOST_SILENCE", "MOST_SECONDS"])
async def test_a_post_that_comes_to_a_standstill_is_ended(
    app: App, amina: Sender, site: str, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    body = amina.form([film(MIB)])
    monkeypatch.setattr(uploads, limit, 0.1)

    answer = await posts(amina, site, body[: len(body) // 2], says=len(body))

    monkeypatch.undo()
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"Please try again." in answer
    await amina.comes_back()
    assert amina.kept == 1


async def test_a_post_from_another_site_is_refused_before_it_has_come(amina: Sender, site: str) -> None:
    answer = await posts(amina, site, b"", says=MIB, beside="sec-fetch-site: cross-site\r\n")

    assert answer.startswith(b"HTTP/1.1 403")


async def test_many_small_answers_in_one_form_are_no_form_of_ours(amina: Sender, site: str) -> None:
    fields = "&".join(f"field{number}=1" for number in range(uploads.MOST_FIELDS + 1))

    async with amina.http.post("/chat", data=fields, headers={"content-type": FORM}) as answer:
        assert answer.status == 413


async def test_fields_are_measured_together(amina: Sender) -> None:
    form = aiohttp.FormData({"words": "m" * (uploads.MOST_WORDS // 2), "screen": "m" * (uploads.MOST_WORDS // 2 + 1)})
    form.add_field("files", b"x", filename="film.mp4", content_type="video/mp4")

    async with amina.http.post("/chat", data=form) as answer:
        assert answer.status == 413


def test_as_many_letters_as_can_be_kept_may_be_sent() -> None:
    assert len(("\U0001f9e1" * MOST_CHARACTERS).encode()) < uploads.MOST_WORDS


# Many at once.


@asynccontextmanager
async def opened(room: Room, *, waits_for: int) -> AsyncIterator[aiohttp.ClientSession]:
    """Forms are read as the web chat reads them, and each waits until so many have come."""
    here, together = 0, asyncio.Event()

    async def count(request: Request) -> Response:
        nonlocal here
        async with reading(request, room) as sent:
            here += 1
            if here == waits_for:
                together.set()
            await together.wait()
            return JSONResponse({"files": len(sent.files), "crowded": sent.crowded, "words": sent.words})

    async with (
        serve(Starlette(routes=[Route("/", count, methods=["POST"])])) as address,
        aiohttp.ClientSession(address) as http,
    ):
        yield http


@pytest.fixture
async def door(room: Room) -> AsyncIterator[aiohttp.ClientSession]:
    async with opened(room, waits_for=6) as http:
        yield http


@pytest.fixture
def room() -> Room:
    """For four films of a megabyte, with what a form adds."""
    return Room(4 * MIB + 4 * 1_000)


async def test_who_comes_when_all_room_is_taken_keeps_their_words(door: aiohttp.ClientSession, room: Room) -> None:
    async def sends() -> dict[str, object]:
        form = aiohttp.FormData({"words": "They shouted."})
        form.add_field("files", os.urandom(MIB), filename="film.mp4", content_type="video/mp4")
        async with door.post("/", data=form) as answer:
            return dict(await answer.json())

    told = await asyncio.gather(*(sends() for _ in range(6)))

    assert sorted(one["files"] == 1 for one in told) == [False, False, True, True, True, True]
    assert all(one["crowded"] is (one["files"] == 0) for one in told)
    assert {one["words"] for one in told} == {"They shouted."}
    assert room.takes(4 * MIB + 4 * 1_000)  # all of it is free again


class Watched(Room):
    """Says when files of so many posts have begun to come."""

    def __init__(self, most: int, posts: int) -> None:
        super().__init__(most)
        self._posts = posts
        self.begun = asyncio.Event()

    def takes(self, size: int) -> bool:
        self._posts -= 1
        if self._posts == 0:
            self.begun.set()
        return super().takes(size)


async def beginning() -> AsyncIterator[bytes]:
    """A film of which a little comes, and then nothing more."""
    yield b'--edge\r\ncontent-disposition: form-data; name="files"; filename="a.mp4"\r\n\r\n' + bytes(4_000)
    await asyncio.Event().wait()


async def test_stalled_posts_take_no_more_room_than_has_come_of_them() -> None:
    room = Watched(2 * MIB, posts=8)
    headers = {"content-type": "multipart/form-data; boundary=edge"}
    film_only = aiohttp.FormData()
    film_only.add_field("files", os.urandom(MIB), filename="film.mp4", content_type="video/mp4")
    async with opened(room, waits_for=1) as http:
        posts = [asyncio.ensure_future(http.post("/", data=beginning(), headers=headers)) for _ in range(8)]
        await room.begun.wait()

        async with http.post("/", data=film_only) as answer:
            told = await answer.json()

        for post in posts:
            post.cancel()
        await asyncio.gather(*posts, return_exceptions=True)
    assert (told["files"], told["crowded"]) == (1, False)


async def test_a_stranger_takes_no_room_but_gets_the_words_back(amina: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Room.takes
    taken: list[bool] = []

    def takes(room: Room, size: int) -> bool:
        taken.append(real(room, size))
        return taken[-1]

    monkeypatch.setattr(Room, "takes", takes)
    amina.http.cookie_jar.clear()

    await amina.sends(film(100), words="They came again.")

    assert taken == [False]
    assert "They came again." in amina.page


async def test_somebody_without_room_is_asked_to_wait(amina: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Room, "takes", lambda _room, _size: False)

    await amina.sends(film(100), words="This is my film.")

    assert "Please send yours again in a moment." in amina.page
    await amina.comes_back()
    assert amina.kept == 2
