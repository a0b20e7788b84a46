"""Linking a chat to a report, chosen knowingly: easier to come back, and easier for whoever holds the phone."""

from dialogs.cards import UNCHANGED, to_my_report
from dialogs.choices import Choice, Option
from dialogs.my_report_commands import LinkChat, Opened, UnlinkChat
from dialogs.narrative import Line
from dialogs.script import Say
from dialogs.texts import text

_LINK = (Option("link", "Yes, link this chat"), Option("no", "No, I use my code"))
OWN = "own"
WORDS = (
    Option("news", "There is news for you."),
    Option("reminder", "Your reminder for today."),
    Option(OWN, "My own words"),
)
HOURS = (
    Option("any", "At any time"),
    Option("morning", "9 to 12 in the morning"),
    Option("afternoon", "12 to 5 in the afternoon"),
    Option("evening", "5 to 9 in the evening"),
)
_UNLINK = (Option("unlink", "Yes, unlink it"), Option("keep", "No, keep it linked"))
MOST = 60  # letters of a note: what a lock screen shows


class Note(Line):
    """The words of a nudge: one short line."""

    kind = "note"
    most = MOST


async def link_chat(opened: Opened) -> None:
    """Says what it costs, then asks which words and which hours."""
    await Say("I can tell you in this chat when there is news. You then open your report without the code.")
    await Say("Whoever uses this phone or account could open it too.")
    await Say("We then keep this chat's address and a key to your report, locked.")
    if await Choice("link", "Shall I link this chat?", _LINK) != "link":
        return
    words = await Choice("link_words", "What should I write when there is news?", WORDS)
    own = await Note("link_own", "Which words should I use?", hint=text("One short line.")) if words == OWN else ""
    hours = await Choice("link_hours", "When is it safe to write to you?", HOURS)
    said = own or ("news" if words in ("", OWN) else words)
    linked = await LinkChat("chat_linked", opened, words=said, hours=hours or "any")
    await Say(text("This chat is linked. You can unlink it at any time.") if linked else UNCHANGED)
    await to_my_report()


async def unlink_chat(opened: Opened) -> None:
    """Asks once more; afterwards only the code opens the report."""
    await Say("Then only your code opens your report. I can no longer tell you about news.")
    if await Choice("unlink", "Shall I unlink this chat?", _UNLINK) != "unlink":
        return
    await UnlinkChat("chat_unlinked", opened)
    await Say("This chat is no longer linked.")
    await to_my_report()
