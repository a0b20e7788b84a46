"""How a service of a feed may be reached: what of it is believed, and on whose word."""

from collections.abc import Iterator, Mapping
from datetime import date

from services_directory.codes import Advice
from services_directory.nodes import Plain
from services_directory.openreferral.conditions import FRESH, Refused
from services_directory.openreferral.drafting import LONGEST_LINE, Drafting
from services_directory.openreferral.places import joined_address
from services_directory.openreferral.reading import mappings
from services_directory.sources import web_address

CONFIRMED = ("phone", "text_sms", "email", "address")  # shown only where somebody confirmed them
STRICTER = (Advice.DO_NOT_SHOW, Advice.NO_CONTACT)
UNTRUSTED = "left out: taken only with --trust-numbers, where the feed checked it within a year"


def contacts_of(drafting: Drafting, checked: date | None) -> dict[str, Plain]:
    """The contacts that may stand in a draft, and the advice that goes with them."""
    advice = _advice(drafting, checked)
    entry: dict[str, Plain] = {"advice": advice.value}
    for field, value in _found(drafting).items():
        if field in CONFIRMED and advice is not Advice.OK:
            drafting.note(field, UNTRUSTED)
        elif field == "website" and advice is Advice.DO_NOT_SHOW:
            drafting.note(field, f"left out: advice is {advice.value}")
        else:
            entry[field] = value
    return entry


def _advice(drafting: Drafting, checked: date | None) -> Advice:
    try:
        claimed = Advice(str(drafting.own.get("advice", Advice.OK.value)))
    except ValueError:
        claimed = Advice.CONFIRM_FIRST
    if claimed is Advice.NOT_FOR_USERS:
        raise Refused("left out: it is not meant for people who look for help")
    conditions = drafting.conditions
    fresh = checked is not None and conditions.today - checked <= FRESH
    if (conditions.trust_numbers and fresh) or claimed in STRICTER:
        return claimed
    return Advice.CONFIRM_FIRST


def _found(drafting: Drafting) -> dict[str, str]:
    numbers = list(dict.fromkeys(_numbers(drafting)))
    entry = {}
    for field, kinds in (("phone", {"voice", "cell", ""}), ("text_sms", {"text"})):
        held = [number for kind, number in numbers if kind in kinds]
        if held:
            entry[field] = held[0]
        if len(held) > 1:
            drafting.note(field, f"{len(held) - 1} more left out: an entry holds one")
    found = {
        "email": drafting.line("email", LONGEST_LINE),
        "website": _website(drafting),
        "address": _address(drafting),
    }
    return entry | {field: value for field, value in found.items() if value}


def _numbers(drafting: Drafting) -> Iterator[tuple[str, str]]:
    for holder in (drafting.record, *mappings(drafting.record, "contacts")):
        for phone in mappings(holder, "phones"):
            number = drafting.plainly("phone", phone.get("number"), LONGEST_LINE)
            if number:
                yield str(phone.get("type") or "").lower(), number


def _website(drafting: Drafting) -> str:
    given = drafting.record.get("url")
    if given is None:
        return ""
    try:
        return web_address(given) if isinstance(given, str) and len(given) <= LONGEST_LINE else web_address("")
    except ValueError:
        drafting.note("website", "left out: not a web address")
        return ""


def _address(drafting: Drafting) -> str:
    own = drafting.own.get("address")
    if "id" in drafting.own:
        return own if isinstance(own, str) else ""
    addresses = [
        drafting.plainly("address", joined_address(address), LONGEST_LINE)
        for place in mappings(drafting.record, "service_at_locations")
        for address in mappings(_location(place), "addresses")
    ]
    if len(addresses) > 1:
        drafting.note("address", f"{len(addresses) - 1} more left out: an entry holds one")
    return addresses[0] if addresses else ""


def _location(place: Mapping[str, object]) -> Mapping[str, object]:
    location = place.get("location")
    return location if isinstance(location, dict) else {}
