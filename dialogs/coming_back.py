"""Coming back with a code: who has the report, and whether somebody there has taken it."""

from dialogs.cards import to_the_menu
from dialogs.code import Code
from dialogs.commands import News, OpenReport
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import text

TRIES = 3


async def come_back(start: Start) -> None:
    """Asks for the code, up to three times, and tells how far the report has come."""
    for number in range(1, TRIES + 1):
        code = await Code(
            f"code[{number}]",
            "What is your code?",
            start.read_code,
            hint=text("It has 20 digits. Type it with or without spaces, in your own digits too."),
        )
        if not code:
            return
        news = await OpenReport(f"open[{number}]", code=code)
        if news.found:
            await _tell(start, news)
            return
        await Say("I do not know that code. Please look at each digit again.")
    await to_the_menu()


async def _tell(start: Start, news: News) -> None:
    for agency, taken in news.agencies:
        name = start.directory.agency(agency).name
        if taken:
            await Say(text("{agency} has your report. Someone there has started to work on it.", agency=name))
        else:
            await Say(text("{agency} has your report. Nobody there has started to work on it yet.", agency=name))
    await Say("To add something, or to take it back, give them your code.")
    await to_the_menu()
