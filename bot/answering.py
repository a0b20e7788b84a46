"""How an answer is recorded, taken back and edited. Pure; `moves.py` decides which of these a message means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.messages import Edited, Said
from bot.rendering import Voice, strip_isolates
from bot.state import FRONT, State
from bot.typed import plain
from dialogs import overlays
from dialogs.crisis import Heard, hears_nothing
from dialogs.inputs import Attached, Input, Reader, Refused, Skipped, Stored, Tapped, Typed
from dialogs.narrative import edited_item
from dialogs.play import Played
from dialogs.script import Bound, Question
from dialogs.texts import NOTHING, Text, text

PATIENCE = 3  # refusals before a human is offered (T28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The next state, and what to say about the move. `hide`: clear the chat first.

    `clears`: delete the older messages of the chat, and stay.
    """

    state: State
    notice: Text = NOTHING
    hide: bool = False
    clears: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a move needs to know beside the state: how it plays, and in which languages."""

    play: Callable[[State], Played]
    voices: Mapping[str, Voice]
    today: date
    new_draft: Callable[[], str]
    front: str = FRONT  # the dialog to begin again with
    hears: Callable[[str], Heard] = hears_nothing  # words of crisis
    person: Text = NOTHING  # whom to call instead, said after several refusals


def keep(state: State, table: Table) -> Moved:
    """Give again the answer that was given before going back."""
    asked = table.play(state).waiting
    if not isinstance(asked, Question) or asked.id not in state.before:
        return Moved(state=state)
    return Moved(state=_recorded(state, asked, state.before[asked.id], table))


def back(state: State, table: Table) -> Moved:
    """Drop the last answer; it is offered again at its question, so nothing typed is lost (T3)."""
    undoable = table.play(state).undoable
    return take_up(state, undoable[-1], table) if undoable else Moved(state=state)


def take_up(state: State, id: str, table: Table) -> Moved:
    """Ask a question again; later answers stay and return if they still fit."""
    played = table.play(state)
    answered = played.answered(id)
    if answered is None or id not in played.undoable:
        return Moved(state=replace(state, overlay=""), notice=overlays.SENT_ALREADY)
    answers = {key: stored for key, stored in state.answers.items() if key != id}
    given = state.before.get(id) if answered.stored is None else answered.stored
    again = None if given is None else answered.question.reopened(given)
    if again is not None:
        answers[id] = again
    before = {**state.before, id: given} if given is not None else state.before
    return Moved(state=replace(state, answers=answers, before=before, overlay="", page=0, tries=0))


def say(state: State, did: Said | Attached | Tapped | Skipped, table: Table) -> Moved:
    played = table.play(state)
    asked = played.waiting
    if not isinstance(asked, Question):
        return Moved(state=state)
    given = _input(state, did, asked, played, table)
    if isinstance(given, Skipped):
        return _skip(state, asked, played.recorded, table)
    verdict = asked.accept(given, played.recorded, Reader(locale=state.locale, today=table.today))
    if isinstance(verdict, Refused):
        return refused(state, verdict.because, table.person)
    after = _recorded(state, asked, verdict.stored, table)
    return Moved(state=_remember_ref(after, asked, given))


def _input(
    state: State, did: Said | Attached | Tapped | Skipped, asked: Question[Any], played: Played, table: Table
) -> Input:
    """What was said, with a label or a number typed out taken for a tap on its button."""
    if not isinstance(did, Said):
        return did
    voice = table.voices[state.locale]
    offers = asked.offers(played.recorded)
    said = plain(did.words)
    for number, offer in enumerate(offers, start=1):
        if said in (plain(strip_isolates(voice.say(offer.label))), plain(offer.label.message)):
            return Tapped(option=offer.option)
        if said == str(number) and not asked.takes():
            return Tapped(option=offer.option)
    return Typed(words=did.words, ref=did.ref)


def _skip(state: State, asked: Question[Any], recorded: Stored, table: Table) -> Moved:
    """What was said so far is not sent, but offered again if the person comes back to the question."""
    if asked.required:
        return refused(state, text("I need this answer to go on. You can also go back or exit."), table.person)
    after = _recorded(state, asked, None, table)
    if recorded is not None:
        after = replace(after, before={**after.before, asked.id: recorded})
    return Moved(state=after)


def _recorded(state: State, asked: Question[Any], stored: Stored, table: Table) -> State:
    if isinstance(asked, Bound) and isinstance(stored, dict):
        stored = {**stored, "bound": table.voices[state.locale].binding(asked), "locale": state.locale}
    whole = stored is None or asked.complete(stored)
    return replace(
        state,
        answers={**state.answers, asked.id: stored},
        before={id: old for id, old in state.before.items() if id != asked.id or not whole},
        page=0 if whole else state.page,
        tries=0,
    )


def _remember_ref(state: State, asked: Question[Any], given: Input) -> State:
    ref = getattr(given, "ref", "")
    return replace(state, refs={**state.refs, ref: asked.id}) if ref else state


def refused(state: State, because: Text, person: Text) -> Moved:
    """Nothing changes but the kind word; `person`, whom to call, is added to it from the third refusal on."""
    tries = state.tries + 1
    tired = person and tries >= PATIENCE
    notice = text("{because} {person}", because=because, person=person) if tired else because
    return Moved(state=replace(state, tries=tries), notice=notice)


def edit(state: State, edited: Edited, table: Table) -> Moved:
    """An edited message edits the answer it gave, unless that was sent."""
    id = state.refs.get(edited.ref, "")
    played = table.play(state)
    answered = played.answered(id)
    waiting = played.waiting
    if isinstance(waiting, Question) and waiting.id == id and played.recorded is not None:
        return _edited_answer(state, waiting, played.recorded, edited, table)
    if answered is None:
        return Moved(state=state)
    if id not in played.undoable:
        return Moved(state=state, notice=overlays.SENT_ALREADY)
    return _edited_answer(state, answered.question, answered.stored, edited, table)


def _edited_answer(state: State, question: Question[Any], stored: Stored, edited: Edited, table: Table) -> Moved:
    if isinstance(stored, dict) and "items" in stored:
        return Moved(state=_replaced(state, question.id, edited_item(stored, edited.ref, edited.words)))
    reader = Reader(locale=state.locale, today=table.today)
    verdict = question.accept(Typed(words=edited.words, ref=edited.ref), None, reader)
    if isinstance(verdict, Refused):
        return Moved(state=state, notice=verdict.because)
    return Moved(state=_replaced(state, question.id, verdict.stored), notice=text("I have changed your answer."))


def _replaced(state: State, id: str, stored: Stored) -> State:
    return replace(state, answers={**state.answers, id: stored})
