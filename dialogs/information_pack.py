"""The information pack in a chat: for which area, about what, and then page by page, or as a web page."""

from collections.abc import Sequence

from dialogs.all_topics import all_topics, anywhere
from dialogs.cards import to_the_menu
from dialogs.choices import Choice, Choices, Option
from dialogs.pack import Maker, Order, Pack, asked_for, assemble
from dialogs.places import ELSEWHERE, InArea
from dialogs.printed_card import short_card
from dialogs.reading import ENOUGH, ON, read, screenfuls
from dialogs.script import Say, SoFar
from dialogs.service_facts import count_words
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.signpost import Match

SECURE = "https://"
_HERE = (Option("here", "Read it here"), Option("services", "Only who can help"))
MOST_WORDS = 50  # on one screen, its question left out (T7)


async def information_pack(start: Start) -> None:
    """Everything that is asked leads to the pack and no further."""
    order = await _order(start)
    maker = Maker(directory=start.directory, operator=start.operator, day=start.today, holidays=start.holidays)
    pack = assemble(maker, order)
    await _say_where_else(start, order)
    for line in pack.opening:
        await Say(line)
    if await Choice("pack_how", "How would you like to read it?", _HERE) != "services":
        await _read_topics(pack)
    await _read_services(pack.services)
    await to_the_menu()


async def _order(start: Start) -> Order:
    area = await _area(start)
    topics = [Option(topic.id, topic.title) for topic in all_topics(anywhere(start))]
    chosen = await Choices("pack_topics", "What would you like in it?", topics, hint=text("Skip, and all of it is in."))
    return asked_for(start.directory, area="" if area == ELSEWHERE else area, topics=chosen, needs=())


async def _area(start: Start) -> str:
    """The area they named on the way here; asked only if they named none."""
    for answered in await SoFar():
        if isinstance(answered.question, InArea):
            return str(answered.stored or ELSEWHERE)
    return await InArea("pack_area", "Which area is the pack for?", start.directory)


async def _say_where_else(start: Start, order: Order) -> None:
    """The address only where it is safe on its way; where it stays is said before it."""
    if not start.public_url.startswith(SECURE):
        return
    await Say("It is also a web page that you can print. Take care: your browser keeps a link.")
    await Say(text("{address}", address=f"{start.public_url}{order.address()}"))


async def _read_topics(pack: Pack) -> None:
    """One topic after the other, until somebody has read enough."""
    for topic in pack.topics:
        if not await read(topic, screenfuls(topic)):
            return
        if await Choice(f"pack_on[{topic.id}]", "Shall we go on?", ON) == ENOUGH:
            return


async def _read_services(matches: Sequence[Match]) -> None:
    """Who can help, a few at a time; the last ones stay for the next question."""
    pages = _screens_of(matches)
    for number, page in enumerate(pages, start=1):
        for line in page:
            await Say(line)
        more = number < len(pages)
        if more and await Choice(f"pack_help[{number}]", "Shall I show more who can help?", ON) == ENOUGH:
            return


def _screens_of(matches: Sequence[Match]) -> tuple[tuple[Text, ...], ...]:
    """Cards in as few screens as hold them; none is broken over two."""
    screens: list[list[Text]] = []
    room = 0
    for card in (short_card(match) for match in matches):
        needed = sum(count_words(line) for line in card)
        if needed > room:
            screens.append([])
            room = MOST_WORDS
        screens[-1].extend(card)
        room -= needed
    return tuple(tuple(screen) for screen in screens)
