"""What an alert says. Pure, and the same for every report there can be, but for its number and its time."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertWords:
    """`number`: random. `due_at`: when somebody must have looked. `step`: how often it was passed on."""

    number: str
    urgent: bool
    due_at: datetime
    step: int
    console: str  # address of the console

    @property
    def subject(self) -> str:
        return f"Saysafe: {'urgent, ' if self.urgent else ''}something waits ({self.number})"

    @property
    def body(self) -> str:
        """Plain text. It says nothing of the report, as others may read a phone or an inbox."""
        lines = [
            "Something waits for you in Saysafe.",
            f"Alert: {self.number}",
            f"Urgent: {'yes' if self.urgent else 'no'}",
            f"Please look before {self.due_at.astimezone(LONDON):%H:%M on %d/%m/%Y}.",
            *(["Nobody has said yet that they have it."] if self.step else []),
            f"Sign in: {self.console}",
            "Please do not reply to this message.",
        ]
        return "\n".join(lines)
