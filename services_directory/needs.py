"""What people come for, in their own words, and the services that always help with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services_directory.codes import COMMUNITIES
from services_directory.wording import Wording

LONGEST_LABEL = 30  # characters: a label is a button on a small telephone


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something a person may need help with. Raises ValueError, naming the field, for one that leads nowhere.

    `kinds` are the kinds of service that answer it, `words` what people type for it, by locale, and `fallback` ids of
    national services that always help, the best first. Where choosing it names a community, `communities` says which.
    A `sensitive` need is never named where others may read.
    """

    id: str
    label: Wording
    kinds: frozenset[str]
    words: Mapping[str, tuple[str, ...]] = field(hash=False)
    fallback: tuple[str, ...]
    communities: frozenset[str] = frozenset()
    sensitive: bool = False

    def __post_init__(self) -> None:
        if any(len(text) > LONGEST_LABEL for _, text in self.label.texts):
            raise ValueError(f"label: longer than {LONGEST_LABEL} characters")
        if not self.kinds:
            raise ValueError("kinds: at least one kind of service must answer a need")
        if not self.fallback:
            raise ValueError("fallback: at least one national service must always help")
        unknown = sorted(self.communities - COMMUNITIES)
        if unknown:
            raise ValueError(f"communities: {unknown[0]} is none of {', '.join(sorted(COMMUNITIES))}")
