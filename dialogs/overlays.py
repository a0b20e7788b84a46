"""The screens beside the dialogs: help, language, the answers so far. Afterwards the same question returns.

Those behind Privacy are in `privacy.py`.
"""

from collections.abc import Mapping, Sequence

from dialogs.cards import EMERGENCY, contacts
from dialogs.keeping import TELEGRAM
from dialogs.play import Played
from dialogs.screen import CARRY_ON, CARRY_ON_BUTTON, Button, Screen, Tone, bar
from dialogs.script import Answered
from dialogs.texts import NOTHING, Text, text
from services_directory.model import Directory

CODE, OPEN_CODE = "code", "!open-code"
START, START_AGAIN, MENU = "!start", "!start-again", "!menu"
CHANGE, LOCALE = "!change:", "!locale:"
ANSWERS_A_PAGE = 7


def exit_clears(channel: str) -> Text:
    """What Exit does here, and no more than it can."""
    if channel == TELEGRAM:
        return text("Exit clears the last 48 hours here. It cannot clear everything.")
    return text("Exit leaves this page at once.")


def help_screen(channel: str) -> Screen:
    """What to do in danger, and the words that always work (T1, T2)."""
    return Screen(
        key="!help",
        said=(
            EMERGENCY,
            text("I am a bot. I cannot call for you."),
            text("You can tap the buttons, or type. You can also type: back, skip, help or exit."),
            exit_clears(channel),
        ),
        buttons=(CARRY_ON_BUTTON, Button(tap=MENU, label=text("Start again from the menu"))),
        bar=bar(),
    )


def language_screen(endonyms: Mapping[str, str], *, first: bool) -> Screen:
    """The languages, each by its own name; before anything else at the first visit."""
    languages = tuple(Button(tap=f"{LOCALE}{code}", label=text("{name}", name=name)) for code, name in endonyms.items())
    return Screen(
        key="!language",
        question=text("{languages}", languages=" · ".join(endonyms.values())) if first else text("Choose a language."),
        buttons=languages if first else (*languages, CARRY_ON_BUTTON),
        bar=() if first else bar(),
    )


def resume_screen() -> Screen:
    """After /start with answers given: nothing of them is shown, as another person may hold the phone."""
    return Screen(
        key="!resume",
        said=(EMERGENCY,),
        question=text("You were in the middle of something. What would you like to do?"),
        buttons=(CARRY_ON_BUTTON, Button(tap=START_AGAIN, label=text("Delete it and start again"))),
        bar=bar(),
    )


def code_screen(played: Played) -> Screen:
    """After the code of a report was typed anywhere: it was added to nothing, and can open that report."""
    unsent = played.recorded is not None or len(played.undoable) > 1  # more than the way in from the menu
    lost = (text("If you open that report, I delete what you have not sent."),) if unsent else ()
    return Screen(
        key=f"!{CODE}",
        said=(text("This is the code of a report. I did not add it to your words."), *lost),
        question=text("What would you like to do?"),
        buttons=(
            Button(tap=OPEN_CODE, label=text("Open my report with it")),
            Button(tap=CARRY_ON, label=text("Carry on here"), tone=Tone.MAIN if unsent else Tone.PLAIN),
        ),
        bar=bar(),
    )


def answers_screen(played: Played, page: int) -> Screen:
    """The answers that can still be changed, a button each."""
    changeable = [answer for answer in played.path if answer.question.id in played.undoable and answer.question.label]
    pages = max(1, -(-len(changeable) // ANSWERS_A_PAGE))
    first = (page % pages) * ANSWERS_A_PAGE
    more = (Button(tap="!more", label=text("More answers")),) if pages > 1 else ()
    return Screen(
        key="!answers",
        question=text("Which answer would you like to change?")
        if changeable
        else text("There is no answer to change."),
        buttons=(*_change_buttons(changeable[first : first + ANSWERS_A_PAGE]), *more),
        bar=bar(CARRY_ON_BUTTON),
    )


def _change_buttons(answers: Sequence[Answered]) -> tuple[Button, ...]:
    return tuple(Button(tap=f"{CHANGE}{answer.question.id}", label=answer.question.label) for answer in answers)


def change_screen(answer: Answered) -> Screen:
    """After a tap on an old button: offers to change the answer it gave."""
    return Screen(
        key="!change",
        said=(text("You have answered this already: {label}.", label=answer.question.label),),
        question=text("Do you want to change your answer?"),
        buttons=(Button(tap=f"{CHANGE}{answer.question.id}", label=text("Change it")), CARRY_ON_BUTTON),
        bar=bar(),
    )


AFTER_HIDE = Screen(
    key="!hidden",
    said=(text("Hello."),),
    buttons=(Button(tap=START, label=text("Start")),),
)


def a_person(directory: Directory) -> Text:
    """After several refusals: somebody to call (T28). NOTHING where the directory shows no number."""
    line = next(contacts(directory, "victim-support"), NOTHING)
    return text("You can also talk to a person. {contact}", contact=line) if line else NOTHING


def nudge_screen(words: Text) -> Screen:
    """What a linked chat is shown when there is news: words its person chose."""
    return Screen(key="!nudge", said=(words,), buttons=(Button(tap=START, label=text("Start")),))


NOT_QUITE_A_CODE = text(
    "That is not quite a code, as a code has 20 digits. I did not keep it. If it is something else, add a word to it."
)
GONE = text("You were away for a day. I deleted the answers you had not sent, as I promised.")
UNREADABLE = text("I lost my place. Please start again from the menu.")
CHANGED = text("Some questions have changed since you began. I kept all answers that still fit.")
OLD_BUTTON = text("That button is from before. This is where we are now.")
SENT_ALREADY = text("You have sent that already, so I cannot change it here.")
