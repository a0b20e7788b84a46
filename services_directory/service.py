"""Somewhere to signpost to, and how it may be reached. Constructors refuse what must never be shown to a person."""

import re
from dataclasses import dataclass
from datetime import date

from services_directory.codes import ACCESS, COMMUNITIES, GATES, GENDERS, Advice, Answer, Audience, Cost
from services_directory.hours import Hours
from services_directory.languages import is_language
from services_directory.sources import Source, is_web_address
from services_directory.wording import Wording

BANDS = {"under-13": (0, 12), "13-15": (13, 15), "16-17": (16, 17), "adult": (18, None)}
OLDEST = 120
_DIALLED = re.compile(r"[+(]*[0-9][0-9 ()-]*")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number as people dial it; a short code (999, 101) has no international form. Raises ValueError for letters."""

    display: str
    e164: str | None = None

    def __post_init__(self) -> None:
        if not _DIALLED.fullmatch(self.display):
            raise ValueError("is not a telephone number")
        if self.e164 is not None and not _E164.fullmatch(self.e164):
            raise ValueError("is not the international form of a telephone number")

    @property
    def short_code(self) -> bool:
        """Whether the number can only be dialled inside the country."""
        return self.e164 is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """The ages somebody helps, in years; both ends count, `most` None is no end. Raises ValueError if none is left."""

    least: int = 0
    most: int | None = None

    def __post_init__(self) -> None:
        most = OLDEST if self.most is None else self.most
        if not 0 <= self.least <= most <= OLDEST:
            raise ValueError(f"ages: not from {self.least} to {self.most}")

    def fits(self, band: str) -> bool:
        """Whether anybody in this band of ages ("under-13", "13-15", "16-17", "adult") is helped; "" is anybody."""
        least, most = BANDS.get(band, (0, None))
        return (self.most is None or least <= self.most) and (most is None or self.least <= most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Somewhere to signpost to. Raises ValueError, naming the field, for an unconfirmed contact or nonsense.

    `through` is the id of a service that can help or put people through where no contact may be shown; `tells` whether
    they tell anyone; `on_bill` whether a call shows there; `withheld` whether they take calls with a hidden number;
    `taking` whether they take new people; `within_days` within how many days most people use it. Empty `languages`,
    `genders`, `communities` and `only_for` limit nothing.
    """

    id: str
    name: str
    area: str
    aliases: tuple[str, ...] = ()
    kinds: frozenset[str]
    about: Wording
    who_for: Wording
    phone: Phone | None = None
    text_sms: Phone | None = None
    email: str | None = None
    website: str | None = None
    address: str | None = None
    hours: Hours | None = None
    hours_note: Wording | None = None
    cost: Cost = Cost.UNKNOWN
    anonymous: Answer = Answer.UNKNOWN
    answers: Wording | None = None
    will_ask: Wording | None = None
    tells: Wording | None = None
    on_bill: Answer = Answer.UNKNOWN
    withheld: Answer = Answer.UNKNOWN
    waiting: Wording | None = None
    taking: Answer = Answer.UNKNOWN
    languages: frozenset[str] = frozenset()
    interpreters: Answer = Answer.UNKNOWN
    ages: Ages = Ages()
    genders: frozenset[str] = frozenset()
    worker_genders: Answer = Answer.UNKNOWN
    communities: frozenset[str] = frozenset()
    access: frozenset[str] = frozenset()
    within_days: int | None = None
    only_for: frozenset[str] = frozenset()
    through: str | None = None
    advice: Advice
    audience: Audience = Audience.USERS
    sources: tuple[Source, ...]
    checked: date
    source_date: str | None = None

    def __post_init__(self) -> None:
        _refuse_what_nobody_confirmed(self)
        _refuse_nonsense(self)

    @property
    def always_open(self) -> bool:
        """Whether somebody is there day and night, every day."""
        return self.hours is not None and self.hours.always

    @property
    def reachable(self) -> bool:
        """Whether there is a contact to show."""
        return bool(self.phone or self.text_sms or self.website)


def _refuse_what_nobody_confirmed(service: Service) -> None:
    if service.audience is not Audience.USERS or service.advice is Advice.NOT_FOR_USERS:
        raise ValueError("audience: a service that is not for users cannot be listed")
    for name, noun in (("phone", "number"), ("text_sms", "number"), ("email", "email"), ("address", "address")):
        if getattr(service, name) is not None and service.advice is not Advice.OK:
            article = "an" if noun[0] in "ae" else "a"
            raise ValueError(f"{name}: {article} {noun} may only be listed where advice is {Advice.OK.value}")
    if service.website is not None and service.advice is Advice.DO_NOT_SHOW:
        raise ValueError(f"website: a website may not be listed where advice is {Advice.DO_NOT_SHOW.value}")


def _refuse_nonsense(service: Service) -> None:
    known = {"genders": GENDERS, "communities": COMMUNITIES, "access": ACCESS, "only_for": GATES}
    for name, codes in known.items():
        unknown = sorted(getattr(service, name) - codes)
        if unknown:
            raise ValueError(f"{name}: {unknown[0]} is none of {', '.join(sorted(codes))}")
    nobody = sorted(tag for tag in service.languages if not is_language(tag))
    if nobody:
        raise ValueError(f"languages: {nobody[0]} is not the tag of a language, like pl or zh-Hant")
    if service.email is not None and not _EMAIL.fullmatch(service.email):
        raise ValueError("email: is not an email address")
    if service.website is not None and not is_web_address(service.website):
        raise ValueError("website: is not a web address")
    if service.within_days is not None and service.within_days < 1:
        raise ValueError("within_days: must be at least 1")
    if service.through == service.id:
        raise ValueError("through: a service cannot put people through to itself")
