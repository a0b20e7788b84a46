"""Messages about a report: reading what came, and writing back."""

from collections.abc import Iterator

from dialogs.cards import NOT_SENT, to_my_report
from dialogs.choices import YES_NO, Choice, Choices, Option
from dialogs.consent import SEND, Confirm, Receiver, Sheet, SheetLine
from dialogs.my_report_commands import MarkRead, Opened, SendCorrection, SendLetter
from dialogs.my_report_news import Holder, Letter, News
from dialogs.narrative import Words
from dialogs.parts import Package, Part
from dialogs.script import Say, SoFar
from dialogs.start import Start
from dialogs.texts import Text, counted, text

MOST_PAGES = 40
PAGE = 900  # characters of a message on one screen
_ON = (Option("more", "Read more"), Option("enough", "That is enough"))
_CHECK = (Option(SEND, "Send it"), Option("stop", "Do not send"))
_FILES_TOO = text("You can send photos and files too. Each can have 20 MB at most.")
_AS_TAKEN = text("As you took them")
_YOUR_MESSAGE = text("Your message")
_YOUR_CORRECTION = text("Your correction")
_STAYS = text("What you sent before stays as it is. They read your correction first.")


async def read_letters(start: Start, opened: Opened, news: News) -> None:
    """The newest first, a screen each; they count as read from the first one on."""
    await MarkRead("read", opened)
    pages = [page for letter in news.newest_first for page in _pages(start, letter)][:MOST_PAGES]
    for number, page in enumerate(pages, start=1):
        for words in page:
            await Say(words)
        if number == len(pages):
            await to_my_report()
        elif await Choice(f"letter[{number}]", "Would you like to read more?", _ON) == "enough":
            return


def _pages(start: Start, letter: Letter) -> Iterator[tuple[Text, ...]]:
    heading = _heading(start, letter)
    if letter.words is None:
        yield heading, text("This message is damaged. I cannot open it.")
        return
    for words in _cut(letter.words):
        yield heading, text("{words}", words=words)


def _heading(start: Start, letter: Letter) -> Text:
    day = letter.sent_at.date()
    if letter.author == "reporter":
        return text("You corrected on {day}:", day=day) if letter.correction else text("You wrote on {day}:", day=day)
    agency = start.directory.agency(letter.author).name
    if letter.request is None:
        return text("{agency} wrote on {day}:", agency=agency, day=day)
    other = start.directory.agency(letter.request.agency).name
    return text("{agency} asked on {day} to share with {other}:", agency=agency, day=day, other=other)


def _cut(words: str) -> Iterator[str]:
    """Pieces of at most a page, at the end of a line or word where there is one."""
    rest = words
    while len(rest) > PAGE:
        at = max(rest.rfind("\n", PAGE // 2, PAGE), rest.rfind(" ", PAGE // 2, PAGE))
        at = at if at > 0 else PAGE
        yield rest[:at].strip()
        rest = rest[at:].strip()
    if rest:
        yield rest


async def write_letter(start: Start, opened: Opened, news: News) -> None:
    """Words and files for those who hold the report, shown again with who gets them before anything leaves."""
    to = await _to_whom(start, news.reading)
    if not to or not await Words("letter_words", "What would you like to tell them?", hint=_FILES_TOO):
        return
    line = await _line("letter_words", _YOUR_MESSAGE)
    originals = await _originals(news.originals)
    check = Confirm("letter_check", "Shall I send this?", _sheet(start, to, (line, *originals)), _CHECK)
    if await check != SEND:
        return
    sent = await SendLetter("letter_sent", opened, words="letter_words", to=to, originals=bool(originals))
    await Say(text("I have sent your message.") if sent else NOT_SENT)
    await to_my_report()


async def correct(start: Start, opened: Opened, news: News) -> None:
    """What in the report is not right. It is added on top: what was sent is never changed."""
    to = await _to_whom(start, news.reading)
    if not to or not await Words("correct_words", "What would you like to correct?", hint=_STAYS):
        return
    line = await _line("correct_words", _YOUR_CORRECTION)
    check = Confirm("correct_check", "Shall I send your correction?", _sheet(start, to, (line,)), _CHECK)
    if await check != SEND:
        return
    sent = await SendCorrection("correction_sent", opened, words="correct_words", to=to)
    await Say(text("I have sent your correction.") if sent else NOT_SENT)
    await to_my_report()


async def _line(id: str, label: Text) -> SheetLine:
    """What was written, as the check lists it."""
    written = next(answer for answer in await SoFar() if answer.question.id == id)
    return SheetLine(id=id, part=Part.ACCOUNT, label=label, answer=written.question.shown(written.stored))


def _sheet(start: Start, to: tuple[str, ...], lines: tuple[SheetLine, ...]) -> Sheet:
    receivers = tuple((Receiver(agency=id, package=Package.ACCOUNT), _gets(start, id)) for id in to)
    return Sheet(receivers=receivers, lines=lines)


async def _originals(count: int) -> tuple[SheetLine, ...]:
    """What the check lists if the person wants to add the photos as they were taken, which they have kept."""
    if not count:
        return ()
    await Say("I still have photos as you took them. They say more, such as where and when.")
    if await Choice("letter_originals", "Shall I add these photos to your message?", YES_NO) != "yes":
        return ()
    photos = counted("{count} photo, with its hidden details", "{count} photos, with their hidden details", count)
    return (SheetLine(id="letter_originals", part=Part.EVIDENCE, label=_AS_TAKEN, answer=(photos,)),)


async def _to_whom(start: Start, holders: tuple[Holder, ...]) -> tuple[str, ...]:
    """The one agency there is, or those the person picks."""
    ids = tuple(holder.agency for holder in holders)
    if len(ids) < 2:  # with one there is nothing to pick
        return ids
    for number, id in enumerate(ids, start=1):
        await Say(text("{number}. {line}", number=number, line=start.directory.agency(id).name))
    options = [Option(id, text("Number {number}", number=number)) for number, id in enumerate(ids, start=1)]
    picked = await Choices("letter_to", "Who should get your message?", options)
    return tuple(id for id in ids if id in picked)


def _gets(start: Start, agency: str) -> Text:
    return text("{agency} gets this message.", agency=start.directory.agency(agency).name)
