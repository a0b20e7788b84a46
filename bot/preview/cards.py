"""Screens as the cards of the preview: grouped by question, each in every language with its faults."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.messages import Shown
from bot.preview.ours import all_texts, buttons_of
from bot.preview.rules import faults_of, untranslated
from bot.preview.screens import Seen
from bot.rendering import Voice

MOST_ALIKE = 8  # screens of one question that differ only in what is said before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One screen in one language."""

    voice: Voice
    shown: Shown
    faults: tuple[str, ...]
    untranslated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Screens:
    """All screens of one question, the same screen in every language side by side. `more`: left out as alike."""

    key: str
    anchor: str
    about: str
    rows: tuple[tuple[Card, ...], ...]
    more: int

    @property
    def faults(self) -> int:
        return sum(len(card.faults) for row in self.rows for card in row)


def by_question(dialog: str, seen: Iterable[Seen], voices: Mapping[str, Voice]) -> Iterator[Screens]:
    """Grouped by question. Screens that differ only in names, numbers and a person's answers are shown once."""
    groups: dict[str, dict[object, Seen]] = {}
    for each in seen:
        groups.setdefault(each.screen.key, {}).setdefault(_template_of(each), each)
    for key, alike in groups.items():
        chosen = _chosen(tuple(alike.values()), voices)
        rows = tuple(tuple(_card(each, voice) for voice in voices.values()) for each in chosen)
        about = _about(next(iter(alike.values())))
        anchor = f"{dialog}-{key}".replace(" ", "-")
        yield Screens(key=key, anchor=anchor, about=about, rows=rows, more=len(alike) - len(chosen))


def _chosen(alike: tuple[Seen, ...], voices: Mapping[str, Voice]) -> tuple[Seen, ...]:
    """The first few, and every one with a fault of its own."""
    known: set[str] = set()
    kept = []
    for number, each in enumerate(alike):
        faults = {str(fault) for fault in faults_of(each, voices.values())}
        if number < MOST_ALIKE or faults - known:
            kept.append(each)
        known |= faults
    return tuple(kept)


def _template_of(seen: Seen) -> object:
    screen = seen.screen
    codes = tuple((button.tap, button.marked) for button in buttons_of(screen) if button.label.message != "{name}")
    lines = bool(screen.sheet and screen.sheet.lines)
    said = tuple(text.message for text in all_texts(screen)) if screen.sheet is None else len(screen.sheet.receivers)
    return (said, codes, lines)


def _about(seen: Seen) -> str:
    question = seen.question
    if question is None:
        return ""
    part = f"goes into the {question.part.value} of a report" if question.part else "stays here"
    return f"{question.kind}, {part}, {'required' if question.required else 'can be skipped'}"


def _card(seen: Seen, voice: Voice) -> Card:
    return Card(
        voice=voice,
        shown=seen.shown(voice),
        faults=tuple(f"{fault.rule}: {fault.what}" for fault in faults_of(seen, [voice])),
        untranslated=len(untranslated(seen, voice)),
    )
