"""What a topic is: facts in plain words, in short pages, with the day they were looked up and where.

The topics themselves are in the files `topic_*.py`; how they are read in a chat is in `reading.py`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from dialogs.texts import NOTHING, Text, text
from services_directory.model import Area

PARTNER, SAFE_PHONE = "partner", "safe-phone"  # what a section may be meant for only; as in the directory

Page = tuple[Text, ...]  #: sentences that stand together: at most 48 words, so that a screen holds them


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a fact was read: a name people know, and the address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a topic. `only_for`: `PARTNER`, `SAFE_PHONE`; it is left out wherever one of them does not hold."""

    id: str
    title: Text
    pages: tuple[Page, ...]
    only_for: frozenset[str] = frozenset()

    @property
    def lines(self) -> Page:
        """All its sentences, in order."""
        return tuple(line for page in self.pages for line in page)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Dated facts. `title`: at most 30 characters in every language. `asks`: which section, where there are several."""

    id: str
    title: Text
    sections: tuple[Section, ...]
    as_of: date
    sources: tuple[Origin, ...]
    asks: Text = NOTHING

    @property
    def lines(self) -> Page:
        """All its sentences, in order."""
        return tuple(line for section in self.sections for line in section.lines)

    def for_whom(self, holds: Iterable[str]) -> "Topic":
        """Without the sections that are only for people of whom something holds that is not in `holds`."""
        held = frozenset(holds)
        return replace(self, sections=tuple(section for section in self.sections if section.only_for <= held))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What topics know of where they are read: who runs the bot, every area, and the reader's own, if it is known."""

    operator: str
    areas: tuple[Area, ...]
    area: Area | None = None

    @property
    def spoken_of(self) -> tuple[Area, ...]:
        """The areas whose own rules are told."""
        return (self.area,) if self.area else self.areas


def without(topic: Topic, section: str) -> Topic:
    """`topic` without the section of this id."""
    return replace(topic, sections=tuple(each for each in topic.sections if each.id != section))


def dated(topic: Topic) -> Text:
    """When and where the facts of a topic were looked up."""
    return text("As of {day}. From: {sources}.", day=topic.as_of, sources=listed(each.name for each in topic.sources))


def listed(names: Iterable[str]) -> str:
    """Names that no language translates, in a row."""
    return ", ".join(names)


def in_a_row(texts: Iterable[Text]) -> Text:
    """Texts in a row, as the reader's language puts a comma between them. NOTHING for none."""
    row: Iterator[Text] = iter(texts)
    joined = next(row, NOTHING)
    for following in row:
        joined = text("{first}, {second}", first=joined, second=following)
    return joined
