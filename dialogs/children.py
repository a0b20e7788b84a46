"""A child in a report: the one it happened to, the one who tells, or one who may be in danger beside it.

Help made for children comes at once, and what cannot stay secret before anything is told (domain 3.1 row 2, 4.5).
What is claimed of the law stands in the directory's duties, each with its day. A message for a small child is in
`children_message.py`.
"""

from collections.abc import Iterable, Iterator

from dialogs.beginning import answered, rest
from dialogs.cards import EMERGENCY, contacts
from dialogs.choices import YES_NO, YES_NO_UNSURE, Choice
from dialogs.help_lines import at_once
from dialogs.parts import Part
from dialogs.report_options import CHILD_AGES, WORKER
from dialogs.report_receiving import NOTHING_SENT, Receiving, able_to_receive, agreed_receiver, nothing_sent
from dialogs.report_teller import Teller
from dialogs.script import Answered, Say
from dialogs.service_card import match_of
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.codes import Role
from services_directory.hours import Closed
from services_directory.routing import Situation, harms_a_child
from services_directory.suiting import CHILDREN, has_number
from services_directory.task_templates import CHILD, HOME, SEXUAL

SAFEGUARDING, SEXUAL_ABUSE = "safeguarding-children", "child-sexual-abuse-report"  # duties of the directory
TEAM = frozenset({CHILDREN, "safeguarding"})  # the kinds of a council's team that keeps children safe
LINE, ADULTS_LINE, FROM_16 = "childline", "nspcc", "rape-crisis-247"
_IN_DANGER = frozenset({"yes", "unsure"})
_MAY_TELL = text("Staff may have to tell others, so that someone under 18 is safe.")
_TO_THE_YOUNG = text("If you may be in danger, staff may tell others to keep you safe. They try to tell you first.")


def child_kinds(path: Iterable[Answered]) -> frozenset[str]:
    """The kind of report that brings staff the tasks for a child, where one was hurt or may be in danger."""
    said = {answer.question.id: answer.stored for answer in path}
    concerned = said.get("age") in CHILD_AGES or said.get("child_danger") in _IN_DANGER
    return frozenset({CHILD}) if concerned else frozenset()


def for_age(start: Start, age: str, *ids: str) -> Iterator[Text]:
    """A line for each of these national services that helps people of this age."""
    yield from contacts(start.directory, *(id for id in ids if _takes(start, id, age)))


def _takes(start: Start, id: str, age: str) -> bool:
    known = start.directory.index.by_id
    return id in known and start.directory.service(id).ages.fits(str(age))


def child_limits(start: Start, *, sexual: bool = False, young: bool = False) -> Iterator[Text]:
    """What staff may not keep to themselves about a child, as far as the law says so today. `young`: a child reads."""
    in_force = start.directory.duties.in_force(start.today)
    if young:
        yield _TO_THE_YOUNG
    elif SAFEGUARDING not in in_force:
        yield _MAY_TELL
    wanted = (() if young else (SAFEGUARDING,)) + ((SEXUAL_ABUSE,) if sexual else ())
    told = [in_force[id].told for id in wanted if id in in_force]
    yield from (text("{told}", told=words) for words in told if words)


def childrens_team(start: Start, area: str) -> Iterator[Text]:
    """Whoever of the council's teams for children has a confirmed number and is there now; and who advises adults."""
    services = (one for one in start.directory.services_for(area) if one.area == area)
    matches = [match_of(start, one) for one in services if one.kinds >= TEAM and has_number(one)]
    matches.sort(key=lambda match: isinstance(match.state, Closed))
    yield from (at_once(start, match) for match in matches[:1])
    yield from contacts(start.directory, ADULTS_LINE)


async def is_young_too() -> bool:
    """Whether somebody who tells of a child is one: then they read the words for children as well."""
    young = await Choice(
        "teller_young", "Are you under 18 too?", YES_NO, part=Part.FACTS, label=text("The one who tells is under 18")
    )
    return young == "yes"


async def is_child_in_danger(start: Start, *, mentioned: bool) -> bool:
    """Asked once, and only where a child was mentioned; then whom to call, and what staff cannot keep to themselves."""
    before = await answered("child_danger")
    if before is not None or not mentioned:
        return before is not None and before.stored in _IN_DANGER
    danger = await Choice(
        "child_danger",
        "Is a child in danger?",
        YES_NO_UNSURE,
        hint=text("Please do not ask the child about it."),
        part=Part.FACTS,
        label=text("A child is in danger"),
    )
    if danger not in _IN_DANGER:
        return False
    await Say(EMERGENCY)
    area = await answered("area")
    for line in childrens_team(start, str(area.stored) if area else ""):
        await Say(line)
    for line in () if await _limits_were_said() else child_limits(start):
        await Say(line)
    await rest("child")
    return True


async def _limits_were_said() -> bool:
    """Whoever said that it happened to a child has read them after that; a worker has a line of their own."""
    age, role = await answered("age"), await answered("role")
    return age is not None and age.stored in CHILD_AGES and (role is None or role.stored != WORKER)


async def help_for_a_child(start: Start, age: str, teller: Teller) -> None:
    """In the middle of a report: a line for children, one for adults who worry, and what staff must tell."""
    await Say("There is help made for children and young people.")
    for line in (*for_age(start, age, LINE), *contacts(start.directory, *(() if teller.own else (ADULTS_LINE,)))):
        await Say(line)
    if not teller.worker:
        for line in child_limits(start, young=teller.own):
            await Say(line)


async def away_from_landlords(start: Start, receiving: Receiving, situation: Situation) -> Receiving | None:
    """The same receiver, or another in the place of a landlord; None if none is left.

    No landlord receives a report of sexual harm, or of harm by a partner or family: they may live under its roof.
    """
    trained = harms_a_child(situation) or situation.kinds & {HOME, SEXUAL}
    if not trained or Role.LANDLORD not in receiving.agency.roles:
        return receiving
    await Say("A landlord does not get a report about this.")
    if not able_to_receive(start, situation.area, receiving.accused, no_landlord=True):
        await rest("landlord")
    found = await agreed_receiver(start, situation.area, receiving.accused, no_landlord=True)
    if isinstance(found, Receiving):
        return found
    await nothing_sent(start, NOTHING_SENT[found])
    return None
