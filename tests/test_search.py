"""Services and needs are found as people type them: in their language, with slips, and nothing is found by chance."""

import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from services_directory.load import load
from services_directory.search import find_needs, find_services
from services_directory.typed import LONGEST_TYPED, words_of
from services_directory.wording import LOCALES
from tests.made_up import a_directory, a_service, wording
from tests.properties import PROPERTY

DIRECTORY = load()
AREAS = [area.id for area in DIRECTORY.areas]
PHRASES = [
    (need.id, locale, phrase) for need in DIRECTORY.needs for locale in LOCALES for phrase in need.words.get(locale, ())
]
HARAKAT = "\u064e\u0650\u064f\u0651\u0652"
ANYTHING = st.one_of(st.text(max_size=250), st.text(string.ascii_letters + " '", max_size=60))


def services(typed: str, locale: str = "en", area: str | None = "bristol") -> list[str]:
    return [service.id for service in find_services(DIRECTORY, area, typed, locale)]


def needs(typed: str, locale: str = "en") -> list[str]:
    return [need.id for need in find_needs(DIRECTORY, typed, locale)]


@pytest.mark.parametrize(
    ("typed", "locale", "found"),
    [
        ("One25", "en", "one25"),
        ("one 25", "en", "one25"),
        ("ONE TWENTY... one25!", "en", "one25"),
        ("safelink", "en", "safe-link"),
        ("Safe-Link", "en", "safe-link"),
        ("saflink", "en", "safe-link"),
        ("the number of sari please", "en", "sari"),
        ("samaritens", "pl", "samaritans"),
        ("childlin", "ar", "childline"),
        ("rape crysis", "en", "rape-crisis-247"),
        ("blue sky app", "en", "bright-sky-app"),
        ("بلغوني عن Galop", "ar", "galop"),
        ("zadzwonić do Galop", "pl", "galop"),
        ("ｓａｒｉ", "en", "sari"),
        ("101", "pl", "police-101"),
        ("٩٩٩", "ar", "999-emergency"),
    ],
)
def test_a_service_is_found_by_its_name_however_it_is_typed(typed: str, locale: str, found: str) -> None:
    assert services(typed, locale)[0] == found


@pytest.mark.parametrize(
    ("typed", "locale", "found"),
    [
        ("my landlord wants to evict me", "en", "home"),
        ("homeles", "en", "home"),
        ("harrasment", "en", "hate"),
        ("they were racist to me", "en", "hate"),
        ("i want to die", "en", "very-low"),
        ("suicde", "en", "very-low"),
        ("I cant cope", "en", "very-low"),
        ("my boyfreind hits me", "en", "partner-family"),
        ("he won’t let me leave", "en", "partner-family"),
        ("they took my passport and I am not paid", "en", "forced-work"),
        ("do I need a solicitor?", "en", "rights"),
        ("revenge porn", "en", "online"),
        ("i was raped", "en", "sexual-violence"),
        ("gwalt", "pl", "sexual-violence"),
        ("GWAŁCIE", "pl", "sexual-violence"),
        ("zostalam zgwalcona", "pl", "sexual-violence"),
        ("nie mam gdzie spac", "pl", "home"),
        ("depresji", "pl", "very-low"),
        ("przemoc domowa", "pl", "partner-family"),
        ("mój chłopak mnie bije", "pl", "partner-family"),
        ("policia", "pl", "police-victim-care"),
        ("sąd", "pl", "police-victim-care"),
        ("rasizm w pracy", "pl", "hate"),
        ("racist neighbours", "pl", "hate"),
        ("اغتصاب", "ar", "sexual-violence"),
        ("أريد أن أموت", "ar", "very-low"),
        ("اريد ان اموت", "ar", "very-low"),
        ("زوجي يضربني", "ar", "partner-family"),
        ("عنصريه", "ar", "hate"),
        ("والعنصرية", "ar", "hate"),
        ("بيتي", "ar", "home"),
        ("طردني صاحب البيت من شقتي", "ar", "home"),
        ("شرطه", "ar", "police-victim-care"),
        ("racism ضدي", "ar", "hate"),
    ],
)
def test_a_need_is_understood_as_people_put_it(typed: str, locale: str, found: str) -> None:
    assert needs(typed, locale)[0] == found


def test_a_word_of_one_s_own_language_goes_before_the_same_letters_in_english() -> None:
    assert (needs("sad", "en"), needs("sad", "pl")[0]) == (["very-low"], "police-victim-care")


def test_several_needs_in_one_sentence_are_all_heard() -> None:
    assert {"hate", "home", "very-low"} <= set(needs("racist neighbours, I am homeless and so depressed"))


@pytest.mark.parametrize("written", ["الاغتصــــاب", "اِغْتِصَاب", "إغتصاب", "ٱغتصاب", "والاغتصاب", "أغتصاب", "اغتصابي"])
def test_every_way_of_writing_an_arabic_word_is_the_same_word(written: str) -> None:
    assert needs(written, "ar") == needs("اغتصاب", "ar")
    assert services(written, "ar") == services("اغتصاب", "ar")


def test_every_word_in_the_file_leads_to_its_need() -> None:
    assert [phrase for need, locale, phrase in PHRASES if need not in needs(phrase, locale)] == []


def test_the_words_on_a_button_lead_to_it() -> None:
    for need in DIRECTORY.needs:
        assert [needs(need.label.in_(locale), locale)[0] for locale in LOCALES] == [need.id] * len(LOCALES)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("إساءة", "اساءه"),
        ("على", "علي"),
        ("ٱلبيت", "البيت"),
        ("رقـــم ٣", "رقم 3"),
        ("Wałęsa’s Ørsted", "walesas orsted"),
    ],
)
def test_letters_that_are_written_in_several_ways_are_one_letter(written: str, same: str) -> None:
    assert words_of(written) == words_of(same)


@pytest.mark.parametrize(
    ("typed", "heard"), [("rainbo", True), ("rainbow", True), ("rainbows", False), ("tainbo", False)]
)
def test_a_short_word_forgives_one_slip_and_never_its_first_letter(typed: str, heard: bool) -> None:
    assert heard == bool(find_services(a_directory(a_service("rainbo")), None, typed, "en"))


def test_words_written_with_vowel_signs_find_the_same() -> None:
    for _, locale, phrase in PHRASES:
        if locale == "ar":
            marked = "".join(letter + HARAKAT[place % 5] for place, letter in enumerate(phrase))

            assert needs(marked, "ar") == needs(phrase, "ar")


@pytest.mark.parametrize("word", ["samaritans", "crimestoppers", "childline", "homeless", "harassment", "solicitor"])
def test_one_slip_in_a_long_word_is_forgiven(word: str) -> None:
    slips = [word[:place] + word[place + 1 :] for place in range(1, len(word))]
    slips += [word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(1, len(word) - 1)]
    expected = (needs(word) or services(word))[0]

    assert {OSA.distance(slip, word) for slip in slips} <= {0, 1}
    assert [slip for slip in slips if expected not in needs(slip) + services(slip)] == []


@pytest.mark.parametrize("typed", ["", "  ", "?!", "\x00", "\ud800", "asdf qwer", "i like bananas", "ـــ", "🙂", "zzz"])
def test_nothing_is_found_by_chance(typed: str) -> None:
    assert [(services(typed, locale), needs(typed, locale)) for locale in LOCALES] == [([], [])] * len(LOCALES)


def test_what_answers_the_need_is_found_without_its_name() -> None:
    assert "shelter" in services("I am being evicted")
    assert "samaritans" in services("samobójstwo", "pl")
    assert "one25" not in services("violence")


def test_words_about_a_service_are_found_in_the_reader_s_language() -> None:
    directory = a_directory(a_service("choir", about=wording("They sing.", "يغنون معًا.", "Śpiewają razem pieśni.")))

    assert [find_services(directory, None, "spiewaja", locale) for locale in ("pl", "pl-PL", "en", "ar")] == [
        directory.national, directory.national, (), (),
    ]  # fmt: skip


def test_a_community_service_is_found_by_whom_it_is_for_and_not_by_what_it_does() -> None:
    group = a_service(
        "us", communities=frozenset({"jewish"}), who_for=wording("For Jews."), about=wording("They sing.")
    )
    app = a_service("app", only_for=frozenset({"safe-phone"}), about=wording("They sing."))
    directory = replace(a_directory(group, app), needs=DIRECTORY.needs)

    assert [find_services(directory, None, typed, "en") for typed in ("jews", "us", "sing", "hate")] == [
        (group,), (group,), (), (),
    ]  # fmt: skip
    assert "cst" in services("jewish")


def test_without_an_area_names_are_found_everywhere() -> None:
    assert services("hart gables", area=None) == ["hart-gables"]
    assert "hart-gables" not in services("hart gables", area="bristol")


def test_a_service_for_staff_is_never_found() -> None:
    names = {service.name for service in DIRECTORY.staff_services}
    found = {
        service.id
        for name in names
        for area in (None, *AREAS)
        for service in find_services(DIRECTORY, area, name, "en")
    }

    assert names
    assert not found & {service.id for service in DIRECTORY.staff_services}


@PROPERTY
@given(ANYTHING, st.sampled_from(["en", "ar", "pl-PL", "xx"]), st.sampled_from([None, "bristol", "nowhere"]))
def test_whatever_is_typed_has_few_answers_and_always_the_same(typed: str, locale: str, area: str | None) -> None:
    found = find_services(DIRECTORY, area, typed, locale, limit=3)

    assert found == find_services(DIRECTORY, area, typed, locale, limit=3)
    assert len(set(found)) == len(found) <= 3
    assert {service.area for service in found} <= {"national", area} or area is None


@PROPERTY
@given(ANYTHING)
def test_words_are_plain_letters_and_digits(typed: str) -> None:
    words = words_of(typed)

    assert all(word.isalnum() for word in words)
    assert words_of(" ".join(words), longest=10_000) == words


@pytest.mark.parametrize("typed", ["a" * 10_000, "hate " * 2_000, "ءؤإ" * 3_000, "\u0651" * 5_000, "samaritens " * 900])
def test_of_long_nonsense_only_the_beginning_is_read(typed: str) -> None:
    assert services(typed, "ar") == services(typed[:LONGEST_TYPED], "ar")
    assert needs(typed, "ar") == needs(typed[:LONGEST_TYPED], "ar")
