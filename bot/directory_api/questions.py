"""What was asked: the parameters of an address, read once, with a sentence for whoever asked wrongly."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

PER_PAGE, MOST_PER_PAGE, MOST_MINIMAL = 50, 100, 1_000
LAST_PAGE = 1_000_000
LONGEST_SEARCH = 200
POSTCODE = re.compile(r"(?P<district>[A-Z]{1,2}[0-9][0-9A-Z]?)\s*([0-9][A-Z]{2})?")
KNOWN = frozenset(
    {"page", "per_page", "search", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after"}
    | {"minimal", "full", "format", "area", "postcode", "proximity"}
)


class BadQuestion(ValueError):
    """A parameter that cannot be used; the message is for whoever asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The parameters of a list. `district` is the first half of a postcode. `unused`: names nobody here knows."""

    page: int = 1
    per_page: int = PER_PAGE
    search: str = ""
    term: str = ""
    taxonomy: str = ""
    organization: str = ""
    modified_after: str = ""
    minimal: bool = False
    full: bool = False
    area: str = ""
    district: str = ""
    near: bool = False
    unused: tuple[str, ...] = ()

    @property
    def telling(self) -> bool:
        """Whether it holds words or a place of a person, which no cache should keep."""
        return bool(self.search or self.district)


def read_question(parameters: Mapping[str, str]) -> Question:
    """Raises BadQuestion."""
    minimal = _flag(parameters, "minimal")
    if parameters.get("format", "json") != "json":
        raise BadQuestion("format: only json.")
    search = parameters.get("search", "").strip()
    if len(search) > LONGEST_SEARCH:
        raise BadQuestion(f"search: at most {LONGEST_SEARCH} characters.")
    per_page = _number(parameters, "per_page", PER_PAGE if not minimal else MOST_MINIMAL)
    return Question(
        page=_number(parameters, "page", 1),
        per_page=min(per_page, MOST_MINIMAL if minimal else MOST_PER_PAGE),
        search=search,
        term=parameters.get("taxonomy_term_id", ""),
        taxonomy=parameters.get("taxonomy_id", ""),
        organization=parameters.get("organization_id", ""),
        modified_after=_moment(parameters.get("modified_after", "")),
        minimal=minimal,
        full=_flag(parameters, "full"),
        area=parameters.get("area", ""),
        district=_district(parameters.get("postcode", "")),
        near=bool(parameters.get("proximity")),
        unused=_unused(parameters),
    )


def _unused(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in names if name not in KNOWN and re.fullmatch("[a-z_]{1,40}", name)))


def _number(parameters: Mapping[str, str], name: str, otherwise: int) -> int:
    text = parameters.get(name)
    if text is None:
        return otherwise
    if not re.fullmatch("[0-9]{1,7}", text) or not 1 <= int(text) <= LAST_PAGE:
        raise BadQuestion(f"{name}: a whole number from 1.")
    return int(text)


def _flag(parameters: Mapping[str, str], name: str) -> bool:
    text = parameters.get(name, "false").lower()
    if text not in {"true", "false"}:
        raise BadQuestion(f"{name}: true or false.")
    return text == "true"


def _moment(text: str) -> str:
    """The moment as records write it, so that texts can be compared."""
    if not text:
        return ""
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))  # "+" of a time zone means a space in an address
    except ValueError:
        raise BadQuestion("modified_after: a date or moment like 2026-11-21 or 2026-11-21T09:30:00Z.") from None
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _district(text: str) -> str:
    if not text:
        return ""
    found = POSTCODE.fullmatch(text.strip().upper())
    if found is None:
        raise BadQuestion("postcode: a British postcode, or its first half, like BS5.")
    return found["district"]
