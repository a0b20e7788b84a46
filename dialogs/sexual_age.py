"""How old the person is, before anything is told: a child finds people for children first, the smallest no form.

Domain 3.1 row 2: under 13 no form; from 13 a centre that takes people of that age, and what cannot stay secret.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dialogs.beginning import rest
from dialogs.cards import EMERGENCY, contacts
from dialogs.children import FROM_16, LINE, child_limits, for_age, is_child_in_danger, is_young_too
from dialogs.children_message import Small, small_child
from dialogs.choices import Choice
from dialogs.parts import Part
from dialogs.report_options import AGES, CHILD_AGES
from dialogs.script import Say
from dialogs.sexual_services import centre, only_help
from dialogs.sexual_told import SEXUAL_VIOLENCE, Told
from dialogs.start import Start
from dialogs.texts import Text, text

SMALL = "under-13"
_FIRST: Mapping[bool, Text] = {
    True: text("You did well to tell me. It is not your fault."),
    False: text("There is help made for this age."),
}


async def how_old(start: Start, told: Told, need: str = SEXUAL_VIOLENCE) -> Told | None:
    """The same with the age; None if it ends here, with the people who can help."""
    age = await Choice(
        "age", "How old is the person it happened to?", AGES, part=Part.FACTS, label=text("Age of the person")
    )
    told = replace(told, age=age)
    if age not in CHILD_AGES:
        return told
    child_tells = told.mine or await _tells_young(start)
    if age == SMALL:
        await small_child(start, Small(told=told, need=need, child_tells=child_tells))
        return None
    if not await _young(start, told, need, child_tells=child_tells):
        await only_help(start, told, need)
        return None
    danger = await is_child_in_danger(start, mentioned=not told.mine)
    return replace(told, safe=told.safe and not danger)


async def _tells_young(start: Start) -> bool:
    await Say("There is help made for children and young people.")
    for line in contacts(start.directory, LINE):
        await Say(line)
    return await is_young_too()


async def _young(start: Start, told: Told, need: str, *, child_tells: bool) -> bool:
    """Help for their age and the limits of secrecy for it. Whether they go on with the form."""
    sexual = need == SEXUAL_VIOLENCE
    await Say(_FIRST[child_tells])
    ids = (*((LINE,) if told.mine else ()), *((FROM_16,) if sexual else ()))  # a helper has just read the first
    for line in (*for_age(start, told.age, *ids), *_near(start, told, sexual=sexual)):
        await Say(line)
    for line in child_limits(start, sexual=sexual, young=child_tells):
        await Say(line)
    return await rest("young", may_leave=True)


def _near(start: Start, told: Told, *, sexual: bool) -> Iterable[Text]:
    return centre(start, told) if sexual else (EMERGENCY,)
