"""Questions whose answer is a consent: who may open what, and whether to send at all.

The answer holds only for exactly what was read: `Bound` in `script.py` sees to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

from dialogs.choices import PICK_ONE, Option
from dialogs.inputs import Accepted, Input, Reader, Refused, Stored, Tapped, Verdict
from dialogs.parts import Package, Part
from dialogs.script import Bound, Faces, Misfit, Offer
from dialogs.texts import Text, text

SEND = "send"
_NOT_SHARED = text("No, do not share")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """An agency and the package it may open."""

    agency: str  # agency id
    package: Package


class Consent(Bound[Package | None]):
    """May this agency open a package of the report? The dialog receives the package; None is no, the default.

    `offered`: the packages the person may choose from, each with its label.
    """

    kind = "consent"

    def __init__(
        self,
        id: str,
        words: str | Text,
        agency: str,
        offered: Sequence[tuple[Package, Text]],
        **faces: Unpack[Faces],
    ) -> None:
        super().__init__(id, words, **faces)
        self.agency = agency
        self.offered = tuple(offered)

    def accept(self, given: Input, recorded: Stored, reader: Reader) -> Verdict:
        if isinstance(given, Tapped) and given.option in self.choices():
            return Accepted({"package": given.option})
        return Refused(PICK_ONE)

    def read(self, stored: Stored) -> Package | None:
        if not isinstance(stored, dict) or stored.get("package") not in self.choices():
            raise Misfit
        return None if stored["package"] == "no" else Package(stored["package"])

    def nothing(self) -> None:
        return None

    def shown(self, stored: Stored) -> tuple[Text, ...]:
        return tuple(offer.label for offer in self.offers(stored) if offer.marked)

    def choices(self) -> tuple[str, ...]:
        return ("no", *(package.value for package, _ in self.offered))

    def offers(self, recorded: Stored) -> tuple[Offer, ...]:
        chosen = recorded["package"] if isinstance(recorded, dict) else ""
        labels = [("no", _NOT_SHARED), *((package.value, label) for package, label in self.offered)]
        return tuple(Offer(option=code, label=label, marked=code == chosen) for code, label in labels)

    def exactly(self) -> tuple[Text, ...]:
        named = text("{agency}: {packages}", agency=self.agency, packages=" ".join(self.choices()))
        return (self.text, self.hint, named, *(label for _, label in self.offered))

    def examples(self) -> tuple[Stored, ...]:
        return tuple({"package": code, "bound": ""} for code in self.choices())


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """A line of the check screen: a field's label and the answer, part by part."""

    id: str
    part: Part
    label: Text
    answer: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything that would be sent, and everyone who would get it, with what each may open."""

    receivers: tuple[tuple[Receiver, Text], ...]
    lines: tuple[SheetLine, ...]


class Confirm(Bound[str]):
    """The check before sending. Only `SEND` is bound to what was shown. The dialog receives a code."""

    kind = "confirm"

    def __init__(
        self, id: str, words: str | Text, sheet: Sheet, options: Sequence[Option], **faces: Unpack[Faces]
    ) -> None:
        super().__init__(id, words, **faces)
        self.sheet = sheet
        self.options = tuple(options)

    def accept(self, given: Input, recorded: Stored, reader: Reader) -> Verdict:
        if isinstance(given, Tapped) and given.option in self.choices():
            return Accepted({"choice": given.option})
        return Refused(PICK_ONE)

    def check(self, stored: Stored, binding: str) -> None:
        if isinstance(stored, dict) and stored.get("choice") == SEND:
            Bound.check(self, stored, binding)

    def read(self, stored: Stored) -> str:
        if not isinstance(stored, dict) or stored.get("choice") not in self.choices():
            raise Misfit
        return str(stored["choice"])

    def nothing(self) -> str:
        return ""

    def shown(self, stored: Stored) -> tuple[Text, ...]:
        return tuple(option.text for option in self.options if option.code == self.read(stored))

    def choices(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)

    def offers(self, recorded: Stored) -> tuple[Offer, ...]:
        return tuple(Offer(option=o.code, label=o.text, main=o.code == SEND) for o in self.options)

    def exactly(self) -> tuple[Text, ...]:
        named = [
            text("{agency} {package} {gets}", agency=receiver.agency, package=receiver.package.value, gets=gets)
            for receiver, gets in self.sheet.receivers
        ]
        lines = [words for line in self.sheet.lines for words in (line.label, *line.answer)]
        return (self.text, self.hint, *named, *lines)

    def examples(self) -> tuple[Stored, ...]:
        return tuple({"choice": code, "bound": ""} for code in self.choices())
