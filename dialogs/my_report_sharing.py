"""Who holds a report, what they may open, and taking that back."""

from dialogs.cards import UNCHANGED, to_my_report, to_the_menu
from dialogs.choices import Choice, Option
from dialogs.consent import Consent
from dialogs.my_report_commands import Opened
from dialogs.my_report_news import Holder, News
from dialogs.my_report_sharing_commands import DeleteReport, ShareWith, StopSharing
from dialogs.parts import Package
from dialogs.report_sharing import ask_about, packages
from dialogs.script import Say, SoFar
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.codes import Reason
from services_directory.routing import Suggestion, suggestions

_BACK = Option("back", "Back to my report")
_SURE = (Option("delete", "Delete it"), Option("keep", "Keep it"))

_MAY: dict[Package, Text] = {
    Package.COUNT: text("{agency} counts your report. They cannot read it. You agreed on {day}."),
    Package.FACTS: text("{agency} can read the facts you tapped. You agreed on {day}."),
    Package.ACCOUNT: text("{agency} can read the facts, your words and your files. You agreed on {day}."),
    Package.FULL: text("{agency} can read all of it, and how to reach you. You agreed on {day}."),
}


async def who_holds_it(start: Start, opened: Opened, news: News) -> None:
    """Each agency with what it may open since when, or could until when; any of it can be changed, and others told."""
    past = tuple(holder for holder in news.holders if holder.until is not None)
    new = tuple(one for one in _not_told_yet(start, news) if one.agency.id not in {holder.agency for holder in past})
    ids = (*(one.agency for one in (*news.sharing, *past)), *(one.agency.id for one in new))
    lines = (*(may(start, one) for one in news.sharing), *(_could(start, one) for one in past), *map(_not_told, new))
    for number, line in enumerate(lines, start=1):
        await Say(text("{number}. {line}", number=number, line=line))
    await _who_keeps_it(start, news)
    options = [Option(id, text("Number {number}", number=number)) for number, id in enumerate(ids, start=1)]
    agency = await Choice("holder", "Whose access would you like to change?", (*options, _BACK))
    suggestion = next((one for one in new if one.agency.id == agency), None)
    holder = next((one for one in news.holders if one.agency == agency), None)
    if suggestion is not None:
        await _share(start, opened, ask_about(suggestion, contactable=news.situation.contactable), agency)
    elif holder is not None:
        await _change(start, opened, holder, news)


def _not_told(suggestion: Suggestion) -> Text:
    return text("{agency} does not have your report.", agency=suggestion.agency.name)


def _could(start: Start, holder: Holder) -> Text:
    """That an agency can open nothing any more, and since when."""
    until = holder.until.date() if holder.until else None
    agency = start.directory.agency(holder.agency).name
    return text("{agency} can open nothing here now. You stopped that on {day}.", agency=agency, day=until)


def _not_told_yet(start: Start, news: News) -> tuple[Suggestion, ...]:
    """Others the report could go to; an organisation that is part of it is never among them."""
    told = {holder.agency for holder in news.sharing}
    found = suggestions(start.directory, news.situation, receiving="", joined=start.joined - told)
    return tuple(one for one in found if one.reason is not Reason.COUNTING)


async def _change(start: Start, opened: Opened, holder: Holder, news: News) -> None:
    if holder.until is not None:
        await Say(_could(start, holder))
    else:
        await Say(may(start, holder))
        await Say("If you say no, they can no longer open your report here.")
        await Say("I cannot take back what they have read or written down.")
        for asker in _who_asked_for(holder, news):
            await Say(
                text("{agency} asked you for this. They see if you stop.", agency=start.directory.agency(asker).name)
            )
    offered = packages(counting=holder.package is Package.COUNT, contactable=news.situation.contactable)
    name = start.directory.agency(holder.agency).name
    question = Consent(
        f"access[{holder.agency}]", text("What may {agency} open from now on?", agency=name), holder.agency, offered
    )
    await _share(start, opened, question, holder.agency)


def _who_asked_for(holder: Holder, news: News) -> tuple[str, ...]:
    """The agencies that were told yes about this one, and hold the report themselves."""
    holding = {one.agency for one in news.sharing}
    said_yes = (letter for letter in news.letters if letter.request and letter.request.said == "yes")
    about = (letter.author for letter in said_yes if letter.request and letter.request.agency == holder.agency)
    return tuple(dict.fromkeys(asker for asker in about if asker in holding))


async def _share(start: Start, opened: Opened, question: Consent, agency: str) -> None:
    """Do what the person says; skipped, everything stays as it is."""
    package = await question
    answered = next(answer for answer in await SoFar() if answer.question.id == question.id)
    name = start.directory.agency(agency).name
    if package is not None:
        shared = await ShareWith("shared", opened, agency=agency, package=package, consent=question.id)
        await Say(text("{agency} can now open what you chose.", agency=name) if shared else UNCHANGED)
    elif answered.stored is not None:
        await StopSharing("stopped", opened, agency=agency)
        await Say(text("{agency} cannot open your report here.", agency=name))
    else:
        await Say(UNCHANGED)
    await to_my_report()


def may(start: Start, holder: Holder) -> Text:
    """What an agency may open, since when."""
    agency = start.directory.agency(holder.agency).name
    return text(_MAY[holder.package].message, agency=agency, day=holder.since.date())


async def delete_report(start: Start, opened: Opened, news: News) -> bool:
    """Whether the report was deleted, after saying what that means."""
    if news.held_by_law:
        await _held(start, news)
        return False
    await Say("I then delete your report, your messages and your files here, for everybody.")
    await Say("Your code stops working. I cannot bring anything back.")
    await Say("I cannot take back what others have read or written down.")
    if await Choice("delete_report", "Shall I delete it all?", _SURE) != "delete":
        return False
    if not await DeleteReport("deleted", opened):
        await _held(start, news)
        return False
    await Say("Your report is deleted here.")
    await to_the_menu()
    return True


async def _held(start: Start, news: News) -> None:
    await Say("The law makes us keep this report for now. So I cannot delete it.")
    await _who_keeps_it(start, news)
    await Say("You can still stop sharing it.")
    await to_my_report()


async def _who_keeps_it(start: Start, news: News) -> None:
    for holder in news.holders:
        if holder.held_since is not None:
            name = start.directory.agency(holder.agency).name
            await Say(text("{agency} has kept it by law since {day}.", agency=name, day=holder.held_since.date()))
