"""What is kept, who can read it, and what nobody can protect: in short for every screen, and page by page."""

from dialogs.cards import to_the_menu
from dialogs.choices import Choice, Option
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import Text, text

TELEGRAM = "telegram"
_ON = (Option("more", "Read more"), Option("enough", "That is enough"))

_KEPT = (
    text("I keep your answers for 24 hours, so that you can come back. Then I delete them."),
    text("A report that you sent stays with those you chose."),
    text("You get a code with it. I can show that code only once."),
)
_READERS = (
    text("Before you send, nobody is shown your answers."),
    text("When you send, I lock them. Only those you chose have a key."),
    text("We do not ask about immigration status. We send nothing to immigration. The police may do so."),
)
_LIMITS: dict[bool, tuple[Text, ...]] = {
    True: (
        text("Telegram keeps this chat. It is not private from end to end."),
        text("Your words also pass through our computer, unlocked, for a moment."),
        text("I cannot clear notifications, or copies on other phones and computers."),
        text("I cannot take this chat off your list. You can delete it there."),
    ),
    False: (
        text("Your browser may remember this page. A private window forgets it."),
        text("Your words also pass through our computer, unlocked, for a moment."),
        text("I cannot help if someone has put a spy app on this phone or computer."),
    ),
}
_HIDING: dict[bool, tuple[Text, ...]] = {
    True: (
        text("To hide, tap Exit, or type {command} or the word exit.", command="/hide"),
        text("I clear all messages of the last 48 hours, yours and mine. Older ones stay."),
        text("Then only a short greeting is left."),
        text("Under Privacy you can let me delete messages by myself, too."),
    ),
    False: (
        text("To hide, tap Exit. You leave this page at once, and I clear what I can."),
        text("Then close the window."),
    ),
}


def keeping_text(channel: str) -> tuple[Text, ...]:
    """The shortest honest answer to "what do you keep?", for `channel` ("telegram" or another)."""
    return (
        text("I keep unfinished answers for 24 hours."),
        text("Only those you choose can open your report."),
        text("We never ask about immigration status."),
        *_shortly(channel),
    )


def _shortly(channel: str) -> tuple[Text, ...]:
    if channel == TELEGRAM:
        return (
            text("Telegram keeps this chat and could read it."),
            text("Exit clears the last 48 hours here. Only you can delete the chat."),
        )
    return (
        text("Your browser may remember this page."),
        text("Exit leaves this page at once."),
    )


async def what_we_keep(start: Start) -> None:
    """What is kept, in four pages; a person may stop after each."""
    telegram = start.channel == TELEGRAM
    pages = (_KEPT, _READERS, _LIMITS[telegram], _HIDING[telegram])
    for number, page in enumerate(pages, start=1):
        for words in page:
            await Say(words)
        if number == len(pages):
            await to_the_menu()
        elif await Choice(f"keeping[{number}]", "Would you like to read more?", _ON) == "enough":
            return
