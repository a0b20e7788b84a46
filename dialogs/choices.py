"""Questions answered by tapping: one option, or several."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, Unpack

from dialogs.inputs import Accepted, Input, Reader, Refused, Stored, Tapped, Verdict
from dialogs.script import Faces, Misfit, Offer, Question
from dialogs.texts import Text, as_text, text

T_co = TypeVar("T_co", covariant=True)

DONE = "done"  # the option behind the button that ends a gathering of several things
PICK_ONE = text("Please tap one of the buttons.")
GO_ON = text("Go on")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: `code` is stored, `label` is shown (at most 30 characters in every language)."""

    code: str
    label: str | Text

    @property
    def text(self) -> Text:
        return as_text(self.label)


YES_NO = (Option("yes", "Yes"), Option("no", "No"))
YES_NO_UNSURE = (*YES_NO, Option("unsure", "I am not sure"))


class _OfOptions(Question[T_co], Generic[T_co]):
    """What `Choice` and `Choices` share: their options."""

    def __init__(self, id: str, words: str | Text, options: Sequence[Option], **faces: Unpack[Faces]) -> None:
        super().__init__(id, words, **faces)
        self.options = tuple(options)
        if len(set(self.choices())) != len(self.options):
            raise ValueError(f"the question {id!r} offers a code twice")

    def choices(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)

    def labels(self, codes: Sequence[str]) -> tuple[Text, ...]:
        """The labels of `codes`, in the order they are offered."""
        return tuple(option.text for option in self.options if option.code in codes)


class Choice(_OfOptions[str]):
    """One of several options; the dialog receives its code, "" when skipped."""

    kind = "choice"

    def accept(self, given: Input, recorded: Stored, reader: Reader) -> Verdict:
        if isinstance(given, Tapped) and given.option in self.choices():
            return Accepted(given.option)
        return Refused(PICK_ONE)

    def read(self, stored: Stored) -> str:
        if stored not in self.choices():
            raise Misfit
        return str(stored)

    def nothing(self) -> str:
        return ""

    def shown(self, stored: Stored) -> tuple[Text, ...]:
        return self.labels((stored,))

    def offers(self, recorded: Stored) -> tuple[Offer, ...]:
        return tuple(Offer(option=o.code, label=o.text, marked=o.code == recorded) for o in self.options)

    def examples(self) -> tuple[Stored, ...]:
        return self.choices() if self.required else (*self.choices(), None)


class Choices(_OfOptions[frozenset[str]]):
    """Any of several options, then "Go on"; the dialog receives their codes, none when skipped.

    A tap carries the state it wishes for ("+race", "-race"), so a tap that arrives twice does no harm.
    """

    kind = "choices"

    def accept(self, given: Input, recorded: Stored, reader: Reader) -> Verdict:
        if not isinstance(given, Tapped):
            return Refused(PICK_ONE)
        chosen = set(self._chosen(recorded))
        sign, code = given.option[:1], given.option[1:]
        if given.option == DONE:
            return Accepted({"chosen": self._in_order(chosen), "done": True} if chosen else None)
        if sign not in "+-" or code not in self.choices():
            return Refused(PICK_ONE)
        (chosen.add if sign == "+" else chosen.discard)(code)
        return Accepted({"chosen": self._in_order(chosen), "done": False})

    def _chosen(self, recorded: Stored) -> tuple[str, ...]:
        return tuple(recorded["chosen"]) if isinstance(recorded, dict) else ()

    def _in_order(self, chosen: set[str]) -> list[str]:
        return [code for code in self.choices() if code in chosen]

    def read(self, stored: Stored) -> frozenset[str]:
        if not isinstance(stored, dict) or not set(stored.get("chosen", ())) <= set(self.choices()):
            raise Misfit
        return frozenset(stored["chosen"])

    def nothing(self) -> frozenset[str]:
        return frozenset()

    def reopened(self, stored: Stored) -> Stored:
        return {**stored, "done": False}

    def complete(self, stored: Stored) -> bool:
        return not isinstance(stored, dict) or bool(stored.get("done"))

    def shown(self, stored: Stored) -> tuple[Text, ...]:
        return self.labels(self._chosen(stored))

    def offers(self, recorded: Stored) -> tuple[Offer, ...]:
        chosen = self._chosen(recorded)
        ticks = tuple(
            Offer(option=f"{'-' if o.code in chosen else '+'}{o.code}", label=o.text, marked=o.code in chosen)
            for o in self.options
        )
        return (*ticks, Offer(option=DONE, label=GO_ON, main=True)) if chosen else ticks

    def examples(self) -> tuple[Stored, ...]:
        singles = [{"chosen": [code], "done": True} for code in self.choices()]
        everything = {"chosen": list(self.choices()), "done": True}
        return (*singles, everything) if self.required else (*singles, everything, None)
