"""The words of thanks or of a complaint, the last look at them, and by when somebody must answer."""

from collections.abc import Iterator

from dialogs.choices import Option
from dialogs.consent import SEND, Confirm, Receiver, Sheet, SheetLine
from dialogs.feedback_commands import Kind
from dialogs.narrative import Line, Words
from dialogs.parts import Package, Part
from dialogs.script import Answered, Say, SoFar
from dialogs.texts import Text, counted, text
from services_directory.complaints import ACKNOWLEDGED, ANSWERED, BY_LAW, OFFICE, OFFICE_WEBSITE

_QUESTIONS: dict[Kind, Text] = {
    Kind.COMPLIMENT: text("What would you like to thank them for?"),
    Kind.COMPLAINT: text("What went wrong?"),
    Kind.DATA_COMPLAINT: text("What went wrong with your data?"),
}
_LABELS: dict[str, Text] = {
    "feedback_told": text("In my own words"),
    "feedback_words": text("In my own words"),
    "contact_way": text("Safe way"),
    "contact_where": text("Safe contact"),
}
_CHECK = (Option(SEND, "Send it"), Option("stop", "Do not send"))


class Remarks(Line):
    """Typed words that belong to no report: no voice and no files, which would have nowhere to be kept."""

    kind = "remarks"
    most = 2_000


async def told(kind: Kind, *, with_report: bool) -> bool:
    """Whether anything was said. With a report there may be files; without, what is kept stands alone."""
    if with_report:
        return bool(await Words("feedback_told", _QUESTIONS[kind]))
    hint = text("Please type it, in one message. We keep it locked for 2 years.")
    return bool(await Remarks("feedback_words", _QUESTIONS[kind], hint=hint))


async def agreed(name: str, agency: str, *, with_report: bool) -> Sheet | None:
    """Everything that would leave and who would get it, as the person agreed to it; None if they did not."""
    lines = tuple(_lines(await SoFar()))
    package = Package.FULL if any(line.part is Part.CONTACT for line in lines) else Package.ACCOUNT
    gets = text("{agency} gets this message.", agency=name)
    if not with_report:
        gets = text("{agency} gets this message, and no report.", agency=name)
    sheet = Sheet(receivers=((Receiver(agency=agency, package=package), gets),), lines=lines)
    return sheet if await Confirm("feedback_check", "Shall I send this?", sheet, _CHECK) == SEND else None


def _lines(path: tuple[Answered, ...]) -> Iterator[SheetLine]:
    """A way without an address is no way."""
    given = {answer.question.id: answer for answer in path if answer.stored is not None}
    for id, label in _LABELS.items():
        if id in given and not (id == "contact_way" and "contact_where" not in given):
            question, part = given[id].question, Part.CONTACT if id.startswith("contact") else Part.ACCOUNT
            yield SheetLine(id=id, part=part, label=label, answer=question.shown(given[id].stored))


async def say_clocks(name: str) -> None:
    """By when the agency must say that it has a complaint, and answer it."""
    await Say(
        counted(
            "Within {count} working day {agency} should tell you that they have it.",
            "Within {count} working days {agency} should tell you that they have it.",
            ACKNOWLEDGED.working_days or 1,
            agency=name,
        )
    )
    await Say(
        counted(
            "They should answer within {count} working day.",
            "They should answer within {count} working days.",
            ANSWERED.working_days or 1,
        )
    )


async def say_what_is_next(name: str, kind: Kind, *, with_report: bool, answerable: bool) -> None:
    """That it was sent, and what follows; for data also what the law says and who stands above."""
    await Say(text("I have sent it to {agency}.", agency=name))
    if kind.has_clocks and with_report:
        await say_clocks(name)
        await Say("Their answer comes here.")
    elif kind.has_clocks and not answerable:
        await Say("They have no way to reach you.")
    if kind is Kind.DATA_COMPLAINT:
        await _say_the_law()


async def _say_the_law() -> None:
    days = BY_LAW.elapsed.days if BY_LAW.elapsed else 1
    await Say(
        counted(
            "By law they must tell you within {count} day that they have it.",
            "By law they must tell you within {count} days that they have it.",
            days,
        )
    )
    await Say(text("You can also complain to {office}: {website}", office=OFFICE, website=OFFICE_WEBSITE))
    await Say("They often ask you to wait for this answer first.")
