"""What becomes of a conversation in which somebody types a report's code: it is kept out of their words, and they are
asked whether to open the report. Pure; how a code is found is in `code_typed.py`, how it opens a report elsewhere.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.answering import Moved, Table, refused
from bot.code_typed import TypedCode, Unsearchable, find_code
from bot.messages import Asked, Did, Edited, Said, Tap, Unusable
from bot.state import State
from bot.taps import read_tap, token_of
from dialogs.code import Code, KeptCode
from dialogs.coming_back import with_code
from dialogs.inputs import Attached
from dialogs.narrative import SHORTER, TOO_LONG, Words
from dialogs.overlays import CODE, NOT_QUITE_A_CODE, OPEN_CODE
from dialogs.screen import CARRY_ON

RESUME = "resume"
Onward = Callable[[State, Did, Table], Moved]  #: what a deed makes of a state where no code is typed


def without_code(state: State, did: Did, table: Table, onward: Onward) -> Moved:
    """`onward` without the code somebody typed, and the offer to open its report on top.

    The offer is taken away by whatever is done but its own two buttons.
    """
    own = _own_button(state, did)
    if own == OPEN_CODE:
        return onward(state, did, table)
    before = _left(state) if state.locale else state
    if own == CARRY_ON:
        return Moved(state=before)
    if isinstance(did, Asked) and find_code(did.payload):  # a poster's link is no place for a code
        did = replace(did, payload="")
    try:
        typed = find_code(_typed(did))
    except Unsearchable:
        return _too_much(before, did, table, onward)
    if typed is None:
        return onward(before, did, table)
    if _answers_with(before, did, typed, table):
        return onward(before, _said(did, typed.digits), table)
    if not typed.digits:
        return refused(before, NOT_QUITE_A_CODE, table.person)
    return _offered(_of_the_rest(before, did, typed, (table, onward)), typed)


def let_go(state: State) -> State:
    """The code is forgotten as soon as the offer is neither up nor beneath a card of crisis."""
    waits = CODE in (_name(state.overlay), _name(state.under))
    return state if waits or not state.code else replace(state, code="")


def opened(state: State, begun: State) -> State:
    """The dialog that opens a report, with the code that waited in `state`; `begun`: a new beginning."""
    return replace(begun, dialog="code", answers=with_code(state.code))


def _own_button(state: State, did: Did) -> str:
    """Which button of the offer was pressed; "" for anything else."""
    tap = read_tap(did.data) if isinstance(did, Tap) and state.code else None
    shown = tap is not None and (tap.draft, tap.token) == (state.draft, token_of(f"!{CODE}"))
    return tap.option if tap and shown and _name(state.overlay) == CODE else ""


def _name(overlay: str) -> str:
    return overlay.partition(":")[0]


def _left(state: State) -> State:
    """Without the offer; who had to say first that they are the one who was here must still say so."""
    if _name(state.overlay) != CODE:
        return state
    return replace(state, overlay=state.overlay.partition(":")[2], page=0)


def _typed(did: Did) -> str:
    """What was written and could be kept."""
    if isinstance(did, Said | Edited | Asked):
        return did.words
    return did.caption if isinstance(did, Attached | Unusable) else ""


def _said(did: Did, digits: str) -> Said:
    return Said(words=digits or _typed(did), ref=did.ref if isinstance(did, Said | Edited) else "")


def _answers_with(state: State, did: Did, typed: TypedCode, table: Table) -> bool:
    """Whether the code, or a slip in it, answers the question that is asked; an edit gives it again."""
    if not state.locale or state.overlay or not isinstance(did, Said | Edited):
        return False
    asked = table.play(state).waiting
    if isinstance(asked, KeptCode):
        return not typed.digits or asked.is_about(typed.digits)
    return isinstance(asked, Code)


def _of_the_rest(state: State, did: Did, typed: TypedCode, further: tuple[Table, Onward]) -> Moved:
    """What is left of a message is kept where stories are told; a file is kept wherever it would have been."""
    table, onward = further
    if isinstance(did, Attached):
        return onward(state, replace(did, caption=typed.rest), table)
    if isinstance(did, Unusable | Asked):
        return onward(state, did, table)
    kept = isinstance(did, Edited) or (state.overlay != RESUME and isinstance(table.play(state).waiting, Words))
    if not typed.rest or not kept or not isinstance(did, Said | Edited):
        return Moved(state=state)
    return onward(state, replace(did, words=typed.rest), table)


def _too_much(state: State, did: Did, table: Table, onward: Onward) -> Moved:
    """A code could hide in it, so nothing of it is kept; a command is no less a command for what is beside it."""
    if isinstance(did, Asked):
        return onward(state, replace(did, words=""), table)
    gathers = state.locale and state.overlay != RESUME and isinstance(table.play(state).waiting, Words)
    return refused(state, TOO_LONG if gathers else SHORTER, table.person)


def _offered(moved: Moved, typed: TypedCode) -> Moved:
    if moved.hide:
        return moved
    overlay = f"{CODE}:{RESUME}" if moved.state.overlay == RESUME else CODE
    return replace(moved, state=replace(moved.state, overlay=overlay, code=typed.digits, page=0))
