"""What a dialog asks the program to do, and what it is told in return."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from dialogs.consent import Receiver, Sheet
from dialogs.inputs import Stored
from dialogs.script import Command, Misfit
from services_directory.routing import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a reporter keeps of a report: `code` opens it again, in five groups of four digits.

    `joined`: whether staff see that it belongs to an earlier report; None where none was named.
    """

    code: str = field(repr=False)
    joined: bool | None = None


class FileReport(Command[Receipt]):
    """Seal and send a report to the receivers of `sheet`, the first of which is the receiving agency.

    `situation`: where it belongs and who must never learn of it. `urgent`: somebody may be in danger, so staff must
    look at once.
    `consents`: for each agency id, the id of the question that gave the consent. `earlier`: see `after`; only
    those who can open both reports learn of it.
    """

    ends_a_story = True

    def __init__(
        self, id: str, *, sheet: Sheet, situation: Situation, urgent: bool, consents: Mapping[str, str]
    ) -> None:
        self.id = id
        self.sheet = sheet
        self.situation = situation
        self.urgent = urgent
        self.consents = dict(consents)
        self.earlier = ""

    def after(self, earlier: str) -> Self:
        """The same, of a report that goes on from an earlier one, whose code is `earlier`; "" if there is none."""
        self.earlier = earlier
        return self

    @property
    def area(self) -> str:
        """The id of the area it belongs to."""
        return self.situation.area

    @property
    def receivers(self) -> tuple[Receiver, ...]:
        return tuple(receiver for receiver, _ in self.sheet.receivers)

    def read(self, stored: Stored) -> Receipt:
        if not isinstance(stored, dict) or not isinstance(stored.get("code"), str):
            raise Misfit
        return Receipt(code=stored["code"], joined=stored.get("joined"))

    def examples(self) -> tuple[Stored, ...]:
        filed = {"code": "1234 5678 9012 3456 7890"}
        return ({**filed, "joined": True}, {**filed, "joined": False}) if self.earlier else (filed,)


class CountEquality(Command[bool]):
    """Keep answers to the equality questions, linked to no report: only `area`, the month and the codes."""

    def __init__(self, id: str, *, area: str, answers: Mapping[str, Stored]) -> None:
        self.id = id
        self.area = area
        self.answers = dict(answers)

    def read(self, stored: Stored) -> bool:
        return bool(stored)

    def examples(self) -> tuple[Stored, ...]:
        return (True,)
