"""Words of crisis are heard in every language, however they are typed; ordinary words are not."""

from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.crisis_words import FOLDER, BadWords, load_crisis_words
from bot.rendering import Voice, load_voices
from dialogs.crisis import Card, Kind, Stage, read_card
from dialogs.crisis_finder import KINDS, Finder
from dialogs.crisis_letters import words_of
from dialogs.crisis_phrases import YOUNG, Phrase
from tests.crisis_phrases import ASKED, HARMLESS, MISSED, lines
from tests.properties import PROPERTY

UNSEEN = ("\u200b", "\u200d", "\u2060", "\u00ad", "\u0301", "\u0338", "\u064e")
SPOKEN = sorted({voice.language for voice in load_voices().values()})
FALLBACKS = ["ro", "ur", "pa", "so", "uk", "ru", "tr", "ku", "ckb", "fa", "ps", "ti", "es", "pt", "bn"]


@cache
def hears() -> Finder:
    return load_crisis_words()


def example_of(phrase: Phrase, dice: Random) -> str:
    """Words that say this phrase."""
    said = (dice.choice(sorted(slot.words)) for slot in phrase.slots)
    return " ".join("12" if word == YOUNG else word.removesuffix("*") for word in said)


@pytest.mark.parametrize(("kind", "words"), lines(MISSED), ids=[words for _, words in lines(MISSED)])
def test_what_people_really_type_is_heard(kind: str, words: str) -> None:
    findings = hears()(words).findings

    assert [(str(finding.kind), finding.asks) for finding in findings][:1] == [(kind, False)]


@pytest.mark.parametrize(("kind", "words"), lines(ASKED), ids=[words for _, words in lines(ASKED)])
def test_what_is_denied_or_past_is_asked_about(kind: str, words: str) -> None:
    findings = hears()(words).findings

    assert [(str(finding.kind), finding.asks) for finding in findings][:1] == [(kind, True)]


@pytest.mark.parametrize("words", HARMLESS.strip().splitlines())
def test_ordinary_words_bring_no_card(words: str) -> None:
    assert hears()(words).findings == ()


def test_the_lists_are_long_enough_to_mean_something() -> None:
    assert len(HARMLESS.strip().splitlines()) >= 60
    assert len(lines(MISSED)) >= 60


@pytest.mark.parametrize("language", SPOKEN)
def test_a_language_that_is_spoken_here_has_words_for_every_kind(language: str) -> None:
    told = {
        KINDS[phrase.meaning] for phrase in hears().phrases if phrase.language == language and phrase.meaning in KINDS
    }

    assert told == set(Kind)


@pytest.mark.parametrize("language", FALLBACKS)
def test_the_most_certain_words_of_other_languages_are_known(language: str) -> None:
    told = {phrase.meaning for phrase in hears().phrases if phrase.language == language}

    assert told >= {"danger", "weapon", "suicide"}


def test_every_phrase_finds_its_own_example() -> None:
    dice = Random(7)
    told = [phrase for phrase in hears().phrases if phrase.meaning in KINDS]
    lost = [
        (phrase.language, phrase.meaning, example)
        for phrase in told
        for example in [example_of(phrase, dice)]
        if not hears()(example).findings
    ]

    # Words drawn at random from the places of a phrase are now and then a harmless saying.
    assert len(lost) <= len(told) // 50, list(islice(lost, 20))


disguises = st.lists(st.tuples(st.integers(0, 60), st.sampled_from((*UNSEEN, "upper"))), max_size=12)


@PROPERTY
@given(line=st.sampled_from(lines(MISSED)), changes=disguises)
def test_unseen_letters_and_capitals_hide_nothing(line: tuple[str, str], changes: list[tuple[int, str]]) -> None:
    kind, words = line
    for at, change in changes:
        place = at % len(words)
        if change == "upper":
            if "ß" not in words and words[place].upper().lower() == words[place]:
                words = words[:place] + words[place].upper() + words[place + 1 :]
        elif words[place].isascii() or change in UNSEEN[:4]:
            words = words[: place + 1] + change + words[place + 1 :]

    assert kind in {str(finding.kind) for finding in hears()(words).findings}


@PROPERTY
@given(words=st.text(max_size=300) | st.text(alphabet="kilmenoth '\u200b🔪1430а", max_size=300))
def test_no_text_is_too_odd(words: str) -> None:
    hears()(words)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("HEEELP me!", ["help", "me", "."]),
        ("he's", ["hes"]),
        ("Кill mе", ["kil", "me"]),
        ("h e l p", ["help"]),
        ("k*ll", ["kl"]),
        ("🅷🅴🅻🅿", ["help"]),
        ("𝔥𝔢𝔩𝔭", ["help"]),
        ("أُريــد", ["اريد"]),
        ("Zażółć", ["zazolc"]),
        ("د\u200cم", ["دم"]),
    ],
)
def test_letters_are_read_through_their_disguises(written: str, read: list[str]) -> None:
    assert list(words_of(written)) == read


@pytest.mark.parametrize("words", ["strangeld", "suicidl", "overdse", "bleding out", "threatning to kill me"])
def test_a_slip_in_a_long_word_is_forgiven(words: str) -> None:
    assert hears()(f"he {words}").findings


def test_an_ordinary_word_near_to_a_grave_one_is_no_slip_of_it() -> None:
    assert not hears()("the patrol came through the door").findings


def test_the_age_of_a_child_is_heard_and_that_of_a_grown_up_is_not() -> None:
    assert hears()("I am 12 and I want to die").young
    assert not hears()("I am 42 and I want to die").young


def test_the_gravest_of_several_kinds_comes_first() -> None:
    kinds = [finding.kind for finding in hears()("my husband hits me and he has a knife").findings]

    assert kinds[0] is Kind.WEAPON
    assert Kind.PARTNER in kinds


def test_what_is_now_comes_before_what_was() -> None:
    first, *_ = hears()("he wanted to kill me last year. now i want to die").findings

    assert (first.kind, first.asks) == (Kind.SUICIDE, False)


def test_something_harmless_beside_it_hides_nothing() -> None:
    assert hears()("I was dying to know, then he pulled a knife").findings


STORY = "They shouted at me at the bus stop, and my neighbour calls me names every day since I came here. " * 50


def test_the_programs_own_sentences_ring_no_bell_in_another_language() -> None:
    """What is harmless in one language must not sound like a cry for help in the next one."""
    for voice in load_voices().values():
        sentences = {voice.catalog.gettext(english) for english in sentences_of(load_voices()["pl"])}
        heard = {(said, finding.language) for said in sentences for finding in hears()(said).findings}
        assert len(sentences) > 500
        assert {said for said, language in heard if language != voice.language} <= {"Śledzenie lub stalking"}


def sentences_of(voice: Voice) -> set[str]:
    """Every message of a catalog, in English."""
    catalog = getattr(voice.catalog, "_catalog", {})
    return {message for message in catalog if isinstance(message, str) and message}


def test_words_at_the_end_of_a_very_long_text_are_heard() -> None:
    assert hears()(STORY * 200 + " I want to die").findings


@pytest.mark.parametrize(
    "content",
    [
        "language: de\ndanger: ['hilfe']",
        "language: xx\nno-such-kind: ['hilfe']",
        "language: xx\ndanger: ['(hilfe']",
        "language: xx\ndanger: ['{er} hilfe']",
        "language: xx\ndanger: ['~ ?']",
        "language: xx\ndanger: 7",
        "[",
        "7",
    ],
)
def test_a_list_that_cannot_be_read_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "xx.yaml").write_text(content, encoding="utf-8")

    with pytest.raises(BadWords, match="xx.yaml"):
        load_crisis_words(tmp_path)


def test_every_language_has_a_file_of_its_own() -> None:
    assert {file.stem for file in FOLDER.glob("*.yaml")} == {*SPOKEN, *FALLBACKS}


@pytest.mark.parametrize("code", ["", "line", "nothing", "danger", "danger:later::en", ":::"])
def test_what_is_no_card_is_read_as_none(code: str) -> None:
    assert read_card(code) is None


@pytest.mark.parametrize("kind", Kind)
def test_a_card_is_kept_as_a_code_and_read_again(kind: Kind) -> None:
    card = Card(kind=kind, stage=Stage.ASKS, young=True, language="ckb")

    assert read_card(card.code) == card
