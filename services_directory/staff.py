"""Services for staff and partners only. They are values of their own kind: nothing shown to a reporter can hold one."""

from dataclasses import dataclass
from datetime import date

from services_directory.codes import Advice, Audience
from services_directory.service import Phone
from services_directory.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffService:
    """A service that staff refer to or ring, in English. Raises ValueError for one meant for users.

    `refer` says how staff make use of it.
    """

    id: str
    name: str
    area: str
    kinds: frozenset[str]
    about: str
    refer: str = ""
    phone: Phone | None = None
    website: str | None = None
    advice: Advice
    audience: Audience
    sources: tuple[Source, ...]
    checked: date
    source_date: str | None = None

    def __post_init__(self) -> None:
        if self.audience is Audience.USERS:
            raise ValueError("audience: a service for users belongs in services.yaml")
        if self.phone is not None and self.advice is not Advice.OK:
            raise ValueError(f"phone: a number may only be listed where advice is {Advice.OK.value}")
        if self.website is not None and self.advice is Advice.DO_NOT_SHOW:
            raise ValueError(f"website: a website may not be listed where advice is {Advice.DO_NOT_SHOW.value}")
