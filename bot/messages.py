"""What travels between channels and conversations: what a person did, and what they are shown.

Channels know nothing of dialogs, dialogs nothing of channels; both know these values.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from dialogs.inputs import Attached
from dialogs.screen import Tone
from dialogs.texts import NOTHING, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Who speaks, in one channel. `who` is the channel's own id: a chat id, a cookie; never stored in the clear."""

    channel: str
    who: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """A button, with the data it carried. `words`: what stood beside it on a page and is not taken as an answer."""

    data: str = field(repr=False)
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A typed message. `ref` is the channel's id of the message."""

    words: str = field(repr=False)
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """An earlier message was edited."""

    words: str = field(repr=False)
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command of the bot: start, help, hide, language, privacy, back, skip. `payload` follows /start.

    `words`: whatever else was typed after it.
    """

    command: str
    payload: str = field(default="", repr=False)
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """Something no question takes: a sticker, a poll; or a file that was not kept, and a kind word why.

    `caption`: the words below such a file.
    """

    because: Text = NOTHING
    caption: str = field(default="", repr=False)


Did = Tap | Said | Edited | Asked | Unusable | Attached


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One thing a person did. `id` is the channel's own and comes once, however often it is delivered.

    `pressed`: the message whose button was tapped.
    """

    id: str
    address: Address
    did: Did
    at: datetime
    message: str = ""  # the channel's id of the person's message, if this is one
    pressed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownButton:
    """A button in the reader's language."""

    label: str
    data: str = field(repr=False)
    marked: bool = False
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """What the check screen shows: a heading and lines of label and answer."""

    heading: str
    lines: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A screen in the reader's language, ready for any channel.

    `locale`: a BCP 47 tag. `takes`: what may be sent, as `Question.takes`. `copy`: text for a copy button.
    """

    key: str
    locale: str
    right_to_left: bool
    notice: str = ""
    said: tuple[str, ...] = field(default=(), repr=False)
    question: str = ""
    hint: str = ""
    note: str = ""
    sheet: tuple[SheetPart, ...] = ()
    buttons: tuple[ShownButton, ...] = ()
    bar: tuple[tuple[ShownButton, ...], ...] = ()
    takes: frozenset[str] = frozenset()
    copy: str = field(default="", repr=False)


class Channel(Protocol):
    """A way people come that must be written to, such as Telegram. `who` is as in `Address`."""

    @property
    def name(self) -> str:
        """As in `Address.channel`."""

    async def show(self, who: str, shown: Shown, *, replaces: str, in_place: bool) -> str:
        """Show a screen and return the id of its message.

        `replaces`: the message that shows the last screen, "" if none; `in_place`: edit it, else take it away.
        Raises `DeliveryError`.
        """

    async def clear(self, who: str, messages: tuple[str, ...]) -> None:
        """Delete messages of both sides, as far as that is possible. Raises `DeliveryError`."""
