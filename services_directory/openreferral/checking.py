"""Holds a draft to the rules of our files: what they refuse is left out; what must be there is left to be filled in."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from services_directory.nodes import Plain
from services_directory.service_entries import ServiceEntry
from services_directory.wording import LOCALES

LAST = ("advice", "audience", "sources", "source_date", "checked")
FIELDS = (*(name for name in ServiceEntry.model_fields if name not in LAST), *LAST)  # as people write them
REQUIRED = frozenset(name for name, field in ServiceEntry.model_fields.items() if field.is_required())
ROUNDS = len(FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An entry without what the rules refuse, and what to say of it: field and why."""

    entry: dict[str, Plain]
    notes: tuple[tuple[str, str], ...]


def checked_entry(entry: dict[str, Plain], known: Collection[str]) -> Checked:
    """`entry` held to the rules. `known`: ids that `through` may name."""
    notes: list[tuple[str, str]] = []
    left = dict(entry)
    if left.get("through") and left["through"] not in known:
        notes.append(("through", "left out: there is no such service"))
        del left["through"]
    for _ in range(ROUNDS):
        refused = [(field, why) for field, why in faults(left) if field in left and field not in REQUIRED]
        for field, why in dict(refused).items():
            notes.append((field, f"left out: {why}"))
            del left[field]
        if not refused:
            break
    notes.extend((field, f"to be filled in: {why}") for field, why in faults(left))
    return Checked(entry=left, notes=tuple(notes))


def faults(entry: dict[str, Plain]) -> Iterator[tuple[str, str]]:
    """What loading would say of this entry: field and why."""
    try:
        ServiceEntry.model_validate(entry).value("imported")
    except ValidationError as error:
        for detail in error.errors(include_input=False, include_url=False):
            why = detail["msg"].removeprefix("Value error, ")
            path = detail["loc"]
            if path:
                yield str(path[0]), why
            else:
                yield _named(why)
    except ValueError as error:
        yield _named(str(error))


def _named(why: str) -> tuple[str, str]:
    """A refusal of the whole entry begins with the name of the field."""
    field, _, rest = why.partition(": ")
    return (field, rest) if field in FIELDS else ("", why)


def missing_languages(entry: dict[str, Plain]) -> dict[str, tuple[str, ...]]:
    """The wordings of an entry that are not there in every language, with the languages they lack."""
    lacking = {}
    for field, texts in entry.items():
        if isinstance(texts, dict) and set(LOCALES) & set(texts):
            lacks = tuple(locale for locale in LOCALES if not str(texts.get(locale, "")).strip())
            if lacks:
                lacking[field] = lacks
    return lacking
