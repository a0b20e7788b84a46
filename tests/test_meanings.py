"""No question changes its meaning unseen, and no translation loses a value or is missing."""

import json
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.meanings import LOCK, WHAT_TO_DO, base_id, changes, edition, meanings_of, read_lock, write_lock
from bot.preview.walked import asked_in
from bot.rendering import CATALOGS
from dialogs.choices import YES_NO, YES_NO_UNSURE, Choice
from dialogs.narrative import Line
from dialogs.places import InArea
from dialogs.registry import DIALOGS
from locales.extract import template
from services_directory.model import Directory
from tests.walking import a_walk, directory

TAGS = ("ar", "pl")


def catalog(tag: str) -> Catalog:
    with (CATALOGS / tag / "LC_MESSAGES" / "messages.po").open("rb") as po:
        return read_po(po, locale=tag)


def parts(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The English and the translation of a message, with all their plural forms."""
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return ids, strings


def braces(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def has_words(words: str) -> bool:
    """Whether anything is said beside what is filled in."""
    return any(character.isalpha() for said, *_ in Formatter().parse(words) for character in said)


def translated(tag: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for message in catalog(tag):
        ids, strings = parts(message)
        if ids != ("",) and any(strings):
            yield ids, strings


# The lock.


def test_no_question_has_changed_its_meaning_unseen() -> None:
    found = changes(read_lock(), meanings_of(asked_in(a_walk(name) for name in DIALOGS)))

    assert found == (), f"{WHAT_TO_DO}\n" + "\n".join(found)


def test_another_set_of_answers_is_another_meaning() -> None:
    before = meanings_of([Choice("safe", "Are you safe?", YES_NO)])
    now = meanings_of([Choice("safe", "Are you safe?", YES_NO_UNSURE)])

    assert changes(before, now) == ("safe has changed: unsure was added",)


def test_another_question_under_the_same_id_is_another_meaning() -> None:
    before, now = meanings_of([Line("name", "Your name?")]), meanings_of([Line("name", "Their name?")])

    assert changes(before, now) == ("name has changed: “Your name?” became “Their name?”",)
    assert edition(before) != edition(now)


def test_questions_that_come_and_go_are_named() -> None:
    before, now = meanings_of([Line("name", "Your name?")]), meanings_of([Line("called", "What are you called?")])

    assert changes(before, now) == ("called is new: “What are you called?”", "name is no longer asked")


def test_questions_of_a_loop_are_one() -> None:
    asked = [Line("witness[1]", "Who saw it?"), Line("witness[2]", "Who saw it?")]

    assert list(meanings_of(asked)) == [base_id("witness[7]")] == ["witness"]
    assert meanings_of(asked) == meanings_of(asked[:1])


def test_every_way_of_putting_a_question_counts() -> None:
    one, two = Line("where", "Which number?"), Line("where", "Which address?")

    assert changes(meanings_of([one]), meanings_of([one, two]))
    assert meanings_of([two, one]) == meanings_of([one, two])


def test_a_walk_that_meets_a_question_in_fewer_ways_finds_no_change() -> None:
    one, two = Line("where", "Which number?"), Line("where", "Which address?")

    assert changes(meanings_of([one, two]), meanings_of([two])) == ()


def test_a_new_area_changes_no_meaning() -> None:
    fewer = InArea("area", "Where?", Directory(areas=(), national=directory().national))

    assert meanings_of([fewer]) == meanings_of([InArea("area", "Where?", directory())])


def test_a_note_stays_with_the_meaning_it_was_written_for(tmp_path: Path) -> None:
    path = tmp_path / "questions.lock"
    write_lock(meanings_of([Line("name", "Your name?"), Line("age", "How old?")]), "first", path)
    changed = write_lock(meanings_of([Line("name", "Name?"), Line("age", "How old?")]), "shorter", path)
    write_lock(meanings_of([Line("name", "Name?"), Line("age", "How old?")]), "again", path)

    notes = {id: meaning.note for id, meaning in read_lock(path).items()}
    assert notes == {"name": "shorter", "age": ""}
    assert len(changed) == 1


def test_the_lock_can_be_read_by_people() -> None:
    content = json.loads(LOCK.read_text(encoding="utf-8"))

    assert content["safe"]["text"] == "Are you safe right now?"
    assert {tuple(entry) for entry in content.values()} == {("meaning", "text", "codes", "ways", "note")}


def test_the_edition_is_the_same_until_a_meaning_changes() -> None:
    lock = read_lock()

    assert edition(lock) == edition(dict(reversed(lock.items())))
    assert edition(lock) != edition({id: lock[id] for id in list(lock)[1:]})


# The catalogs.


@pytest.mark.parametrize("tag", TAGS)
def test_every_sentence_is_translated(tag: str) -> None:
    known = {ids[0] for ids, strings in translated(tag) if all(strings)}
    wanted = [parts(message)[0][0] for message in template() if message.id]

    missing = [english for english in wanted if english not in known and has_words(english)]
    assert missing == [], f"{len(missing)} sentences without {tag}:\n" + "\n".join(missing)


@pytest.mark.parametrize("tag", TAGS)
def test_no_translation_waits_to_be_looked_at(tag: str) -> None:
    assert [message.id for message in catalog(tag) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("tag", TAGS)
def test_a_translation_fills_in_what_english_fills_in(tag: str) -> None:
    wrong = []
    for ids, strings in translated(tag):
        wanted = set().union(*map(braces, ids))
        least = wanted - {"count"} if len(ids) > 1 else wanted  # "one" may be a word
        wrong += [string for string in strings if string and not least <= braces(string) <= wanted]

    assert wrong == []


@pytest.mark.parametrize("tag", TAGS)
def test_a_translation_has_all_plural_forms_of_its_language(tag: str) -> None:
    wanted = catalog(tag).num_plurals

    assert [ids for ids, strings in translated(tag) if len(ids) > 1 and len([s for s in strings if s]) != wanted] == []
