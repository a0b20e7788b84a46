"""The shape of services.yaml and staff.yaml, checked by pydantic and turned into values of `service` and `staff`."""

from pydantic import Field, model_validator

from services_directory.codes import Advice, Answer, Audience, Cost
from services_directory.fields import Called, Language, Line, Note, Slug, Sourced, Strict, Texted, Web, Words
from services_directory.hours import BankHolidays
from services_directory.hours_entries import HoursEntry
from services_directory.service import Ages, Service
from services_directory.staff import StaffService


class AgesEntry(Strict):
    least: int = Field(default=0, alias="from")
    most: int | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _makes_sense(self) -> "AgesEntry":
        self.value()
        return self

    def value(self) -> Ages:
        return Ages(least=self.least, most=self.most)


class ServiceEntry(Sourced):
    FACTS = frozenset({
        "phone", "text_sms", "email", "website", "address", "hours", "hours_note", "cost", "on_bill", "withheld",
        "anonymous", "languages", "ages", "genders", "waiting", "taking", "answers", "will_ask", "tells",
    })  # fmt: skip

    aliases: tuple[Line, ...] = ()
    kinds: frozenset[Slug]
    about: Words
    who_for: Words
    phone: Called | None = None
    text_sms: Texted | None = None
    email: Line | None = None
    website: Web | None = None
    address: Line | None = None
    hours: HoursEntry | None = None
    bank_holidays: BankHolidays | None = None
    hours_note: Words | None = None
    cost: Cost = Cost.UNKNOWN
    anonymous: Answer = Answer.UNKNOWN
    answers: Words | None = None
    will_ask: Words | None = None
    tells: Words | None = None
    on_bill: Answer = Answer.UNKNOWN
    withheld: Answer = Answer.UNKNOWN
    waiting: Words | None = None
    taking: Answer = Answer.UNKNOWN
    languages: frozenset[Language] = frozenset()
    interpreters: Answer = Answer.UNKNOWN
    ages: AgesEntry = AgesEntry()
    genders: frozenset[Slug] = frozenset()
    worker_genders: Answer = Answer.UNKNOWN
    communities: frozenset[Slug] = frozenset()
    access: frozenset[Slug] = frozenset()
    within_days: int | None = None
    only_for: frozenset[Slug] = frozenset()
    through: Slug | None = None
    advice: Advice
    audience: Audience

    @model_validator(mode="after")
    def _bank_holidays_need_hours(self) -> "ServiceEntry":
        if self.bank_holidays and not (self.hours and self.hours.openings):
            raise ValueError("bank_holidays: there are no hours that a bank holiday could change")
        return self

    def value(self, area: str) -> Service:
        kept = {name: value for name, value in self if name not in {"hours", "bank_holidays", "ages"}}
        hours = self.hours.value(self.bank_holidays or BankHolidays.UNKNOWN) if self.hours else None
        return Service(area=area, hours=hours, ages=self.ages.value(), **kept)


class StaffEntry(Sourced):
    FACTS = frozenset({"phone", "website", "refer"})

    kinds: frozenset[Slug]
    about: Line
    refer: Note = ""
    phone: Called | None = None
    website: Web | None = None
    advice: Advice
    audience: Audience

    def value(self, area: str) -> StaffService:
        return StaffService(area=area, **dict(self))
