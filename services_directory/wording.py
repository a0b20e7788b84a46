"""A sentence of the directory in every language it is kept in. Nothing here knows what the sentence is about."""

from collections.abc import Mapping
from dataclasses import dataclass

from services_directory.characters import unseen

ENGLISH = "en"
LOCALES = ("en", "ar", "pl")  # every sentence of the directory exists in these


def language_of(locale: str) -> str:
    """The language of a locale: "en" of "en@easy", which is English in easy words; "pl" of "pl_PL"."""
    return locale.partition("@")[0].replace("_", "-").split("-")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Sentences for reporters in every locale of `LOCALES`, perhaps in several lines.

    Raises ValueError if one is missing or empty, or holds what nobody sees.
    """

    texts: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        given = {locale for locale, text in self.texts if text.strip()}
        missing = [locale for locale in LOCALES if locale not in given]
        if missing:
            raise ValueError(f"no text in: {', '.join(missing)}")
        hidden = [found for _, text in self.texts if (found := unseen(text.replace("\n", "")))]
        if hidden:
            raise ValueError(f"holds a character that nobody sees, {hidden[0]}")

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "Wording":
        """From a mapping of locale to text."""
        return cls(texts=tuple(sorted(texts.items())))

    def in_(self, locale: str) -> str:
        """The text in this locale ("pl", "pl-PL", "pl_PL", "en@easy"), or in English."""
        texts = dict(self.texts)
        return texts.get(locale) or texts.get(language_of(locale)) or texts[ENGLISH]
