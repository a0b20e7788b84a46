"""A letter as a value: words between a reporter and an agency after a report was sent. Pure."""

import json
from dataclasses import dataclass, field
from typing import Any

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`items`: words and files in the order they came, as `dialogs.narrative` records them; words are never changed.

    `locale`: the language it was written in, as far as known.
    """

    locale: str
    items: tuple[dict[str, Any], ...] = field(repr=False)

    @property
    def words(self) -> str:
        """All words, a paragraph for each message."""
        return "\n\n".join(item["words"] for item in self.items if item.get("words"))

    def to_bytes(self) -> bytes:
        content = {"v": VERSION, "locale": self.locale, "items": self.items}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Letter":
        """Raises ValueError for a version this program does not know."""
        values = json.loads(content)
        if values["v"] != VERSION:
            raise ValueError("a letter of a version this program does not know")
        return cls(locale=values["locale"], items=tuple(values["items"]))
