"""After words of crisis Amina sees at once whom to call; her words are kept as ever, and nobody else is told."""

import pytest
from sqlalchemy import select

from bot.app import App
from bot.messages import Edited, Said, Tap, Unusable
from bot.preview.crisis_cards import crisis_cards
from bot.preview.rules import faults_of
from bot.storage.tables import outbox
from dialogs.cards import EMERGENCY
from dialogs.crisis import Kind
from dialogs.inputs import Attached
from dialogs.screen import EXIT, HELP, LANGUAGE, PRIVACY
from tests.conftest import Cast
from tests.talking import Talker
from tests.test_conversations import state_of, words_of
from tests.walking import a_start, voices

KNIFE, SORROW = "he has a knife", "I want to die"
CANNOT = "I cannot call for you."


@pytest.fixture
async def amina(app: App, cast: Cast) -> Talker:
    talker = Talker(app)
    await talker.begins_a_story()
    return talker


def on_card(talker: Talker, kind: str = "") -> bool:
    assert talker.shown is not None
    return talker.shown.key.startswith(f"!crisis-{kind}")


def is_asked_what_happened(talker: Talker) -> bool:
    assert talker.shown is not None
    return "What happened?" in talker.shown.question


async def test_the_card_comes_at_once_and_the_words_are_kept(amina: Talker) -> None:
    await amina.says(KNIFE)

    assert on_card(amina, "weapon")
    assert [words in amina.reads() for words in ("999", "55", CANNOT, "text 999", "999 BSL")] == [True] * 5
    assert await words_of(amina) == [KNIFE]


async def test_carry_on_leads_back_to_exactly_where_she_was(amina: Talker) -> None:
    await amina.says("It was Monday.")
    before = amina.shown
    await amina.says(KNIFE)
    await amina.taps("Carry on")

    assert before is not None
    assert amina.shown is not None
    assert amina.shown.key == before.key
    assert "I have kept 2 messages" in amina.reads()


@pytest.mark.parametrize("words", [KNIFE, SORROW, "I am 12", "delete this", "they took my passport"])
async def test_the_answer_is_the_same_as_for_other_words(amina: Talker, app: App, words: str) -> None:
    other = Talker(app, who="5000000002")
    await other.begins_a_story()
    await amina.says(words)
    await other.says("It was Monday.")

    hers, theirs = await state_of(amina), await state_of(other)
    changed = {id: str(stored).replace("It was Monday.", words) for id, stored in theirs.answers.items()}
    assert {id: str(stored) for id, stored in hers.answers.items()} == changed


async def test_nobody_is_told(amina: Talker, app: App) -> None:
    await amina.says(KNIFE, SORROW, "I am 12")

    kinds = await app.house.database.look(lambda c: c.execute(select(outbox.c.kind)).scalars().all())
    assert set(kinds) == {"screen"}


async def test_only_the_kind_reaches_the_log(amina: Talker, capsys: pytest.CaptureFixture[str]) -> None:
    await amina.says("he has a knife and his name is Zebedee")

    logged = capsys.readouterr().out
    assert '"kind": "weapon"' in logged
    assert "knife" not in logged
    assert "Zebedee" not in logged


async def test_a_long_story_shows_a_kind_once_then_only_the_line(amina: Talker) -> None:
    await amina.says(KNIFE)
    await amina.taps("Carry on")
    await amina.says("then he pulled the knife again")

    assert is_asked_what_happened(amina)
    assert EMERGENCY.message in amina.reads()
    await amina.says("Then it rained.")
    assert EMERGENCY.message not in amina.reads()
    assert len(await words_of(amina)) == 3


async def test_another_kind_shows_its_own_card(amina: Talker) -> None:
    await amina.says(KNIFE)
    await amina.taps("Carry on")
    await amina.says("they took my passport")

    assert on_card(amina, "held")


async def test_a_danger_of_now_shows_its_card_every_time(amina: Talker) -> None:
    for _ in range(3):
        await amina.says("he is outside my door")
        assert on_card(amina, "danger")
        await amina.taps("Carry on")


async def test_messages_sent_in_a_burst_do_not_sweep_the_card_away(amina: Talker) -> None:
    await amina.says(KNIFE, "It was Monday.", "It rained.")

    assert on_card(amina, "weapon")
    assert len(await words_of(amina)) == 3


async def test_something_graver_takes_the_place_of_the_card(amina: Talker) -> None:
    await amina.says("they took my passport", KNIFE)
    assert on_card(amina, "weapon")
    await amina.says("nowhere to sleep tonight")
    assert on_card(amina, "weapon")


async def test_the_past_is_asked_about_gently(amina: Talker) -> None:
    await amina.says("he wanted to kill me last year")
    assert amina.shown is not None
    assert amina.shown.question == "Is this happening now?"
    await amina.taps("Not now")
    assert is_asked_what_happened(amina)

    await amina.says("he will kill me")
    assert on_card(amina, "weapon")
    assert amina.shown.question == ""


async def test_who_says_that_it_is_now_is_told_to_call(amina: Talker) -> None:
    await amina.says("he wanted to kill me last year")
    await amina.taps("It is happening now")

    assert "Call 999 now." in amina.reads()
    await amina.taps("Carry on")
    assert is_asked_what_happened(amina)


async def test_who_wants_to_die_is_asked_if_safe_this_minute(amina: Talker) -> None:
    await amina.says(SORROW)

    assert "Are you safe this minute?" in amina.reads()
    assert "116 123" in amina.reads()
    await amina.taps("I am not safe")
    assert "Call 999 now." in amina.reads()


async def test_a_child_is_given_the_number_for_children(amina: Talker) -> None:
    await amina.says("I am 12 and I want to die")

    assert on_card(amina, "suicide")
    assert "0800 1111" in amina.reads()


async def test_whose_phone_is_read_is_told_of_another_phone_and_exit(amina: Talker) -> None:
    await amina.says("my husband reads my messages")
    await amina.taps("Yes, or I am not sure")

    assert "Use a phone that nobody else can check." in amina.reads()
    assert "Exit clears the last 48 hours here. It cannot clear everything." in amina.reads()


async def test_language_help_and_privacy_open_over_the_card_and_lead_back(amina: Talker) -> None:
    await amina.says(KNIFE)
    await amina.taps("Help now")
    assert amina.shown is not None
    assert amina.shown.key == "!help"
    await amina.taps("Carry on")
    assert on_card(amina)
    await amina.taps("Privacy", "Carry on", "Language", "Polski")
    assert on_card(amina)
    assert amina.shown.locale == "pl"


async def test_back_leads_from_the_card_to_the_question_and_takes_nothing_back(amina: Talker) -> None:
    await amina.says(KNIFE)
    await amina.says("back")

    assert is_asked_what_happened(amina)
    assert await words_of(amina) == [KNIFE]


@pytest.mark.parametrize("wish", ["exit", "EXIT!", "hide", "stop"])
async def test_the_wish_to_leave_is_obeyed_at_once(amina: Talker, wish: str) -> None:
    await amina.says(KNIFE)
    await amina.says(wish)

    assert amina.shown is not None
    assert amina.shown.key == "!hidden"
    assert (await state_of(amina)).card == ""


async def test_an_edited_message_is_heard_too(amina: Talker) -> None:
    await amina.does(Said(words="It was Monday.", ref="m1"))
    await amina.does(Edited(words=KNIFE, ref="m1"))

    assert on_card(amina, "weapon")
    assert await words_of(amina) == [KNIFE]


@pytest.mark.parametrize("kind", ["voice", "photo", "video", "file"])
async def test_a_caption_is_heard_and_the_file_kept(amina: Talker, kind: str) -> None:
    sent = Attached(kind=kind, blob="b", key="00", sha256="0" * 64, size=9, caption=KNIFE, ref="m1")
    await amina.does(sent)

    assert on_card(amina, "weapon")
    assert await words_of(amina) == [KNIFE]


async def test_the_caption_of_a_file_that_was_not_kept_is_heard(amina: Talker) -> None:
    await amina.does(Unusable(caption=KNIFE))

    assert on_card(amina, "weapon")
    assert "They are not kept as an answer." in amina.reads()


async def test_words_typed_beside_a_button_are_heard(amina: Talker) -> None:
    await amina.does(Tap(data=amina.button("Help now").data, words=KNIFE))

    assert on_card(amina, "weapon")


async def test_over_the_question_whether_to_resume_not_a_word_is_shown_or_kept(amina: Talker) -> None:
    await amina.says("It was Monday.")
    await amina.asks("start")
    await amina.says(KNIFE)
    assert on_card(amina, "weapon")
    assert "Monday" not in amina.reads()
    await amina.taps("Carry on")

    assert "You were in the middle of something" in amina.reads()
    assert await words_of(amina) == ["It was Monday."]


async def test_over_help_it_leads_back_to_help(amina: Talker) -> None:
    await amina.asks("help")
    await amina.does(Unusable(caption=KNIFE))
    await amina.taps("Carry on")

    assert amina.shown is not None
    assert amina.shown.key == "!help"


@pytest.mark.parametrize(
    ("words", "locale"), [("help me", "en"), ("ساعدوني", "ar"), ("pomocy", "pl"), ("ajutor", "en")]
)
async def test_before_a_language_was_chosen_the_card_speaks_that_of_the_words(
    app: App, cast: Cast, words: str, locale: str
) -> None:
    newcomer = Talker(app, who="5000000003")
    await newcomer.says(words)

    assert on_card(newcomer, "danger")
    assert newcomer.shown is not None
    assert newcomer.shown.locale == locale
    await newcomer.taps("العربية")
    assert on_card(newcomer, "danger")
    assert newcomer.shown.locale == "ar"


async def test_carry_on_before_a_language_leads_to_the_languages(app: App, cast: Cast) -> None:
    newcomer = Talker(app, who="5000000004")
    await newcomer.says("help me")
    await newcomer.taps("Carry on")

    assert newcomer.shown is not None
    assert newcomer.shown.key == "!language"


async def test_at_the_last_check_words_of_crisis_send_nothing(amina: Talker) -> None:
    await amina.says("It was Monday.")
    await amina.taps("That's all", "No more questions", "No")
    await amina.says(KNIFE)
    assert on_card(amina, "weapon")
    await amina.taps("Carry on")

    assert "Shall I send this now?" in amina.reads()
    assert amina.button("Send")


async def test_after_a_restart_the_card_is_still_up(amina: Talker, app: App) -> None:
    await amina.says(KNIFE)

    shown = await app.conversations.look(amina.address)
    assert shown is not None
    assert shown.key == "!crisis-weapon"


async def test_an_old_button_of_another_card_answers_nothing(amina: Talker) -> None:
    await amina.says("he wanted to rape me last year")
    old = amina.button("Not now")
    await amina.says("he will kill me")
    await amina.does(Tap(data=old.data))

    assert on_card(amina, "weapon")


def test_every_card_obeys_every_rule_in_every_language() -> None:
    seen = list(crisis_cards(a_start()))

    assert sorted({str(fault) for each in seen for fault in faults_of(each, voices().values())}) == []


def test_every_card_begins_with_whom_to_call_and_has_the_bar() -> None:
    for each in crisis_cards(a_start()):
        shown = each.shown(voices()["en"])
        words = " ".join(shown.said)
        assert "999" in words
        assert "55" in words
        assert CANNOT in words
        taps = [button.tap for row in each.screen.bar for button in row]
        assert taps in ([], [HELP, LANGUAGE, PRIVACY, EXIT])


@pytest.mark.parametrize("kind", [Kind.RAPE, Kind.MARRIAGE, Kind.PARTNER])
def test_no_card_betrays_by_an_address_and_each_has_the_line_for_children(kind: Kind) -> None:
    for each in crisis_cards(a_start()):
        if each.screen.key == f"!crisis-{kind}":
            said = " ".join(each.shown(voices()["en"]).said)
            assert "0800 1111" in said
            assert "http" not in said


async def test_whose_family_forces_a_marriage_reads_the_units_number(amina: Talker) -> None:
    await amina.says("my family is forcing me to marry")

    assert on_card(amina, "marriage")
    assert "020 7008 0151" in amina.reads()
    assert "Say when your family wants you to travel." in amina.reads()


def test_there_is_a_card_for_every_kind() -> None:
    assert {each.screen.key for each in crisis_cards(a_start())} == {f"!crisis-{kind}" for kind in Kind}
