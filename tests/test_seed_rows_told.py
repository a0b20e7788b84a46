"""What the partnerships' plans want people to be able to say, choose and read is there, in their own terms."""

import aiohttp
import pytest
from sqlalchemy import select

from bot.app import App
from bot.drafts import Drafts
from bot.storage.conversations import by_id
from bot.storage.tables import conversations
from dialogs.all_topics import all_topics, anywhere
from dialogs.report_contact import INTERPRETERS, NEEDS, TIMES
from dialogs.report_options import PLACES, TYPES
from tests.dialog_world import Amina, english
from tests.on_the_web import field_of, site
from tests.reporting import amina_in, at_home, offered
from tests.walking import a_start

__all__ = ["site"]


def codes(options: tuple[object, ...]) -> set[str]:
    return {str(getattr(option, "code", "")) for option in options}


def reads(topic: str, section: str) -> str:
    """All that somebody from anywhere reads in one part of a topic."""
    found = next(one for one in all_topics(anywhere(a_start())) if one.id == topic)
    lines = next(one.lines for one in found.sections if one.id == section)
    return " ".join(english(line) for line in lines)


def may_tap(question: str, amina: Amina | None = None) -> set[str]:
    return {code.lstrip("+-") for code in offered((amina or amina_in("telford")).skips_to(question))}


# What happened, and why she thinks so.


@pytest.mark.parametrize(
    "form",
    [
        "attack", "rubbish", "complaints", "threat", "fire", "neighbours", "messages", "graffiti", "letters", "verbal",
        "bullying", "emotional",
    ],
)  # fmt: skip
def test_every_form_the_strategy_names_can_be_tapped(form: str) -> None:
    assert form in codes(TYPES)


@pytest.mark.parametrize(
    "strand",
    [
        "race", "nationality", "religion", "disability", "orientation", "transgender", "traveller", "gender", "age",
    ],
)  # fmt: skip
def test_every_strand_of_the_strategies_can_be_tapped(strand: str) -> None:
    assert strand in may_tap("strands")


@pytest.mark.parametrize("place", ["bristol", "stockton", "telford", "walsall"])
def test_any_other_reason_can_be_reported(place: str) -> None:
    assert {"other", "unsure"} <= may_tap("strands", amina_in(place))
    assert "You can report it for any other reason too." in reads("hate", "reasons")


def test_school_and_bullying_can_be_tapped() -> None:
    assert "bullying" in codes(TYPES)
    assert "school" in codes(PLACES)


# What would help.


def test_somebody_may_want_it_recorded_and_nothing_more() -> None:
    assert "record" in may_tap("help")


def test_somebody_may_say_that_repairs_or_company_would_help() -> None:
    amina = at_home(amina_in("walsall"), "association")

    assert {"repair", "company", "safe"} <= may_tap("help", amina)


def test_somebody_may_say_that_moving_would_help() -> None:
    street = amina_in("walsall").skips_to("place").taps("street")

    assert "move" in may_tap("help", street)


# How talking with somebody becomes possible.


def asked_how_to_talk(question: str) -> set[str]:
    amina = amina_in("walsall").skips_to("contact").taps("yes", "email").types("amina@example.org")
    return may_tap(question, amina)


@pytest.mark.parametrize("wanted", ["home-visit", "hearing-loop", "large-print", "audio", "easy-words"])
def test_each_format_the_policy_names_can_be_asked_for(wanted: str) -> None:
    assert wanted in codes(NEEDS)
    assert wanted in asked_how_to_talk("needs")
    assert {"bsl", "sign", "yes"} <= codes(INTERPRETERS)


def test_somebody_may_come_along_and_need_not_be_from_the_community() -> None:
    assert {"someone-along", "not-community"} <= asked_how_to_talk("needs")


def test_a_place_a_time_and_who_to_talk_to_can_be_chosen() -> None:
    assert {"home-visit", "away", "woman", "man"} <= asked_how_to_talk("needs")
    assert asked_how_to_talk("contact_times") >= codes(TIMES)


# What she can read.


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("charge", "It is called the Victims' Right to Review."),
        ("again", "ask the council for an ASB Case Review."),
        ("complain", "You can complain about the police, a council, a landlord or us."),
    ],
)
def test_each_way_to_have_a_decision_looked_at_again_can_be_read(section: str, words: str) -> None:
    assert words in reads("rights", section)


def test_newcomers_read_whom_to_call_and_what_the_police_do() -> None:
    here, language = reads("newcomers", "here"), reads("newcomers", "language")

    assert "Call 999 if there is danger now. It costs nothing." in here
    assert "The police can write down what happened and look for who did it." in here
    assert "You can ask for an interpreter when you report a crime." in language


# Posters.


@pytest.mark.parametrize(
    ("on_the_poster", "kept"),
    [("hostel-7", "hostel-7"), ("A_b-9", "A_b-9"), ("<b>", "b"), ("x" * 41, "x" * 40), ("\u202e", "")],
)
async def test_a_posters_code_is_kept_from_the_first_web_page(
    app: App, site: str, on_the_poster: str, kept: str
) -> None:
    async with aiohttp.ClientSession(site, cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
        async with client.get("/", params={"p": on_the_poster}) as answer:
            page = await answer.text()
        on_the_page = field_of(page, "poster") if kept else ""
        async with client.post("/start", data={"locale": "en", "poster": on_the_page}) as answer:
            assert answer.status == 200

    assert on_the_page == kept
    assert await _poster_kept(app) == kept


async def _poster_kept(app: App) -> str:
    house = app.house
    id = await house.database.look(lambda c: c.execute(select(conversations.c.id)).scalar_one())
    draft = await house.database.look(lambda c: by_id(c, id))
    assert draft is not None
    return Drafts(house.keyring, house.random).open(draft).state.poster
