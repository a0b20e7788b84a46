"""Whether a service is for somebody, and what of two services comes first. Pure; the moment is part of the question."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date, time

from services_directory.codes import GENDERS, Answer
from services_directory.hours import LONDON, Open, OpenState, Unsure, state_at
from services_directory.index import Index
from services_directory.needs import Need
from services_directory.seeker import Seeker
from services_directory.service import Service

SARC, SEXUAL, CHILDREN, EMERGENCY, POLICE = "health-sarc", "sexual-violence", "children", "emergency", "police"
PARTNER_KINDS = frozenset({"domestic-abuse"})
HATE_KINDS = frozenset({"hate-crime", "reporting-centre"})
NOT_SURE = HATE_KINDS | {"victim-care"}
YOUNG_PEOPLE = "young-people"
#: A service of these is first of all for those who came for it.
OWN_MATTERS = frozenset({SARC, SEXUAL, CHILDREN, "domestic-abuse", "sex-work"})
#: An examination is offered up to so long afterwards (SARC Teesside: "last 10 days"), where an entry says nothing else.
RECENT_DAYS = 10
OFFICE_DAYS, OFFICE_FROM, OFFICE_TO = range(5), time(9), time(17)

Rank = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One seeker's question to one index; build it with `of`."""

    index: Index = field(repr=False)
    seeker: Seeker
    asked: frozenset[str]
    wanted: frozenset[str]
    fallback: tuple[int, ...]
    named: frozenset[str] = field(repr=False)
    office_hours: bool

    @classmethod
    def of(cls, index: Index, seeker: Seeker, holidays: Container[date]) -> "Search":
        """What this person looks for: `asked` by their need, `wanted` with what else they said."""
        need = index.needs.get(seeker.need)
        asked = need.kinds if need else NOT_SURE
        return cls(
            index=index,
            seeker=seeker,
            asked=asked,
            wanted=asked | _told(seeker),
            fallback=tuple(index.by_id[id] for id in _fallback(need, index) if id in index.by_id),
            named=seeker.communities | (need.communities if need else frozenset()) | _age_group(seeker),
            office_hours=_office_hours(seeker, holidays),
        )

    @property
    def candidates(self) -> list[int]:
        """The numbers of the services that answer, and that are for this person; one of all that are peers."""
        found = set(self.fallback)
        for place in (self.seeker.area, None):
            found |= self.index.of_kinds(place, self.wanted)
        return self._open_to_them(found)

    def beyond(self, numbers: list[int]) -> list[int]:
        """Whom to add to these candidates when nobody of them is there: 999, or anybody at all if there is nobody."""
        emergency = self._open_to_them(self.index.of_kinds(None, (EMERGENCY,)) - set(numbers))
        if numbers or emergency:
            return emergency
        return self._open_to_them(number for number in self.index.peers if self.index.places[number] is None)

    def _open_to_them(self, numbers: Iterable[int]) -> list[int]:
        return [number for number in numbers if self.for_them(self.index.services[number])]

    def for_them(self, service: Service) -> bool:
        """Whether nothing in the service's own entry speaks against offering it to this person."""
        if service.communities and not service.communities & self.named:
            return False
        if service.only_for and not service.only_for <= self._gates():
            return False
        gender = self.seeker.communities & GENDERS
        if service.genders and gender and not service.genders & gender:
            return False
        through = None if service.reachable else self.through(service)
        reached = service.reachable or (through is not None and self.for_them(through))
        return reached and service.ages.fits(self.seeker.age)

    def through(self, service: Service) -> Service | None:
        """Who puts people through to it, where there is no number of its own."""
        number = self.index.by_id.get(service.through or "")
        return None if number is None or has_number(service) else self.index.services[number]

    def for_the_young(self, service: Service) -> bool:
        """Whether a young person asks, and it is for people their age only."""
        return self.seeker.young and service.ages.most is not None

    def recent(self, service: Service) -> bool:
        """Whether it happened so lately that this service should be called soon."""
        if self.seeker.days_ago is None or not service.kinds >= {SARC, SEXUAL} or self.for_others(service):
            return False
        return bool(self.asked & {SARC, SEXUAL}) and self.seeker.days_ago <= (service.within_days or RECENT_DAYS)

    def speaks(self, service: Service) -> bool:
        """Whether they speak the person's language there, which is not English."""
        return self.foreign and bool(service.languages) and _base(self.seeker.language) in map(_base, service.languages)

    @property
    def foreign(self) -> bool:
        """Whether the person reads another language than English."""
        return _base(self.seeker.language) not in {"", "en"}

    def for_others(self, service: Service) -> bool:
        """Whether it is for the young, and the person did not say that they are."""
        return service.ages.most is not None and not self.seeker.young

    def rank(self, number: int, state: OpenState) -> Rank:
        """What comes first is smaller: each step decides only where all steps before it leave two services equal.

        Where nothing decides, the order of the files does.
        """
        service, last = self.index.services[number], len(self.fallback)
        matched = len(service.kinds & self.wanted)
        fallback = self.fallback.index(number) if number in self.fallback else last
        return (
            service.taking is Answer.NO,
            not service.reachable,
            EMERGENCY in service.kinds,
            self._urgency(service, matched),
            not matched and fallback == last,
            -self._wishes(service),
            self._openness(state),
            fallback == last and not self._specific(service, matched),
            POLICE in service.kinds and POLICE not in self.asked,  # not everybody wants the police: charities first
            self.index.places[number] is None,
            fallback,
            not has_number(service),
            -matched,
            len(service.kinds) - matched,
            not isinstance(state, Open),
        )

    def _urgency(self, service: Service, matched: int) -> int:
        if self.for_the_young(service) and CHILDREN in service.kinds and 2 * matched >= len(service.kinds):
            return 0
        return 1 if self.recent(service) else 2

    def _specific(self, service: Service, matched: int) -> bool:
        """Whether it answers at least two kinds asked for, or is at least by half about what was asked for."""
        own = service.kinds & OWN_MATTERS
        if (own and not own & self.wanted) or self.for_others(service):
            return False
        return (
            matched >= min(2, len(self.asked))
            or 2 * matched >= len(service.kinds)
            or POLICE in service.kinds & self.asked
        )

    def _wishes(self, service: Service) -> int:
        worker = bool(self.seeker.worker) and service.worker_genders is Answer.YES
        return bool(service.communities & self.seeker.communities) + self.speaks(service) + worker

    def _openness(self, state: OpenState) -> int:
        if isinstance(state, Unsure):  # who gives no hours is taken to keep office hours, for the order alone
            return 0 if self.office_hours else 1
        return 0 if isinstance(state, Open) else 2

    def _gates(self) -> frozenset[str]:
        return frozenset({"partner"} if self.seeker.partner else ()) | (
            {"safe-phone"} if self.seeker.safe_phone else set()
        )


def states(numbers: Iterable[int], search: Search, holidays: Container[date]) -> dict[int, OpenState]:
    """Whether somebody is there now, worked out once for each different week of opening hours."""
    index, at = search.index, search.seeker.at
    weeks = {index.week_of[number] for number in numbers}
    there = {week: state_at(index.weeks[week], at, holidays) for week in weeks}
    return {number: there[index.week_of[number]] for number in numbers}


def has_number(service: Service) -> bool:
    """Whether it can be called or texted."""
    return bool(service.phone or service.text_sms)


def _told(seeker: Seeker) -> frozenset[str]:
    partner = PARTNER_KINDS if seeker.partner else frozenset()
    hate = HATE_KINDS if seeker.hate else frozenset()
    return partner | hate | (frozenset({CHILDREN}) if seeker.young else frozenset())


def _fallback(need: Need | None, index: Index) -> tuple[str, ...]:
    return need.fallback if need else index.often


def _age_group(seeker: Seeker) -> frozenset[str]:
    return frozenset({YOUNG_PEOPLE}) if seeker.young else frozenset()


def _office_hours(seeker: Seeker, holidays: Container[date]) -> bool:
    now = seeker.at.astimezone(LONDON)
    return now.weekday() in OFFICE_DAYS and now.date() not in holidays and OFFICE_FROM <= now.time() < OFFICE_TO


def _base(tag: str) -> str:
    return tag.replace("_", "-").split("-")[0].lower()
