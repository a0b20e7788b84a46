"""Reads the lists of crisis words, a file for each language, into one finder. All languages are heard at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import dialogs as dialogs_package
from bot.errors import SaysafeError
from dialogs.crisis import Kind
from dialogs.crisis_finder import BESIDE, Finder
from dialogs.crisis_phrases import BadPhrase, Phrase, Sets, phrases_of, words_in

FOLDER = Path(next(iter(dialogs_package.__path__))) / "crisis_words"
_KEYS = {"language", "sets", "fillers", "ordinary", *BESIDE, *Kind}
_LISTS = (*(str(kind) for kind in Kind), *sorted(BESIDE))


class BadWords(SaysafeError):
    """A list of crisis words cannot be used; the text names file and fault. The lists are ours and nobody's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """One language's file."""

    phrases: tuple[Phrase, ...]
    fillers: frozenset[str]
    ordinary: frozenset[str]


def load_crisis_words(folder: Path = FOLDER) -> Finder:
    """The finder of all files in `folder`. Raises `BadWords`."""
    lists = [_read(file) for file in sorted(folder.glob("*.yaml"))]
    return Finder.of(
        (phrase for each in lists for phrase in each.phrases),
        fillers=frozenset().union(*(each.fillers for each in lists)),
        ordinary=frozenset().union(*(each.ordinary for each in lists)),
    )


def _read(file: Path) -> _List:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  # makes texts only
    except yaml.YAMLError as fault:
        raise BadWords(f"{file.name}: {fault}") from fault
    if not isinstance(content, dict) or not content.keys() <= _KEYS or content.get("language") != file.stem:
        raise BadWords(f"{file.name}: these keys, with the file's own language: {sorted(_KEYS)}")
    try:
        return _list(content)
    except (BadPhrase, KeyError, AttributeError, TypeError) as fault:
        raise BadWords(f"{file.name}: {fault}") from fault


def _list(content: dict[str, Any]) -> _List:
    sets: dict[str, frozenset[str]] = {}
    for name, words in (content.get("sets") or {}).items():
        sets[name] = words_in(words.replace("\n", "").replace(" ", ""), sets)
    return _List(
        phrases=tuple(_phrases(content, sets)),
        fillers=_words(content.get("fillers"), sets),
        ordinary=_words(content.get("ordinary"), sets),
    )


def _phrases(content: dict[str, Any], sets: Sets) -> Iterator[Phrase]:
    for meaning in _LISTS:
        listed = content.get(meaning, [])
        if not isinstance(listed, list):
            raise TypeError(meaning)
        for written in listed:
            yield from phrases_of(written, meaning, content["language"], sets=sets)


def _words(listed: Iterable[str] | None, sets: Sets) -> frozenset[str]:
    return words_in("|".join(listed), sets) if listed else frozenset()
