"""What somebody said in a report of sexual violence, as far as it bears on who can help and who may receive it."""

from dataclasses import dataclass, field

from dialogs.places import ELSEWHERE
from dialogs.report_teller import ITSELF, Teller
from dialogs.start import Start
from services_directory.signpost import Seeker

# Needs of the directory.
SEXUAL_VIOLENCE, AFTERWARDS, PARTNER_FAMILY, CHILD = "sexual-violence", "sarc", "partner-family", "child"
HATE, HOME = "hate", "home"
PARTNER, FAMILY = "partner", "family"
YOUNG = frozenset({"13-15", "16-17"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One person's answers. What they skipped is empty and limits nothing.

    `age` is a code of the report's question, `days_ago` counts from what happened, `close` is `PARTNER`
    or `FAMILY`, `groups` are communities as the person chose them, `worker` is "woman" or "man".
    """

    teller: Teller = ITSELF
    area: str = ""
    safe: bool = True
    safe_phone: bool = False
    age: str = field(default="", repr=False)
    days_ago: int | None = field(default=None, repr=False)
    hate: bool = field(default=False, repr=False)
    close: str = field(default="", repr=False)
    groups: frozenset[str] = field(default=frozenset(), repr=False)
    worker: str = field(default="", repr=False)

    @property
    def mine(self) -> bool:
        """Whether it happened to the person in the chat."""
        return self.teller.own

    def seeker(self, start: Start, need: str = SEXUAL_VIOLENCE) -> Seeker:
        """Who looks for help with `need`, with as much of what was said as bears on it."""
        whole = need == SEXUAL_VIOLENCE
        return Seeker(
            need=need,
            area=None if self.area in ("", ELSEWHERE) else str(self.area),
            age="" if self.age == "unsure" else str(self.age),
            worker=str(self.worker),
            communities=frozenset() if need == HOME else self.groups,
            days_ago=self.days_ago,
            partner=bool(self.close) and (whole or need == PARTNER_FAMILY),
            hate=self.hate and whole,
            safe_phone=self.safe_phone,
            at=start.now,
        )
