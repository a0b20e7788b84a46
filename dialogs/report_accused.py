"""Who must never learn of a report: the landlord, council or police that is part of it, with all their teams."""

from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.choices import Choices, Option
from dialogs.parts import Part
from dialogs.report_home import Home
from dialogs.script import Say
from dialogs.texts import Text, text
from services_directory.codes import LandlordKind, Role
from services_directory.model import Area, Directory

STAFF = "carer"  # the relation of somebody whose work it is
_HOME = "home"
_WORKPLACES = (
    Option(_HOME, "The landlord or this home"),
    Option("council", "The council"),
    Option("police", "The police"),
    Option("health", "A hospital or care home"),
    Option("charity", "A charity or centre"),
    Option("school", "A school or college"),
    Option("other", "Somewhere else"),
)
_OF_KIND: dict[str, frozenset[LandlordKind]] = {
    "council": frozenset({LandlordKind.COUNCIL}),
    "association": frozenset({LandlordKind.ASSOCIATION, LandlordKind.SUPPORTED}),
    "private": frozenset({LandlordKind.PRIVATE}),
    "hostel": frozenset({LandlordKind.HOSTEL, LandlordKind.SUPPORTED}),
    "asylum": frozenset({LandlordKind.ASYLUM}),
    "temporary": frozenset(set(LandlordKind) - {LandlordKind.ASYLUM}),
}
_WITH_OMBUDSMAN = frozenset({"council", "association"})
_LEFT_OUT: dict[str, Text] = {
    _HOME: text("The landlord will not learn of this report."),
    "council": text("I do not offer this to the council."),
    "police": text("I do not offer this to the police."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Accused:
    """What is part of it: any of "home", "council", "police". Falsy if none."""

    which: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.which)

    def organisations(self, directory: Directory, area: Area, home: Home | None) -> frozenset[str]:
        """The organisations to leave out. Each goes with all its teams, as they share an organisation."""
        offices = {"council": area.council_agency, "police": area.police_agency}
        found = {directory.agency(id).organisation for office, id in offices.items() if office in self.which}
        return frozenset(found | (accused_landlords(directory, area, home) if _HOME in self.which else frozenset()))


async def who_is_accused(relations: frozenset[str], *, landlord: bool) -> Accused:
    """Asks for whom they work, where staff did it. `landlord`: its landlord is known to be part of it."""
    home = frozenset({_HOME} if landlord else ())
    if STAFF not in relations:
        return Accused(which=home)
    works_for = await Choices(
        "works_for",
        "Who do they work for?",
        _WORKPLACES,
        hint=text("I leave out a landlord, council or police that is part of this."),
        part=Part.FACTS,
        label=text("They work for"),
    )
    return Accused(which=home | works_for & frozenset(_LEFT_OUT))


async def say_who_is_left_out(accused: Accused, home: Home | None) -> None:
    """What becomes of those who are part of it, and who else looks at what a landlord does."""
    for which, words in _LEFT_OUT.items():
        if which in accused.which:
            await Say(words)
    if _HOME in accused.which and home and home.kind in _WITH_OMBUDSMAN:
        await Say("You can also complain to the Housing Ombudsman. They would talk to the landlord.")


def accused_landlords(directory: Directory, area: Area, home: Home | None) -> frozenset[str]:
    """The organisations to leave out when the landlord of `home` is accused.

    If it is not known which landlord that is, all that it could be: a misspelt name must not let it learn.
    """
    named = home.landlord if home else ""
    if named:
        return frozenset({directory.landlord(named).organisation})
    return frozenset(_possible(area, home.kind if home else ""))


def _possible(area: Area, kind: str) -> Iterator[str]:
    kinds = _OF_KIND.get(kind, frozenset(LandlordKind))
    yield from (landlord.organisation for landlord in area.landlords if landlord.kind in kinds)
    if LandlordKind.COUNCIL in kinds:
        yield from (agency.organisation for agency in area.agencies if agency.id == area.council_agency)
    listed = {landlord.organisation for landlord in area.landlords}
    unlisted = (agency for agency in area.agencies if agency.organisation not in listed)
    yield from (agency.organisation for agency in unlisted if Role.LANDLORD in agency.roles)
