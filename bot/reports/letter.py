"""A letter as a value: words between a reporter and an agency after a report was sent. Pure."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.reports.report import Entry

VERSION = 1
MESSAGE = "message"  # the kind of a letter that is nothing else


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`items`: words and files in the order they came, as `dialogs.narrative` records them; words are never changed.

    `locale`: the language it was written in, as far as known. `kind`: "message", or one of `dialogs.feedback_commands`.
    `answers`: what was tapped or typed beside, as `reports.report` keeps it.
    """

    locale: str
    items: tuple[dict[str, Any], ...] = field(repr=False)
    kind: str = MESSAGE
    answers: tuple[Entry, ...] = field(default=(), repr=False)

    @property
    def words(self) -> str:
        """All words, a paragraph for each message."""
        return "\n\n".join(item["words"] for item in self.items if item.get("words"))

    def to_bytes(self) -> bytes:
        answers = [asdict(entry) for entry in self.answers]
        content = {"v": VERSION, "locale": self.locale, "items": self.items, "kind": self.kind, "answers": answers}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Letter":
        """Letters of older programs have no kind. Raises ValueError for a version this program does not know."""
        values = json.loads(content)
        if values["v"] != VERSION:
            raise ValueError("a letter of a version this program does not know")
        answers = (Entry(**{**entry, "shown": tuple(entry["shown"])}) for entry in values.get("answers", ()))
        return cls(
            locale=values["locale"],
            items=tuple(values["items"]),
            kind=values.get("kind", MESSAGE),
            answers=tuple(answers),
        )
