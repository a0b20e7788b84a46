"""What is known of a service beside its number: whom it helps, what they ask, whether they tell anyone. Pure.

Nothing here depends on the time of day, so a card has the same pages at any hour.
"""

from collections.abc import Iterator, Mapping, Sequence

from dialogs.opening_words import week_of
from dialogs.texts import Language, Text, text
from dialogs.topics import in_a_row
from services_directory.codes import Answer, Cost
from services_directory.service import Service
from services_directory.wording import Wording

MOST_WORDS = 50  # on one screen, its question left out; counted in English (T7)

_COST: Mapping[Cost, Text] = {
    Cost.FREE: text("The call is free."),
    Cost.STANDARD_RATE: text("It costs as much as a normal call."),
}
_ON_BILL: Mapping[Answer, Text] = {
    Answer.YES: text("The number shows on a phone bill."),
    Answer.NO: text("The number does not show on a phone bill."),
}
_WITHHELD: Mapping[Answer, Text] = {
    Answer.YES: text("You can hide your number."),
    Answer.NO: text("Calls with a hidden number do not get through."),
}
_ANONYMOUS: Mapping[Answer, Text] = {
    Answer.YES: text("You need not give your name."),
    Answer.NO: text("They will ask for your name."),
}
_ACCESS: Mapping[str, Text] = {
    "bsl": text("They use British Sign Language."),
    "text": text("You can write instead of talking."),
    "step-free": text("You can get in with no steps."),
    "easy-read": text("They have easy words to read."),
    "home-visit": text("They can come to your home."),
    "hearing-loop": text("They have a hearing loop."),
}
CLOSED_LIST = text("They take no new people now.")


def facts(service: Service) -> tuple[Text, ...]:
    """Every line that is known, the ones that decide whether somebody calls first."""
    return tuple(
        (
            *_said(service.who_for),
            *_whom_it_takes(service),
            *_said(service.answers, service.will_ask, service.tells),
            *_calling(service),
            *_other_ways(service),
            *week_of(service.hours),
            *_said(service.hours_note),
            *_languages(service),
            *(line for code, line in _ACCESS.items() if code in service.access),
            text("I last checked this on {day}.", day=service.checked),
        )
    )


def _said(*wordings: Wording | None) -> Iterator[Text]:
    yield from (text("{words}", words=wording) for wording in wordings if wording)


def _whom_it_takes(service: Service) -> Iterator[Text]:
    if service.taking is Answer.NO:
        yield CLOSED_LIST
    yield from _said(service.waiting)


def _calling(service: Service) -> Iterator[Text]:
    if service.anonymous in _ANONYMOUS:
        yield _ANONYMOUS[service.anonymous]
    if not service.phone:
        return
    for known, lines in ((service.withheld, _WITHHELD), (service.on_bill, _ON_BILL)):
        if known in lines:
            yield lines[known]


def cost(service: Service) -> Iterator[Text]:
    """What a call costs, if it is known and there is a number to call."""
    if service.phone and service.cost in _COST:
        yield _COST[service.cost]


def _other_ways(service: Service) -> Iterator[Text]:
    """The ways to reach it that are not the quickest one."""
    if service.text_sms and service.phone:
        yield text("You can text {phone}.", phone=service.text_sms.display)
    if service.email:
        yield text("You can write to {email}.", email=service.email)
    if service.website and (service.phone or service.text_sms):
        yield text("On the internet: {website}", website=service.website)
    if service.address:
        yield text("The address is {address}.", address=service.address)


def _languages(service: Service) -> Iterator[Text]:
    if service.languages:
        spoken = in_a_row(text("{language}", language=Language(tag)) for tag in sorted(service.languages))
        yield text("They speak: {languages}.", languages=spoken)
    if service.interpreters is Answer.YES:
        yield text("They can bring in someone who speaks your language.")


def pages_of(lines: Sequence[Text], most: int = MOST_WORDS) -> tuple[tuple[Text, ...], ...]:
    """`lines` in as few screens as hold them, in order; a line that is too long stands alone."""
    pages: list[list[Text]] = []
    room = 0
    for line in lines:
        needed = count_words(line)
        if not pages or needed > room:
            pages.append([])
            room = most
        pages[-1].append(line)
        room -= needed
    return tuple(tuple(page) for page in pages)


def count_words(words: Text) -> int:
    """Words of a line in English, with those filled into it."""
    said = sum(not part.startswith("{") for part in words.message.split())
    return said + sum(_filled(value) for value in words.values.values())


def _filled(value: object) -> int:
    if isinstance(value, Text):
        return count_words(value)
    if isinstance(value, Wording):
        return len(value.in_("en").split())
    return len(str(value).split()) if isinstance(value, str) else 1
