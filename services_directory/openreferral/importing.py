"""Services of a feed as drafts of our entries: for somebody to read, translate and put where they belong.

Nothing of a stranger is believed: a contact is unconfirmed unless the operator says otherwise, every text is made
plain, and every draft is held to the same rules as our own files. Whatever is left out is told, field by field.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services_directory.codes import Audience
from services_directory.nodes import Plain
from services_directory.openreferral.checking import FIELDS, checked_entry
from services_directory.openreferral.conditions import Conditions, Note, Refused
from services_directory.openreferral.contacts import contacts_of
from services_directory.openreferral.details import details_of
from services_directory.openreferral.drafting import SLUG, Drafting
from services_directory.openreferral.reading import read_feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry to be read by somebody. `area`: the folder it belongs in."""

    area: str
    entry: dict[str, Plain]

    @property
    def id(self) -> str:
        return str(self.entry["id"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of a feed: drafts in its order, and everything there is to say about it."""

    drafts: tuple[Draft, ...]
    notes: tuple[Note, ...]


def import_feed(raw: bytes, conditions: Conditions) -> Imported:
    """The drafts of a feed. Raises FeedRefused where nothing of it can be used."""
    notes: list[Note] = []
    drafts = list(_drafts(read_feed(raw), conditions, notes))
    known = frozenset({*conditions.taken, *(draft.id for draft in drafts)})
    kept = []
    for draft in drafts:
        checked = checked_entry(draft.entry, known)
        notes.extend(Note(service=draft.id, field=field, why=why) for field, why in checked.notes)
        if draft.id in conditions.taken:
            held = conditions.taken[draft.id]
            notes.append(Note(service=draft.id, field="id", why=f"the directory has it already, in {held}: compare"))
        kept.append(replace(draft, entry=checked.entry))
    return Imported(drafts=tuple(kept), notes=tuple(notes))


def _drafts(records: list[object], conditions: Conditions, notes: list[Note]) -> Iterator[Draft]:
    feed_ids: set[str] = set()
    slugs: set[str] = set()
    for number, record in enumerate(records, start=1):
        label = f"service {number}"
        try:
            drafting = _drafting(record, label, conditions)
            if drafting.feed_id in feed_ids:
                raise Refused("left out: the feed has this id already")
            entry = _entry(drafting)
        except Refused as refused:
            notes.append(Note(service=label, field="", why=str(refused)))
            continue
        feed_ids.add(drafting.feed_id)
        slug = _free(str(entry["id"]), slugs)
        slugs.add(slug)
        notes.extend(replace(note, service=slug) for note in drafting.notes)
        yield Draft(area=_area(drafting), entry={**entry, "id": slug})


def _drafting(record: object, label: str, conditions: Conditions) -> Drafting:
    if not isinstance(record, dict):
        raise Refused("left out: not a service")
    return Drafting(record, label, conditions)


def _free(slug: str, slugs: set[str]) -> str:
    if slug not in slugs:
        return slug
    return next(tried for number in range(2, len(slugs) + 3) if (tried := f"{slug}-{number}") not in slugs)


def _area(drafting: Drafting) -> str:
    own = str(drafting.own.get("area", ""))
    return own if SLUG.fullmatch(own) and len(own) <= 60 else drafting.conditions.area


def _entry(drafting: Drafting) -> dict[str, Plain]:
    checked = drafting.checked()
    contacts = contacts_of(drafting, checked)
    found: dict[str, Plain] = {
        **drafting.others(),
        **drafting.words(),
        **details_of(drafting),
        **contacts,
        "audience": Audience.USERS.value,
        "sources": drafting.sources(str(contacts.get("website", ""))),
        "checked": checked.isoformat() if checked else "",
    }
    return {field: found[field] for field in FIELDS if field in found}
