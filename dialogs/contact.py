"""A safe way to reach somebody: a telephone number, an email address, or a person or place in between."""

import re
from typing import Unpack

from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_possible_number, parse

from dialogs.inputs import Accepted, Input, Reader, Refused, Stored, Typed, Verdict
from dialogs.script import Faces, Misfit, Question
from dialogs.texts import Text, text

MOST = 300  # characters
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,63}")
_PHONE_LIKE = text("Please type a phone number. For example: {example}.", example="07700 900 123")
_EMAIL_LIKE = text("Please type an email address. For example: {example}.", example="name@example.com")
_SHORT = text("Please type it in a few words.")


class SafeContact(Question[str]):
    """Where to reach the person, by `way`: "phone", "text", "email" or anything else in words.

    The dialog receives it as it is to be used: numbers in international form, "" when skipped.
    """

    kind = "safe-contact"

    def __init__(self, id: str, words: str | Text, way: str, **faces: Unpack[Faces]) -> None:
        super().__init__(id, words, **faces)
        self.way = way

    def accept(self, given: Input, recorded: Stored, reader: Reader) -> Verdict:
        if not isinstance(given, Typed) or not given.words.strip() or len(given.words) > MOST:
            return Refused(self._wanted())
        words = given.words.strip()
        usable = self._usable(words)
        return Refused(self._wanted()) if usable is None else Accepted({"way": self.way, "where": usable})

    def _wanted(self) -> Text:
        return {"phone": _PHONE_LIKE, "text": _PHONE_LIKE, "email": _EMAIL_LIKE}.get(self.way, _SHORT)

    def _usable(self, words: str) -> str | None:
        if self.way in ("phone", "text"):
            return _phone(words)
        if self.way == "email":
            return words if _EMAIL.fullmatch(words) else None
        return words

    def read(self, stored: Stored) -> str:
        if not isinstance(stored, dict) or stored.get("way") != self.way or not isinstance(stored.get("where"), str):
            raise Misfit
        return str(stored["where"])

    def nothing(self) -> str:
        return ""

    def shown(self, stored: Stored) -> tuple[Text, ...]:
        return (text("{words}", words=self.read(stored)),)

    def choices(self) -> tuple[str, ...]:
        return (self.way,)

    def takes(self) -> frozenset[str]:
        return frozenset({"words"})

    def examples(self) -> tuple[Stored, ...]:
        example = {"way": self.way, "where": "+44 7700 900123"}
        return (example,) if self.required else (example, None)


def _phone(words: str) -> str | None:
    """`words` as an international number, taken for British unless it says otherwise; None if it is none."""
    try:
        number = parse(words, "GB")
    except NumberParseException:
        return None
    return format_number(number, PhoneNumberFormat.INTERNATIONAL) if is_possible_number(number) else None
