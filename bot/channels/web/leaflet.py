"""A pack in one language, as both the web page and the paper show it: headings, paragraphs, cards, sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.rendering import Voice
from dialogs.cards import EMERGENCY
from dialogs.pack import Pack
from dialogs.printed_card import printed_card
from dialogs.texts import Text, text
from dialogs.topics import Origin, Section, Topic, dated
from services_directory.signpost import Match

TITLE = text("Help and rights")
TITLE_FOR = text("Help and rights in {area}")
_WHO_CAN_HELP = text("Who can help")
_SOURCES = text("Where we read this")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Paragraphs under a heading of their own; "" where the heading above is enough."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A topic, or the services."""

    heading: str
    passages: tuple[Passage, ...]
    dated: str = ""
    sources: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """Everything in the order in which it is read. `locale`: BCP 47."""

    locale: str
    right_to_left: bool
    title: str
    opening: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    sources_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPrint:
    """A leaflet, the title of its file, and when it was made."""

    leaflet: Leaflet
    name: str
    made: datetime


def leaflet(pack: Pack, voice: Voice) -> Leaflet:
    """The pack as `voice` says it."""
    title = text(TITLE_FOR.message, area=pack.area.name) if pack.area else TITLE
    return Leaflet(
        locale=voice.language,
        right_to_left=voice.right_to_left,
        title=voice.say(title),
        opening=_all(voice, (EMERGENCY, *pack.opening)),
        chapters=(_helpers(pack.services, voice), *(_chapter(topic, voice) for topic in pack.topics)),
        sources_label=voice.say(_SOURCES),
    )


def _helpers(services: Iterable[Match], voice: Voice) -> Chapter:
    return Chapter(heading=voice.say(_WHO_CAN_HELP), passages=tuple(card(match, voice) for match in services))


def card(match: Match, voice: Voice, now: datetime | None = None) -> Passage:
    """A service. `now`: for a page that is read at once."""
    paragraphs = tuple(" ".join(_all(voice, lines)) for lines in printed_card(match, now))
    return Passage(heading=match.service.name, paragraphs=paragraphs)


def _chapter(topic: Topic, voice: Voice) -> Chapter:
    alone = len(topic.sections) == 1
    return Chapter(
        heading=voice.say(topic.title),
        passages=tuple(_passage(section, voice, alone=alone) for section in topic.sections),
        dated=voice.say(dated(topic)),
        sources=topic.sources,
    )


def _passage(section: Section, voice: Voice, *, alone: bool) -> Passage:
    """A page of the chat is a paragraph here."""
    paragraphs = tuple(" ".join(_all(voice, page)) for page in section.pages)
    return Passage(heading="" if alone else voice.say(section.title), paragraphs=paragraphs)


def _all(voice: Voice, texts: Iterable[Text]) -> tuple[str, ...]:
    return tuple(voice.say(words) for words in texts)
