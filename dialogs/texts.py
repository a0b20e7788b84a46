"""A sentence to be shown: English now, translated and filled in when it is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, written as the reader names it. `day`: 0 is Monday."""

    day: int


@dataclass(frozen=True, slots=True)
class Language:
    """A language as the reader names it, or by its `own` name. `tag`: BCP 47."""

    tag: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A whole sentence or label with named `{braces}`.

    Babel collects the English from calls of `text`, `counted` and the steps of `script.py`.
    Values are filled in after translation: words of a person or a name are isolated from the
    direction of the sentence around them, dates, times, weekdays and languages are written as the
    reader writes them, a `Text` is translated first, and a `Wording` gives the reader's own words.
    """

    message: str
    plural: str = ""  # English plural; "" when the sentence has no number
    count: int | None = None
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    def __bool__(self) -> bool:
        return bool(self.message)


def text(message: str, **values: object) -> Text:
    """A sentence with values for its `{braces}`."""
    return Text(message, values=values)


def counted(singular: str, plural: str, count: int, **values: object) -> Text:
    """A sentence that depends on a number, shown as `{count}`; each language has its own number of forms."""
    return Text(singular, plural, count, {"count": count, **values})


def as_text(words: "str | Text") -> Text:
    """`words` as a `Text`; a plain string has no values."""
    return words if isinstance(words, Text) else Text(words)


NOTHING = Text("")
