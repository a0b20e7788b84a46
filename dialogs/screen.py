"""What is put before a person at one moment: words, buttons and the bar that is the same everywhere.

A screen is made of `Text`, so it is the same in every language and channel until it is rendered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from dialogs.consent import Confirm, Sheet
from dialogs.inputs import Stored
from dialogs.play import Played
from dialogs.script import Offer, Question
from dialogs.texts import NOTHING, Text, text

PAGE = 8  # answer buttons on one screen (T8); the bar is not among them, as it is the same everywhere


class Tone(StrEnum):
    """How much a button stands out."""

    PLAIN = "plain"
    MAIN = "main"
    DANGER = "danger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """`tap`: the option it stands for, or one of the bar's codes, which begin with "!"."""

    tap: str
    label: Text
    marked: bool = False
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One screen. `key`: the question's id, or "!" and an overlay's name."""

    key: str
    said: tuple[Text, ...] = ()
    question: Text = NOTHING
    hint: Text = NOTHING
    note: Text = NOTHING  # what is recorded so far
    notice: Text = NOTHING  # what became of the last message
    sheet: Sheet | None = None
    buttons: tuple[Button, ...] = ()
    bar: tuple[tuple[Button, ...], ...] = ()
    takes: frozenset[str] = frozenset()
    copy: str = field(default="", repr=False)


BACK, SKIP, MORE, KEEP, ANSWERS = "!back", "!skip", "!more", "!keep", "!answers"
HELP, LANGUAGE, PRIVACY, EXIT, CARRY_ON = "!help", "!language", "!privacy", "!exit", "!carry-on"

_ALWAYS = (
    (
        Button(tap=HELP, label=text("Help now"), tone=Tone.DANGER),
        Button(tap=LANGUAGE, label=text("Language")),
    ),
    (Button(tap=PRIVACY, label=text("Privacy")), Button(tap=EXIT, label=text("Exit"), tone=Tone.DANGER)),
)
_BACK = Button(tap=BACK, label=text("Back"))
_SKIP = Button(tap=SKIP, label=text("Skip"))
_MORE = Button(tap=MORE, label=text("More answers"))
_KEEP = Button(tap=KEEP, label=text("Keep my answer"), tone=Tone.MAIN)
_CHANGE = Button(tap=ANSWERS, label=text("Change an answer"))
CARRY_ON_BUTTON = Button(tap=CARRY_ON, label=text("Carry on"), tone=Tone.MAIN)


def bar(*first: Button) -> tuple[tuple[Button, ...], ...]:
    """The bar: what fits this screen, then help, language, privacy and exit, in the same place everywhere (T2)."""
    return (*((first,) if first else ()), *_ALWAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How the person looks at a question: which page of its buttons, what they said before, what went wrong."""

    page: int = 0
    before: Stored = field(default=None, repr=False)  # the answer given before going back to it
    notice: Text = NOTHING


def question_screen(played: Played, view: View) -> Screen:
    """The screen of the question `played` waits for. Raises TypeError if it waits for none."""
    question = played.waiting
    if not isinstance(question, Question):
        raise TypeError("only a question has a screen")
    recorded = played.recorded if played.recorded is not None else _marked(question, view.before)
    return Screen(
        key=question.id,
        said=tuple(say.text for say in played.said),
        question=question.text,
        hint=question.hint,
        note=question.note(recorded),
        notice=view.notice,
        sheet=question.sheet if isinstance(question, Confirm) else None,
        buttons=_answers(question, recorded, view),
        bar=bar(*_moves(question, played)),
        takes=question.takes(),
        copy="".join(say.copy for say in played.said),
    )


def _marked(question: Question[Any], before: Stored) -> Stored:
    """What to mark as chosen when the question is asked again; a gathering goes on from what it held."""
    return before if before is None or question.reopened(before) is None else question.reopened(before)


def _answers(question: Question[Any], recorded: Stored, view: View) -> tuple[Button, ...]:
    keep = (_KEEP,) if view.before is not None and question.reopened(view.before) is None else ()
    room = PAGE - len(keep)
    offers = question.offers(recorded)
    buttons = tuple(as_button(offer) for offer in page_of(offers, view.page, room))
    more = (_MORE,) if len(offers) > room else ()
    return (*keep, *buttons, *more)


def as_button(offer: Offer) -> Button:
    return Button(
        tap=offer.option, label=offer.label, marked=offer.marked, tone=Tone.MAIN if offer.main else Tone.PLAIN
    )


def page_of(offers: Sequence[Offer], page: int, room: int = PAGE) -> tuple[Offer, ...]:
    """The offers of one page. What stays is on every page; "More answers" takes the last place."""
    if len(offers) <= room:
        return tuple(offers)
    staying = tuple(offer for offer in offers if offer.main or offer.stays)
    listed = [offer for offer in offers if offer not in staying]
    size = room - 1 - len(staying)
    pages = -(-len(listed) // size)
    first = (page % pages) * size
    return (*listed[first : first + size], *staying)


def _moves(question: Question[Any], played: Played) -> tuple[Button, ...]:
    back = (_BACK,) if played.undoable else ()
    skip = () if question.required else (_SKIP,)
    change = (_CHANGE,) if isinstance(question, Confirm) else ()
    return (*back, *skip, *change)
