"""An information pack: chosen topics and who can help, put together for an area. Pure; how it looks is elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import zip_longest
from urllib.parse import urlencode

from dialogs.all_topics import all_topics
from dialogs.texts import Text, text
from dialogs.topics import Place, Topic
from services_directory.hours import LONDON
from services_directory.model import Area, Directory
from services_directory.signpost import Match, Seeker, signposts

PATH = "/pack"  # where the web pages serve it
FOR_EACH_NEED, MOST_SERVICES = 4, 12

NEEDS: Mapping[str, tuple[str, ...]] = {
    "hate": ("hate",),
    "worries": ("hate", "anonymous"),
    "reporting": ("hate", "police-victim-care"),
    "rights": ("rights", "police-victim-care"),
    "safety": ("police-victim-care", "home"),
    "sexual": ("sexual-violence", "sarc"),
    "newcomers": ("new-here", "hate"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants in a pack. `area`: "" for anywhere. No `topics`: all of them. `needs`: beside theirs."""

    area: str = ""
    topics: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def address(self, path: str = PATH, **further: str) -> str:
        """The address, without its beginning, that asks for the same pack again."""
        asked = {"area": self.area, "topics": ",".join(self.topics), "needs": ",".join(self.needs), **further}
        query = urlencode({name: value for name, value in asked.items() if value}, safe=",")
        return f"{path}?{query}" if query else path


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Who makes a pack, out of what, and on which day. Not at which hour: a pack is read again later."""

    directory: Directory = field(repr=False)
    operator: str
    day: date
    holidays: frozenset[date] = frozenset()

    @property
    def at(self) -> datetime:
        """Noon of that day, when most services are open."""
        return datetime.combine(self.day, time(12), LONDON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What is in it. `services`: only what may be shown to anybody, on any phone."""

    operator: str
    made: date
    area: Area | None
    topics: tuple[Topic, ...]
    services: tuple[Match, ...]

    @property
    def opening(self) -> tuple[Text, ...]:
        """Who made it, and what to know before reading."""
        return (
            text(
                "{operator} made this pack on {day}. It is not about any one person.",
                operator=self.operator,
                day=self.made,
            ),
            text("Facts and numbers can change. Beside each is the day when we last looked."),
        )


def asked_for(directory: Directory, *, area: str, topics: Iterable[str], needs: Iterable[str]) -> Order:
    """An order out of words from anywhere: what is not known is left out, nothing is taken twice."""
    known_topics, known_needs = NEEDS.keys(), {need.id for need in directory.needs}
    return Order(
        area=area if area in {each.id for each in directory.areas} else "",
        topics=tuple(id for id in NEEDS if id in known_topics & set(topics)),
        needs=tuple(dict.fromkeys(id for id in needs if id in known_needs)),
    )


def assemble(maker: Maker, order: Order, language: str = "") -> Pack:
    """The pack of an order whose parts are known. `language`: BCP 47; services that speak it come first."""
    directory = maker.directory
    area = directory.area(order.area) if order.area else None
    place = Place(operator=maker.operator, areas=directory.areas, area=area)
    told = [topic.for_whom(()) for topic in all_topics(place) if not order.topics or topic.id in order.topics]
    needs = dict.fromkeys((*order.needs, *(need for topic in told for need in NEEDS[topic.id])))
    found = _best_first([_for_need(maker, order, need, language) for need in needs])
    return Pack(
        operator=maker.operator,
        made=maker.day,
        area=area,
        topics=tuple(told),
        services=found[:MOST_SERVICES],
    )


def _for_need(maker: Maker, order: Order, need: str, language: str) -> tuple[Match, ...]:
    """Nothing is known of the reader, so apps and what is for partners only are left out by the seeker as it is."""
    seeker = Seeker(need=need, area=order.area or None, language=language, at=maker.at)
    return signposts(maker.directory, seeker, maker.holidays, limit=FOR_EACH_NEED)


def _best_first(answers: Iterable[Sequence[Match]]) -> tuple[Match, ...]:
    """The best for every need, then the second best for each; nobody twice."""
    in_turn = (match for rank in zip_longest(*answers) for match in rank if match)
    return tuple({match.service.id: match for match in in_turn}.values())
