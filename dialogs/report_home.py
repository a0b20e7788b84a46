"""Whose home it was, and who its landlord is, on both sides. What an accused landlord must not learn: see
`report_accused.py`; what would make the home better: `report_home_wishes.py`."""

from dataclasses import dataclass

from dialogs.choices import YES_NO_UNSURE, Choice, Option
from dialogs.parts import Part
from dialogs.places import Named, WhichLandlord
from dialogs.start import Start
from dialogs.texts import text
from services_directory.codes import LandlordKind
from services_directory.model import Area, Landlord

HOMES = (
    Option("council", "The council"),
    Option("association", "A housing association"),
    Option("private", "A private landlord"),
    Option("hostel", "A hostel or supported home"),
    Option("asylum", "Asylum housing"),
    Option("temporary", "Temporary housing"),
    Option("own", "The people who live there"),
    Option("family", "Family or friends"),
    Option("none", "There is no home now"),
    Option("unsure", "I am not sure"),
)
_ALREADY_SAID = {  # the kinds of place that tell who runs the home
    "hostel": "hostel",
    "asylum": "asylum",
    "temporary": "temporary",
    "sleeping-out": "none",
}
WITHOUT_LANDLORD = frozenset({"own", "family", "none"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A home and its landlord, as far as they are known. `kind`: a code of `HOMES`, "" if nobody said."""

    kind: str = ""
    landlord: str = ""  # landlord id

    @property
    def rented(self) -> bool:
        """Whether there is a landlord to speak of."""
        return bool(self.kind) and self.kind not in WITHOUT_LANDLORD


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


async def their_landlord(start: Start, area: Area, home: Home | None) -> str:
    """The landlord of the people who did it: its id, "" if not known."""
    known = home.landlord if home else ""
    same = await _the_same() if known else "no"
    if same != "no":
        return known if same == "yes" else ""
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


async def _the_same() -> str:
    return await Choice(
        "same_landlord",
        "Do those who did it have the same landlord?",
        YES_NO_UNSURE,
        part=Part.FACTS,
        label=text("Same landlord"),
    )
