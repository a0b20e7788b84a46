"""Who holds a report, what they may open, and taking that back."""

from dialogs.cards import to_my_report, to_the_menu
from dialogs.choices import Choice, Option
from dialogs.my_report_commands import DeleteReport, Holder, News, Opened, StopSharing
from dialogs.parts import Package
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import Text, text

_BACK = Option("back", "Back to my report")
_STOP = (Option("stop-sharing", "Stop sharing with them"), _BACK)
_SURE = (Option("delete", "Delete it"), Option("keep", "Keep it"))

_MAY: dict[Package, Text] = {
    Package.COUNT: text("{agency} counts your report. They cannot read it. You agreed on {day}."),
    Package.FACTS: text("{agency} can read the facts you tapped. You agreed on {day}."),
    Package.ACCOUNT: text("{agency} can read the facts, your words and your files. You agreed on {day}."),
    Package.FULL: text("{agency} can read all of it, and how to reach you. You agreed on {day}."),
}


async def who_holds_it(start: Start, opened: Opened, news: News) -> None:
    """Each agency with what it may open since when; any of them can be stopped."""
    sharing = [holder for holder in news.holders if holder.state != "withdrawn"]
    for holder in sharing:
        await Say(_may(start, holder))
    options = [Option(h.agency, text("{name}", name=start.directory.agency(h.agency).name)) for h in sharing]
    agency = await Choice("holder", "Whose access would you like to change?", (*options, _BACK), required=True)
    if agency == "back":
        return
    await Say("They can then no longer open your report here.")
    await Say("I cannot take back what they have read or written down.")
    name = start.directory.agency(agency).name
    if await Choice("stop_sharing", text("Stop sharing with {agency}?", agency=name), _STOP, required=True) == "back":
        return
    await StopSharing("stopped", opened, agency=agency)
    await Say(text("{agency} can no longer open your report here.", agency=name))
    await to_my_report()


def _may(start: Start, holder: Holder) -> Text:
    agency = start.directory.agency(holder.agency).name
    return text(_MAY[holder.package].message, agency=agency, day=holder.since.date())


async def delete_report(opened: Opened, news: News) -> bool:
    """Whether the report was deleted, after saying what that means."""
    if news.held_by_law:
        await _held()
        return False
    await Say("I then delete your report, your messages and your files here, for everybody.")
    await Say("Your code stops working. I cannot bring anything back.")
    await Say("I cannot take back what others have read or written down.")
    if await Choice("delete_report", "Shall I delete it all?", _SURE, required=True) == "keep":
        return False
    if not await DeleteReport("deleted", opened):
        await _held()
        return False
    await Say("Your report is deleted here.")
    await to_the_menu()
    return True


async def _held() -> None:
    await Say("The law makes us keep this report for now. So I cannot delete it.")
    await Say("You can still stop sharing it.")
    await to_my_report()
