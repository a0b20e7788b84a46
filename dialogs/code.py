"""The questions about the reporter's code: whether it was kept, and what it is. Finding one elsewhere is not here."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Unpack

from dialogs.choices import Choice, Option
from dialogs.inputs import Accepted, Input, Reader, Refused, Stored, Typed, Verdict
from dialogs.script import Faces, Misfit, Question
from dialogs.texts import Text, text

MOST = 200  # characters
ReadCode = Callable[[str], str | None]  #: the digits of a code as people type it; None if it is none

_LOOK_AGAIN = text("That is not quite a code. It has 20 digits. Please look at each one again.")
_HIDDEN = text("Your code")
_OTHER_DIGITS = text("Those are not its last four digits. Please look at your note again.")
KEPT = Option("kept", "I have kept my code")
_LAST = 4
_SPENT = (
    "0" * 20
)  # in the place of a code that was tried, which is kept no longer; no code, as its check digits are wrong


class KeptCode(Choice):
    """Whether the code was put in a safe place: a tap, or its last four digits typed back, which shows it was."""

    kind = "kept-code"

    def __init__(
        self, id: str, words: str | Text, code: str, further: Sequence[Option] = (), **faces: Unpack[Faces]
    ) -> None:
        super().__init__(id, words, (KEPT, *further), **faces)
        self.code = code

    def accept(self, given: Input, recorded: Stored, reader: Reader) -> Verdict:
        if not isinstance(given, Typed):
            return super().accept(given, recorded, reader)
        typed = "".join(str(unicodedata.decimal(sign, "")) for sign in given.words[:MOST])
        right = self.code.replace(" ", "")
        return Accepted(KEPT.code) if typed in (right, right[-_LAST:]) else Refused(_OTHER_DIGITS)

    def is_about(self, digits: str) -> bool:
        """Whether these are the digits of this code."""
        return digits == self.code.replace(" ", "")

    def takes(self) -> frozenset[str]:
        return frozenset({"words"})


class Code(Question[str]):
    """A code, in any numeral system, with or without spaces; its check digits catch mistakes before any look-up.

    The dialog receives the 20 digits, "" when skipped.
    """

    kind = "code"

    def __init__(self, id: str, words: str | Text, read_code: ReadCode, **faces: Unpack[Faces]) -> None:
        super().__init__(id, words, **faces)
        self.read_code = read_code

    def accept(self, given: Input, recorded: Stored, reader: Reader) -> Verdict:
        digits = self.read_code(given.words[:MOST]) if isinstance(given, Typed) else None
        return Refused(_LOOK_AGAIN) if digits is None else Accepted(digits)

    def read(self, stored: Stored) -> str:
        if not isinstance(stored, str) or not stored.isdecimal():
            raise Misfit
        return stored

    def nothing(self) -> str:
        return ""

    def shown(self, stored: Stored) -> tuple[Text, ...]:
        """Never the code itself: somebody may look over a shoulder."""
        return (_HIDDEN,)

    def spent(self, stored: Stored) -> Stored:
        return _SPENT

    def takes(self) -> frozenset[str]:
        return frozenset({"words"})

    def examples(self) -> tuple[Stored, ...]:
        return (_SPENT,) if self.required else (_SPENT, None)
