"""What happened, when and where: own words first, then questions about what was mentioned."""

from dialogs.choices import YES_NO_UNSURE, Choice, Choices
from dialogs.narrative import Line, Narrative, Words
from dialogs.parts import Part
from dialogs.report_options import HOME_PLACES, HOURS, HOW_OFTEN, PLACES, REPEATED, TYPES, WORDED
from dialogs.report_series import MANY, Times, earlier_times
from dialogs.report_teller import Teller
from dialogs.texts import Text, text
from dialogs.when import Moment, When

FEW = "few"
_HOW_EXACTLY: dict[bool, Text] = {
    True: text("A street, a shop or a bus number is enough. A home address can show who you are."),
    False: text("A street, a shop or a bus number is enough. Leave out the number of anyone's home."),
}


async def own_words() -> Narrative:
    """The account, before any other question about it (T11)."""
    return await Words(
        "account",
        "What happened? Tell me in your own words.",
        hint=text("Start where you like. Type in any language, or send voice notes and photos. Then tap “That's all”."),
        part=Part.ACCOUNT,
        label=text("What happened"),
    )


async def what_they_did(*, required: bool) -> frozenset[str]:
    """The kinds of thing that were done. `required`: nothing was told in words."""
    return await Choices(
        "types",
        "What did they do?",
        TYPES,
        hint=text("Choose all that fit."),
        part=Part.FACTS,
        label=text("What they did"),
        required=required,
    )


async def their_words(types: frozenset[str]) -> None:
    """The exact words, where words were used."""
    if types & WORDED:
        await Words(
            "exact_words",
            "Which words did they use, as far as you remember?",
            hint=text("Bad words are fine here. It can be hard to type them, so you can skip this."),
            part=Part.ACCOUNT,
            label=text("Their words"),
        )


async def when_it_happened() -> Times:
    """The time as exactly as it is known, the times before it, and whether there is more to come."""
    moment = await When(
        "when",
        "When did it happen?",
        hint=text("A rough time is fine. You can also type a day."),
        part=Part.FACTS,
        label=text("When"),
    )
    if moment.at is None:
        await Choice("hours", "What time of day was it?", HOURS, part=Part.FACTS, label=text("Time of day"))
    await Choice("ongoing", "Is it still going on?", YES_NO_UNSURE, part=Part.FACTS, label=text("Still going on"))
    return await _how_often(moment)


async def _how_often(moment: Moment) -> Times:
    repeated = MANY if moment.precision == MANY else await _happened_before()
    if repeated not in (FEW, MANY):
        return Times(last=moment)
    how_often = ""
    if repeated == MANY:
        how_often = await Choice(
            "how_often", "How often does it happen?", HOW_OFTEN, part=Part.FACTS, label=text("How often")
        )
    return Times(last=moment, earlier=await earlier_times(moment), repeated=True, how_often=how_often)


async def _happened_before() -> str:
    return await Choice("repeated", "Has it happened before?", REPEATED, part=Part.FACTS, label=text("Happened before"))


async def where_it_happened(teller: Teller) -> str:
    """The kind of place, "" if skipped; then where exactly, unless that is the home of somebody who did not agree."""
    place = await Choice("place", "What kind of place was it?", PLACES, part=Part.FACTS, label=text("Kind of place"))
    if place == "online":
        await Line(
            "online_place",
            "Which site, app or number was it?",
            hint=text("If there is a link, you can send it here."),
            part=Part.ACCOUNT,
            label=text("Where online"),
        )
    elif place and not (teller.for_someone and not teller.agrees and place in HOME_PLACES):
        await Words(
            "exact_place",
            "Where was it, as near as you can say?",
            hint=_HOW_EXACTLY[teller.agrees],
            part=Part.ACCOUNT,
            label=text("Exact place"),
        )
    return place
