"""Amina reads about hate and her rights, reports nothing, and is promised nothing that nobody can promise."""

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.rendering import strip_isolates
from dialogs.all_topics import all_topics, anywhere
from dialogs.explore import explore
from dialogs.learn import learn
from dialogs.pack import asked_for
from dialogs.reading import screenfuls
from dialogs.service_facts import count_words
from dialogs.texts import Text
from dialogs.topic_hate import KINDS
from dialogs.topics import PARTNER, SAFE_PHONE, Place, Topic
from services_directory.load import load
from services_directory.model import Directory
from tests.dialog_world import EASTON, START, Amina, english, words
from tests.walking import voices

REAL = replace(START, directory=load())
TOPICS = {topic.id: topic for topic in all_topics(anywhere(START))}
IDS = sorted(TOPICS)
LOOKED_UP = date(2026, 11, 22)  # the last day on which somebody looked
ASKED_IN_LEARN = {"learn", "part", "read", "hate_kind", "hate_more", "phone_seen", "review_area", "doors"}


def told(topic: Topic) -> str:
    return " ".join(english(line) for line in topic.lines)


def section(topic: str, id: str) -> str:
    found = {each.id: each for each in TOPICS[topic].sections}[id]
    return " ".join(english(line) for line in found.lines)


def reads_on(amina: Amina) -> str:
    """Everything on the screens of a topic, to its end."""
    said = amina.reads()
    while amina.question.startswith("read["):
        amina.taps("more")
        said += " " + amina.reads()
    return said


@pytest.mark.parametrize("id", IDS)
def test_every_topic_can_be_read_to_its_end(id: str) -> None:
    amina = Amina(learn).taps(id)
    while amina.question != "doors":
        amina.answers[amina.question] = None  # skipped

    assert amina.reads().strip().endswith("What would you like to do now?")


@pytest.mark.parametrize("id", IDS)
def test_every_topic_says_when_and_where_its_facts_were_looked_up(id: str) -> None:
    topic = TOPICS[id]

    assert date(2026, 11, 1) <= topic.as_of <= LOOKED_UP
    assert topic.sources
    assert all(origin.address.startswith("https://") for origin in topic.sources)
    assert f"As of {topic.as_of}." in reads_on(Amina(learn).taps(id).skips_to(*_READING))


_READING = (*(f"read[{topic.id}.{each.id}]" for topic in TOPICS.values() for each in screenfuls(topic)), "doors")


@pytest.mark.parametrize("id", IDS)
def test_a_page_is_short_and_asks_nothing(id: str) -> None:
    for part in TOPICS[id].sections:
        for page in part.pages:
            assert sum(count_words(line) for line in page) <= 48
            assert not any("?" in english(line) for line in page)


def test_reading_takes_nothing_down_but_what_is_tapped() -> None:
    walk = explore(learn, START, most=30)
    own = [question for question in walk.questions if question.id.partition("[")[0] in ASKED_IN_LEARN]

    assert {question.id for question in own} >= {"learn", "hate_kind", "doors"}
    assert all(question.part is None and not question.required for question in own)
    assert all(question.takes() == frozenset() for question in own if question.id != "review_area")


@pytest.mark.parametrize("kind", [option.code for option in KINDS])
def test_whatever_happened_she_hears_that_it_can_be_reported(kind: str) -> None:
    said = Amina(learn).taps("hate", kind).reads()

    assert said.startswith("Yes, this can be reported. You need not be sure.")
    assert "What counts is what you think the reason was." in said


def test_nobody_is_told_that_it_is_no_hate() -> None:
    for topic in TOPICS.values():
        assert not re.search(r"\b(is|was) not (a )?hate|does not count(?!\.)|no hate\b", told(topic))
    assert "Nobody here will say that it does not count." in told(TOPICS["hate"])


def test_she_may_be_wrong_about_who_she_is_and_be_hurt_for_a_friend() -> None:
    said = section("hate", "meaning")

    assert "any other person thinks so" in said
    assert "wrong about who you are" in said
    assert "someone you are with" in said
    assert "only a part of the reason" in said


def test_rubbish_on_the_doorstep_is_named_in_plain_words() -> None:
    assert any(option.label == "Rubbish on your doorstep" for option in KINDS)
    assert "Rubbish left at your door to hurt you counts." in section("hate", "forms")


def test_the_reasons_her_area_counts_are_named() -> None:
    assert "In Easton these count too: gender." in told(TOPICS["hate"])


def test_every_area_that_counts_more_reasons_is_named() -> None:
    hate = next(topic for topic in all_topics(anywhere(REAL)) if topic.id == "hate")

    for area in REAL.directory.areas:
        assert (f"In {area.name} these count too:" in told(hate)) == bool(area.strands)


@pytest.mark.parametrize(
    ("worry", "answer"),
    [
        ("revenge", "We do not tell the person who did it."),
        ("trust", "It need not be the police."),
        ("believed", "Your words go on just as you wrote them."),
        ("crime", "You need not know if it is a crime."),
        ("nothing", "I cannot promise that someone will be caught."),
        ("immigration", "We send nothing to immigration. The police may."),
    ],
)
def test_every_worry_has_an_honest_answer(worry: str, answer: str) -> None:
    assert answer in Amina(learn).taps("worries", worry).reads()


def test_nothing_is_promised() -> None:
    for topic in TOPICS.values():
        assert not re.search(
            r"(?<!cannot )\bpromise|\bwe will\b|nobody will (ever )?(know|find out)", told(topic), re.I
        )


def test_the_limits_of_secrecy_are_told_before_reporting_to_us() -> None:
    said = section("reporting", "us")

    assert "if a child or adult is in danger" in said
    assert "A court can order it too." in said
    assert "I cannot send the police." in said


def test_without_a_name_some_things_cannot_be() -> None:
    said = section("reporting", "no-name")

    assert "nobody can call you, visit you, or mend your door" in said
    assert "The police can do less." in said


def test_the_victims_code_is_only_for_what_the_police_know() -> None:
    said = section("rights", "code")

    assert "12 rights. They start when the police are told" in said
    assert "within 2 days" in said
    assert "within 5 working days" in said
    assert "within 1 working day" in said
    assert "A new Code was planned in 2026." in said


def test_she_is_warned_to_report_each_time_within_a_month() -> None:
    assert "report each time within one month" in section("rights", "again")


def in_easton(rule: str) -> Directory:
    return replace(START.directory, areas=(replace(EASTON, case_review=words(rule)),))


def test_the_rule_of_her_own_area_is_read_out() -> None:
    amina = Amina(learn, replace(START, directory=in_easton("Easton wants two reports.")))

    said = reads_on(amina.taps("rights", "again", "easton"))

    assert "Easton wants two reports." in said


def test_somebody_from_elsewhere_reads_what_holds_in_most_places() -> None:
    amina = Amina(learn, replace(START, directory=in_easton("Easton wants two reports.")))

    said = reads_on(amina.taps("rights", "again", "elsewhere"))

    assert "Easton wants two reports." not in said
    assert "Often you need 3 reports in 6 months." in said


@pytest.mark.parametrize("seen", ["yes", "unsure"])
def test_no_app_is_named_on_a_phone_that_somebody_looks_at(seen: str) -> None:
    amina = Amina(learn).taps("safety", seen)

    assert "Someone may see what you read" in amina.reads()
    said = reads_on(amina.skips_to(*_READING))
    for name in ("Hollie Guard", "Bright Sky", "Clare's Law"):
        assert name not in said


def test_on_a_safe_phone_apps_and_clares_law_can_be_read_about() -> None:
    said = reads_on(Amina(learn).taps("safety", "no", "apps"))

    assert "Hollie Guard" in said
    assert "Bright Sky" in said
    assert "Blue Sky" not in said
    assert "Clare's Law" in said


def test_clares_law_is_only_for_a_partner_and_a_safe_phone() -> None:
    def ids(*holds: str) -> set[str]:
        return {each.id for each in TOPICS["safety"].for_whom(holds).sections}

    assert {"apps", "partner"}.isdisjoint(ids())
    assert {"apps", "partner"}.isdisjoint(ids(PARTNER))
    assert ids(SAFE_PHONE) & {"apps", "partner"} == {"apps"}
    assert ids(SAFE_PHONE, PARTNER) >= {"apps", "partner"}


def test_she_learns_how_to_call_without_speaking() -> None:
    said = section("safety", "quiet")

    assert "press 55" in said
    assert "text the word register to 999" in said
    assert "The police may not see where you are." in said


def test_after_sexual_violence_nothing_is_too_late_or_promised() -> None:
    said = told(TOPICS["sexual"])

    assert "If you already washed, it is OK. You can still go." in said
    assert "Ask how long they keep it." in said
    assert "7 to 10 days after. Times are not the same everywhere." in said
    assert "not tell the police" in said


def test_somebody_who_has_read_enough_may_stop_at_once() -> None:
    amina = Amina(learn).taps("newcomers").taps("enough")

    assert amina.question == "doors"


@pytest.mark.parametrize(("door", "question"), [("report", "safe"), ("menu", ""), ("help", "help_need")])
def test_the_doors_lead_to_reporting_to_help_and_to_the_menu(door: str, question: str) -> None:
    assert Amina(learn).taps("newcomers", "enough", door).question == question


def test_what_comes_next_is_said_where_another_part_begins() -> None:
    pages = screenfuls(TOPICS["reporting"])

    assert [english(each.next) for each in pages if each.next] == [
        "Next: Report to the police.",
        "Next: Report without a name.",
    ]


def test_reading_can_begin_at_any_part() -> None:
    assert screenfuls(TOPICS["reporting"], "no-name") == screenfuls(TOPICS["reporting"])[-2:]


@pytest.mark.parametrize("tag", ["en", "ar", "pl"])
def test_titles_fit_a_button_in_every_language(tag: str) -> None:
    titles: list[Text] = [topic.title for topic in TOPICS.values()]
    titles += [part.title for topic in TOPICS.values() for part in topic.sections]

    assert [said for title in titles if len(said := strip_isolates(voices()[tag].say(title))) > 30] == []


def test_the_topics_of_a_pack_are_those_that_can_be_read() -> None:
    everything = asked_for(START.directory, area="", topics=IDS, needs=())

    assert sorted(everything.topics) == IDS


def test_who_runs_the_bot_is_whom_to_complain_to_first() -> None:
    place = Place(areas=(EASTON,), operator="Easton Law Centre")
    rights = next(topic for topic in all_topics(place) if topic.id == "rights")

    assert "Here that is Easton Law Centre." in told(rights)
