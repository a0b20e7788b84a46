"""Services as answers, a line each: the quickest way to reach it, whether somebody is there, and why it is shown."""

from collections.abc import Iterator, Mapping, Sequence

from dialogs.cards import contact
from dialogs.opening_words import opening_words
from dialogs.service_facts import CLOSED_LIST, count_words
from dialogs.start import Start
from dialogs.texts import NOTHING, Text, text
from services_directory.seeker import Because, Match

MOST_WORDS = 50  # of all answers on a screen, so that the question fits too (T7)

#: Why a service is shown, the weightiest first; that it is open is said with its hours.
_WHY: Mapping[Because, Text] = {
    Because.EMERGENCY: text("Only in danger."),
    Because.NOT_TAKING: CLOSED_LIST,
    Because.RECENT: text("Best called soon."),
    Because.FOR_YOUR_AGE: text("For your age."),
    Because.FOR_YOUR_COMMUNITY: text("For the group you chose."),
    Because.YOUR_LANGUAGE: text("They speak your language."),
    Because.INTERPRETERS: text("They can find an interpreter."),
    Because.WORKER: text("You can ask for a woman or a man."),
    Because.LOCAL: text("In your area."),
    Because.NATIONAL: text("For the whole country."),
}


def answer_lines(start: Start, matches: Sequence[Match], *, links: bool = True) -> tuple[tuple[Match, Text], ...]:
    """As many of `matches` as one screen holds, the first ones, each with its line.

    Without `links` an address of the internet stays behind the button, where the card asks about the phone first.
    """
    shown: list[tuple[Match, Text]] = []
    words = 0
    for match in matches:
        line = answer_line(start, match, links=links)
        words += count_words(line)
        if shown and words > MOST_WORDS:
            break
        shown.append((match, line))
    return tuple(shown)


def answer_line(start: Start, match: Match, *, links: bool = True) -> Text:
    """Name, way, hours, reason. Never a number that nobody confirmed."""
    return _together(tuple(part for part in _parts(start, match, links=links) if part))


def at_once(start: Start, match: Match, *, links: bool = True) -> Text:
    """The same without the reason."""
    return _together(tuple(part for part in _reaching(start, match, links=links) if part))


def _parts(start: Start, match: Match, *, links: bool) -> Iterator[Text]:
    yield from _reaching(start, match, links=links)
    yield next((words for why, words in _WHY.items() if why in match.because), NOTHING)


def _reaching(start: Start, match: Match, *, links: bool) -> Iterator[Text]:
    service, through = match.service, match.through
    if service.reachable:
        called = links or service.phone or service.text_sms
        yield contact(service) if called else text("{name}: on the internet.", name=service.name)
        said = service.phone and service.always_open  # the contact says so already
        yield NOTHING if said else opening_words(match.state, start.now)
    elif through:
        yield text("{name}: I have no sure number yet. This one can help.", name=service.name)
        yield contact(through)
    else:
        yield text("{name}: I have no sure number yet.", name=service.name)


def _together(parts: tuple[Text, ...]) -> Text:
    if len(parts) == 1:
        return parts[0]
    first, second, *rest = parts
    return _together((text("{first} {second}", first=first, second=second), *rest))
