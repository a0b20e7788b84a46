"""How the console says things: states, times, sizes, languages. English only; staff read English."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime

from dialogs.feedback_commands import Kind
from dialogs.parts import Package, Part

STATES = {"submitted": "New", "triage": "Being looked at", "withdrawn": "Taken back by the reporter"}
FEEDBACK = {
    Kind.COMPLAINT: "Complaint",
    Kind.DATA_COMPLAINT: "Complaint about data",
    Kind.COMPLIMENT: "Thanks",
    Kind.SURVEY: "Survey",
}
LANGUAGES = {"en": "English", "ar": "Arabic", "pl": "Polish"}  # in which staff may write to reporters
KINDS = {
    "voice": "Voice note",
    "photo": "Photo",
    "video": "Video",
    "file": "File",
    "place": "Place on the map",
}
SAYS = {
    "place": "where it was made",
    "time": "when it was made",
    "device": "the phone or camera",
    "name": "a name",
    "more": "other hidden details",
}
PARTS = {
    Part.FACTS: "What happened",
    Part.ACCOUNT: "In their own words",
    Part.EVIDENCE: "Photos and files",
    Part.CONTACT: "How to reach them",
    Part.COUNT: "For the figures",
}
NOT_SHARED = {
    Part.FACTS: "what happened",
    Part.ACCOUNT: "their own words",
    Part.EVIDENCE: "photos and files",
    Part.CONTACT: "how to reach them",
}
PACKAGES = {
    Package.COUNT: "You may count this report. You may not read it.",
    Package.FACTS: "You may read the facts: what the reporter tapped. Not their words, not their files.",
    Package.ACCOUNT: "You may read the facts, the reporter’s own words and their files. Not how to reach them.",
    Package.FULL: "You may read all of this report, also how to reach the reporter.",
}
_UNITS = (
    (timedelta(days=2), timedelta(days=1), "day"),
    (timedelta(hours=2), timedelta(hours=1), "hour"),
    (timedelta(minutes=1), timedelta(minutes=1), "minute"),
    (timedelta(seconds=1), timedelta(seconds=1), "second"),
)
_SIZES = ((1_000_000, "MB"), (1_000, "kB"))


def lasting(span: timedelta) -> str:
    """A length of time in its largest fitting unit, rounded down: "40 minutes", "3 hours"."""
    for least, unit, name in _UNITS:
        if span >= least:
            return counted(span // unit, name)
    return "1 second"


def counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def listed(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    *first, last = words or [""]
    return f"{', '.join(first)} and {last}" if first else last


def due(due_at: datetime, at: datetime) -> str:
    """How far off a deadline is at a given moment: "in 40 minutes", "3 hours late"."""
    return f"in {lasting(due_at - at)}" if at < due_at else f"{lasting(at - due_at)} late"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A day and a time, as they are told where the agency is."""
    return format_datetime(at, "EEE d MMMM y, HH:mm", tzinfo=zone, locale="en_GB")


def size(octets: int) -> str:
    for unit, name in _SIZES:
        if octets >= unit:
            return f"{octets / unit:.1f} {name}"
    return counted(octets, "byte")


def language(tag: str) -> str:
    """A language's English name: "Arabic"; the tag itself where it is not known."""
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (ValueError, UnknownLocaleError):
        return tag
