"""A letter as a value: words between a reporter and an agency after a report was sent. Pure."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.reports.report import Entry

VERSION = 1
MESSAGE = "message"  # the kind of a letter that is nothing else
CORRECTION = "correction"  # by a reporter: something in the report is not right
REQUEST = "request"  # by staff: may another agency open the report? See `request.py`
REQUEST_ANSWER, REQUEST_ENDED = "request-answer", "request-ended"  # by the reporter, and by staff before that
HOLD, HOLD_LIFTED = "hold", "hold-lifted"  # by staff, to their own agency alone: the law makes them keep the report


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`items`: words and files in the order they came, as `dialogs.narrative` records them; words are never changed.

    `locale`: the language it was written in, as far as known. `kind`: one of these, or of `dialogs.feedback_commands`.
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
