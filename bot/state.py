"""Where one conversation is: what is kept, sealed, between two things a person does."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dialogs.inputs import Stored

VERSION = 1
FRONT = "menu"  # the dialog every conversation begins with
SENT = "file"  # the command that sends a report
OPENED = "news"  # the command that reads a report which was opened
LINE = "line"  # in the card's place: the emergency line on top of the next screen only


class Unreadable(ValueError):
    """The state was damaged, or written by a version this one does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """`draft`: a few letters that tell this draft's buttons from another's. `began`: the day the draft began.

    `answers`: by question id. `before`: answers to questions gone back to, offered again there.
    `refs`: the message that gave an answer, by message. `overlay`: a screen beside the dialog, "" for none.
    `card`: what words of crisis have put on top of everything, as `Card.code`; `under`: the overlay beneath it;
    `warned`: kinds whose card was carried on, with spaces between, "?" after those that were not now.
    `sweeps`: messages are to be deleted before they are 48 hours old. `reminder`: "hours:words" of one that was asked
    for, "" for none. `gone`: answers that were not sent have been deleted, which is yet to be said.
    `code`: the digits of a code that was typed, while the person is asked whether to open its report.
    `tries`: refusals in a row at the present question. `edition`: the questions' fingerprint when last played.
    """

    draft: str
    began: date
    locale: str = ""  # "" until a language was chosen
    dialog: str = FRONT
    answers: dict[str, Stored] = field(default_factory=dict, repr=False)
    before: dict[str, Stored] = field(default_factory=dict, repr=False)
    refs: dict[str, str] = field(default_factory=dict, repr=False)
    overlay: str = ""
    page: int = 0
    tries: int = 0
    keeps_draft: bool = False  # after Exit
    poster: str = ""
    edition: str = ""
    card: str = ""
    under: str = ""
    warned: str = ""
    sweeps: bool = False
    reminder: str = field(default="", repr=False)
    gone: bool = False
    code: str = field(default="", repr=False)

    @property
    def unfinished(self) -> bool:
        """Whether there are answers that were not sent, of a dialog that looks into no report."""
        return bool(self.answers) and not self.answers.keys() & {SENT, OPENED}

    def to_bytes(self) -> bytes:
        content = {name: getattr(self, name) for name in _NAMES} | {"began": self.began.isoformat(), "v": VERSION}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "State":
        """Raises `Unreadable`."""
        try:
            values: dict[str, Any] = json.loads(content)
            if values.pop("v") != VERSION:
                raise Unreadable
            return cls(**{**values, "began": date.fromisoformat(values["began"])})
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise Unreadable from fault


_NAMES = tuple(State.__dataclass_fields__)
