"""Ages, hours, cost and languages of a record of a feed, as they stand in an entry of ours."""

from collections.abc import Iterator

from services_directory.codes import Cost
from services_directory.languages import is_language
from services_directory.nodes import Plain
from services_directory.openreferral.drafting import Drafting
from services_directory.openreferral.plain import as_plain
from services_directory.openreferral.reading import mappings
from services_directory.openreferral.schedules import read_hours
from services_directory.service import OLDEST, Ages


def details_of(drafting: Drafting) -> dict[str, Plain]:
    """Those of the four that the record has; a note for each that makes no sense."""
    entry: dict[str, Plain] = {}
    ages, hours = _ages(drafting), _hours(drafting)
    if ages is not None:
        entry["ages"] = ages
    if hours is not None:
        entry["hours"] = hours
    if _free(drafting) and "cost" not in drafting.own:
        entry["cost"] = Cost.FREE.value
    languages = sorted(set(_languages(drafting)))
    return {**entry, "languages": [*languages]} if languages else entry


def _ages(drafting: Drafting) -> Plain | None:
    least, most = _age(drafting, "minimum_age"), _age(drafting, "maximum_age")
    if least is None and most is None:
        return None
    try:
        return as_plain(Ages(least=least or 0, most=most))
    except ValueError:
        drafting.note("ages", "left out: no ages of people")
        return None


def _age(drafting: Drafting, field: str) -> int | None:
    value = drafting.record.get(field)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= OLDEST:
        return int(value)
    if value is not None:
        drafting.note(field, "left out: not an age")
    return None


def _hours(drafting: Drafting) -> Plain | None:
    if drafting.own.get("hours") == "always":
        return "always"
    try:
        schedules = mappings(drafting.record, "schedules")
        hours = read_hours(schedules, drafting.conditions.today, ours="id" in drafting.own)
    except ValueError as why:
        drafting.note("hours", f"left out: {why}")
        return None
    return None if hours is None else as_plain(hours)


def _free(drafting: Drafting) -> bool:
    amounts = [option.get("amount") for option in mappings(drafting.record, "cost_options")]
    return bool(amounts) and all(amount == 0 and not isinstance(amount, bool) for amount in amounts)


def _languages(drafting: Drafting) -> Iterator[str]:
    for language in mappings(drafting.record, "languages"):
        tags = [str(language.get(key) or "") for key in ("note", "code")]
        tag = next((tag for tag in tags if is_language(tag)), None)
        if tag:
            yield tag
        else:
            drafting.note("languages", "left out: a language without a code")
