"""The closed lists of the directory: roles, kinds, advice, reasons. Needs and places are open, in data."""

from enum import StrEnum


class Role(StrEnum):
    """What an agency does with reports."""

    REPORTING_CENTRE = "reporting-centre"
    LANDLORD = "landlord"
    POLICE = "police"
    COUNCIL = "council"
    SUPPORT = "support"
    MONITORING = "monitoring"


class LandlordKind(StrEnum):
    """Who owns or runs a home."""

    COUNCIL = "council"
    ASSOCIATION = "association"
    PRIVATE = "private"
    HOSTEL = "hostel"
    SUPPORTED = "supported"
    ASYLUM = "asylum"


class Audience(StrEnum):
    """Whom a service is meant for; only `USERS` may be constructed as a `Service`."""

    USERS = "users"
    STAFF_ONLY = "staff-only"
    PARTNERS = "partners"


class Advice(StrEnum):
    """How far the contact of a service may be shown; a telephone or text number needs `OK`."""

    OK = "ok-after-routine-check"
    CONFIRM_FIRST = "confirm-first"
    DO_NOT_SHOW = "do-not-show-until-confirmed"
    NO_CONTACT = "no-contact-yet"
    NOT_FOR_USERS = "not-for-users"


class Answer(StrEnum):
    """Yes, no, or nobody has found out yet."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Cost(StrEnum):
    """What calling or using a service costs the person."""

    FREE = "free"
    STANDARD_RATE = "standard-rate"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why an agency is suggested; the reporter is told."""

    YOUR_LANDLORD = "your-landlord"
    THEIR_LANDLORD = "their-landlord"
    COUNCIL_SAFETY = "council-safety"
    POLICE = "police"
    SUPPORT_CHARITY = "support-charity"
    VICTIM_CARE = "victim-care"
    COUNTING = "counting"


LANDLORD_REASONS = frozenset({Reason.YOUR_LANDLORD, Reason.THEIR_LANDLORD})

# Those recorded everywhere, and those recorded where an area chooses to.
CENTRAL_STRANDS = frozenset({"race", "religion", "sexual-orientation", "disability", "transgender"})
LOCAL_STRANDS = frozenset({"gender", "age", "subculture", "sex-work"})
GENDERS = frozenset({"women", "men"})
COMMUNITIES = frozenset({
    "lgbt", "black-and-minoritised", "muslim", "jewish", "gypsy-roma-traveller", "deaf", "learning-disability",
    "disabled", "migrants", "sex-workers", "young-people", "men", "women",
})  # fmt: skip
ACCESS = frozenset({"bsl", "text", "step-free", "easy-read", "home-visit", "hearing-loop"})
GATES = frozenset({"partner", "safe-phone"})  # only where a partner or ex is meant; only on a phone nobody else checks
