"""The shape of needs.yaml, checked by pydantic and turned into values of `needs` at once."""

from services_directory.fields import Line, Slug, Strict, Words
from services_directory.needs import Need


class NeedEntry(Strict):
    """One need as it stands in the file; whether its `fallback` ids exist shows beside the national services."""

    id: Slug
    label: Words
    kinds: frozenset[Slug]
    words: dict[str, tuple[Line, ...]] = {}
    fallback: tuple[Slug, ...]
    communities: frozenset[Slug] = frozenset()
    sensitive: bool = False

    def value(self) -> Need:
        return Need(**dict(self))
