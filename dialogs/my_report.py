"""A report its reporter has come back to: news, messages, who holds what, and taking it back."""

from dialogs.cards import to_the_menu
from dialogs.choices import Choice, Option
from dialogs.feedback import feedback_on_report
from dialogs.how_it_went import how_it_went, may_ask_about
from dialogs.keeping import TELEGRAM
from dialogs.my_report_asked import answer_request
from dialogs.my_report_commands import Opened, ReadNews
from dialogs.my_report_letters import correct, read_letters, write_letter
from dialogs.my_report_link import link_chat, unlink_chat
from dialogs.my_report_news import Holder, News
from dialogs.my_report_sharing import delete_report, who_holds_it
from dialogs.script import Again, Say
from dialogs.start import Start
from dialogs.texts import Text, counted, text

ASKED = Option("asked", "They ask you something")
READ = Option("read", "Read my messages")
WRITE = Option("write", "Write to them")
CORRECT = Option("correct", "Correct something")
WHO = Option("who", "Who has my report")
LINK = Option("link", "Tell me when there is news")
UNLINK = Option("link", "Stop telling me about news")
SURVEY = Option("survey", "Say how it went")
FEEDBACK = Option("feedback", "Thank or complain")
DELETE = Option("delete", "Delete my report")
LEAVE = Option("leave", "Back to the menu")

CLOSED = frozenset({"closed", "post_closure_check", "reviewed_3m", "reviewed_6m"})
_STANDING: dict[str, Text] = {
    "submitted": text("{agency} has your report. Nobody there has started to work on it yet."),
    "triage": text("{agency} has your report. Someone there has started to work on it."),
    "withdrawn": text("{agency} can no longer open your report."),
}
_OF_NEWS = {
    "asked": answer_request,
    "read": read_letters,
    "write": write_letter,
    "correct": correct,
    "who": who_holds_it,
    "survey": how_it_went,
    "feedback": feedback_on_report,
}
_DONE = text("{agency} has finished its work on your report.")
_AT_WORK = text("{agency} has your report. Someone there is working on it.")


async def my_report(start: Start, opened: Opened, since: str) -> None:
    """The room a reporter returns to after each thing they do; `since`: the id of what opened it."""
    news = await ReadNews("news", opened)
    if news.deleted:
        await Say("This report was deleted.")
        await to_the_menu()
        return
    for holder in news.holders:
        await Say(_standing(start, holder))
    if news.unread:
        await Say(counted("You have {count} new message.", "You have {count} new messages.", news.unread))
    if news.requests:
        waiting = len(news.requests)
        await Say(counted("{count} question waits for you.", "{count} questions wait for you.", waiting))
    door = await Choice("my_report", "What would you like to do next?", _doors(start, news))
    if door not in ("", "leave") and not await _through(door, start, opened, news):
        await Again(since)


async def _through(door: str, start: Start, opened: Opened, news: News) -> bool:
    """Whether nothing is left to return to."""
    if door == "delete":
        return await delete_report(start, opened, news)
    if door == "link":
        await (unlink_chat if news.linked else link_chat)(opened)
    else:
        await _OF_NEWS[door](start, opened, news)
    return False


def _standing(start: Start, holder: Holder) -> Text:
    words = _DONE if holder.state in CLOSED else _STANDING.get(holder.state, _AT_WORK)
    return text(words.message, agency=start.directory.agency(holder.agency).name)


def _doors(start: Start, news: News) -> tuple[Option, ...]:
    asked = (ASKED,) if news.requests else ()
    read = (READ,) if news.letters else ()
    to_somebody = (WRITE, CORRECT) if news.reading else ()
    who = (WHO,) if news.holders else ()
    link = (UNLINK if news.linked else LINK,) if start.channel == TELEGRAM else ()
    survey = (SURVEY,) if may_ask_about(news) else ()
    first, later = (survey, ()) if any(one.state in CLOSED for one in news.holders) else ((), survey)
    return (*asked, *first, *read, *to_somebody, *who, *later, FEEDBACK, *link, DELETE, LEAVE)
