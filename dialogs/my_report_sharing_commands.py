"""What a reporter who came back asks the program to do about who may open their report."""

from dialogs.my_report_commands import Done, Opened
from dialogs.parts import Package


class StopSharing(Done):
    """Take back what was said to `agency`: its keys are deleted."""

    def __init__(self, id: str, opened: Opened, *, agency: str) -> None:
        super().__init__(id, opened)
        self.agency = agency


class ShareWith(Done):
    """Let `agency` open `package` from now on, more or less than before; `consent`: the question that said so."""

    def __init__(self, id: str, opened: Opened, *, agency: str, package: Package, consent: str) -> None:
        super().__init__(id, opened)
        self.agency = agency
        self.package = package
        self.consent = consent


class AnswerRequest(Done):
    """Tell those who asked, in the letter `request`, what the question `consent` was answered.

    Yes is `package`, which the agency they asked about may open from then on; None is no. False, and nothing is shared
    or told, if the question stands no longer.
    """

    def __init__(self, id: str, opened: Opened, *, request: str, package: Package | None, consent: str) -> None:
        super().__init__(id, opened)
        self.request = request
        self.package = package
        self.consent = consent


class DeleteReport(Done):
    """Delete the report, its messages and files for everybody, and its code; False if the law holds it."""
