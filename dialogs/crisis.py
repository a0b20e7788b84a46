"""The kinds of crisis that words may tell of, gravest first, and the card that is put up for one of them."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the words are about. The order is that of gravity: of several kinds in one message the first is shown."""

    DANGER = "danger"  # somebody is there now
    WEAPON = "weapon"  # or a threat to kill, burn, throw acid
    INJURY = "injury"  # overdose and hands on the neck, too
    SUICIDE = "suicide"
    ATTACK = "attack"  # a bomb, a mob
    GONE = "gone"  # somebody is coming: away with it
    CHILD = "child"
    RAPE = "rape"
    THREAT = "threat"  # to hurt others
    HELD = "held"  # trafficking, made to work
    MARRIAGE = "marriage"  # and "honour"
    FGM = "fgm"
    PARTNER = "partner"  # control, stalking, violence at home
    HOMELESS = "homeless"


GRAVITY = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A kind that was found. `asks`: the words deny it or speak of the past, so the card asks whether it is now.

    `language`: of the words, a BCP 47 tag.
    """

    kind: Kind
    asks: bool
    language: str

    @property
    def rank(self) -> tuple[bool, int]:
        """Smaller is graver; what is said of now comes before what may be over."""
        return self.asks, GRAVITY[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """All that was found in one message, gravest first. `young`: the words sound like a child's."""

    findings: tuple[Finding, ...] = ()
    young: bool = False


SILENCE = Heard()


def hears_nothing(words: str) -> Heard:
    """For conversations without the lists of words."""
    return SILENCE


class Stage(StrEnum):
    """`TOLD`: what is said sounds like now. `ASKS`: it may be over. `NOW`: the person said that it is now."""

    TOLD = "told"
    ASKS = "asks"
    NOW = "now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The card that is up. `language`: of the words that brought it, shown before a language was chosen."""

    kind: Kind
    stage: Stage
    young: bool
    language: str

    @property
    def code(self) -> str:
        """As it is kept in a conversation's state."""
        return f"{self.kind}:{self.stage}:{'young' if self.young else ''}:{self.language}"

    @property
    def key(self) -> str:
        """The key of its screen."""
        return f"!crisis-{self.kind}"


def read_card(code: str) -> Card | None:
    """The card behind a code; None where there is none."""
    kind, _, rest = code.partition(":")
    stage, _, rest = rest.partition(":")
    young, _, language = rest.partition(":")
    try:
        return Card(kind=Kind(kind), stage=Stage(stage), young=bool(young), language=language)
    except ValueError:
        return None
