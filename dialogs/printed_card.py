"""A service as a list of people who can help shows it: in a pack, on paper, on a page. Nothing nobody confirmed."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from dialogs.cards import contact
from dialogs.opening_words import opening_words
from dialogs.service_card import quickest_way
from dialogs.service_facts import cost, facts
from dialogs.texts import NOTHING, Text, text
from services_directory.signpost import Match


def short_card(match: Match) -> tuple[Text, ...]:
    """Its name, what it does and how to reach it, or who can put people through."""
    service = match.service
    return (text("{name}: {about}", name=service.name, about=service.about), *_ways(match))


def printed_card(match: Match, now: datetime | None = None) -> tuple[tuple[Text, ...], ...]:
    """All that is known, without its name, in paragraphs: what it does, how to reach it, the rest; addresses alone.

    `now`: for a page that is read at once; paper does not know the time.
    """
    service = match.service
    there = opening_words(match.state, now) if now and service.reachable else NOTHING
    about = text("{words}", words=service.about)
    reached = tuple(line for line in (*_ways(match), there, *cost(service)) if line)
    return ((about,), *_paragraphs(reached), *_paragraphs(facts(service)))


def _paragraphs(lines: Iterable[Text]) -> Iterator[tuple[Text, ...]]:
    """An address has no full stop behind it, so nothing may follow it."""
    for _, run in groupby(lines, key=lambda line: line.values.get("website")):
        yield tuple(run)


def _ways(match: Match) -> Iterator[Text]:
    if match.service.reachable:
        yield quickest_way(match.service)
        return
    yield text("I have no sure number for it yet.")
    if match.through:
        yield contact(match.through)
        yield text("They can put you through.")
