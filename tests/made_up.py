"""Made-up services and directories of any size, for tests of matching and for measurements."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from functools import cache
from itertools import cycle, islice
from typing import Any

from services_directory.codes import Advice
from services_directory.hours import BankHolidays, Hours, Opening
from services_directory.load import load
from services_directory.model import Area, Directory
from services_directory.needs import Need
from services_directory.service import Ages, Phone, Service
from services_directory.sources import Source
from services_directory.wording import Wording

PHONE = Phone(display="0117 496 0001", e164="+441174960001")  # of the numbers kept free for stories
WEEKDAYS = Opening(days=frozenset(range(5)), opens=time(9), closes=time(17))
OFFICE = Hours(openings=(WEEKDAYS,), bank_holidays=BankHolidays.CLOSED)
ALWAYS = Hours(always=True)
PER_AREA = 40  # services; Bristol has about 35
NATIONAL_SHARE = 50  # one service in so many serves everywhere; never fewer than NATIONAL_LEAST
NATIONAL_LEAST = 40
KINDS = (
    "hate-crime", "reporting-centre", "victim-care", "sexual-violence", "health-sarc", "domestic-abuse", "children",
    "mental-health", "suicide", "housing", "legal", "police", "lgbt", "race", "faith", "disability", "deaf", "migrants",
)  # fmt: skip
WEEKS = (None, ALWAYS, OFFICE, *(
    Hours(openings=(Opening(days=frozenset(range(days)), opens=time(opens, 30), closes=time(closes)),))
    for days in (5, 6, 7) for opens in (8, 9, 10) for closes in (16, 18, 20)
))  # fmt: skip
TRADES = (
    "charity",
    "centre",
    "project",
    "trust",
    "team",
    "line",
    "network",
    "partnership",
    "hub",
    "van",
    "circle",
    "house",
)
SYLLABLES = ("ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we")
ABOUT = (
    (
        "A {trade} that listens after {kind} and finds a worker.",
        "مكان يستمع بعد الأذى ويجد من يساعد.",
        "Miejsce, które wysłucha i znajdzie osobę do pomocy.",
    ),
    ("Free advice about {kind}, also in the evening.", "نصائح مجانية، وأيضًا في المساء.", "Porady, także wieczorem."),
    (
        "It helps people hurt by {kind} to feel safe.",
        "يساعد المتضررين على الشعور بالأمان.",
        "Pomaga skrzywdzonym poczuć się bezpiecznie.",
    ),
)


def wording(english: str, arabic: str = "نص", polish: str = "tekst") -> Wording:
    """A sentence in every language."""
    return Wording.of({"en": english, "ar": arabic, "pl": polish})


def a_service(id: str = "helpers", **other: Any) -> Service:
    """A national helpline with a number, for everybody, whose hours nobody knows; `other` says what is different."""
    usual: dict[str, Any] = {
        "id": id, "name": id.title(), "area": "national", "kinds": frozenset({"hate-crime"}), "phone": PHONE,
        "about": wording("They help."), "who_for": wording("For all."), "advice": Advice.OK,
        "sources": (Source(page="https://example.org"),), "checked": date(2026, 11, 21),
    }  # fmt: skip
    return Service(**usual | other)


@cache
def _bristol() -> Area:
    return load().area("bristol")


@cache
def _unspoken_needs() -> tuple[Need, ...]:
    return tuple(replace(need, words={}) for need in load().needs)


def an_area(services: tuple[Service, ...], id: str = "bristol") -> Area:
    """An area with these services only."""
    here = tuple(replace(service, area=id) for service in services)
    return replace(_bristol(), id=id, services=here)


def a_directory(*national: Service, local: tuple[Service, ...] = ()) -> Directory:
    """These services and what people really need, without the words they type; `local` ones are in Bristol."""
    return Directory(areas=(an_area(local),), national=national, needs=_unspoken_needs())


def of_size(number: int) -> Directory:
    """As many services as that, in areas of PER_AREA, with a national layer that grows much more slowly."""
    made = list(islice(_services(), number))
    nationwide = min(number, max(NATIONAL_LEAST, number // NATIONAL_SHARE))
    local = made[nationwide:]
    shares = [tuple(local[start : start + PER_AREA]) for start in range(0, len(local), PER_AREA)]
    areas = tuple(an_area(share, f"area-{place}") for place, share in enumerate(shares))
    return Directory(areas=areas, national=tuple(made[:nationwide]), needs=load().needs)


def in_one_area(number: int) -> Directory:
    """As many services as that, all in one place: worse than any real directory."""
    made = tuple(islice(_services(), number))
    return Directory(
        areas=(an_area(made[NATIONAL_LEAST:], "area-0"),), national=made[:NATIONAL_LEAST], needs=load().needs
    )


def _services() -> Iterator[Service]:
    weeks, sentences, trades = cycle(WEEKS), cycle(ABOUT), cycle(TRADES)
    for number, (week, sentence, trade) in enumerate(zip(weeks, sentences, trades, strict=False)):
        kinds = [KINDS[number % len(KINDS)], KINDS[number * 7 % len(KINDS)]]
        english, arabic, polish = sentence
        yield a_service(
            f"made-{number}",
            name=f"{_name(number)} {trade}",
            kinds=frozenset(kinds),
            about=wording(english.format(trade=trade, kind=kinds[0]), arabic, polish),
            hours=week,
            ages=Ages(least=16) if number % 9 == 0 else Ages(),
            phone=PHONE if number % 3 else None,
            website="https://example.org",
        )


def _name(number: int) -> str:
    """A name of its own for each number, of four syllables or more."""
    syllables: list[str] = []
    while number or len(syllables) < 4:
        number, rest = divmod(number, len(SYLLABLES))
        syllables.append(SYLLABLES[rest])
    return "".join(reversed(syllables)).capitalize()
