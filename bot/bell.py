"""Cases and the alerts that say something waits in one. No content ever goes with them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.randomness import Random, new_id, short_id
from bot.reports.deadlines import read_by
from bot.storage import cases, letters, outbox, reports
from services_directory.model import Directory

ALERT_LETTERS = 8


class Bell:
    """Opens cases and tells an agency's staff, in the transaction of what caused it."""

    def __init__(self, *, random: Random, directory: Directory) -> None:
        self._random = random
        self._directory = directory

    def open_case(self, connection: Connection, report: str, agency: str, *, urgent: bool, at: datetime) -> cases.Case:
        """A new case of this agency, and its alert."""
        due_at = self._read_by(agency, urgent=urgent, at=at)
        case = cases.Case(
            id=new_id(self._random),
            agency=agency,
            report=report,
            state=cases.SUBMITTED,
            urgent=urgent,
            opened_at=at,
            due_at=due_at,
        )
        alert = cases.Alert(
            number=short_id(self._random, ALERT_LETTERS), case=case.id, agency=agency, urgent=urgent, due_at=due_at
        )
        cases.open_case(connection, case)
        cases.raise_alert(connection, alert)
        outbox.put(connection, alert_waiting(alert, new_id(self._random), at))
        return case

    def ring(self, connection: Connection, case: cases.Case, at: datetime) -> None:
        """Something new waits in a case; what was to be said of it before is said with it, once."""
        alert = cases.raise_again(connection, case.id, self._read_by(case.agency, urgent=case.urgent, at=at))
        if alert is not None:
            outbox.supersede_alert(connection, alert.number)
            outbox.put(connection, alert_waiting(alert, new_id(self._random), at))

    def ring_outside_cases(self, connection: Connection, agency: str, at: datetime) -> None:
        """Something new waits for an agency that belongs to none of its cases."""
        due_at = self._read_by(agency, urgent=False, at=at)
        number = short_id(self._random, ALERT_LETTERS)
        alert = cases.Alert(number=number, agency=agency, urgent=False, due_at=due_at)
        cases.raise_alert(connection, alert)
        outbox.put(connection, alert_waiting(alert, new_id(self._random), at))

    def give(self, connection: Connection, report: str, agency: str, at: datetime) -> None:
        """A case for an agency that has none, or had its own taken back; for all others only the bell.

        A report that was urgent for its first receivers is so for whoever gets it later.
        """
        case = cases.of(connection, report, agency)
        if case is None:
            urgent = any(other.urgent for other in cases.of_report(connection, report))
            self.open_case(connection, report, agency, urgent=urgent, at=at)
            return
        if case.state == cases.WITHDRAWN:
            cases.begin_again(connection, case.id, self._read_by(agency, urgent=case.urgent, at=at))
        self.ring(connection, case, at)

    def take_back(self, connection: Connection, case: cases.Case, at: datetime) -> None:
        """The agency loses its keys, and is told that something changed."""
        if case.state == cases.WITHDRAWN:
            return
        reports.withdraw(connection, case.report, case.agency, at)
        letters.take_keys(connection, case.report, case.agency)
        cases.set_state(connection, case.id, cases.WITHDRAWN)
        self.ring(connection, case, at)

    def wipe(self, connection: Connection, at: datetime) -> None:
        """Have the journal emptied, which still holds the keys that were just deleted."""
        outbox.put(connection, outbox.Waiting(id=new_id(self._random), kind="wipe", locked=b"", due_at=at))

    def _read_by(self, agency: str, *, urgent: bool, at: datetime) -> datetime:
        area = self._directory.area(self._directory.agency(agency).area)
        return read_by(area, urgent=urgent, start=at)


def alert_waiting(alert: cases.Alert, id: str, due_at: Any) -> outbox.Waiting:
    """The outbox row of one step of an alert; to whom it goes is decided when it leaves."""
    return outbox.Waiting(id=id, kind="alert", alert=alert.number, locked=b"", due_at=due_at)
