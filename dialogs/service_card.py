"""A service's card: what it does and how to reach it, then all that is known of it, page by page.

A contact nobody confirmed is never shown: the card says what is known and who can put people through.
"""

from collections.abc import Iterator

from dialogs.cards import contact, first_number, to_the_menu
from dialogs.choices import Choice, Option
from dialogs.opening_words import opening_words
from dialogs.safe_phone import phone_is_safe
from dialogs.script import Say
from dialogs.service_facts import CLOSED_LIST, cost, facts, pages_of
from dialogs.start import Start
from dialogs.texts import NOTHING, Text, text
from services_directory.codes import Answer
from services_directory.hours import OpenState, state_at
from services_directory.service import Service
from services_directory.signpost import Match, Seeker, signposts

MORE, SMALL, MENU = "more", "small", "menu"
SAFE_PHONE = "safe-phone"  # a service only for a telephone that nobody else checks
_NEXT = (
    Option(MORE, "More about it"),
    Option(SMALL, "Only the number, no name"),
    Option(MENU, "Back to the menu"),
)
_ON = (Option("more", "Read more"), Option("enough", "That is enough"))


def match_of(start: Start, service: Service) -> Match:
    """A service that was asked for by its name, as the card needs it."""
    through = start.directory.service(service.through) if service.through else None
    state = state_at(service.hours, start.now, start.holidays)
    return Match(service=service, because=(), state=state, through=through)


def card_lines(start: Start, match: Match) -> tuple[Text, ...]:
    """The first screen: what it does, the quickest way to reach it, whether somebody is there, what a call costs."""
    service = match.service
    lines = (
        text("{name}: {about}", name=service.name, about=service.about),
        *(_ways(service, match.state, start) if service.reachable else _known(service, match.through)),
        CLOSED_LIST if service.taking is Answer.NO else NOTHING,
    )
    return tuple(line for line in lines if line)


def _ways(service: Service, state: OpenState, start: Start) -> Iterator[Text]:
    yield quickest_way(service)
    yield opening_words(state, start.now)
    yield from cost(service)


def quickest_way(service: Service) -> Text:
    """How to reach it, without its name. NOTHING if no contact may be shown."""
    if service.phone:
        return text("Call {phone}.", phone=service.phone.display)
    if service.text_sms:
        return text("Text {phone}.", phone=service.text_sms.display)
    return text("On the internet: {website}", website=service.website) if service.website else NOTHING


def _known(service: Service, through: Service | None) -> Iterator[Text]:
    yield text("I have no sure number for it yet.")
    if through:
        yield contact(through)
        yield text("They can put you through.")


async def service_card(start: Start, match: Match, *, sensitive: bool = False) -> None:
    """The card and what the person wants of it. `sensitive`: to have looked for this could harm them."""
    service = match.service
    asks = SAFE_PHONE in service.only_for or (sensitive and bool(service.website))
    if asks and not await phone_is_safe():
        await _small_card(start, match)
        return
    number = first_number(service, match.through)
    first, *others = card_lines(start, match)
    await Say(first, copy=number)
    for line in others:
        await Say(line)
    offered = _NEXT if number else tuple(option for option in _NEXT if option.code != SMALL)
    chosen = await Choice("card", "What would you like next?", offered, hint=text("Tap Back to see the others."))
    if chosen == MORE:
        await _all_facts(service)
    elif chosen == SMALL:
        await _small_card(start, match)


async def _small_card(start: Start, match: Match) -> None:
    """A number and nothing that says whose it is (T21)."""
    number = first_number(match.service, match.through)
    if not number:
        await Say("This is only for a phone that nobody else checks.")
        number = _somebody_with_a_number(start)
    await Say(text("{phone}", phone=number), copy=number)
    await to_the_menu()


def _somebody_with_a_number(start: Start) -> str:
    found = signposts(start.directory, Seeker(at=start.now), start.holidays)
    numbers = (first_number(match.service, match.through) for match in found)
    return next((number for number in numbers if number), "999")


async def _all_facts(service: Service) -> None:
    pages = pages_of(facts(service))
    for number, page in enumerate(pages, start=1):
        for line in page:
            await Say(line)
        if number == len(pages):
            await to_the_menu()
        elif await Choice(f"card_more[{number}]", "Shall I tell you more?", _ON) == "enough":
            return
