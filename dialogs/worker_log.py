"""What a worker writes down: what was said, seen and done, when and by whom they were told. Never an opinion."""

from datetime import time

from dialogs.beginning import answered
from dialogs.choices import Choice, Choices, Option
from dialogs.narrative import Words
from dialogs.parts import Part
from dialogs.report_options import AGREES
from dialogs.script import Say
from dialogs.texts import text
from dialogs.when import Once
from dialogs.worker_first import NO, NOT_SURE

STAFF_TOLD = "staff_told"  # the question from whose answer staff's clocks are counted
_BY = (
    Option("person", "The person it happened to"),
    Option("other", "Somebody else"),
    Option("saw", "Nobody. I saw or heard it"),
)
_DENIED = (
    Option("yes", "Yes, they say it did not"),
    Option("no", "No, they say it did"),
    Option("not-asked", "They were not asked yet"),
)
_FIELDS = (
    Option("name", "Their name"),
    Option("date", "The date"),
    Option("place", "The place"),
    Option("account", "What happened"),
    Option("none", "None of it"),
)


async def person_agrees() -> None:
    """Whether the person knows of the report; without their yes, no name is written."""
    if await answered("agrees") is not None:
        return
    agrees = await Choice(
        "agrees", "Does that person know, and agree?", AGREES, part=Part.FACTS, label=text("The person agrees")
    )
    if agrees != "yes":
        await Say("Then we leave their name out. Please do not write it.")


async def log() -> None:
    """The first account, word for word: it may be read in court."""
    await Words(
        "account",
        "What did they say, in their own words?",
        hint=text("As they said it, in any language. No guesses. You need not judge it. Then tap “That's all”."),
        part=Part.ACCOUNT,
        label=text("What the person said"),
    )
    await Words(
        "log_seen", "What did you see or hear yourself?", part=Part.ACCOUNT, label=text("What the worker saw or heard")
    )
    await Words("log_done", "What have you done so far?", part=Part.ACCOUNT, label=text("What the worker did"))
    await Once(
        STAFF_TOLD,
        "When did you learn of it?",
        hint=text("Staff count from then. You can type a time, such as: today {time}.", time=time(14, 30)),
        part=Part.FACTS,
        label=text("Staff learned of it"),
    )


async def is_denied(*, child: bool) -> bool:
    """Whether the person it is said to have happened to says that it did not; a `child` is not asked.

    Then only the first steps follow.
    """
    by = await Choice("told_by", "Who told you?", _BY, part=Part.FACTS, label=text("Who told the worker"))
    if child or by in ("", "person"):
        return False
    denied = await Choice(
        "denied",
        "Does that person say that it did not happen?",
        _DENIED,
        hint=text("Ask only when they are alone and safe. One time is enough."),
        part=Part.FACTS,
        label=text("The person says it did not happen"),
    )
    if denied == "yes":
        await Say("Then only the first steps are done. Please do not speak to the other side.")
    return denied == "yes"


async def agreement(wish: str) -> None:
    """Field by field, what the police may be told where the person does not want to tell them; nothing by default."""
    if wish not in (NO, NOT_SURE, ""):
        return
    await Choices(
        "agreement",
        "What may the police be told?",
        _FIELDS,
        hint=text("Your service may have to tell them. Tap only what the person agreed to. Skip means none of it."),
        part=Part.FACTS,
        label=text("Agreed for the police"),
    )
