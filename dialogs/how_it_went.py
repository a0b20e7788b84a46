"""How it went: eight short questions about what an agency did with a report, each of which can be left out.

The five stages are those that police ask victims about, so that figures can be compared.
"""

from collections.abc import Iterator

from dialogs.cards import NOT_SENT, to_my_report
from dialogs.choices import Choice, Choices, Option
from dialogs.consent import SEND, Confirm, Receiver, Sheet, SheetLine
from dialogs.feedback_commands import Kind, SendFeedback
from dialogs.my_report_commands import Opened
from dialogs.my_report_news import Holder, News
from dialogs.narrative import Words
from dialogs.parts import Package, Part
from dialogs.script import Answered, Say, SoFar
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.routing import accused_organisations

UNTOUCHED = frozenset({"submitted", "withdrawn"})  # states in which there is nothing to judge yet, or any more
STOP = Option("stop", "No more questions")
_OWN_WORDS = "survey_words"
_OFFER = (Option("yes", "Yes"), Option("no", "No, thank you"))
_CHECK = (Option(SEND, "Send it"), Option("stop", "Do not send"))
_HAPPY = (
    Option("completely", "Completely happy"),
    Option("very", "Very happy"),
    Option("fairly", "Fairly happy"),
    Option("neither", "In between"),
    Option("unhappy", "Unhappy"),
    Option("very-unhappy", "Very unhappy"),
    Option("unknown", "I do not know"),
    STOP,
)
_YES_NO = (Option("yes", "Yes"), Option("no", "No"), Option("unsure", "I am not sure"), STOP)
_BETTER = (
    Option("sooner", "Act sooner"),
    Option("more", "Do more"),
    Option("told", "Tell me more"),
    Option("listen", "Listen more"),
    Option("language", "Speak my language"),
    Option("same", "The same person each time"),
    Option("private", "Keep it more private"),
)


async def how_it_went(start: Start, opened: Opened, news: News) -> None:
    """Asks about one agency, shows the answers again, and sends them to it; a ticked row goes to those who count."""
    agency = await _which(start, may_ask_about(news))
    if not agency:
        return
    name = start.directory.agency(agency).name
    await Say(text("{agency} reads your answers. They see that it is about your report.", agency=name))
    hint = text("They are 8 short questions. You can skip each of them, or stop.")
    if await Choice("survey", "May I ask how it went?", _OFFER, hint=hint) != "yes":
        return
    await _questions()
    lines = tuple(_lines(await SoFar()))
    if not lines:
        await Say("You gave no answers. Nothing was sent.")
        await to_my_report()
        return
    sheet = Sheet(receivers=(_reads(start, agency), *_counts(start, news, agency)), lines=lines)
    if await Confirm("survey_check", "Shall I send your answers?", sheet, _CHECK) != SEND:
        return
    sent = await SendFeedback("survey_sent", opened, kind=Kind.SURVEY, sheet=sheet, check="survey_check")
    await Say(text("Thank you. I have sent your answers.") if sent else NOT_SENT)
    await to_my_report()


def may_ask_about(news: News) -> tuple[Holder, ...]:
    """The agencies that have worked on the report and were not judged yet, without those that only count it."""
    working = (one for one in news.holders if one.state not in UNTOUCHED and one.package is not Package.COUNT)
    return tuple(one for one in working if one.agency not in news.surveyed)


async def _which(start: Start, holders: tuple[Holder, ...]) -> str:
    """The one agency there is, or the one the person picks; "" if they pick none."""
    ids = tuple(holder.agency for holder in holders)
    if len(ids) < 2:  # with one there is nothing to pick
        return "".join(ids)
    for number, id in enumerate(ids, start=1):
        await Say(text("{number}. {line}", number=number, line=start.directory.agency(id).name))
    options = [Option(id, text("Number {number}", number=number)) for number, id in enumerate(ids, start=1)]
    return await Choice("survey_about", "Which of them shall I ask about?", options)


async def _questions() -> None:
    for question in _closed():
        if await question == "stop":
            return
    await Choices("survey_better", "What could be better?", _BETTER, label=text("Could be better"))
    await Words(_OWN_WORDS, "Would you like to say more?", label=text("In my own words"))


def _closed() -> Iterator[Choice]:
    yield Choice(
        "survey_reach", "How happy are you with how easy they were to reach?", _HAPPY, label=text("Reaching them")
    )
    yield Choice("survey_did", "How happy are you with what they did?", _HAPPY, label=text("What they did"))
    yield Choice(
        "survey_told", "How happy are you with how they kept you informed?", _HAPPY, label=text("Keeping me informed")
    )
    yield Choice("survey_treated", "How happy are you with how they treated you?", _HAPPY, label=text("Treating me"))
    yield Choice("survey_whole", "How happy are you with all of it?", _HAPPY, label=text("All of it"))
    yield Choice("survey_safer", "Do you feel safer now?", _YES_NO, label=text("I feel safer"))
    yield Choice("survey_again", "Would you report again?", _YES_NO, label=text("I would report again"))


def _lines(path: tuple[Answered, ...]) -> Iterator[SheetLine]:
    """What was answered; "no more questions" is no answer."""
    for answered in path:
        question, stored = answered.question, answered.stored
        if question.label and question.id.startswith("survey_") and stored not in (None, "stop"):
            part = Part.ACCOUNT if question.id == _OWN_WORDS else Part.FACTS
            yield SheetLine(id=question.id, part=part, label=question.label, answer=question.shown(stored))


def _reads(start: Start, agency: str) -> tuple[Receiver, Text]:
    gets = text("{agency} gets these answers.", agency=start.directory.agency(agency).name)
    return Receiver(agency=agency, package=Package.ACCOUNT), gets


def _counts(start: Start, news: News, agency: str) -> Iterator[tuple[Receiver, Text]]:
    """The agency that counts in the area, where it is here, is another one, and is no part of what happened."""
    areas = {area.id: area for area in start.directory.areas}
    area = areas.get(news.situation.area)
    if area is None or area.monitoring_agency not in start.joined - {agency}:
        return
    monitor = start.directory.agency(area.monitoring_agency)
    if monitor.organisation not in accused_organisations(start.directory, news.situation):
        gets = text("{agency} counts what you ticked. They do not see your words or who you are.", agency=monitor.name)
        yield Receiver(agency=monitor.id, package=Package.COUNT), gets
