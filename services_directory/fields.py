"""The kinds of value in the directory's files, read from text. A refusal says in a few words what is wrong."""

from datetime import date
from typing import Annotated, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator

from services_directory.characters import unseen
from services_directory.languages import is_language
from services_directory.service import Phone
from services_directory.sources import Source, partial_date, unsourced, web_address
from services_directory.wording import Wording

CALLED_SHORT_CODES = frozenset({"999", "112", "101", "111", "116123"})
TEXTED_SHORT_CODES = frozenset({"85258"})
UNKNOWN = "unknown"


def _wording(value: object) -> Wording:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise ValueError("needs a text for each locale")
    nobody = [locale for locale in value if not is_language(str(locale))]
    if nobody:
        raise ValueError(f"{nobody[0]} is not the tag of a language")
    return Wording.of({locale: text.strip() for locale, text in value.items()})


def _line(value: str) -> str:
    if hidden := unseen(value):
        raise ValueError(f"holds a character that nobody sees, {hidden}")
    return value


def _number(value: object, short_codes: frozenset[str]) -> Phone:
    text = value.strip() if isinstance(value, str) else ""
    if text.replace(" ", "") in short_codes:
        return Phone(display=text)
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        raise ValueError("is not a telephone number") from None
    if number.extension or not phonenumbers.is_valid_number(number):
        raise ValueError("is a telephone number that cannot exist")
    return Phone(display=text, e164=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _phone(value: object) -> Phone:
    return _number(value, CALLED_SHORT_CODES)


def _text_sms(value: object) -> Phone:
    return _number(value, TEXTED_SHORT_CODES)


def _web(value: object) -> str:
    return web_address(str(value))


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("is not a date like 2026-11-21") from None


def _dated(value: object) -> str:
    return partial_date(str(value))


def _zone(value: object) -> str:
    try:
        return ZoneInfo(str(value)).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is not a time zone like Europe/London") from None


def _language(value: object) -> str:
    if not is_language(str(value)):
        raise ValueError(f"{value} is not the tag of a language, like pl or zh-Hant")
    return str(value)


def _source(value: object) -> Source:
    if isinstance(value, str):
        return Source(page=value)
    if not isinstance(value, dict) or not set(value) <= {"page", "dated", "for"}:
        raise ValueError("is neither a web address nor a page with dated and for")
    page, dated, facts = str(value.get("page", "")), value.get("dated"), value.get("for", [])
    if not isinstance(facts, list) or not all(isinstance(fact, str) for fact in facts):
        raise ValueError("for must be a list of fields")
    if "for" in value and not facts:
        raise ValueError("for names no field")
    return Source(page=page, dated=None if dated is None else str(dated), for_=frozenset(map(str, facts)))


def _sources(value: object) -> object:
    if not value:
        raise ValueError("needs at least one page")
    return value


Words = Annotated[Wording, BeforeValidator(_wording)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000), AfterValidator(_line)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
District = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}[0-9][0-9A-Z]?$")]
Web = Annotated[str, BeforeValidator(_web)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(_line)]
Dated = Annotated[str, BeforeValidator(_dated)]
Day = Annotated[date, BeforeValidator(_day)]
Zone = Annotated[str, BeforeValidator(_zone)]
Language = Annotated[str, BeforeValidator(_language)]
Called = Annotated[Phone, BeforeValidator(_phone)]
Texted = Annotated[Phone, BeforeValidator(_text_sms)]
Sources = Annotated[tuple[Annotated[Source, BeforeValidator(_source)], ...], BeforeValidator(_sources)]


class Strict(BaseModel):
    """A mapping in a file; a key it does not know is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Sourced(Strict):
    """An entry with the pages it was read on. Where a page is for certain fields only, each of `FACTS` needs a page."""

    FACTS: ClassVar[frozenset[str]] = frozenset()

    id: Slug
    name: Line
    sources: Sources
    checked: Day
    source_date: Dated | None = None

    @model_validator(mode="after")
    def _stands_on_its_sources(self) -> "Sourced":
        for source in self.sources:
            unknown = sorted(source.for_ - set(type(self).model_fields))
            if unknown:
                raise ValueError(f"sources: {unknown[0]} is not a field of this entry")
        missing = unsourced(self.sources, self.facts())
        if missing:
            raise ValueError(f"{missing[0]}: no page among the sources is for it")
        return self

    def facts(self) -> frozenset[str]:
        """The fields given that a page must stand behind."""
        return frozenset(name for name in self.FACTS & self.model_fields_set if getattr(self, name) != UNKNOWN)
