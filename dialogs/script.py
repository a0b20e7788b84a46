"""The steps a dialog may await. `play.py` plays them; the kinds of question have files of their own."""

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, ClassVar, Generic, Self, TypedDict, TypeVar, Unpack

from dialogs.inputs import Input, Reader, Stored, Verdict
from dialogs.parts import Part
from dialogs.texts import NOTHING, Text, as_text

T_co = TypeVar("T_co", covariant=True)


class Misfit(ValueError):
    """A recorded answer no longer fits its question, which is then asked again."""


class Step:
    """Something a dialog can await."""


class Say(Step):
    """Show words and go on. `copy` is offered on a button that copies it, such as a code."""

    def __init__(self, words: str | Text, *, copy: str = "") -> None:
        self.text = as_text(words)
        self.copy = copy

    def __await__(self) -> Generator[Self, None, None]:
        yield self


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A button of a question: `option` is the code a tap stands for; `marked` shows it is chosen already."""

    option: str
    label: Text
    marked: bool = False
    main: bool = False  # the way onward, when a screen has one
    stays: bool = False  # on every page of the buttons, as the way onward is


class Faces(TypedDict, total=False):
    """What a question may have beside its words."""

    label: str | Text  #: the answer's name on the check screen and in the console
    part: Part | None  #: the part of a report the answer belongs to; None keeps it out of every report
    required: bool  #: no Skip is offered: the report cannot be routed or sent without it
    hint: str | Text  #: a second, quieter sentence


class Question(Step, Generic[T_co]):
    """Show words and wait for an answer, which is kept under `id`."""

    kind: ClassVar[str]
    from_directory: ClassVar[bool] = False  # its answers are data: one more of them changes no meaning

    def __init__(self, id: str, words: str | Text, **faces: Unpack[Faces]) -> None:
        self.id = id
        self.text = as_text(words)
        self.label = as_text(faces.get("label", NOTHING))
        self.part = faces.get("part")
        self.required = faces.get("required", False)
        self.hint = as_text(faces.get("hint", NOTHING))

    def __await__(self) -> Generator[Self, T_co, T_co]:
        return (yield self)

    def accept(self, given: Input, recorded: Stored, reader: Reader) -> Verdict:
        """What to record for `given`, on top of what is `recorded` already (None: nothing yet)."""
        raise NotImplementedError

    def read(self, stored: Stored) -> T_co:
        """The answer a dialog receives; raises `Misfit` if `stored` no longer answers this question."""
        raise NotImplementedError

    def nothing(self) -> T_co:
        """The answer a dialog receives when the question was skipped: the falsy value of its type."""
        raise NotImplementedError

    def complete(self, stored: Stored) -> bool:
        """Whether `stored` is the whole answer, or more may follow."""
        return True

    def shown(self, stored: Stored) -> tuple[Text, ...]:
        """The answer as the person reads it back, a line each."""
        raise NotImplementedError

    def meaning(self) -> str:
        """A fingerprint of what is asked; the lock file notices when it changes under the same id."""
        said = "\0".join((self.kind, self.text.message, self.text.plural, *self.choices()))
        return sha256(said.encode()).hexdigest()[:16]

    def choices(self) -> tuple[str, ...]:
        """The codes among which this question offers a choice; none if it takes words."""
        return ()

    def offers(self, recorded: Stored) -> tuple[Offer, ...]:
        """The buttons, given what is `recorded` so far."""
        return ()

    def note(self, recorded: Stored) -> Text:
        """A quiet sentence about what is `recorded` so far."""
        return NOTHING

    def reopened(self, stored: Stored) -> Stored:
        """What to begin with when a given answer is taken up again; None to begin afresh."""
        return None

    def spent(self, stored: Stored) -> Stored:
        """What is kept of an answer once a command has acted upon it."""
        return stored

    def takes(self) -> frozenset[str]:
        """What may be sent beside taps: any of "words", "voice", "photo", "video", "file", "place"."""
        return frozenset()

    def examples(self) -> tuple[Stored, ...]:
        """Answers that between them lead down every branch, for explorers and previews."""
        raise NotImplementedError


class Again(Step):
    """Go back to just after the command or question `since`, and forget what came after it: a room one returns to."""

    def __init__(self, since: str) -> None:
        self.since = since

    def __await__(self) -> Generator[Self, None, None]:
        yield self


@dataclass(frozen=True, slots=True)
class Answered:
    """A question on the path and what was recorded for it."""

    question: Question[Any]
    stored: Stored = field(repr=False)


class SoFar(Step):
    """Gives the dialog the questions answered up to here, in order."""

    def __await__(self) -> "Generator[Self, tuple[Answered, ...], tuple[Answered, ...]]":
        return (yield self)


class Command(Step, Generic[T_co]):
    """Work for the program to do. Its result is recorded under `id`; nothing before it can be taken back.

    `ends_a_story`: answers beside the path that led here are forgotten with it.
    """

    id: str
    ends_a_story = False

    def __await__(self) -> Generator[Self, T_co, T_co]:
        return (yield self)

    def read(self, stored: Stored) -> T_co:
        """The result as the dialog receives it."""
        raise NotImplementedError

    def examples(self) -> tuple[Stored, ...]:
        """Results such as the program records, for explorers and previews."""
        raise NotImplementedError


class Bound(Question[T_co]):
    """A question whose answer holds only for exactly what was shown: a consent."""

    def exactly(self) -> tuple[Text, ...]:
        """Everything the person reads when giving this answer; its rendered form is what binds."""
        raise NotImplementedError

    def check(self, stored: Stored, binding: str) -> None:
        """Raise `Misfit` unless `stored` was given to what `binding` stands for, or was acted upon already."""
        if not isinstance(stored, dict) or (stored.get("bound") != binding and not stored.get("settled")):
            raise Misfit

    def spent(self, stored: Stored) -> Stored:
        """Not asked for again in other words."""
        return {**stored, "settled": True} if isinstance(stored, dict) else stored


def settled(path: Iterable[Answered]) -> dict[str, Stored]:
    """The answers on a path as they are kept once a command has acted upon them."""
    return {answer.question.id: answer.question.spent(answer.stored) for answer in path if answer.stored is not None}
