"""How the hate fits the person, and who sees it as hate. It is about perception: nobody has to say who they are."""

from dialogs.choices import YES_NO_UNSURE, Choice, Choices, Option
from dialogs.parts import Part
from dialogs.report_teller import Teller
from dialogs.texts import text

NOT_A_STRAND = frozenset({"other", "none", "unsure", "link"})
_NOT_HATE = frozenset({"none", "unsure"})
_WHO_SEES = (
    Option("person", "The person it happened to"),
    Option("teller", "I do"),
    Option("other", "Someone else"),
)


async def how_it_fits(strands: frozenset[str], teller: Teller) -> None:
    """Whether they were right about it; only asked of those who may speak of the person it happened to."""
    if strands - NOT_A_STRAND and teller.agrees:
        await Choices(
            "fits",
            "Which of these fits?",
            _ways(teller),
            hint=text("Choose all that fit. You need not say who anyone is."),
            part=Part.FACTS,
            label=text("How it fits"),
        )


def _ways(teller: Teller) -> tuple[Option, ...]:
    mine = (text("It is part of who I am"), text("Because of who was with me"))
    theirs = (text("It is part of who they are"), text("Because of who was with them"))
    is_so, company = mine if teller.own else theirs
    return (
        Option("is-so", is_so),
        Option("thought", text("They only thought so")),
        Option("company", company),
        Option("unsure", text("I am not sure")),
    )


async def who_sees_it_so(strands: frozenset[str], teller: Teller) -> None:
    """Whose view it is. One person who sees hate is enough for it to be recorded so (seed 003, 4.1)."""
    if strands and strands <= _NOT_HATE:
        await Choice(
            "others_think",
            "Does anyone else think it was hate?",
            YES_NO_UNSURE,
            part=Part.FACTS,
            label=text("Others think it was hate"),
        )
    elif strands and not teller.own:
        await Choices(
            "perceived_by",
            "Who thinks it was about that?",
            _WHO_SEES,
            hint=text("Choose all that fit."),
            part=Part.FACTS,
            label=text("Who thinks so"),
        )
