"""What people type and attach: kept as it is, shown harmlessly, given back when it could not be taken."""

import json
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import FilePayload
from sqlalchemy import select

from bot.app import App
from bot.channels.web.links import linked
from bot.channels.web.sessions import CHANNEL
from bot.drafts import Drafts
from bot.rendering import strip_isolates
from bot.storage import conversations
from bot.storage.tables import blobs
from dialogs.narrative import MOST_CHARACTERS
from tests.browser import browser
from tests.conftest import Cast
from tests.on_the_web import Visitor, amina, comes_to_the_check, site, starts_a_report

__all__ = ["amina", "browser", "site"]

HOSTILE = (
    "</textarea><script>document.title='taken'</script>",
    "\"'><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}",
    "\u202e\u2066reversed\u2069 \U0001f469\u200d\U0001f692 e\u0301 \u0644\u0627",
    "\n\nlines\n\tand   spaces\n",
    "%00%0d%0aSet-Cookie: a=b; ${jndi:ldap://x}",
)


async def recorded(app: App, visitor: Visitor) -> dict[str, Any]:
    """The answers the program keeps for this visitor."""
    (cookie,) = await visitor.page.context.cookies()
    person = app.house.keyring.person_id(CHANNEL, cookie.get("value", ""))
    kept = await app.house.database.look(lambda c: conversations.by_person(c, person))
    assert kept is not None
    state = Drafts(app.house.keyring, app.house.random).open(kept).state
    answers: dict[str, Any] = json.loads(state.to_bytes())["answers"]
    return answers


async def sealed_files(app: App) -> list[bytes]:
    return list(await app.house.database.look(lambda c: c.execute(select(blobs.c.sealed)).scalars().all()))


async def test_hostile_words_are_kept_as_typed_and_shown_harmlessly(app: App, cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    for words in HOSTILE:
        await amina.writes(words, then="Keep this and add more")
    for label in ("That's all", "No more questions", "No"):
        await amina.presses(label)

    items = (await recorded(app, amina))["account"]["items"]
    assert tuple(item["words"] for item in items) == HOSTILE
    assert await amina.page.title() == "Saysafe"
    assert await amina.page.locator("script, img").count() == 0
    shown = "".join(await amina.page.locator("dd").all_text_contents())
    assert all(strip_isolates(words).strip() in strip_isolates(shown) for words in HOSTILE)


async def test_a_hundred_thousand_letters_are_kept(app: App, cast: Cast, amina: Visitor) -> None:
    words = "They came again. " * 5_900

    await comes_to_the_check(amina, words)

    (item,) = (await recorded(app, amina))["account"]["items"]
    assert item["words"] == words


async def test_more_than_can_be_kept_is_given_back_whole(cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    words = "m" * (MOST_CHARACTERS + 1)

    await amina.writes(words)

    await amina.is_warned("That is more than I can keep in one answer.")
    assert await amina.has_typed() == words


async def test_a_refused_answer_can_be_loaded_again_and_corrected(cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    await amina.writes("They shouted.")
    await amina.presses("A few more questions")
    while await amina.page.locator("h1").inner_text() != "When did it happen?":
        await amina.presses("Skip" if await amina.page.locator("[value$='!skip']").count() else "No")

    await amina.writes("on the day with no name", then="Go on")
    await amina.is_warned("type a day")
    assert await amina.has_typed() == "on the day with no name"
    await amina.page.reload()
    await amina.is_asked("When did it happen?")
    await amina.writes("yesterday", then="Go on")

    await amina.page.locator("h1", has_not_text="When did it happen?").wait_for()


async def test_nothing_typed_is_met_with_help_not_blame(cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)

    await amina.presses("That's all")

    await amina.is_warned("Please type it, or send a voice note.")


async def test_words_are_kept_whichever_button_follows(app: App, cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    for overlay in ("Help now", "Privacy", "Language"):
        await amina.writes(f"Before {overlay}", then=overlay)
        await amina.presses("Carry on")

    await amina.writes("Before Back", then="Back")

    items = (await recorded(app, amina))["account"]["items"]
    assert [item["words"] for item in items] == ["Before Help now", "Before Privacy", "Before Language", "Before Back"]


async def test_skip_means_skip(app: App, cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)

    await amina.writes("No, I would rather not", then="Skip")

    assert (await recorded(app, amina))["account"] is None


async def test_photos_and_words_go_together(app: App, cast: Cast, amina: Visitor, tmp_path: Path) -> None:
    photo, sound = tmp_path / "door.jpg", tmp_path / "night.ogg"
    photo.write_bytes(b"\xff\xd8 the door")
    sound.write_bytes(b"OggS the night")
    await starts_a_report(amina)

    await amina.types("This is our door.")
    await amina.attaches(photo, sound)

    await amina.reads("I have kept 3 messages.")
    items = (await recorded(app, amina))["account"]["items"]
    assert [item.get("kind") for item in items] == ["photo", "voice", None]
    assert items[0]["sha256"] == sha256(photo.read_bytes()).hexdigest()
    assert items[0]["name"] == "door.jpg"
    assert not any(b"the door" in sealed or b"the night" in sealed for sealed in await sealed_files(app))


async def test_a_file_posted_twice_is_kept_once(app: App, cast: Cast, amina: Visitor) -> None:
    await starts_a_report(amina)
    page = amina.page
    fields = {name: await page.locator(f"[name={name}]").first.input_value() for name in ("form", "screen")}
    photo = FilePayload(name="door.jpg", mimeType="image/jpeg", buffer=b"\xff\xd8 the door")

    for _ in range(2):
        await page.context.request.post(f"{amina.site}/chat", multipart={**fields, "words": "", "files": photo})

    await amina.opens("/chat")
    await amina.reads("I have kept 1 message.")
    assert len(await sealed_files(app)) == 1


async def test_a_file_that_is_too_big_is_refused_and_the_words_stay(
    app: App, cast: Cast, amina: Visitor, tmp_path: Path
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(25 * 1024 * 1024))
    await starts_a_report(amina)

    await amina.types("I filmed it.")
    await amina.attaches(film, then="That's all")

    await amina.is_warned("A file can have 20 MB at most.")
    await amina.reads("I have kept 1 message.")
    assert await sealed_files(app) == []


async def test_a_file_never_touches_the_disk_unlocked(
    app: App, cast: Cast, amina: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(8 * 1024 * 1024))
    await starts_a_report(amina)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no such folder"))

    await amina.attaches(film)

    await amina.reads("I have kept 1 message.")


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("In danger, call 999.", 'In danger, call <a href="tel:999" dir="ltr">999</a>.'),
        ("Call \u20680808 168 9111\u2069.", 'Call \u2068<a href="tel:08081689111" dir="ltr">0808 168 9111</a>\u2069.'),
        ("<b>1999</b> 9990", "&lt;b&gt;1999&lt;/b&gt; 9990"),
        (
            "\u2068https://x.example/a\u2069, now",
            '\u2068<a href="https://x.example/a" rel="noreferrer noopener">https://x.example/a</a>\u2069, now',
        ),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_numbers_and_addresses_can_be_pressed(words: str, html: str) -> None:
    assert linked(words) == html
