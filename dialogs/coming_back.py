"""Coming back with a code: the code, and the report it opens."""

from dialogs.cards import contacts, to_the_menu
from dialogs.choices import Choice, Option
from dialogs.code import Code
from dialogs.inputs import Stored
from dialogs.my_report import my_report
from dialogs.my_report_commands import FindLinks, Opened, OpenReport
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import Text, text

TRIES = 3

_CODE = Option("code", "Type another code")


def with_code(digits: str) -> dict[str, Stored]:
    """The answers with which this dialog begins when the code was typed somewhere else."""
    return {"which_report": _CODE.code, "code[1]": digits}


async def come_back(start: Start) -> None:
    """Opens the report this chat is linked to, or asks for the code, up to three times."""
    linked = await FindLinks("links")
    if linked and await _linked(start, linked):
        return
    lost = not linked
    for number in range(1, TRIES + 1):
        code = await Code(
            f"code[{number}]",
            "What is your code?",
            start.read_code,
            hint=text("It has 20 digits. Type it with or without spaces, in your own digits too."),
        )
        if not code and not lost:
            return
        if not code:
            break
        opened = await OpenReport(f"open[{number}]", code=code)
        if opened:
            await my_report(start, opened, f"open[{number}]")
            return
        lost = lost and not opened.wait
        if opened.wait:
            await Say("Many wrong codes were tried here. Please wait a few minutes, then try again.")
        else:
            await Say("I do not know that code. Please look at each digit again.")
    if lost:
        await _without_code(start)
    await to_the_menu()


async def _without_code(start: Start) -> None:
    """What is left to somebody who lost the code: nothing opens that report for them, but they are not alone."""
    await Say("Without the code I cannot open your report. I cannot give you a new code.")
    await Say("You can send a new report, or talk to a person.")
    for line in contacts(start.directory, "victim-support"):
        await Say(line)


async def _linked(start: Start, linked: tuple[Opened, ...]) -> bool:
    """Whether the person opened a report without its code; with several, the newest comes first."""
    options = tuple(Option(f"open-{at}", _nth(at, len(linked))) for at in range(1, len(linked) + 1))
    picked = await Choice("which_report", "Which report would you like to see?", (*options, _CODE))
    for at, opened in enumerate(linked, start=1):
        if picked == f"open-{at}":
            await my_report(start, opened, "which_report")
            return True
    return False


def _nth(at: int, of: int) -> Text:
    return text("Open my report") if of == 1 else text("Open report {number}", number=at)
