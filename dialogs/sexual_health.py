"""Care for the body first, how long ago it was, and tips about signs only for those who want them.

The times differ from centre to centre and are told as ranges (domain 3.3); they stand in `topic_sexual.py` with their
sources. Nobody is told how long samples are kept: sources say from two years to seven, so people are told to ask.
"""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.all_topics import anywhere
from dialogs.beginning import rest
from dialogs.choices import YES_NO, Choice, Option
from dialogs.parts import Part
from dialogs.reading import read, screenfuls
from dialogs.script import Say
from dialogs.sexual_services import adviser, centre
from dialogs.sexual_told import Told
from dialogs.start import Start
from dialogs.texts import Text, text
from dialogs.topic_sexual import CARE_FIRST, PILLS, SIGNS, topic
from services_directory.suiting import RECENT_DAYS

_MEDICAL: Mapping[bool, Text] = {
    True: text("Would you like medical help?"),
    False: text("Does that person want medical help?"),
}
_HURT: Mapping[bool, Text] = {True: CARE_FIRST, False: text("If that person is badly hurt, call 999.")}
_WANTED = (Option("yes", "Yes"), Option("no", "No"), Option("later", "Maybe later"))
_SINCE = (
    Option("day", "In the last 24 hours"),
    Option("two-days", "1 or 2 days ago"),
    Option("three-days", "3 days ago"),
    Option("week", "4 to 7 days ago"),
    Option("ten-days", "8 to 10 days ago"),
    Option("longer", "Longer ago"),
    Option("unsure", "I am not sure"),
)
_DAYS: Mapping[str, int] = {"day": 0, "two-days": 2, "three-days": 3, "week": 7, "ten-days": 10, "longer": 365}


async def health(start: Start, told: Told) -> Told:
    """Medical help, then how long ago it was, then what fits that time."""
    medical = await Choice("medical", _MEDICAL[told.mine], _WANTED, part=Part.FACTS, label=text("Medical help wanted"))
    if medical == "yes":
        await _care(start, told)
    elif medical:
        await Say("That is OK. It can be chosen later too.")
    since = await Choice("how_long_ago", "How long ago was it?", _SINCE, part=Part.FACTS, label=text("How long ago"))
    told = replace(told, days_ago=_DAYS.get(since))
    await _what_fits(start, told, said=medical == "yes")
    return told


async def _care(start: Start, told: Told) -> None:
    await Say(_HURT[told.mine])
    for line in centre(start, told):
        await Say(line)
    if await Choice("pills", "Would you like to know about pregnancy and HIV?", YES_NO) == "yes":
        for line in PILLS:
            await Say(line)


async def _what_fits(start: Start, told: Told, *, said: bool) -> None:
    """Soon afterwards a centre and tips, later a worker; who did not say finds both. `said`: a centre was named."""
    recent = told.days_ago is None or told.days_ago <= RECENT_DAYS
    if told.days_ago is None or not recent:
        await Say("It is never too late. These people help long after, too.")
        for line in adviser(start, told):
            await Say(line)
    if not recent:
        await rest("health")
        return
    await Say("A centre can help without the police.")
    for line in () if said else centre(start, told):
        await Say(line)
    if await Choice("tips", "Would you like tips about signs on the body and clothes?", YES_NO) == "yes":
        facts = topic(anywhere(start))
        signs = next(section for section in facts.sections if section.id == SIGNS)
        await read(facts, screenfuls(facts, SIGNS)[: len(signs.pages)])
        await rest("health")
