"""English in easy words: a way of reading that anybody may choose, and the rules its sentences are held to."""

import re
from collections.abc import Iterator
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from bot.preview.readability import grade, sentences, words
from bot.rendering import CATALOGS, EASY, ENDONYMS, Voice, load_voices
from dialogs.texts import text
from locales.extract import template
from services_directory.wording import Wording, language_of

MOST, MOST_GRADE = 10, 5.0
CONTRACTION = re.compile(
    r"\b\w+(?:n['’]t|['’](?:re|ll|ve|m|d))\b|\b(?:it|that|there|what|who|let)['’]s\b", re.IGNORECASE
)


def easy() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each English message, and what easy words say instead."""
    with (CATALOGS / EASY / "LC_MESSAGES" / "messages.po").open("rb") as po:
        for message in read_po(po, locale=EASY):
            if message.id:
                key = message.id if isinstance(message.id, str) else message.id[0]
                yield key, (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def filled(said: str) -> str:
    """A message whose values are one short word each."""
    return said.format_map({name: "it" for _, name, _, _ in Formatter().parse(said) if name})


@pytest.fixture(scope="module")
def voice() -> Voice:
    return load_voices()[EASY]


def test_every_sentence_of_the_dialogs_has_easy_words() -> None:
    said = dict(easy())
    keys = {message.id if isinstance(message.id, str) else message.id[0] for message in template() if message.id}

    assert [key for key in sorted(keys) if not all(said.get(key) or ("",))] == []


def test_an_easy_sentence_has_ten_words_at_most() -> None:
    long = [
        part for _, forms in easy() for form in forms for part in sentences(filled(form)) if len(words(part)) > MOST
    ]

    assert long == []


def test_easy_words_are_never_contracted() -> None:
    assert [form for _, forms in easy() for form in forms if CONTRACTION.search(form)] == []


def test_easy_words_are_not_harder_than_the_plain_ones() -> None:
    harder = [
        (key, forms[0])
        for key, forms in easy()
        if len(words(key)) >= 12 and grade([filled(forms[0])]) > max(grade([filled(key)]), MOST_GRADE)
    ]

    assert harder == []


def test_easy_words_keep_each_value_of_the_plain_ones() -> None:
    def names(said: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(said) if name}

    plain = {message.id[0]: message.id for message in template() if isinstance(message.id, tuple | list)}
    pairs = [(key, zip(plain.get(key, (key,)), forms, strict=True)) for key, forms in easy()]

    assert [key for key, both in pairs for told, form in both if names(form) != names(told)] == []


def test_an_easy_label_still_fits_on_a_button() -> None:
    labels = [(key, forms[0]) for key, forms in easy() if len(key) <= 30 and not key.endswith((".", "?", "!", ":"))]

    assert [easy_label for _, easy_label in labels if len(easy_label) > 30] == []


def test_easy_words_ask_no_more_questions_than_the_plain_ones() -> None:
    assert [key for key, forms in easy() for form in forms if form.count("?") != key.count("?")] == []


def test_easy_words_are_offered_as_a_way_of_reading_among_the_languages(voice: Voice) -> None:
    assert list(ENDONYMS).index(EASY) == 1
    assert voice.endonym == "English in easy words"
    assert (voice.language, voice.right_to_left) == ("en", False)


def test_the_directory_speaks_plain_english_to_readers_of_easy_words(voice: Voice) -> None:
    about = Wording.of({"en": "They listen.", "ar": "يستمعون.", "pl": "Słuchają."})

    assert voice.say(text("{about}", about=about)) == "They listen."
    assert (language_of("en@easy"), language_of("pl_PL"), language_of("zh-Hant")) == ("en", "pl", "zh")
