"""Who tells: the person it happened to, a witness, or someone for another. What may be asked and told follows."""

from dataclasses import dataclass

from dialogs.choices import YES_NO_UNSURE, Choice
from dialogs.parts import Part
from dialogs.report_options import AGREES, ROLES, TIES, WITNESS, WORKER
from dialogs.script import Say
from dialogs.texts import text

SELF, FOR_SOMEONE = "self", "for-someone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """`role`: a code of `ROLES`. `agrees`: the person it happened to is the teller, or knows of it and agrees."""

    role: str = SELF
    agrees: bool = True

    @property
    def own(self) -> bool:
        """Whether it happened to the teller."""
        return self.role == SELF

    @property
    def witness(self) -> bool:
        return self.role == WITNESS

    @property
    def worker(self) -> bool:
        return self.role == WORKER

    @property
    def for_someone(self) -> bool:
        return self.role == FOR_SOMEONE


ITSELF = Teller()


async def who_is_telling() -> Teller:
    """The role and, where somebody tells for another, whether that person agrees. A worker is asked no more here."""
    role = await Choice(
        "role", "Which of these is you?", ROLES, part=Part.FACTS, label=text("Who is telling"), required=True
    )
    if role == WITNESS:
        await Say("Please leave out the name of the person it happened to, unless they agree.")
    if role != FOR_SOMEONE:
        return Teller(role=role, agrees=role == SELF)
    agrees = await Choice(
        "agrees", "Does that person know, and agree?", AGREES, part=Part.FACTS, label=text("The person agrees")
    )
    if agrees != "yes":
        await Say("Then we leave their name out. Please do not write it.")
    return Teller(role=role, agrees=agrees == "yes")


async def tie_to_the_person() -> None:
    """How somebody who tells for another knows them."""
    await Choice("tie", "Who are you to that person?", TIES, part=Part.FACTS, label=text("Tie to the person"))


async def as_a_witness() -> None:
    """Whether a witness would also say it to others; nobody is held to it."""
    await Choice(
        "as_witness",
        "Would you tell the police what you saw, if they ask?",
        YES_NO_UNSURE,
        hint=text("You can change your mind."),
        part=Part.FACTS,
        label=text("Would tell the police"),
    )


async def who_hears_news(teller: Teller) -> None:
    """News about the person it happened to is for others only if that person says so; asked of a helper alone."""
    if teller.for_someone and teller.agrees:
        await Choice(
            "helper_news",
            "Does that person agree that you hear news about them?",
            YES_NO_UNSURE,
            hint=text("Staff ask that person first. Until then you hear nothing about them."),
            part=Part.FACTS,
            label=text("Says the person agrees to news"),
        )
