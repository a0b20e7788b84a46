"""Who has heard of it already: each office with the day and its number, as a case review will ask for both."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.choices import Choices, Option
from dialogs.narrative import Line
from dialogs.parts import Part
from dialogs.texts import Text, text
from dialogs.when import Moment, When

_TOLD = (
    Option("police", "The police"),
    Option("council", "The council"),
    Option("landlord", "The landlord"),
    Option("work-school", "Work or school"),
    Option("health", "A doctor or nurse"),
    Option("charity", "A charity"),
    Option("family", "Family or friends"),
    Option("nobody", "Nobody yet"),
)


@dataclass(frozen=True, slots=True)
class _Office:
    """What is asked about one office, and how its answers are called on the check."""

    when: Text
    told_on: Text
    number: Text
    numbered: Text


_OFFICES: dict[str, _Office] = {
    "police": _Office(
        text("When were the police told?"),
        text("Police told"),
        text("Did the police give a number for it?"),
        text("Number from the police"),
    ),
    "council": _Office(
        text("When was the council told?"),
        text("Council told"),
        text("Did the council give a number for it?"),
        text("Number from the council"),
    ),
    "landlord": _Office(
        text("When was the landlord told?"),
        text("Landlord told"),
        text("Did the landlord give a number for it?"),
        text("Number from the landlord"),
    ),
    "work-school": _Office(
        text("When was work or school told?"),
        text("Work or school told"),
        text("Did work or school give a number for it?"),
        text("Number from work or school"),
    ),
    "charity": _Office(
        text("When was the charity told?"),
        text("Charity told"),
        text("Did the charity give a number for it?"),
        text("Number from the charity"),
    ),
}


async def told_before() -> Mapping[str, Moment]:
    """Each office that was told, with the time; falsy times where nobody said."""
    told = await Choices(
        "told", "Who has been told about it already?", _TOLD, part=Part.FACTS, label=text("Told already")
    )
    return {code: await _told(code, office) for code, office in _OFFICES.items() if code in told}


async def _told(code: str, office: _Office) -> Moment:
    when = await When(f"told_when[{code}]", office.when, part=Part.FACTS, label=office.told_on)
    await Line(
        f"told_reference[{code}]",
        office.number,
        hint=text("It is often on a letter or in a message. Skip this if there is none."),
        part=Part.ACCOUNT,
        label=office.numbered,
    )
    return when
