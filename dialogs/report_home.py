"""Whose home it was, and whether its landlord is part of it: an accused landlord must never learn of the report."""

from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.choices import YES_NO_UNSURE, Choice
from dialogs.parts import Part
from dialogs.places import Named, WhichLandlord
from dialogs.report_options import HOMES
from dialogs.start import Start
from dialogs.texts import text
from services_directory.codes import LandlordKind, Role
from services_directory.model import Area, Directory, Landlord

_ALREADY_SAID = {"hostel": "hostel", "asylum": "asylum"}  # the kinds of place that tell who runs the home
_OF_KIND: dict[str, frozenset[LandlordKind]] = {
    "council": frozenset({LandlordKind.COUNCIL}),
    "association": frozenset({LandlordKind.ASSOCIATION, LandlordKind.SUPPORTED}),
    "private": frozenset({LandlordKind.PRIVATE}),
    "hostel": frozenset({LandlordKind.HOSTEL, LandlordKind.SUPPORTED}),
    "asylum": frozenset({LandlordKind.ASYLUM}),
}
_WITHOUT_LANDLORD = frozenset({"own", "family"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A home and its landlord, as far as they are known. `kind`: a code of `HOMES`, "" if nobody said."""

    kind: str = ""
    landlord: str = ""  # landlord id

    @property
    def rented(self) -> bool:
        """Whether there is a landlord to speak of."""
        return bool(self.kind) and self.kind not in _WITHOUT_LANDLORD


async def whose_home(start: Start, area: Area, place: str) -> Home:
    """Asks who runs the home, and its name where there is a landlord."""
    kind = _ALREADY_SAID.get(place) or await Choice(
        "home", "Who owns or runs the home?", HOMES, part=Part.FACTS, label=text("Who runs the home")
    )
    home = Home(kind=kind)
    if not home.rented:
        return home
    only = _only_landlord(area, kind)
    return Home(kind=kind, landlord=only.id if only else (await _which(start, area)).id)


def _only_landlord(area: Area, kind: str) -> Landlord | None:
    """The council, where it is the one council landlord of the area: there is nothing to ask."""
    councils = [landlord for landlord in area.landlords if landlord.kind is LandlordKind.COUNCIL]
    return councils[0] if kind == "council" and len(councils) == 1 else None


async def _which(start: Start, area: Area) -> Named:
    return await WhichLandlord(
        "landlord",
        "Who is the landlord, or who runs the home?",
        start.directory,
        area.id,
        hint=text("Type a part of the name. It need not be spelt right."),
        part=Part.ACCOUNT,
        label=text("Landlord of the home"),
    )


async def landlord_accused() -> bool:
    """Whether the landlord or its staff are part of it; in doubt they are."""
    answer = await Choice(
        "landlord_accused",
        "Is the landlord, or someone who works there, part of this?",
        YES_NO_UNSURE,
        hint=text("If so, they will not learn of your report."),
        part=Part.FACTS,
        label=text("Landlord is part of it"),
    )
    return answer in ("yes", "unsure")


async def their_landlord(start: Start, area: Area) -> str:
    """The landlord of the people who did it: its id, "" if not known."""
    named = await WhichLandlord(
        "other_landlord",
        "Who is the landlord of the people who did it?",
        start.directory,
        area.id,
        hint=text("They get nothing unless you say yes later. Skip this if you do not know."),
        part=Part.ACCOUNT,
        label=text("Their landlord"),
    )
    return named.id


def accused_organisations(directory: Directory, area: Area, home: Home | None) -> frozenset[str]:
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
