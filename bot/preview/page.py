"""Writes the preview: one page with every screen in every language, its faults, and a diagram of each dialog."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.preview.cards import Screens, by_question
from bot.preview.crisis_cards import crisis_cards
from bot.preview.diagram import svg
from bot.preview.promises import broken
from bot.preview.screens import beside, screens_of
from bot.preview.walked import Walked
from bot.rendering import Voice
from dialogs.explore import MOST_RUNS, Walk, explore
from dialogs.registry import DIALOGS
from dialogs.start import Start

ENGLISH = "en"
BESIDE = "beside the dialogs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What was written: `faults` of every rule, `lines` to print, `walks` by dialog."""

    page: Path
    screens: int
    faults: tuple[str, ...]
    walks: Mapping[str, Walk] = field(repr=False)

    @property
    def lines(self) -> tuple[str, ...]:
        walks = (
            f"{name}: {len(walk.questions)} questions, {walk.fewest} to {walk.most} on one path, {walk.runs} runs"
            for name, walk in self.walks.items()
        )
        return (*walks, f"{self.screens} screens, {len(self.faults)} faults", str(self.page))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One dialog."""

    name: str
    walk: Walk
    diagram: Markup
    broken: tuple[str, ...]
    questions: tuple[Screens, ...]


def write_preview(folder: Path, start: Start, voices: Mapping[str, Voice], *, most: int = MOST_RUNS) -> Summary:
    """Walk every dialog and write `index.html` into `folder`; `most` is the number of runs through one dialog."""
    walks = {name: explore(dialog, start, most=most) for name, dialog in DIALOGS.items()}
    english = voices[ENGLISH]
    chapters = tuple(
        _chapter(Walked(dialog=name, walk=walk, start=start, english=english), voices, _told_elsewhere(name, walks))
        for name, walk in walks.items()
    )
    longest = max(walks.values(), key=lambda walk: walk.most)
    overlays = tuple(by_question(BESIDE, (*beside(longest), *crisis_cards(start)), voices))
    faults = tuple(_all_faults(chapters, overlays))
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "index.html"
    environment = Environment(loader=PackageLoader("bot.preview"), autoescape=True, undefined=StrictUndefined)
    template = environment.get_template("page.html")
    page.write_text(
        template.render(chapters=chapters, overlays=overlays, voices=tuple(voices.values()), faults=faults, end="!end"),
        encoding="utf-8",
    )
    screens = sum(len(each.rows) for chapter in chapters for each in chapter.questions) + len(overlays)
    return Summary(page=page, screens=screens, faults=faults, walks=walks)


def _told_elsewhere(name: str, walks: Mapping[str, Walk]) -> frozenset[str]:
    """The questions of smaller dialogs that this one leads into; each is shown once, in the smallest."""
    size = len(walks[name].questions)
    smaller = (walk for walk in walks.values() if len(walk.questions) < size)
    return frozenset(question.id for walk in smaller for question in walk.questions)


def _chapter(walked: Walked, voices: Mapping[str, Voice], elsewhere: frozenset[str]) -> Chapter:
    seen = (each for each in screens_of(walked.dialog, walked.walk, walked.start) if each.screen.key not in elsewhere)
    return Chapter(
        name=walked.dialog,
        walk=walked.walk,
        diagram=svg(walked.walk, walked.english),
        broken=broken(walked),
        questions=tuple(by_question(walked.dialog, seen, voices)),
    )


def _all_faults(chapters: Iterable[Chapter], overlays: Iterable[Screens]) -> Iterator[str]:
    for chapter in chapters:
        yield from (f"{chapter.name}: {what}" for what in chapter.broken)
        yield from _faults_in(chapter.questions)
    yield from _faults_in(overlays)


def _faults_in(questions: Iterable[Screens]) -> Iterator[str]:
    for question in questions:
        found = (
            f"{question.anchor} [{card.voice.tag}] {what}"
            for row in question.rows
            for card in row
            for what in card.faults
        )
        yield from dict.fromkeys(found)
