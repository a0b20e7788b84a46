"""Which language tags exist (BCP 47). What a language is called belongs to whoever shows it."""

import re

from babel import Locale

_ENGLISH = Locale("en")  # every language that has an English name
_LANGUAGES, _SCRIPTS = frozenset(_ENGLISH.languages), frozenset(_ENGLISH.scripts)
_TERRITORIES = frozenset(_ENGLISH.territories)
_TAG = re.compile(r"(?P<language>[a-z]{2,3})(-(?P<script>[A-Z][a-z]{3}))?(-(?P<territory>[A-Z]{2}|[0-9]{3}))?")


def is_language(tag: str) -> bool:
    """Whether this is the tag of a language, with or without script and territory: "pl", "zh-Hant", "pt-BR"."""
    found = _TAG.fullmatch(tag)
    if found is None:
        return False
    script, territory = found["script"], found["territory"]
    named = found["language"] in _LANGUAGES
    return named and (not script or script in _SCRIPTS) and (not territory or territory in _TERRITORIES)
