"""Find help without reporting: what it is about, where, then who can help and how to reach them at once.

Nothing is sent. What is tapped stays in the sealed draft, and goes with it.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dialogs.cards import listeners, to_the_menu
from dialogs.choices import Choice, Option
from dialogs.help_lines import answer_lines, at_once
from dialogs.help_narrow import differences, narrowed
from dialogs.help_questions import AREA, NEAR_ME, NEED, NOT_SURE, SERVICE, WhatHelp, WhichService
from dialogs.places import ELSEWHERE, InArea
from dialogs.script import Say, SoFar
from dialogs.service_card import match_of, service_card
from dialogs.start import Start
from dialogs.texts import text
from services_directory.service import Service
from services_directory.signpost import Match, Seeker, signposts

Pack = Callable[[Start], Awaitable[None]]

NARROW, PACK, MENU = "narrow_down", "info_pack", "to_menu"  # no service can be called so: ids have no underscore
_FEW, _MANY = 4, 12  # services with a line, and with a button; the others are behind "More answers"
_ANYBODY = 2  # services with a line while nobody said what they need
_FIRST = "help_need"
_TALK = "very-low"  # the need behind "I just want to talk"
_MENU = Option(MENU, "Back to the menu")

_UNSURE = (
    Option("hate", "Someone hurt or scared me"),
    Option("partner-family", "I am not safe with my family"),
    Option("very-low", "I feel very low"),
    Option("home", "I worry about my home"),
    Option("rights", "I need advice"),
    Option("talk", "I just want to talk"),
)
_WHO = (
    Option("partner-family", "A partner, ex or family"),
    Option("home", "A neighbour or landlord"),
    Option("online", "Someone online or by phone"),
    Option("hate", "Someone else"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody looking for help, and what they said so far. `pack`: the information pack, if it may be offered."""

    start: Start
    pack: Pack | None
    seeker: Seeker
    narrowed: bool = False

    @property
    def sensitive(self) -> bool:
        """Whether it could harm the person that somebody reads what they looked for."""
        need = self.start.directory.index.needs.get(self.seeker.need)
        return bool(need and need.sensitive)

    def found(self, limit: int) -> tuple[Match, ...]:
        return signposts(self.start.directory, self.seeker, self.start.holidays, limit=limit)

    def looking(self, **told: Any) -> "Visit":
        """The same with something more that the person told."""
        return replace(self, seeker=replace(self.seeker, **told))


async def find_help(start: Start, pack: Pack | None = None) -> None:
    """From a need, a place, a name or "I am not sure" to numbers. `pack` makes the information pack, where it may."""
    path = {answered.question.id for answered in await SoFar()}
    if _FIRST in path:
        return  # to the menu, where another search begins
    visit = Visit(start=start, pack=None if "doors" in path else pack, seeker=Seeker(at=start.now))
    await Say("I send nothing and tell nobody. After 24 hours I delete what you tap here.")
    wish = await WhatHelp(
        _FIRST,
        "What do you need help with?",
        start.directory,
        hint=text("You can also type it in your own words. Or type a name or a town."),
    )
    kind, _, id = str(wish).partition(":")
    if f"{kind}:" == SERVICE:
        await service_card(start, match_of(start, start.directory.service(id)))
    elif f"{kind}:" == NEED:
        await _for_a_need(visit.looking(need=id))
    elif f"{kind}:" == AREA:
        await _near(visit, id)
    elif kind == NEAR_ME:
        await _near(visit, await _where(visit))
    elif kind == NOT_SURE:
        await _not_sure(visit)
    else:
        await _answers(visit)


async def _not_sure(visit: Visit) -> None:
    """Two kind questions; whoever skips them finds people who listen to anybody."""
    need = await Choice("help_unsure", "Which of these is nearest?", _UNSURE)
    if need == "hate":
        need = await Choice("help_who", "Who is it?", _WHO) or "hate"
    known = _TALK if need == "talk" else str(need)
    if known in visit.start.directory.index.needs:
        await _for_a_need(visit.looking(need=known))
    else:
        await _answers(visit)


async def _for_a_need(visit: Visit) -> None:
    """A number of the right kind is said before the place is asked for."""
    for match in visit.found(1):
        await Say("This helps wherever you are.")
        await Say(at_once(visit.start, match, links=not visit.sensitive))
    await _answers(visit.looking(area=await _where(visit)))


async def _where(visit: Visit) -> str | None:
    area = await InArea(
        "help_area",
        "Where are you?",
        visit.start.directory,
        hint=text("Or type a town or the start of a postcode. You can skip this."),
    )
    return None if area == ELSEWHERE else str(area)


async def _near(visit: Visit, area: str | None) -> None:
    """Everybody in an area; those who answer anybody are said at once."""
    here = visit.looking(area=area)
    for _, line in answer_lines(visit.start, here.found(_ANYBODY)):
        await Say(line)
    own = [service for service in visit.start.directory.services_for(area) if area is None or service.area == area]
    await _chosen(here, await _pick(here, "near", own, (_MENU,)))


async def _answers(visit: Visit) -> None:
    """Who can help, each with the quickest way to reach them and why they are shown; then what the person wants."""
    different = differences(visit.start, visit.seeker.need, visit.seeker.area)
    ways = (
        *((Option(NARROW, "Narrow it down"),) if different and not visit.narrowed else ()),
        *((Option(PACK, "Information pack"),) if visit.pack else ()),
        _MENU,
    )
    shown = answer_lines(visit.start, visit.found(_FEW), links=not visit.sensitive)
    for _, line in shown:
        await Say(line)
    place = "narrowed" if visit.narrowed else "answers"
    first = [match.service for match, _ in shown]
    further = (match.service for match in visit.found(_MANY))
    offered = (*first, *(service for service in further if service not in first))
    chosen = await _pick(visit, place, offered, ways)
    if chosen == NARROW:
        seeker = await narrowed(visit.seeker, different)
        await _answers(replace(visit, seeker=seeker, narrowed=True))
    else:
        await _chosen(visit, chosen)


async def _pick(visit: Visit, place: str, services: Sequence[Service], ways: Sequence[Option]) -> str:
    id = f"help_pick[{place}]"
    return await WhichService(id, "Which one would you like to see?", visit.start.directory, (services, ways))


async def _chosen(visit: Visit, code: str) -> None:
    """The card of a service, the pack, the menu; and for whoever wants none of these, people who listen to anybody."""
    chosen = str(code)
    if chosen in visit.start.directory.index.by_id:
        service = visit.start.directory.service(chosen)
        await service_card(visit.start, match_of(visit.start, service), sensitive=visit.sensitive)
    elif chosen == PACK and visit.pack:
        await visit.pack(visit.start)
    elif not chosen:
        await Say("These people listen to anybody.")
        for line in listeners(visit.start.directory, visit.seeker.area):
            await Say(line)
        await to_the_menu()
