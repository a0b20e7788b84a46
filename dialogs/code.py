"""The question for the reporter's code."""

from collections.abc import Callable
from typing import Unpack

from dialogs.inputs import Accepted, Input, Reader, Refused, Stored, Typed, Verdict
from dialogs.script import Faces, Misfit, Question
from dialogs.texts import Text, text

MOST = 200  # characters
ReadCode = Callable[[str], str | None]  #: the digits of a code as people type it; None if it is none

_LOOK_AGAIN = text("That is not quite a code. It has 20 digits. Please look at each one again.")
_HIDDEN = text("Your code")


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

    def takes(self) -> frozenset[str]:
        return frozenset({"words"})

    def examples(self) -> tuple[Stored, ...]:
        return ("0" * 20,) if self.required else ("0" * 20, None)
