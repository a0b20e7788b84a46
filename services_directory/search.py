"""Finds services and needs by what a person types, in their language or in English. Pure; slips are forgiven."""

from collections import defaultdict
from collections.abc import Mapping

from services_directory.codes import Answer
from services_directory.index import Index, language_of, limited
from services_directory.model import Directory
from services_directory.needs import Need
from services_directory.service import Service

BY_NEED = 0.5  # what it is worth that a service answers a need that was typed, beside words of its own
BY_KIND, NEARBY, ALWAYS = 0.05, 0.1, 0.1  # and more for each kind it answers with, if it is near, if it always helps
CROWD = 10  # services that are alike and found because of a need; more of them only by their own words
NEAR = 0.3  # results below this share of the best are chance


def find_services(
    directory: Directory, area: str | None, typed: str, locale: str, *, limit: int = 5
) -> tuple[Service, ...]:
    """The services of the area and of the whole country that the words lead to, nearest first; none if none is near.

    Without an area the names of every area's services are searched too. A service that is for some people only is
    found by its name and by whom it is for, never because of a need that anybody may have.
    """
    index = directory.index
    scores = _by_words(index, area, typed, locale)
    for number, score in _by_need(index, area, typed, locale).items():
        scores[number] += score
    near = NEAR * max(scores.values(), default=0.0)
    found = [(_rank(index, number, score), number) for number, score in scores.items() if score >= near]
    return tuple(index.services[number] for _, number in sorted(found)[:limit])


def find_needs(directory: Directory, typed: str, locale: str) -> tuple[Need, ...]:
    """The needs the words speak of, nearest first; none if none is near."""
    scores = _needs(directory.index, typed, locale)
    near = NEAR * max(scores.values(), default=0.0)
    found = sorted((-score, number) for number, score in scores.items() if score >= near)
    return tuple(directory.needs[number] for _, number in found)


def _needs(index: Index, typed: str, locale: str) -> Mapping[int, float]:
    return index.need_shelves[language_of(locale)].find(typed)


def _by_words(index: Index, area: str | None, typed: str, locale: str) -> dict[int, float]:
    language = language_of(locale)
    shelves = [index.shelves.get((place, language)) for place in dict.fromkeys((area, None))]
    if area is None:
        shelves.append(index.names)
    scores: dict[int, float] = defaultdict(float)
    for shelf in filter(None, shelves):
        for number, score in shelf.find(typed).items():
            scores[number] = max(scores[number], score)
    return scores


def _by_need(index: Index, area: str | None, typed: str, locale: str) -> dict[int, float]:
    needs = list(index.needs.values())
    scores: dict[int, float] = defaultdict(float)
    for position, score in _needs(index, typed, locale).items():
        for place in dict.fromkeys((area, None)):
            for first in index.of_kinds(place, needs[position].kinds):
                if not limited(index.services[first]):
                    worth = score * _answers(index.services[first], needs[position], near=bool(place))
                    for number in index.peers[first][:CROWD]:
                        scores[number] = max(scores[number], worth)
    return scores


def _answers(service: Service, need: Need, *, near: bool) -> float:
    return BY_NEED + BY_KIND * len(service.kinds & need.kinds) + NEARBY * near + ALWAYS * (service.id in need.fallback)


def _rank(index: Index, number: int, score: float) -> tuple[float, bool, bool, int]:
    service = index.services[number]
    return -score, service.taking is Answer.NO, not service.reachable, number
