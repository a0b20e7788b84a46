"""Who helps after sexual violence or harm at home: a few lines at once, and a card for each. Nothing is sent.

Whoever helps two sides talk is never among them: that is not for people who were hurt like this.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from dialogs.cards import contacts, to_the_menu
from dialogs.choices import Option
from dialogs.help_lines import answer_line, at_once
from dialogs.help_questions import WhichService
from dialogs.report_receiving import NOTHING_SENT, Unsent
from dialogs.script import Say, SoFar
from dialogs.service_card import match_of, service_card
from dialogs.service_facts import count_words
from dialogs.sexual_told import AFTERWARDS, HATE, HOME, PARTNER_FAMILY, SEXUAL_VIOLENCE, Told
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.hours import Closed
from services_directory.service import Service
from services_directory.signpost import Match, Seeker, signposts
from services_directory.suiting import EMERGENCY, POLICE, SARC, SEXUAL, has_number

TWO_SIDES = "mediation"  # the kind of a service that brings both sides together
_MANY, _ALL = 12, 100  # services to choose from, and those to look through
HATE_CRIME, HOUSING = "hate-crime", "housing"
SEX_WORKERS = "sex-workers"
_BESIDE = frozenset({"victim-care", "reporting-centre"})
_NOT_BESIDE = frozenset({POLICE, EMERGENCY, "anonymous", "landlord"})  # they do not stand by anybody
_ROOM, _MORE_ROOM = 30, 42  # words of all lines on one screen, names and numbers too
_ANONYMOUS, _MENU = "anonymous", "menu"
_WAYS = (Option(_ANONYMOUS, "Tell without a name"), Option(_MENU, "Back to the menu"))


def who_helps(start: Start, seeker: Seeker, *, most: int = _MANY) -> tuple[Match, ...]:
    """The services for this person, best first."""
    found = signposts(start.directory, seeker, start.holidays, limit=most)
    return tuple(match for match in found if TWO_SIDES not in match.service.kinds)


def lines(start: Start, matches: Iterable[Match], *, links: bool, room: int = _ROOM) -> Iterator[Text]:
    """A line each for the first of `matches`, as many as `room` holds; one at least."""
    left = room
    for match in matches:
        line = answer_line(start, match, links=links)
        left -= count_words(line)
        if left < 0 and left + count_words(line) < room:
            return
        yield line


def centre(start: Start, told: Told) -> Iterator[Text]:
    """The nearest centre for care after sexual violence that is for this age, and who puts people through to it."""
    found = who_helps(start, told.seeker(start, AFTERWARDS))
    nearest = [match for match in found if match.service.kinds >= {SARC, SEXUAL}][:1]
    yield from lines(start, nearest, links=told.safe_phone)
    for match in nearest:
        if match.service.reachable and match.through and has_number(match.through):
            yield from ways_through(start, match.through)
            if isinstance(match_of(start, match.through).state, Closed):
                yield text("For care now, call 111.")


def ways_through(start: Start, service: Service) -> Iterator[Text]:
    """Who may put people through to another: how to reach them and whether they are there now, as a line."""
    match = match_of(start, service)
    line = at_once(start, match)
    yield line if isinstance(match.state, Closed) else text("{line} Ask to be put through.", line=line)


def adviser(start: Start, told: Told) -> Iterator[Text]:
    """Somebody to talk it through with who is not the police: an ISVA where the area has one, a line."""
    found = [match for match in who_helps(start, told.seeker(start)) if _talks(match.service)]
    local = [match for match in found if match.service.area == told.area]
    yield from _first(start, told, (*local, *found), lambda one: bool(has_number(one) or one.through))


def _talks(service: Service) -> bool:
    return SEXUAL in service.kinds and not service.kinds & {SARC, *_NOT_BESIDE}


def against_hate(start: Start, told: Told) -> Iterator[Text]:
    """Who stands by people after hate, a line: the area's own number first (seed 000: SARI in Bristol)."""
    found = [match for match in who_helps(start, told.seeker(start, HATE)) if _stands_by(match.service)]
    callable_ = sorted(found, key=lambda match: (not has_number(match.service), match.service.area != told.area))
    yield from lines(start, callable_[:1], links=told.safe_phone)


def _stands_by(service: Service) -> bool:
    return HATE_CRIME in service.kinds and bool(service.kinds & _BESIDE) and not service.kinds & _NOT_BESIDE


def a_roof(start: Start, told: Told) -> Iterator[Text]:
    """Who helps somebody who cannot stay where they are tonight, a line; refuges where a partner or family did it."""
    need = PARTNER_FAMILY if told.close else HOME
    fits = (lambda one: has_number(one)) if told.close else (lambda one: one.kinds == {HOUSING} and one.reachable)
    yield from _first(start, told, who_helps(start, told.seeker(start, need)), fits)


def for_sex_workers(start: Start, told: Told) -> Iterator[Text]:
    """Services only for people who sell sex, lines, the area's own first (seed 000: One25 in Bristol)."""
    everybody = who_helps(start, told.seeker(start), most=_ALL)
    found = [match for match in everybody if SEX_WORKERS in match.service.communities]
    own_first = sorted(found, key=lambda match: match.service.area != told.area)
    yield from lines(start, own_first, links=told.safe_phone, room=_MORE_ROOM)


def _first(start: Start, told: Told, found: Iterable[Match], fits: Callable[[Service], bool]) -> Iterator[Text]:
    fitting = [match for match in found if fits(match.service)]
    yield from lines(start, fitting[:1], links=told.safe_phone)


async def anonymous_ways(start: Start, told: Told) -> None:
    """How to tell of it and not give a name; for whoever wants that instead of a report."""
    await Say("You can tell of it and not give your name.")
    hate = ("true-vision",) if told.hate else ()
    for line in (*contacts(start.directory, "crimestoppers", *hate), *adviser(start, told)):
        await Say(line)


_UNSENT: Mapping[Unsent, Text] = {
    Unsent.STOPPED: NOTHING_SENT[Unsent.STOPPED],
    Unsent.NOBODY: text("I cannot send a report there. These people can help you now."),
}


async def only_help(start: Start, told: Told, need: str = SEXUAL_VIOLENCE, *, unsent: Unsent = Unsent.STOPPED) -> None:
    """The end of a report that was not sent: who helps all the same."""
    await Say(_UNSENT[unsent])
    await choose_help(start, told, need)


def _made_for(start: Start, told: Told, need: str) -> Iterator[Service]:
    """Services for women or for men only, for whoever said that those would help, however far down they are."""
    for match in who_helps(start, told.seeker(start, need), most=_ALL):
        if match.service.genders & told.groups:
            yield match.service


async def _not_accused(start: Start, matches: Iterable[Match]) -> tuple[Match, ...]:
    """Without the lines of whoever was said to be part of it: they have the id or the name of one of its agencies."""
    answers = {answer.question.id: answer.stored for answer in await SoFar()}
    agencies = start.directory.all_agencies
    accused = {one.organisation for one in agencies if answers.get(f"receiving[{one.id}]") == "accused"}
    theirs = accused | {name for one in agencies if one.organisation in accused for name in (one.id, one.name)}
    return tuple(match for match in matches if theirs.isdisjoint((match.service.id, match.service.name)))


async def choose_help(start: Start, told: Told, need: str = SEXUAL_VIOLENCE) -> None:
    """The first services with their numbers, and a button for each; then the menu."""
    matches = await _not_accused(start, who_helps(start, told.seeker(start, need)))
    called = tuple(match for match in matches if has_number(match.service))
    shown = dict.fromkeys((*matches[:1], *called[:1], *matches))  # a number is among those said at once
    for line in lines(start, shown, links=told.safe_phone):
        await Say(line)
    services = dict.fromkeys((*(match.service for match in matches), *_made_for(start, told, need)))
    chosen = await WhichService(
        "who_helps", "Which one would you like to see?", start.directory, (tuple(services), _WAYS)
    )
    if chosen == _ANONYMOUS:
        await anonymous_ways(start, told)
        await to_the_menu()
    elif chosen in start.directory.index.by_id:
        match = match_of(start, start.directory.service(str(chosen)))
        await service_card(start, match, sensitive=True)
