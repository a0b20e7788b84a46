"""Amina types her code wherever she happens to be: it opens her report if she likes, and is kept nowhere."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.app import App
from bot.code_typed import STRUCK
from bot.messages import Asked, Did, Edited, Said, Tap, Unusable
from bot.state import State
from bot.storage.reports import keep_blob
from bot.storage.tables import blobs
from dialogs.code import Code
from dialogs.explore import Stop
from dialogs.inputs import Attached
from dialogs.narrative import MOST_CHARACTERS
from dialogs.places import WhichLandlord
from tests.conftest import Cast
from tests.properties import LONG, PROPERTY, START, bound_anew, places, stops
from tests.talking import Talker
from tests.test_code_typed import CODE, DIGITS, GROUPED
from tests.test_conversations import state_of, words_of
from tests.test_moves import Person
from tests.walking import voices

OFFER, ASKED = "This is the code of a report.", "What happened?"
OPEN, STAY = "Open my report with it", "Carry on here"
WILL_DELETE = "I delete what you have not sent."
HAS_REPORT = "Nobody there has started to work on it yet."


@pytest.fixture
async def amina(app: App, cast: Cast) -> Talker:
    """On another phone than the one she reported with."""
    return Talker(app)


@pytest.fixture
async def code(app: App, cast: Cast) -> str:
    return await Talker(app, who="5000000009").sends_a_report("They shouted at me.")


async def holds(talker: Talker, code: str) -> bool:
    """Whether the digits stand anywhere in what is kept of a conversation."""
    plain = (await state_of(talker)).to_bytes().decode()
    return code in plain or code.replace(" ", "") in plain.replace(" ", "")


async def test_at_the_menu_it_opens_her_report(amina: Talker, code: str) -> None:
    await amina.asks("start")
    await amina.taps("English")
    await amina.says(code)
    assert OFFER in amina.reads()
    assert WILL_DELETE not in amina.reads()
    await amina.taps(OPEN)

    assert HAS_REPORT in amina.reads()
    assert not await holds(amina, code)


async def test_before_a_language_is_chosen_it_waits_for_that(amina: Talker, code: str) -> None:
    await amina.says(code)
    await amina.taps("English")
    assert OFFER in amina.reads()
    await amina.taps(OPEN)

    assert HAS_REPORT in amina.reads()


async def test_in_the_middle_of_a_story_it_is_not_kept(amina: Talker, code: str) -> None:
    await amina.begins_a_story("It was Monday.")
    await amina.says(code)
    assert "I did not add it to your words." in amina.reads()
    assert (await state_of(amina)).code == code.replace(" ", "")
    await amina.taps(STAY)

    assert ASKED in amina.reads()
    assert await words_of(amina) == ["It was Monday."]
    assert not await holds(amina, code)


async def test_words_around_it_are_kept_without_it(amina: Talker, code: str) -> None:
    await amina.begins_a_story(f"He came again. My code is {code}. I am scared.")
    assert OFFER in amina.reads()
    await amina.taps(STAY)

    assert await words_of(amina) == [f"He came again. My code is {STRUCK}. I am scared."]
    assert not await holds(amina, code)


@pytest.mark.parametrize("filler", ["1 " * 90_000, "m" * MOST_CHARACTERS])
async def test_words_too_many_to_find_a_code_in_are_refused_whole(amina: Talker, code: str, filler: str) -> None:
    await amina.begins_a_story("It was Monday.")
    await amina.says(f"{filler} {code}")

    assert "That is more than I can keep in one answer." in amina.reads()
    assert await words_of(amina) == ["It was Monday."]
    assert not await holds(amina, code)


async def test_too_many_words_at_the_menu_are_kindly_refused(amina: Talker, code: str) -> None:
    await amina.asks("start")
    await amina.taps("English")
    await amina.says("m" * MOST_CHARACTERS + code)

    assert "Please type less." in amina.reads()
    assert not await holds(amina, code)


async def test_words_of_crisis_are_heard_where_too_many_follow(amina: Talker) -> None:
    await amina.begins_a_story("It was Monday.")
    await amina.says("I want to kill myself. " + "1 " * MOST_CHARACTERS)

    assert (await state_of(amina)).card


async def test_she_is_told_what_opening_deletes_and_may_stay(amina: Talker, app: App, code: str) -> None:
    await amina.begins_a_story("It was Monday.")
    conversation = await app.conversations.conversation_id(amina.address)
    assert conversation is not None
    await app.house.database.unit(lambda c: keep_blob(c, "b" * 32, conversation, b"sealed"))
    await amina.says(code)
    assert WILL_DELETE in amina.reads()
    await amina.taps(OPEN)

    assert HAS_REPORT in amina.reads()
    assert "account" not in (await state_of(amina)).answers
    left = select(func.count()).where(blobs.c.id == "b" * 32)
    assert await app.house.database.look(lambda c: c.execute(left).scalar_one()) == 0


async def test_at_a_question_with_buttons_the_question_waits(amina: Talker, code: str) -> None:
    await amina.begins_a_story("It was Monday.")
    await amina.taps("That's all")
    before = await state_of(amina)
    await amina.says(f"my code is {code}")
    await amina.taps(STAY)

    assert "Is that enough for now?" in amina.reads()
    assert (await state_of(amina)).answers == before.answers


async def test_whoever_must_say_first_that_they_were_here_must_still(amina: Talker, code: str) -> None:
    await amina.begins_a_story("It was Monday.")
    await amina.asks("start")
    await amina.says(code)
    assert OFFER in amina.reads()
    await amina.taps(STAY)
    assert "You were in the middle of something." in amina.reads()
    await amina.says(f"again {code}")
    await amina.asks("back")
    assert "You were in the middle of something." in amina.reads()
    await amina.taps("Carry on")

    assert await words_of(amina) == ["It was Monday."]


@pytest.mark.parametrize("leave", [Asked(command="help"), Asked(command="back"), Said(words="And then?"), Unusable()])
async def test_the_digits_go_with_the_offer(amina: Talker, code: str, leave: Did) -> None:
    await amina.begins_a_story("It was Monday.")
    await amina.says(code)
    await amina.does(leave)

    assert OFFER not in amina.reads()
    assert not await holds(amina, code)


async def test_the_button_of_an_offer_that_is_gone_opens_nothing(amina: Talker, code: str) -> None:
    await amina.begins_a_story("It was Monday.")
    await amina.says(code)
    old = Tap(data=amina.button(OPEN).data)
    await amina.taps(STAY)
    await amina.does(old)

    assert ASKED in amina.reads()
    assert await words_of(amina) == ["It was Monday."]


async def test_words_of_crisis_come_first(amina: Talker, code: str) -> None:
    await amina.begins_a_story(f"he has a knife, my code is {code}")
    assert "I cannot call for you." in amina.reads()
    await amina.taps("Carry on")
    assert OFFER in amina.reads()
    await amina.taps(STAY)

    assert await words_of(amina) == [f"he has a knife, my code is {STRUCK}"]
    assert not await holds(amina, code)


async def test_on_a_card_of_crisis_the_card_is_still_there_afterwards(amina: Talker, code: str) -> None:
    await amina.begins_a_story("he has a knife")
    await amina.says(code)
    assert OFFER in amina.reads()
    await amina.taps(STAY)

    assert "I cannot call for you." in amina.reads()


async def test_an_edit_puts_no_code_into_the_story(amina: Talker, code: str) -> None:
    await amina.begins_a_story()
    await amina.does(Said(words="It was Monday.", ref="77"))
    await amina.does(Edited(words=code, ref="77"))
    assert OFFER in amina.reads()
    await amina.taps(STAY)
    assert await words_of(amina) == ["It was Monday."]
    await amina.does(Edited(words=f"It was Tuesday. {code}", ref="77"))

    assert await words_of(amina) == [f"It was Tuesday. {STRUCK}"]


async def test_a_slip_in_the_code_is_told_and_not_kept(amina: Talker, code: str) -> None:
    await amina.begins_a_story("It was Monday.")
    await amina.says(code[:-1])
    assert "That is not quite a code" in amina.reads()
    await amina.says("07700 900123 07700 900456")

    assert await words_of(amina) == ["It was Monday.", "07700 900123 07700 900456"]


async def test_where_the_code_is_asked_for_words_around_it_do_no_harm(amina: Talker, code: str) -> None:
    await amina.asks("start")
    await amina.taps("English", "I have a code")
    await amina.says(code[:-1])
    assert "Please look at each one again." in amina.reads()
    await amina.says(f"sorry, it is {code}!")

    assert HAS_REPORT in amina.reads()
    assert not await holds(amina, code)


async def test_where_the_code_is_asked_for_an_edit_gives_it(amina: Talker, code: str) -> None:
    await amina.asks("start")
    await amina.taps("English", "I have a code")
    await amina.does(Said(words=code[:-1], ref="77"))
    await amina.does(Edited(words=code, ref="77"))

    assert HAS_REPORT in amina.reads()


async def test_typing_the_whole_new_code_shows_that_it_was_kept(amina: Talker, code: str) -> None:
    new = await amina.sends_a_report("They shouted at me.")
    await amina.says(code)
    assert OFFER in amina.reads()
    await amina.taps(STAY)
    await amina.says(f"I wrote {new}")

    assert "May I ask" in amina.reads()


async def test_a_link_with_a_code_is_no_poster(amina: Talker, code: str) -> None:
    await amina.does(Asked(command="start", payload=code.replace(" ", "")))
    await amina.taps("English")
    assert OFFER not in amina.reads()
    assert (await state_of(amina)).poster == ""
    await amina.does(Asked(command="start", words=code))

    assert OFFER in amina.reads()


async def test_exit_leaves_no_digit_behind(amina: Talker, code: str) -> None:
    await amina.begins_a_story("It was Monday.")
    await amina.asks("privacy")
    await amina.taps("On Exit: keep for 24 hours", "Carry on")
    await amina.says(code)
    await amina.asks("exit")

    assert await words_of(amina) == ["It was Monday."]
    assert not await holds(amina, code)


async def test_the_receipt_says_where_a_code_can_be_kept(amina: Talker) -> None:
    code = await amina.sends_a_report("They shouted at me.")
    assert "Come back with it" in amina.reads()
    await amina.taps("Where can I keep it?")

    assert "only you look" in amina.reads()
    assert amina.shown is not None
    assert amina.shown.copy == code
    await amina.says(code[-4:])
    assert "May I ask" in amina.reads()


typed = st.sampled_from((DIGITS, GROUPED, f"he came, {GROUPED}, and left", f"{GROUPED}\n{GROUPED}"))
deeds = st.one_of(
    st.builds(Said, words=typed, ref=st.just("7")),
    st.builds(Edited, words=typed, ref=st.just("7")),
    st.builds(Unusable, caption=typed),
    st.builds(
        Attached,
        kind=st.sampled_from(("voice", "photo", "file")),
        blob=st.just("b"),
        key=st.just("k"),
        sha256=st.just("0" * 64),
        size=st.just(9),
        caption=typed,
    ),
    st.builds(Asked, command=st.sampled_from(("start", "help", "back")), words=typed, payload=st.just(DIGITS)),
)


def test_editing_what_was_looked_for_looks_again() -> None:
    """An edited message need not have told a story: here it named a landlord nobody found."""
    stop = next(stop for stop in stops() if isinstance(stop.played.waiting, WhichLandlord))
    person = Person(State(draft="aaaa", began=START.today, locale="en", answers=dict(stop.answers)))
    person.does(Said(words="Nobody", ref="7"))
    person.does(Edited(words="Nowhere", ref="7"))
    assert person.state.answers["landlord"]["typed"] == "Nowhere"
    person.does(Edited(words=GROUPED, ref="7"))

    assert person.state.answers["landlord"]["typed"] == "Nowhere"


def kept(state: State) -> list[Any]:
    """Everything a state holds but the code that waits for an answer to the offer."""
    return [state.answers, state.before, state.refs, state.poster, state.reminder, state.overlay]


@settings(PROPERTY, max_examples=3_000 if LONG else 80)
@given(stop=places, first=st.text(max_size=20), did=deeds)
def test_wherever_a_code_is_typed_it_is_kept_nowhere(stop: Stop, first: str, did: Did) -> None:
    answers = bound_anew(dict(stop.answers), voices()["en"])
    person = Person(State(draft="aaaa", began=START.today, locale="en", answers=answers, keeps_draft=True))
    person.does(Said(words=first, ref="7"))
    assume(not isinstance(person.table.play(person.state).waiting, Code))  # there it is the answer, until it was tried
    person.does(did)

    assert not any(CODE.groups[-1] in str(part) for part in kept(person.state))
    assert person.shown.key == "!code" or not isinstance(did, Said)
    assert (person.state.code == DIGITS) is (person.shown.key == "!code")
    if person.shown.key == "!code":
        person.does(Tap(data=person.shown.buttons[1].data))
        assert person.state.code == ""
        assert person.shown.key != "!code"
