"""The screens behind Privacy, and what can be chosen there: what Exit keeps, deleting messages, one reminder.

What a choice makes of a conversation is elsewhere.
"""

from collections.abc import Iterable
from datetime import time

from dialogs.choices import Option
from dialogs.keeping import TELEGRAM, keeping_text
from dialogs.my_report_link import HOURS, OWN, WORDS
from dialogs.screen import CARRY_ON_BUTTON, Button, Screen, bar
from dialogs.texts import Text, text

AFTER_EXIT, SWEEP, REMIND = "!after-exit:", "!sweep:", "!remind:"  # and what was chosen
ERASE, CLEAR, ASK, FORGET = "!erase", "!clear", "!remind", "!remind-not"
OVERLAYS = frozenset({ERASE, ASK})  # taps that open the screen of their name

CLEARING = text("I am deleting the older messages here now.")
SWEEPING = text("From now on I delete messages here when they are 40 hours old.")
NOT_SWEEPING = text("I no longer delete messages by myself.")
REMINDING = text("I will remind you once. I delete what you began 24 hours after your last answer.")
NOT_REMINDING = text("I will not remind you.")


def privacy_screen(channel: str, *, keeps_draft: bool, unfinished: bool = False, reminds: bool = False) -> Screen:
    """What is kept, and the choice of what happens to an unfinished report on Exit, made before it is needed (T15)."""
    label = text("On Exit: delete my words") if keeps_draft else text("On Exit: keep for 24 hours")
    now = (
        text("When you exit, I keep your unfinished report for 24 hours.")
        if keeps_draft
        else text("When you exit, I delete your unfinished report.")
    )
    wish = "delete" if keeps_draft else "keep"
    further = (*_reminder(unfinished=unfinished, reminds=reminds), _ERASE) if channel == TELEGRAM else ()
    return Screen(
        key="!privacy",
        said=(*keeping_text(channel), now),
        buttons=(Button(tap=f"{AFTER_EXIT}{wish}", label=label), *further, CARRY_ON_BUTTON),
        bar=bar(),
    )


_ERASE = Button(tap=ERASE, label=text("Delete messages here"))


def _reminder(*, unfinished: bool, reminds: bool) -> Iterable[Button]:
    if reminds:
        return (Button(tap=FORGET, label=text("Do not remind me")),)
    return (Button(tap=ASK, label=text("Remind me tomorrow")),) if unfinished else ()


def erase_screen(*, sweeps: bool) -> Screen:
    """What can be deleted in a chat now and from now on, and what nobody here can delete."""
    by_itself = (
        text("I also do it by myself, when messages are 40 hours old.")
        if sweeps
        else text("I can also do it by myself, when messages are 40 hours old.")
    )
    choice = (
        Button(tap=f"{SWEEP}off", label=text("Stop deleting by yourself"))
        if sweeps
        else Button(tap=f"{SWEEP}on", label=text("Delete before 48 hours"))
    )
    return Screen(
        key=ERASE,
        said=(
            text("I can delete the last 48 hours here, yours and mine. Older ones stay."),
            text("I cannot clear notifications, backups, or copies on other phones."),
            text("Telegram may keep copies, or fail to delete."),
            by_itself,
            text("For that I keep this chat's address, locked, for 90 days after your visit."),
        ),
        buttons=(Button(tap=CLEAR, label=text("Delete older messages now")), choice, CARRY_ON_BUTTON),
        bar=bar(),
    )


def remind_screen() -> Screen:
    """The words of the one reminder that can be asked for; others can be typed at once."""
    return Screen(
        key=ASK,
        said=(
            text("I can remind you once, before I delete what you began."),
            text("It shows only these words and a time."),
            text("Whoever looks at this phone may see it."),
        ),
        question=text("What should I write?"),
        buttons=(*_options("words=", WORDS), CARRY_ON_BUTTON),
        bar=bar(),
        takes=frozenset({"words"}),
    )


def remind_own_screen() -> Screen:
    """Where a reminder's own words are typed."""
    return Screen(
        key="!remind-own",
        question=text("Which words should I use?"),
        hint=text("One short line."),
        buttons=(CARRY_ON_BUTTON,),
        bar=bar(),
        takes=frozenset({"words"}),
    )


def remind_hours_screen() -> Screen:
    """The hours in which the reminder may come."""
    return Screen(
        key="!remind-hours",
        question=text("When is it safe to write to you?"),
        buttons=(*_options("hours=", HOURS), CARRY_ON_BUTTON),
        bar=bar(),
    )


def _options(what: str, options: Iterable[Option]) -> tuple[Button, ...]:
    return tuple(Button(tap=f"{REMIND}{what}{option.code}", label=option.text) for option in options)


def words_of_note(words: str) -> Text:
    """The words of a reminder, in the reader's language where they are ours."""
    ours = {option.code: option.text for option in WORDS if option.code != OWN}
    return ours.get(words) or text("{words}", words=words)


def reminder_screen(words: Text, before: time) -> Screen:
    """The reminder: words its person chose, and until when; nothing says of what."""
    return Screen(
        key="!reminder",
        said=(words, text("Before {time}.", time=before)),
        buttons=(Button(tap="!start", label=text("Start")),),
    )
