"""Where to look: services by place and kind, and the shelves of words. Built once with the directory."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from services_directory.hours import Hours
from services_directory.needs import Need
from services_directory.service import Service
from services_directory.shelf import Line, Shelf
from services_directory.wording import ENGLISH, LOCALES

NAME, UNSURE_NAME, WHO_FOR, ABOUT = 6, 4, 2, 1  # what a word is worth in a service, by where it stands
PHRASE, ENGLISH_PHRASE = 4, 3  # and in a need, also for those who read another language than English
OFTEN = 4  # services offered to those who are not sure what they need
SHORTEST = 4  # letters a word of a sentence needs to be worth remembering

Place = str | None  # the id of an area; None is the national layer


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Services are numbered as they stand in the files, areas first. Build it with `of`.

    `by_kind` and `shelves` hold what serves one place, `names` finds every service by its name wherever it is.
    `often` are ids of the services that help with most needs; `week_of` says which of the few different `weeks` of
    opening hours a service has. Services that differ in nothing by which they are chosen are `peers`: one is judged for
    all of them, and `by_kind` names that one, the first.
    """

    services: tuple[Service, ...] = field(repr=False)
    places: tuple[Place, ...] = field(repr=False)
    by_id: Mapping[str, int] = field(repr=False)
    weeks: tuple[Hours | None, ...] = field(repr=False)
    week_of: tuple[int, ...] = field(repr=False)
    peers: Mapping[int, tuple[int, ...]] = field(repr=False)
    by_kind: Mapping[tuple[Place, str], tuple[int, ...]] = field(repr=False)
    shelves: Mapping[tuple[Place, str], Shelf] = field(repr=False)
    names: Shelf = field(repr=False)
    needs: Mapping[str, Need] = field(repr=False)
    often: tuple[str, ...] = ()
    need_shelves: Mapping[str, Shelf] = field(repr=False)

    @classmethod
    def of(cls, services: Mapping[Place, tuple[Service, ...]], needs: tuple[Need, ...]) -> "Index":
        """The index of the services of each place, and of what people need."""
        placed = [(place, service) for place, here in services.items() for service in here]
        numbered, everything = list(enumerate(placed)), tuple(service for _, service in placed)
        peers = _peers(numbered, frozenset(id for need in needs for id in need.fallback))
        weeks = {week: number for number, week in enumerate(dict.fromkeys(service.hours for service in everything))}
        return cls(
            services=everything,
            places=tuple(place for place, _ in placed),
            by_id={service.id: number for number, service in enumerate(everything)},
            weeks=tuple(weeks),
            week_of=tuple(weeks[service.hours] for service in everything),
            peers=peers,
            by_kind=_by_kind([numbered[first] for first in peers]),
            shelves=_shelves(numbered),
            names=Shelf.of(line for number, service in enumerate(everything) for line in _names(number, service)),
            needs={need.id: need for need in needs},
            often=_often(needs),
            need_shelves={language: Shelf.of(_need_lines(needs, language)) for language in LOCALES},
        )

    def of_kinds(self, place: Place, kinds: Iterable[str]) -> set[int]:
        """The services of one place that are of any of these kinds: the number of the first of all that are peers."""
        return {number for kind in kinds for number in self.by_kind.get((place, kind), ())}


Numbered = list[tuple[int, tuple[Place, Service]]]


def _peers(numbered: Numbered, single: frozenset[str]) -> dict[int, tuple[int, ...]]:
    """The services that are alike, by the first of them; those in `single`, which needs name, stand alone."""
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, (place, service) in numbered:
        own = service.id if service.id in single else ""
        alike[(own, place, *_judged_by(service))].append(number)
    return {numbers[0]: tuple(numbers) for numbers in alike.values()}


def _judged_by(service: Service) -> tuple[object, ...]:
    """Everything by which `suiting` chooses and ranks a service, beside its place."""
    return (
        service.kinds, service.hours, service.taking, service.reachable, bool(service.phone or service.text_sms),
        service.through, service.communities, service.only_for, service.genders, service.ages, service.languages,
        service.worker_genders, service.within_days,
    )  # fmt: skip


def _by_kind(numbered: Numbered) -> dict[tuple[Place, str], tuple[int, ...]]:
    found: dict[tuple[Place, str], list[int]] = defaultdict(list)
    for number, (place, service) in numbered:
        for kind in service.kinds:
            found[place, kind].append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _often(needs: tuple[Need, ...]) -> tuple[str, ...]:
    named = Counter(id for need in needs for id in need.fallback)
    return tuple(id for id, _ in named.most_common(OFTEN))


def limited(service: Service) -> bool:
    """Whether its own entry says that it is for some people only, or only where something holds."""
    return bool(service.communities or service.only_for)


def language_of(locale: str) -> str:
    """The language of the directory in which this locale ("pl", "pl-PL", "en-x-easy") is searched."""
    language = locale.replace("_", "-").split("-")[0]
    return language if language in LOCALES else ENGLISH


def _shelves(numbered: Numbered) -> dict[tuple[Place, str], Shelf]:
    """A shelf for each place and language, with the English words on each."""
    lines: dict[tuple[Place, str], list[Line]] = defaultdict(list)
    for number, (place, service) in numbered:
        names = list(_names(number, service))
        for language in LOCALES:
            lines[place, language] += [*names, *_sentences(number, service, language)]
    return {
        (place, language): Shelf.of(own if language == ENGLISH else [*own, *lines[place, ENGLISH]])
        for (place, language), own in lines.items()
    }


def _names(number: int, service: Service) -> Iterator[Line]:
    weight = NAME if service.reachable else UNSURE_NAME
    return (Line.of(number, name, weight, shortest=SHORTEST) for name in (service.name, *service.aliases))


def _sentences(number: int, service: Service, language: str) -> Iterator[Line]:
    yield Line.of(number, service.who_for.in_(language), WHO_FOR, shortest=SHORTEST)
    if not limited(service):  # or "hate" would lead everybody to one faith's service
        yield Line.of(number, service.about.in_(language), ABOUT, shortest=SHORTEST)


def _need_lines(needs: tuple[Need, ...], language: str) -> Iterator[Line]:
    for number, need in enumerate(needs):
        for spoken in dict.fromkeys((language, ENGLISH)):
            weight = PHRASE if spoken == language else ENGLISH_PHRASE
            for phrase in (need.label.in_(spoken), *need.words.get(spoken, ())):
                yield Line.phrase(number, phrase, weight)
