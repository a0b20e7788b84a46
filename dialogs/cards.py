"""How a service is named in a chat: its name and one way to reach it. Only what the directory holds is shown."""

from collections.abc import Iterator

from dialogs.choices import Choice, Option
from dialogs.texts import Text, text
from services_directory.model import Directory
from services_directory.service import Service

EMERGENCY = text("In danger now, call 999. If you cannot speak on a mobile, call 999, then press 55.")
MOST_LABEL = 30  # characters of a button (T8)
UNCHANGED = text("Nothing has changed.")
NOT_SENT = text("I could not send this. Please try again later.")
LISTENING = frozenset({"hate-crime", "victim-care"})  # the kinds of a service that listens after hate


def contacts(directory: Directory, *ids: str) -> Iterator[Text]:
    """A line for each of these national services that exists and can be reached, in this order."""
    yield from (contact(service) for service in _reachable(directory, ids))


def explained(directory: Directory, *ids: str) -> Iterator[Text]:
    """The same, each with what it does."""
    for service in _reachable(directory, ids):
        yield text("{contact} {about}", contact=contact(service), about=service.about)


def for_the_young(directory: Directory) -> Iterator[Text]:
    """The children's line with the age it is for, beside lines for grown-ups where no age was asked."""
    for service in _reachable(directory, ("childline",)):
        yield text("{contact} {about}", contact=contact(service), about=service.who_for)


def _reachable(directory: Directory, ids: tuple[str, ...]) -> Iterator[Service]:
    known = {service.id: service for service in directory.services_for(None)}
    yield from (known[id] for id in ids if id in known and known[id].reachable)


def contact(service: Service) -> Text:
    """Its name and the quickest way to reach it. Raises ValueError if nothing may be shown."""
    if service.phone and service.always_open:
        return text("{name}: call {phone}, day or night.", name=service.name, phone=service.phone.display)
    if service.phone:
        return text("{name}: call {phone}.", name=service.name, phone=service.phone.display)
    if service.text_sms:
        return text("{name}: text {phone}.", name=service.name, phone=service.text_sms.display)
    if service.website:
        return text("{name}: {website}", name=service.name, website=service.website)
    raise ValueError("a service without a contact to show")


def first_number(service: Service, through: Service | None) -> str:
    """The number to call or text, its own or that of who can put people through; "" if there is none to show."""
    numbers = (number for one in (service, through) if one for number in (one.phone, one.text_sms))
    return next((number.display for number in numbers if number), "")


def short_name(service: Service) -> Text:
    """Its name as a button holds it: whole, or another name it has, or cut."""
    fitting = (name for name in (service.name, *service.aliases) if len(name) <= MOST_LABEL)
    return text("{name}", name=next(fitting, "") or f"{service.name[: MOST_LABEL - 1].rstrip()}…")


def listeners(directory: Directory, area: str | None) -> tuple[Text, ...]:
    """Two services with a telephone that listen after hate, the area's own first; `area` None: national ones only."""
    found = [s for s in directory.services_for(area) if s.phone and s.kinds >= LISTENING]
    lines = (*(contact(service) for service in found), *contacts(directory, "samaritans"))
    return lines[:2]


async def to_my_report() -> None:
    """Keeps what was said last on the screen until the person goes on with their report."""
    back = (Option("report", "Back to my report"),)
    await Choice("to_my_report", "Shall we go back to your report?", back, required=True)


async def to_the_menu() -> None:
    """Keeps what was said last on the screen until the person goes on."""
    back = (Option("menu", "Back to the menu"),)
    await Choice("to_the_menu", "Shall we go back to the menu?", back, required=True)
