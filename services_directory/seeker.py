"""Who looks for help, as far as they said, and what is offered to them, with the reasons. It decides nothing."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services_directory.hours import OpenState
from services_directory.service import Service

YOUNG = frozenset({"under-13", "13-15", "16-17"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeker:
    """What a person chose to say, and the aware moment at which they look. What they did not say limits nothing.

    `need` is the id of a need, "" for "not sure"; `age` a band ("under-13", "13-15", "16-17", "adult"); `worker` the
    gender of the worker wanted ("woman", "man"); `language` a BCP 47 tag; `communities` and their own gender ("women",
    "men") only as the person named them. `days_ago` counts from what happened, `partner` says that a partner, ex or
    relative did it, `hate` that the person thinks it was hate, `safe_phone` that nobody else looks into the telephone.
    """

    need: str = field(default="", repr=False)
    area: str | None = None
    age: str = field(default="", repr=False)
    worker: str = field(default="", repr=False)
    language: str = ""
    communities: frozenset[str] = field(default=frozenset(), repr=False)
    days_ago: int | None = field(default=None, repr=False)
    partner: bool = field(default=False, repr=False)
    hate: bool = field(default=False, repr=False)
    safe_phone: bool | None = None
    at: datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a moment needs a time zone")

    @property
    def young(self) -> bool:
        """Whether they said that they are under 18."""
        return self.age in YOUNG


class Because(StrEnum):
    """Why a service is offered, or what to know before calling it; the person is told, in this order."""

    EMERGENCY = "emergency"
    NOT_TAKING = "not-taking"  #: it takes nobody new at the moment
    PUTS_THROUGH = (
        "puts-through"  #: nobody confirmed its number: the service in `through` helps, or puts people through
    )
    RECENT = "recent"  #: what it does is best done soon after it happened
    FOR_YOUR_AGE = "for-your-age"
    FOR_YOUR_COMMUNITY = "for-your-community"  #: only ever one that the person named
    YOUR_LANGUAGE = "your-language"
    INTERPRETERS = "interpreters"  #: they find somebody who speaks your language
    WORKER = "worker"  #: one can ask for a woman or a man
    OPEN_NOW = "open-now"
    ALWAYS_OPEN = "always-open"
    LOCAL = "local"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A service that is offered, why, whether somebody is there now, and who puts people through to it."""

    service: Service
    because: tuple[Because, ...]
    state: OpenState
    through: Service | None = None
