"""Thanks and complaints about an agency or this bot, with a report or without; who gets them is said before."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards import NOT_SENT, to_my_report, to_the_menu
from dialogs.choices import Choice, Option
from dialogs.feedback_commands import NO_REPORT, Kind, SendFeedback
from dialogs.feedback_words import agreed, say_clocks, say_what_is_next, told
from dialogs.my_report_commands import Opened
from dialogs.my_report_news import News
from dialogs.parts import Package
from dialogs.places import InArea
from dialogs.report_contact import safe_way
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.complaints import hears_words, instead_of
from services_directory.routing import accused_organisations, receiving_agencies

_KINDS = (
    Option(Kind.COMPLIMENT.value, "Say thank you"),
    Option(Kind.COMPLAINT.value, "Complain"),
    Option(Kind.DATA_COMPLAINT.value, "Complain about my data"),
)
_BOT = "bot"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """Where somebody is when they thank or complain.

    `bodies`: the agencies it can be about. `centre`: who answers for this bot, "" if nobody here does.
    `accused`: organisations that must learn of nothing. `opened`: the report, if one is open.
    """

    bodies: tuple[str, ...]
    centre: str
    accused: frozenset[str] = frozenset()
    opened: Opened = NO_REPORT


async def feedback(start: Start) -> None:
    """From the menu: nothing but an area and an agency must be told."""
    kind = await _kind()
    if kind is None:
        return
    area = await InArea("feedback_area", "Which area is it about?", start.directory)
    here = (agency for one in start.directory.areas if one.id == area for agency in one.agencies)
    bodies = tuple(agency.id for agency in here if agency.id in start.joined and hears_words(agency))
    if not bodies:
        await Say("I cannot send it from there yet. Nothing was sent.")
    else:
        await _give(start, _Room(bodies=bodies, centre=_centre(start, area, frozenset())), kind)
    await to_the_menu()


async def feedback_on_report(start: Start, opened: Opened, news: News) -> None:
    """About those who hold this report, or this bot; those who hold it answer here."""
    kind = await _kind()
    if kind is None:
        return
    accused = accused_organisations(start.directory, news.situation)
    holding = (h.agency for h in news.holders if h.state != "withdrawn" and h.package is not Package.COUNT)
    centre = _centre(start, news.situation.area, accused)
    await _give(start, _Room(bodies=tuple(holding), centre=centre, accused=accused, opened=opened), kind)
    await to_my_report()


async def _kind() -> Kind | None:
    kind = await Choice("feedback", "Would you like to thank or complain?", _KINDS)
    return Kind(kind) if kind else None


def _centre(start: Start, area: str, accused: frozenset[str]) -> str:
    """Whoever runs this bot is reached through the agency that receives reports."""
    found = receiving_agencies(start.directory, area, start.joined, accused)
    return found[0].id if found else ""


async def _give(start: Start, room: _Room, kind: Kind) -> None:
    """Whom it is about, who gets it, the words, a safe way, a last look; nothing leaves before "Send it"."""
    to = await _receiver(start, room, kind)
    if not to:
        await Say("Nothing was sent.")
        return
    with_report = to in room.bodies and bool(room.opened)
    if not await told(kind, with_report=with_report):
        await Say("Nothing was sent.")
        return
    name = start.directory.agency(to).name
    answerable = with_report
    if kind.has_clocks and not with_report:
        await say_clocks(name)
        await Say("They can only answer you if you give a safe way.")
        answerable = await safe_way()
    sheet = await agreed(name, to, with_report=with_report)
    if sheet is None:
        await Say("Nothing was sent.")
        return
    opened = room.opened if with_report else NO_REPORT
    if not await SendFeedback("feedback_sent", opened, kind=kind, sheet=sheet, check="feedback_check"):
        await Say(NOT_SENT)
        return
    await say_what_is_next(name, kind, with_report=with_report, answerable=answerable)


async def _receiver(start: Start, room: _Room, kind: Kind) -> str:
    """Who gets it, after saying so; "" if the person names nobody."""
    about = await _about(start, room)
    if about == _BOT:
        name = start.directory.agency(room.centre).name
        await Say(text("{agency} gets it for those who run this bot.", agency=name))
        return room.centre
    other = _somebody_else(start, room, about) if kind is Kind.COMPLAINT else ""
    if not about or not other:
        return about
    name = start.directory.agency(about).name
    await Say(text("Anyone who reads reports for {agency} can read it there.", agency=name))
    await Say(text("You can choose {agency} instead.", agency=start.directory.agency(other).name))
    return await _pick(start, (about, other), "feedback_to", text("Who should get your complaint?")) or about


async def _about(start: Start, room: _Room) -> str:
    bot = (Option(_BOT, "This bot"),) if room.centre else ()
    return await _pick(start, room.bodies, "feedback_about", text("Who is it about?"), bot)


async def _pick(start: Start, agencies: Sequence[str], id: str, words: Text, further: tuple[Option, ...] = ()) -> str:
    """One of these agencies, whose names are too long for buttons; or one of the `further` options."""
    for number, agency in enumerate(agencies, start=1):
        await Say(text("{number}. {line}", number=number, line=start.directory.agency(agency).name))
    numbers = [Option(agency, text("Number {number}", number=n)) for n, agency in enumerate(agencies, start=1)]
    options = (*numbers, *further)
    return await Choice(id, words, options) if options else ""


def _somebody_else(start: Start, room: _Room, about: str) -> str:
    """The council, or those who run this bot; "" if nobody else could get it."""
    if not about:
        return ""
    return instead_of(start.directory, about, centre=room.centre, joined=start.joined, accused=room.accused)
