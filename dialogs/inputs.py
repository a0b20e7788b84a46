"""What a person can do at a question, whatever the channel; and what a question makes of it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dialogs.texts import Text

Stored = Any  #: a JSON value, as a question records it: str, list, dict, bool, number or None (skipped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Words the person typed. `ref` names the message, so that editing it edits the answer."""

    words: str = field(repr=False)
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped:
    """A button of the current question. `option` is the code behind it."""

    option: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A file as it is kept sealed under `blob`. `size` in bytes, `sha256` in hex, both of the file itself."""

    blob: str = field(repr=False)
    key: str = field(repr=False)  # of the sealed blob, hex
    sha256: str = field(repr=False)
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A voice note, photo, video, file or place, already kept sealed under `blob`.

    `size` in bytes, `sha256` in hex of the original, `name` as the person's phone called it, `received_at` in ISO.
    `says`: what it tells beside what it shows, of "place", "time", "device", "name" and "more"; `sure`: nothing else.
    `clean`: the same photo without that; None where there is nothing, or it cannot be taken out.
    """

    kind: str
    blob: str = field(repr=False)
    key: str = field(repr=False)  # of the sealed blob, hex
    sha256: str = field(repr=False)
    size: int
    received_at: str = ""
    says: tuple[str, ...] = ()
    sure: bool = True
    clean: Copy | None = None
    media_type: str = ""
    name: str = field(default="", repr=False)
    caption: str = field(default="", repr=False)
    seconds: int = 0  # of sound or film
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """The person would rather not answer."""


Input = Typed | Tapped | Attached | Skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who answers, as far as reading their answer needs it: their language and their today."""

    locale: str
    today: date


@dataclass(frozen=True, slots=True)
class Accepted:
    """What to record as the answer, which may still be incomplete (a burst of messages)."""

    stored: Stored = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """A kind sentence that says what would help."""

    because: Text


Verdict = Accepted | Refused
