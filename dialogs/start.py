"""What a dialog knows when it starts: facts frozen for the whole of one draft, and the directory."""

from dataclasses import dataclass, field
from datetime import date, datetime

from dialogs.code import ReadCode
from services_directory.model import Directory


def no_code(typed: str) -> str | None:
    """For plays that reopen nothing: no words are a code."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The facts a draft begins with. The locale is not one of them: it may change at any question.

    `channel`: "telegram", "web" or "terminal". `joined`: ids of agencies that can receive reports here.
    `today`: the day the draft began, in the area's time zone. `poster`: the code of the poster or leaflet
    that led here, "" if none. `now`: the moment of the turn, aware; it may change words and their order, never
    which way a dialog goes. `holidays`: the bank holidays around that moment.
    """

    directory: Directory = field(repr=False)
    joined: frozenset[str]
    today: date
    now: datetime
    channel: str
    operator: str  # who runs this bot
    holidays: frozenset[date] = frozenset()
    poster: str = ""
    public_url: str = ""  # where people reach the web pages
    read_code: ReadCode = no_code  # a code as it is typed; see `code.py`
