"""What a dialog asks the program to do with how it went: a survey, thanks or a complaint."""

from enum import StrEnum

from dialogs.consent import Sheet
from dialogs.inputs import Stored
from dialogs.my_report_commands import Opened
from dialogs.script import Command

NO_REPORT = Opened()


class Kind(StrEnum):
    """What somebody says about how they were treated."""

    SURVEY = "survey"
    COMPLIMENT = "compliment"
    COMPLAINT = "complaint"
    DATA_COMPLAINT = "data-complaint"

    @property
    def has_clocks(self) -> bool:
        """Whether somebody must answer in time."""
        return self in (Kind.COMPLAINT, Kind.DATA_COMPLAINT)


class SendFeedback(Command[bool]):
    """Seal what stands on `sheet` to the first agency there; a second one, with the package `COUNT`, counts the ticks.

    `opened`: the report it belongs to; with `NO_REPORT` it is kept on its own, linked to nothing. `check`: the question
    that agreed to the sheet. False if the agency can receive nothing here any more.
    """

    def __init__(self, id: str, opened: Opened, *, kind: Kind, sheet: Sheet, check: str) -> None:
        self.id = id
        self.opened = opened
        self.kind = kind
        self.sheet = sheet
        self.check = check

    def read(self, stored: Stored) -> bool:
        return bool(stored)

    def examples(self) -> tuple[Stored, ...]:
        return (True, False)
