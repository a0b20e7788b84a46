"""What we know of a service and the published shape has no field for: attributes that carry it, there and back.

Each attribute is one fact: `link_type` names our field, `label` the language or the page's date, `value` says it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services_directory.nodes import Plain
from services_directory.openreferral.ids import uid
from services_directory.openreferral.terms import TAXONOMIES, Record, term_id, term_record

OURS = "saysafe:"
#: Fields whose whole value stands in a field of the published shape.
CARRIED = frozenset({"name", "phone", "text_sms", "email", "website", "languages", "ages", "checked"})
WORDINGS = frozenset({"about", "who_for", "hours_note", "answers", "will_ask", "tells", "waiting"})
LISTS = frozenset({"aliases", "sources", *TAXONOMIES})
ALWAYS = "always"
_SOURCE = re.compile(r"(dated (?P<dated>[0-9-]{4,10}))?(; )?(for (?P<for>[a-z_]+(, [a-z_]+)*))?")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known. `label`: the locale of a wording; of a source its date and what it stands behind."""

    field: str
    label: str
    value: str


def facts_of(entry: dict[str, Plain]) -> Iterator[Fact]:
    """The facts of an entry that need an attribute."""
    for field, value in entry.items():
        if field in CARRIED or (field == "hours" and value != ALWAYS):
            continue
        if isinstance(value, dict):
            yield from (Fact(field, label, str(text)) for label, text in value.items())
        elif isinstance(value, list):
            yield from (_listed(field, item) for item in value)
        else:
            yield Fact(field, "", value)


def _listed(field: str, item: Plain) -> Fact:
    if not isinstance(item, dict):
        return Fact(field, "", str(item))
    behind = item.get("for", [])
    parts = [f"dated {item['dated']}"] if "dated" in item else []
    parts += [f"for {', '.join(map(str, behind))}"] if behind else []
    return Fact(field, "; ".join(parts), str(item["page"]))


def entry_of(facts: Iterable[Fact]) -> dict[str, Plain]:
    """The part of an entry that `facts` tell; the opposite of `facts_of`."""
    entry: dict[str, Plain] = {}
    for fact in facts:
        held = entry.get(fact.field)
        if fact.field in WORDINGS:
            entry[fact.field] = {**(held if isinstance(held, dict) else {}), fact.label: fact.value}
        elif fact.field in LISTS:
            entry[fact.field] = [*(held if isinstance(held, list) else []), _item(fact)]
        else:
            entry[fact.field] = fact.value
    return entry


def _item(fact: Fact) -> Plain:
    found = _SOURCE.fullmatch(fact.label) if fact.field == "sources" and fact.label else None
    if found is None:
        return fact.value
    item: dict[str, Plain] = {"page": fact.value}
    if found["dated"]:
        item["dated"] = found["dated"]
    return {**item, "for": [*found["for"].split(", ")]} if found["for"] else item


def attributes(link: str, entity: str, facts: Iterable[Fact]) -> list[Record]:
    """`facts` as attributes of the record with the UUID `link`."""
    return [_attribute(link, entity, (number, fact)) for number, fact in enumerate(facts)]


def _attribute(link: str, entity: str, numbered: tuple[int, Fact]) -> Record:
    number, fact = numbered
    record: Record = {
        "id": uid("attribute", link, fact.field, fact.label, str(number)),
        "link_id": link,
        "link_entity": entity,
        "link_type": OURS + fact.field,
        "value": fact.value,
    }
    if fact.label:
        record["label"] = fact.label
    if fact.field in TAXONOMIES:
        record["taxonomy_term_id"] = term_id(fact.field, fact.value)
        record["taxonomy_term"] = term_record(fact.field, fact.value)
    return record
