"""The screens beside the dialogs: help, language, privacy, the answers so far. Afterwards the same question returns."""

from collections.abc import Mapping, Sequence

from dialogs.cards import EMERGENCY
from dialogs.keeping import TELEGRAM, keeping_text
from dialogs.play import Played
from dialogs.screen import CARRY_ON_BUTTON, Button, Screen, bar
from dialogs.script import Answered
from dialogs.texts import Text, text

START, START_AGAIN, MENU = "!start", "!start-again", "!menu"
CHANGE, LOCALE, AFTER_EXIT = "!change:", "!locale:", "!after-exit:"
ANSWERS_A_PAGE = 7


def help_screen(channel: str) -> Screen:
    """What to do in danger, and the words that always work (T1, T2)."""
    return Screen(
        key="!help",
        said=(
            EMERGENCY,
            text("I am a bot. I cannot call for you."),
            text("You can tap the buttons, or type. You can also type: back, skip, help or exit."),
            text("Exit clears this chat.") if channel == TELEGRAM else text("Exit leaves this page at once."),
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


def privacy_screen(channel: str, *, keeps_draft: bool) -> Screen:
    """What is kept, and the choice of what happens to an unfinished report on Exit, made before it is needed (T15)."""
    label = text("On Exit: delete my words") if keeps_draft else text("On Exit: keep for 24 hours")
    now = (
        text("When you exit, I keep your unfinished report for 24 hours.")
        if keeps_draft
        else text("When you exit, I delete your unfinished report.")
    )
    wish = "delete" if keeps_draft else "keep"
    return Screen(
        key="!privacy",
        said=(*keeping_text(channel), now),
        buttons=(Button(tap=f"{AFTER_EXIT}{wish}", label=label), CARRY_ON_BUTTON),
        bar=bar(),
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


def nudge_screen(words: Text) -> Screen:
    """What a linked chat is shown when there is news: words its person chose."""
    return Screen(key="!nudge", said=(words,), buttons=(Button(tap=START, label=text("Start")),))


UNREADABLE = text("I lost my place. Please start again from the menu.")
CHANGED = text("Some questions have changed since you began. I kept all answers that still fit.")
OLD_BUTTON = text("That button is from before. This is where we are now.")
SENT_ALREADY = text("You have sent that already, so I cannot change it here.")
TALK_TO_SOMEBODY = text("You can also skip this, or talk to a person: call 101 or Victim Support.")
