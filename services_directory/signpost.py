"""Whom to signpost somebody to: a few services, best first, each with its reasons. Pure; never empty, never a guess.

A service is offered to everyone unless its own entry says whom it is for; what a person did not say is not guessed.
"""

from collections.abc import Callable, Container, Iterator
from datetime import date

from services_directory.codes import Answer
from services_directory.hours import Open, OpenState
from services_directory.model import Directory
from services_directory.seeker import Because, Match, Seeker
from services_directory.service import Service
from services_directory.suiting import (
    CHILDREN,
    EMERGENCY,
    HATE_KINDS,
    PARTNER_KINDS,
    SARC,
    SEXUAL,
    Search,
    has_number,
    states,
)

__all__ = ["Because", "Match", "Seeker", "signposts"]

Ranked = tuple[Service, OpenState]
Wanted = Callable[[Service, OpenState], bool]


def signposts(directory: Directory, seeker: Seeker, holidays: Container[date], *, limit: int = 5) -> tuple[Match, ...]:
    """At most `limit` services for this person, best first; `holidays` are the bank holidays of England.

    Somebody with a number is there now whenever the directory has such a line. What the person told beside the need
    (a partner, hate, an assault) is answered too, and what is for everybody is never crowded out. Empty only where
    the national layer and the emergency layer of the directory are.
    """
    search = Search.of(directory.index, seeker, holidays)
    candidates = search.candidates
    limit = max(limit, 1)
    ranked = _ranked(search, candidates, holidays, limit)
    if not any(_line(*match) for match in ranked):
        ranked += _ranked(search, search.beyond(candidates), holidays, limit)
    return tuple(_match(search, *match) for match in _few(ranked, tuple(_musts(search)), limit))


def _ranked(search: Search, numbers: list[int], holidays: Container[date], limit: int) -> list[Ranked]:
    """These services and at most `limit` in all of the peers of each, best first."""
    index, there = search.index, states(numbers, search, holidays)
    ranks = {first: search.rank(first, there[first]) for first in numbers}
    order = sorted((ranks[first], number, first) for first in numbers for number in index.peers[first][:limit])
    return [(index.services[number], there[first]) for _, number, first in order]


def _few(ranked: list[Ranked], musts: tuple[Wanted, ...], limit: int) -> Iterator[Ranked]:
    """The best, with the best of each kind that must not be missing, in the order of their rank."""
    needed = [next((place for place, match in enumerate(ranked) if must(*match)), None) for must in musts]
    places = dict.fromkeys([place for place in needed if place is not None] + list(range(len(ranked))))
    for place in sorted(list(places)[:limit]):
        yield ranked[place]


def _musts(search: Search) -> Iterator[Wanted]:
    """What must be among them if there is such a service, the most urgent first."""
    seeker, asked = search.seeker, search.asked
    yield _line
    if SARC in asked:
        yield lambda service, _: {SARC, SEXUAL} <= service.kinds
    if seeker.young:
        yield lambda service, _: search.for_the_young(service) and CHILDREN in service.kinds
    yield lambda service, _: bool(service.kinds & asked - {CHILDREN}) and not service.communities | service.only_for
    if seeker.partner:
        yield lambda service, _: bool(service.kinds & PARTNER_KINDS)
    if seeker.hate:
        yield lambda service, _: service.kinds >= HATE_KINDS
    yield (
        lambda service, _: (
            service.area == seeker.area and bool(service.kinds & asked) and not search.for_others(service)
        )
    )


def _line(service: Service, state: OpenState) -> bool:
    """Whether somebody answers there now."""
    return isinstance(state, Open) and has_number(service)


def _match(search: Search, service: Service, state: OpenState) -> Match:
    return Match(
        service=service,
        because=tuple(reason for reason, holds in _reasons(search, service, state).items() if holds),
        state=state,
        through=search.through(service),
    )


def _reasons(search: Search, service: Service, state: OpenState) -> dict[Because, bool]:
    seeker, index = search.seeker, search.index
    national = index.places[index.by_id[service.id]] is None
    speaks = search.speaks(service)
    return {
        Because.EMERGENCY: EMERGENCY in service.kinds,
        Because.NOT_TAKING: service.taking is Answer.NO,
        Because.PUTS_THROUGH: search.through(service) is not None,
        Because.RECENT: search.recent(service),
        Because.FOR_YOUR_AGE: search.for_the_young(service),
        Because.FOR_YOUR_COMMUNITY: bool(service.communities & seeker.communities),
        Because.YOUR_LANGUAGE: speaks,
        Because.INTERPRETERS: search.foreign and not speaks and service.interpreters is Answer.YES,
        Because.WORKER: bool(seeker.worker) and service.worker_genders is Answer.YES,
        Because.OPEN_NOW: isinstance(state, Open) and not service.always_open,
        Because.ALWAYS_OPEN: service.always_open,
        Because.LOCAL: not national,
        Because.NATIONAL: national,
    }
