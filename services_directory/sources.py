"""Where a fact was read: pages, when they were written, and which facts each of them stands behind."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

_DATED = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page that was read. `dated` is the day, month or year it gives; `for_` empty: it stands behind everything.

    Raises ValueError for what is no web address or no date.
    """

    page: str
    dated: str | None = None
    for_: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        web_address(self.page)
        if self.dated is not None:
            partial_date(self.dated)


def web_address(text: str) -> str:
    """The address as it stands. Raises ValueError if no browser would open it."""
    if not is_web_address(text):
        raise ValueError("is not a web address")
    return text


def is_web_address(text: str) -> bool:
    """Whether a browser would open it."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    clean = text.isprintable() and not set(text) & set(' <>"')
    return clean and parts.scheme in {"http", "https"} and "." in host.strip(".")


def unsourced(sources: Iterable[Source], facts: Collection[str]) -> tuple[str, ...]:
    """Those of `facts` that no source stands behind, sorted."""
    behind = list(sources)
    if not behind or any(not source.for_ for source in behind):
        return ()
    return tuple(sorted(set(facts).difference(*(source.for_ for source in behind))))


def partial_date(text: str) -> str:
    """The day, month or year as it stands. Raises ValueError if there never was one."""
    found = _DATED.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
    except ValueError:
        raise ValueError("is not a year, month or day like 2024, 2024-10 or 2024-10-24") from None
    return text
