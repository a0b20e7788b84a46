"""Narrowing help down: a few questions, each skippable, and only those on which the services of this need differ.

Whether a question is asked depends on what the directory lists for the need and the place, never on the hour.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dialogs.choices import YES_NO_UNSURE, Choice, Choices, Option
from dialogs.report_options import AGES
from dialogs.safe_phone import phone_is_safe
from dialogs.start import Start
from dialogs.texts import Language, text
from services_directory.codes import Answer
from services_directory.service import Ages, Service
from services_directory.signpost import Seeker

PARTNER, SAFE_PHONE = "partner", "safe-phone"
_UNSURE = "unsure"
_GROUPS = (
    Option("lgbt", "LGBT+ people"),
    Option("black-and-minoritised", "Black and other minorities"),
    Option("muslim", "Muslims"),
    Option("jewish", "Jewish people"),
    Option("gypsy-roma-traveller", "Gypsies, Roma, Travellers"),
    Option("migrants", "Refugees and migrants"),
    Option("deaf", "Deaf people"),
    Option("disabled", "Disabled people"),
    Option("learning-disability", "A learning disability"),
    Option("sex-workers", "People who sell sex"),
    Option("young-people", "Young people"),
    Option("women", "Women"),
    Option("men", "Men"),
)
_WORKERS = (Option("woman", "A woman"), Option("man", "A man"), Option("either", "Either is fine"))
_DAYS: Mapping[str, int] = {"three-days": 3, "week": 7, "ten-days": 10, "longer": 365}
_SINCE = (
    Option("three-days", "In the last 3 days"),
    Option("week", "In the last 7 days"),
    Option("ten-days", "In the last 10 days"),
    Option("longer", "Longer ago"),
    Option(_UNSURE, "I am not sure"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """On what the services of a need differ: which questions can change who is offered."""

    ages: bool
    languages: tuple[str, ...]  # BCP 47, English left out: everybody who reads the list can call in English
    groups: frozenset[str]
    workers: bool
    days: bool
    gates: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.ages or self.languages or self.groups or self.workers or self.days or self.gates)


def differences(start: Start, need: str, area: str | None) -> Differences:
    """What narrowing could ask for; falsy if it could not change anything."""
    services = answering(start, need, area)
    known = start.directory.index.needs.get(need)
    return Differences(
        ages=any(service.ages != Ages() for service in services),
        languages=tuple(sorted({tag for service in services for tag in service.languages} - {"en"})),
        groups=frozenset(code for service in services for code in service.communities)
        - (known.communities if known else frozenset()),
        workers=any(service.genders or service.worker_genders is Answer.YES for service in services),
        days=any(service.within_days for service in services),
        gates=frozenset(gate for service in services for gate in service.only_for),
    )


def answering(start: Start, need: str, area: str | None) -> tuple[Service, ...]:
    """The services here that answer a need, for whomever; all of them where no need is known."""
    here = start.directory.services_for(area)
    known = start.directory.index.needs.get(need)
    return tuple(service for service in here if service.kinds & known.kinds) if known else here


async def narrowed(seeker: Seeker, found: Differences) -> Seeker:
    """`seeker` with what the person says; a question that is skipped changes nothing."""
    if found.ages:
        seeker = replace(seeker, age=await _age())
    if found.days:
        since = await Choice("help_when", "How long ago was it?", _SINCE)
        seeker = replace(seeker, days_ago=_DAYS.get(since))
    if PARTNER in found.gates:
        partner = await Choice("help_partner", "Is it about a partner or an ex?", YES_NO_UNSURE)
        seeker = replace(seeker, partner=partner == "yes")
    if found.workers:
        worker = await Choice("help_worker", "Who would you rather talk to?", _WORKERS)
        seeker = replace(seeker, worker=worker if worker in ("woman", "man") else "")
    if found.languages:
        seeker = replace(seeker, language=await _language(found))
    if found.groups:
        seeker = replace(seeker, communities=await _groups(found))
    if SAFE_PHONE in found.gates:
        seeker = replace(seeker, safe_phone=await phone_is_safe())
    return seeker


async def _age() -> str:
    age = await Choice("help_age", "How old is the person who needs help?", AGES)
    return "" if age == _UNSURE else age


class _OfDirectory(Choice):
    """A choice whose answers are data."""

    from_directory = True


class _GroupsOfDirectory(Choices):
    """Any of several, where the answers are data."""

    from_directory = True


async def _language(found: Differences) -> str:
    options = [Option(tag, text("{language}", language=Language(tag, own=True))) for tag in found.languages]
    words = text("Which language would be easiest?")
    return await _OfDirectory("help_language", words, options)


async def _groups(found: Differences) -> frozenset[str]:
    offered = [option for option in _GROUPS if option.code in found.groups]
    words = text("Would one of these help?")
    hint = text("Some services are for certain groups. Tap as many as you like, or skip.")
    return await _GroupsOfDirectory("help_groups", words, offered, hint=hint)
