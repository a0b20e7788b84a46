"""Amina looks for help: by need, in her own words, near her, by name, or not sure of anything."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs.find_help import find_help
from dialogs.help_lines import answer_lines
from dialogs.inputs import Reader, Refused, Typed
from dialogs.menu import find_help_or_pack
from dialogs.opening_words import opening_words, week_of
from dialogs.play import play
from dialogs.registry import DIALOGS
from dialogs.script import Question
from dialogs.service_facts import count_words
from dialogs.start import Start
from dialogs.texts import Text
from services_directory.hours import LONDON, Closed, Hours, Open, Opening, OpenState, Unsure
from services_directory.signpost import Seeker, signposts
from tests.dialog_world import Amina, english
from tests.walking import a_start, directory, voices

MONDAY = datetime(2027, 3, 1, 10, tzinfo=LONDON)
SUNDAY_NIGHT = datetime(2027, 3, 7, 23, tzinfo=LONDON)


def looking(now: datetime = MONDAY) -> Amina:
    return Amina(find_help, replace(a_start(), now=now))


def buttons(amina: Amina) -> list[str]:
    waiting = amina.now.waiting
    assert isinstance(waiting, Question)
    return [offer.option for offer in waiting.offers(amina.now.recorded)]


# By need.


def test_two_taps_give_a_number_and_three_give_those_nearby() -> None:
    amina = looking().taps("need:hate")
    assert "Victim Support: call 0808 168 9111, day or night." in amina.reads()

    amina.taps("bristol")
    assert amina.sent == 2  # the third is the door in the menu
    assert "SARI: call 0800 171 2272." in amina.reads()
    assert "In your area." in amina.reads()


def test_what_is_kept_and_sent_is_said_once_and_truly() -> None:
    said = looking().reads()

    assert "I send nothing and tell nobody." in said
    assert "After 24 hours I delete what you tap here." in said


@pytest.mark.parametrize("need", [need.id for need in directory().needs])
@pytest.mark.parametrize("area", [*(area.id for area in directory().areas), "elsewhere"])
def test_every_need_has_somebody_to_call_everywhere_at_any_hour(need: str, area: str) -> None:
    for now in (MONDAY, SUNDAY_NIGHT):
        amina = looking(now).taps(f"need:{need}", area)
        said = amina.reads()

        assert any(way in said for way in ("call ", "text ")), said
        assert len(said.split()) <= 60
        assert any(code in directory().index.by_id for code in buttons(amina))


@pytest.mark.parametrize("need", [need.id for need in directory().needs])
def test_the_hour_changes_words_and_never_the_way(need: str) -> None:
    answers = {"help_need": f"need:{need}", "help_area": "bristol", "help_pick[answers]": "narrow_down"}

    def way(now: datetime) -> list[str]:
        played = play(DIALOGS["help"], replace(a_start(), now=now), answers)
        assert played.waiting is not None
        return [*(answered.question.id for answered in played.path), played.waiting.id]

    assert way(MONDAY) == way(SUNDAY_NIGHT) == way(datetime(2026, 12, 25, 3, tzinfo=UTC))


def test_a_service_shown_an_hour_ago_can_still_be_tapped() -> None:
    amina = looking(SUNDAY_NIGHT).taps("need:sexual-violence", "bristol", "lighthouse-victim-care")

    assert amina.question in ("card", "phone_seen")


def test_skipping_the_place_leads_to_those_who_help_everywhere() -> None:
    amina = looking().taps("need:hate").skips_to("help_pick[answers]")

    assert "For the whole country." in amina.reads()
    assert "In your area." not in amina.reads()


def test_wanting_none_of_them_leads_to_people_who_listen_to_anybody() -> None:
    amina = looking().taps("need:hate", "bristol").skips_to("to_the_menu")

    assert "These people listen to anybody." in amina.reads()
    assert "116 123" in amina.reads() or "0808 168 9111" in amina.reads()


# In her own words.


@pytest.mark.parametrize(
    ("typed", "locale", "found"),
    [
        ("my husbend hits me", "en", "need:partner-family"),
        ("mój mąż mnie bije", "pl", "need:partner-family"),
        ("moj maz mnie bije", "pl", "need:partner-family"),
        ("صاحب البيت طردني", "ar", "need:home"),
        ("racist neighbour", "en", "need:hate"),
        ("Sari", "en", "service:sari"),
        ("Walsal", "en", "area:walsall"),
        ("could I please go to SARI", "en", "service:sari"),
    ],
)
def test_her_own_words_find_it_slips_and_all(typed: str, locale: str, found: str) -> None:
    waiting = looking().now.waiting
    assert isinstance(waiting, Question)
    verdict = waiting.accept(Typed(words=typed), None, Reader(locale=locale, today=MONDAY.date()))

    assert not isinstance(verdict, Refused)
    assert found in verdict.stored["found"]
    assert typed not in str(verdict.stored)  # what was typed is not kept


def test_what_her_words_led_to_is_one_tap_away() -> None:
    amina = looking().types("rasist abuse")
    assert "need:hate" in buttons(amina)

    assert amina.taps("need:hate").question == "help_area"


def test_none_of_what_was_found_brings_the_needs_back() -> None:
    amina = looking().types("rent").taps("none")

    assert "need:hate" in buttons(amina)


@pytest.mark.parametrize("typed", ["zzzqqq", "?", "", "x" * 600, "he is outside my door with a knife"])
def test_words_that_lead_nowhere_are_answered_kindly(typed: str) -> None:
    waiting = looking().now.waiting
    assert isinstance(waiting, Question)
    verdict = waiting.accept(Typed(words=typed), None, Reader(locale="en", today=MONDAY.date()))

    assert isinstance(verdict, Refused)
    assert verdict.because


# Near her, and not sure.


def test_a_typed_town_shows_who_is_there() -> None:
    amina = looking().types("Telford").taps("area:telford")

    local = {service.id for service in directory().area("telford").services}
    assert local <= set(buttons(amina))
    assert "call" in amina.reads()


def test_help_near_me_asks_the_place_and_lists_everybody_there() -> None:
    amina = looking().taps("near-me", "stockton")

    assert {service.id for service in directory().area("stockton").services} <= set(buttons(amina))


def test_outside_every_area_help_near_me_lists_the_national_services() -> None:
    amina = looking().taps("near-me", "elsewhere")

    assert "samaritans" in buttons(amina)


@pytest.mark.parametrize("first", ["hate", "partner-family", "very-low", "home", "rights", "talk"])
def test_not_being_sure_is_two_questions_at_most_before_a_number(first: str) -> None:
    amina = looking().taps("not-sure", first)
    if amina.question == "help_who":
        amina.taps("online")

    assert amina.question == "help_area"
    assert "This helps wherever you are." in amina.reads()


def test_not_being_sure_of_anything_still_leads_to_a_number() -> None:
    assert "call 0808 168 9111" in looking().taps("not-sure").skips_to("help_pick[answers]").reads()


# Narrowing.


def test_narrowing_asks_only_what_makes_a_difference() -> None:
    asked = narrowing("sexual-violence", "bristol")

    assert {"help_age", "help_when"} <= set(asked)
    assert "help_when" not in narrowing("home", "walsall")
    assert asked[-1] == "help_pick[narrowed]"


def narrowing(need: str, area: str) -> list[str]:
    amina = looking().taps(f"need:{need}", area, "narrow_down")
    asked = [amina.question]
    while amina.question != "help_pick[narrowed]":
        waiting = amina.now.waiting
        assert isinstance(waiting, Question)
        assert not waiting.required
        amina.answers[waiting.id] = None
        asked.append(amina.question)
    return asked


def test_a_child_who_narrows_down_finds_help_for_children_first() -> None:
    amina = looking().taps("need:sexual-violence", "bristol", "narrow_down", "under-13").skips_to("help_pick[narrowed]")

    assert directory().service(buttons(amina)[0]).ages.fits("under-13")
    assert "For your age." in amina.reads()


def test_a_group_is_never_guessed() -> None:
    """Whoever chose no need that names a group, and no group, sees no service that is for a group only."""
    for need in directory().needs:
        if need.communities:
            continue
        for area in (*directory().areas, None):
            seeker = Seeker(need=need.id, area=area.id if area else None, at=MONDAY)
            assert not any(match.service.communities for match in signposts(directory(), seeker, (), limit=50))


# On the screen.


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Open(), "Open day and night."),
        (Open(until=MONDAY.replace(hour=17, minute=30)), "Open now, until 17:30."),
        (Closed(opens=MONDAY.replace(hour=12)), "Closed now. Opens today at 12:00."),
        (Closed(opens=MONDAY + timedelta(days=1)), "Closed now. Opens tomorrow at 10:00."),
        (Closed(opens=MONDAY + timedelta(days=3)), "Closed now. Opens again: Thursday, 10:00."),
        (Closed(opens=MONDAY + timedelta(days=9)), "Closed now. Opens again: 10 March 2027."),
        (Closed(), "Closed now."),
        (Unsure(why="bank-holiday"), "Today is a holiday. They may be closed."),
        (Unsure(why="no-hours"), ""),
    ],
)
def test_opening_hours_are_said_as_people_say_them(state: OpenState, words: str) -> None:
    assert in_english(opening_words(state, MONDAY)) == words


def test_tomorrow_is_tomorrow_on_the_wall_in_england() -> None:
    late = datetime(2027, 6, 6, 23, 30, tzinfo=UTC)  # half past midnight on Monday in summer time
    opens = datetime(2027, 6, 7, 9, tzinfo=LONDON)

    assert in_english(opening_words(Closed(opens=opens), late)) == "Closed now. Opens today at 9:00."


def test_the_week_is_put_in_runs_of_days() -> None:
    hours = Hours(openings=(Opening(days=frozenset({0, 1, 2, 4}), opens=MONDAY.time(), closes=SUNDAY_NIGHT.time()),))

    assert [in_english(line) for line in week_of(hours)] == [
        "Monday to Wednesday: 10:00 to 23:00.",
        "Friday: 10:00 to 23:00.",
    ]
    assert week_of(None) == ()


def test_polish_and_arabic_readers_get_the_day_in_their_language() -> None:
    words = opening_words(Closed(opens=MONDAY + timedelta(days=3)), MONDAY)

    assert "czwartek" in voices()["pl"].say(words)
    assert "الخميس" in voices()["ar"].say(words)


def in_english(words: Text) -> str:
    return voices()["en"].say(words).replace("\u2068", "").replace("\u2069", "")


def test_answers_never_fill_more_than_a_screen() -> None:
    start = a_start()
    for need in directory().needs:
        seeker = Seeker(need=need.id, area="bristol", at=start.now)
        lines = answer_lines(start, signposts(directory(), seeker, start.holidays, limit=12))
        assert lines
        assert len(lines) == 1 or sum(count_words(line) for _, line in lines) <= 50


@pytest.mark.parametrize("need", [need.id for need in directory().needs if need.sensitive])
@pytest.mark.parametrize("area", [area.id for area in directory().areas])
def test_no_link_that_gives_her_away_comes_before_she_is_asked_about_her_phone(need: str, area: str) -> None:
    amina = looking().taps(f"need:{need}")

    assert "http" not in amina.reads()
    assert "http" not in amina.taps(area).reads()


# What stands around it.


def test_the_pack_can_be_had_from_the_answers_and_once() -> None:
    amina = Amina(find_help_or_pack, a_start()).taps("need:hate", "bristol")
    assert "info_pack" in buttons(amina)
    assert amina.taps("info_pack").question.startswith("pack_")

    assert "info_pack" not in buttons(looking().taps("need:hate", "bristol"))  # where nobody makes one


def test_finding_help_sends_nothing() -> None:
    from_door: Start = a_start()
    answers = {"help_need": "need:hate", "help_area": "bristol", "help_pick[answers]": "sari", "card": "menu"}

    played = play(DIALOGS["help"], from_door, answers)

    assert played.waiting is None
    assert played.done == ()
    assert all(answered.question.part is None for answered in played.path)


def test_back_from_a_card_shows_the_others_again() -> None:
    amina = looking().taps("need:hate", "bristol", "sari")
    assert "Tap Back to see the others." in amina.reads()

    assert amina.now.undoable[-1] == "help_pick[answers]"
    assert english(amina.now.said[0].text).startswith("SARI:")
