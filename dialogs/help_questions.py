"""The questions of "Find help" whose answers are data: what somebody needs, tapped or typed, and which service."""

from collections.abc import Sequence
from itertools import islice
from typing import Unpack

from dialogs.cards import short_name
from dialogs.choices import PICK_ONE, Option
from dialogs.inputs import Accepted, Input, Reader, Refused, Stored, Tapped, Typed, Verdict
from dialogs.script import Faces, Misfit, Offer, Question
from dialogs.texts import NOTHING, Text, text
from services_directory.match import find_areas
from services_directory.model import Area, Directory
from services_directory.needs import Need
from services_directory.search import find_needs, find_services
from services_directory.service import Service
from services_directory.typed import words_of

NEED, SERVICE, AREA = "need:", "service:", "area:"  # what a chosen thing is, before its id
NOT_SURE, NEAR_ME, NONE_OF_THESE = "not-sure", "near-me", "none"
MOST = 500  # characters of what is typed
_FOUND = (3, 3, 1)  # needs, services and areas offered for typed words; with "None of these" a screen
_FEW_WORDS = 3  # more are a sentence; one that tells of no need shares words with any service by chance
_NEAR_PLACE = 5  # how many buttons stand before the one for people nearby
_NOTHING_FOUND = text("I did not find that. Tap a button, or type one word. For example: rent, police, hate.")
_SHORTER = text("That is a bit long for this question. Please type less.")
_LABELS = {
    NOT_SURE: text("I am not sure"),
    NEAR_ME: text("Help near me"),
    NONE_OF_THESE: text("None of these"),
}


class WhatHelp(Question[str]):
    """What somebody needs: a tap, or their own words, then a tap on what those led to. What was typed is not kept.

    The dialog receives a code: `NEED`, `SERVICE` or `AREA` and an id, `NOT_SURE`, or `NEAR_ME`.
    """

    kind = "need"
    from_directory = True

    def __init__(self, id: str, words: str | Text, directory: Directory, **faces: Unpack[Faces]) -> None:
        super().__init__(id, words, **faces)
        self.directory = directory

    def accept(self, given: Input, recorded: Stored, reader: Reader) -> Verdict:
        if isinstance(given, Typed):
            return self._search(given.words, reader.locale)
        if isinstance(given, Tapped) and given.option == NONE_OF_THESE:
            return Accepted({"found": []})
        return Accepted(given.option) if isinstance(given, Tapped) and self._known(given.option) else Refused(PICK_ONE)

    def _search(self, words: str, locale: str) -> Verdict:
        if len(words) > MOST:
            return Refused(_SHORTER)
        needs = [f"{NEED}{need.id}" for need in find_needs(self.directory, words, locale)]
        near = find_services(self.directory, None, words, locale)
        sentence = len(words_of(words)) > _FEW_WORDS
        services = [f"{SERVICE}{one.id}" for one in near if needs or not sentence or _is_named(one, words)]
        areas = [f"{AREA}{area.id}" for area in find_areas(self.directory, words)]
        kinds = zip((needs, services, areas), _FOUND, strict=True)
        found = [code for codes, most in kinds for code in codes[:most]]
        return Accepted({"found": found}) if found else Refused(_NOTHING_FOUND)

    def _known(self, code: object) -> bool:
        return code in (NOT_SURE, NEAR_ME) or bool(self._label(str(code)))

    def _label(self, code: str) -> Text:
        """NOTHING for a code that stands for nothing here."""
        if code in _LABELS:
            return _LABELS[code]
        kind, _, id = code.partition(":")
        thing = self._thing(f"{kind}:", id)
        return _named(thing) if thing else NOTHING

    def _thing(self, kind: str, id: str) -> Need | Service | Area | None:
        index = self.directory.index
        if kind == NEED:
            return index.needs.get(id)
        if kind == SERVICE:
            return index.services[index.by_id[id]] if id in index.by_id else None
        return next((area for area in self.directory.areas if kind == AREA and area.id == id), None)

    def complete(self, stored: Stored) -> bool:
        return not isinstance(stored, dict)

    def read(self, stored: Stored) -> str:
        if not isinstance(stored, str) or not self._known(stored):
            raise Misfit
        return stored

    def nothing(self) -> str:
        return ""

    def shown(self, stored: Stored) -> tuple[Text, ...]:
        return (self._label(stored),)

    def offers(self, recorded: Stored) -> tuple[Offer, ...]:
        found = recorded["found"] if isinstance(recorded, dict) else ()
        if found:
            return tuple(Offer(option=code, label=self._label(code)) for code in (*found, NONE_OF_THESE))
        needs = [Offer(option=f"{NEED}{need.id}", label=_named(need)) for need in self.directory.needs]
        near = Offer(option=NEAR_ME, label=_LABELS[NEAR_ME])
        unsure = Offer(option=NOT_SURE, label=_LABELS[NOT_SURE], stays=True)
        return (*needs[:_NEAR_PLACE], near, *needs[_NEAR_PLACE:], unsure)

    def takes(self) -> frozenset[str]:
        return frozenset({"words"})

    def examples(self) -> tuple[Stored, ...]:
        needs = (f"{NEED}{need.id}" for need in self.directory.needs)
        service = next((f"{SERVICE}{service.id}" for service in self.directory.services_for(None)), NOT_SURE)
        areas = (f"{AREA}{area.id}" for area in self.directory.areas[:1])
        return (*needs, NEAR_ME, NOT_SURE, service, *areas, None)


def _named(thing: Need | Service | Area) -> Text:
    if isinstance(thing, Need):
        return text("{need}", need=thing.label)
    return short_name(thing) if isinstance(thing, Service) else text("{name}", name=thing.name)


class WhichService(Question[str]):
    """One of the services on the screen, or a way onward; the dialog receives the id or the code.

    Who is offered depends on the hour, so any service of the directory is taken: a screen may be an hour old.
    """

    kind = "service"
    from_directory = True

    def __init__(
        self,
        id: str,
        words: str | Text,
        directory: Directory,
        offered: tuple[Sequence[Service], Sequence[Option]],
        **faces: Unpack[Faces],
    ) -> None:
        super().__init__(id, words, **faces)
        self.services, self.ways = offered
        self.directory = directory

    def accept(self, given: Input, recorded: Stored, reader: Reader) -> Verdict:
        taken = isinstance(given, Tapped) and self._takes(given.option)
        return Accepted(given.option) if isinstance(given, Tapped) and taken else Refused(PICK_ONE)

    def _takes(self, code: object) -> bool:
        return code in self.directory.index.by_id or code in {way.code for way in self.ways}

    def read(self, stored: Stored) -> str:
        if not isinstance(stored, str) or not self._takes(stored):
            raise Misfit
        return stored

    def nothing(self) -> str:
        return ""

    def shown(self, stored: Stored) -> tuple[Text, ...]:
        return tuple(offer.label for offer in self.offers(stored) if offer.marked)

    def offers(self, recorded: Stored) -> tuple[Offer, ...]:
        named = [(service.id, short_name(service)) for service in self.services]
        ways = [Offer(option=way.code, label=way.text, stays=True) for way in self.ways]
        return (*(Offer(option=id, label=name, marked=id == recorded) for id, name in named), *ways)

    def choices(self) -> tuple[str, ...]:
        return tuple(way.code for way in self.ways)

    def examples(self) -> tuple[Stored, ...]:
        """One service of each make, the same on every way; that every card is right is shown beside the walks."""
        services = self.directory.index.services
        makes = (
            (service for service in services if service.phone),
            (service for service in services if service.only_for),
            (service for service in services if not service.reachable),
        )
        found = [service.id for make in makes for service in islice(make, 1)]
        return (*dict.fromkeys(found), *self.choices(), None)


def _is_named(service: Service, typed: str) -> bool:
    """Whether the service's name, or another name of it, stands in what was typed."""
    said = set(words_of(typed))
    return any(set(words_of(name)) <= said for name in (service.name, *service.aliases))
