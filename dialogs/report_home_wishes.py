"""What would make a home better after hate: repairs, locks, staying or moving; and whether a home was lost to it."""

from dialogs.cards import contact
from dialogs.choices import YES_NO_UNSURE, Choice, Choices, Option
from dialogs.parts import Part
from dialogs.report_home import Home
from dialogs.report_options import DAMAGING
from dialogs.report_teller import Teller
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.signpost import Seeker, signposts

_REPAIRS = (
    Option("graffiti", "Graffiti cleaned off"),
    Option("door", "A door, lock or window"),
    Option("rubbish", "Rubbish taken away"),
    Option("other", "Something else"),
    Option("none", "Nothing"),
)
_SAFER = (
    Option("locks", "Better locks"),
    Option("letterbox", "A fire-safe letterbox"),
    Option("alarm", "An alarm"),
    Option("lights", "More light outside"),
    Option("camera", "A camera"),
    Option("phone", "A phone with numbers in it"),
    Option("visits", "Visits from staff"),
    Option("none", "Nothing more"),
)
_MOVES = (
    Option("stay", "To stay"),
    Option("while", "To be elsewhere for a while"),
    Option("move", "To move for good"),
    Option("unsure", "I am not sure"),
)
_NOT_SETTLED = frozenset({"hostel", "temporary", "family", "none"})  # homes of people who may have lost another
_LEFT: dict[bool, Text] = {
    True: text("Did hate make you leave a home?"),
    False: text("Did hate make that person leave a home?"),
}
_STAY: dict[bool, Text] = {
    True: text("Would you like to stay or to move?"),
    False: text("Would that person like to stay or to move?"),
}
_HOUSED = 2  # services for somebody without a home
_HOUSING = "housing"  # the kind of a service that helps with homes
_TAKES_REPORTS = frozenset({"hate-crime", "reporting-centre"})  # kinds of those who know homes, but have none


async def home_wishes(start: Start, area: str | None, home: Home, types: frozenset[str], teller: Teller) -> None:
    """Asked of those who may speak for the home. `area`: where to look for a home; None for national help only."""
    if home.kind in _NOT_SETTLED:
        await _left_home(start, area, home, teller)
    if home.kind == "none":
        return
    if types & DAMAGING:
        await _repairs()
    await Choices(
        "safer_home",
        "What would make the home safer?",
        _SAFER,
        hint=text("Choose all that fit. Staff see it as a wish."),
        part=Part.FACTS,
        label=text("For a safer home"),
    )
    await Choice("stay_or_move", _STAY[teller.own], _MOVES, part=Part.FACTS, label=text("To stay or to move"))


async def _left_home(start: Start, area: str | None, home: Home, teller: Teller) -> None:
    """People without a home of their own may not know that it was hate that took it."""
    left = await Choice(
        "left_home",
        _LEFT[teller.own],
        YES_NO_UNSURE,
        hint=text("For example insults or threats at the door, until staying was too hard."),
        part=Part.FACTS,
        label=text("Left a home because of hate"),
    )
    if left == "yes":
        await Say("You can tell this to anyone who helps with a home. It is a good reason to have left.")
    if left == "yes" or home.kind == "none":
        for line in _who_helps_with_a_home(start, area):
            await Say(line)


def _who_helps_with_a_home(start: Start, area: str | None) -> tuple[Text, ...]:
    found = signposts(start.directory, Seeker(need="home", area=area, at=start.now), start.holidays, limit=8)
    services = (match.service for match in found if match.service.reachable)
    helping = [one for one in services if _HOUSING in one.kinds and not one.kinds & _TAKES_REPORTS]
    return tuple(contact(service) for service in helping[:_HOUSED])


async def _repairs() -> None:
    await Choices(
        "repairs",
        "What needs repair or cleaning?",
        _REPAIRS,
        hint=text("Choose all that fit. Take photos first, if it is safe."),
        part=Part.FACTS,
        label=text("Repairs"),
    )
