"""What the choices behind Privacy make of a conversation, and what of it outlives an Exit. Pure."""

from dataclasses import replace

from bot.answering import Moved
from bot.messages import Did, Said, Tap
from bot.state import OPENED, SENT, State
from bot.taps import read_tap, token_of
from dialogs import overlays, privacy
from dialogs.inputs import Reader, Refused, Typed
from dialogs.my_report_link import HOURS, OWN, WORDS, Note
from dialogs.texts import NOTHING

KEPT_CODE = ("kept_code", "kept_code_now")  # the questions whether the code of a report is in a safe place
_NOT_YET = "where"  # the answer of who first asks where that is
_HOURS = "remind-hours"
_SAY_NOTHING = frozenset(token_of(key) for key in ("!hidden", "!nudge", "!reminder", "!language", "menu"))


def chosen(state: State, option: str) -> Moved | None:
    """What a tap on one of the choices does; None if it is none of them."""
    if option in privacy.OVERLAYS:
        return Moved(state=replace(state, overlay=option.removeprefix("!"), page=0))
    if option == privacy.CLEAR:
        return Moved(state=state, notice=privacy.CLEARING, clears=True)
    if option.startswith(privacy.AFTER_EXIT):
        return Moved(state=replace(state, keeps_draft=option.endswith("keep")))
    if option.startswith(privacy.SWEEP):
        return _sweeps(state, on=option.endswith("on"))
    if option == privacy.FORGET:
        return Moved(state=replace(state, reminder=""), notice=privacy.NOT_REMINDING)
    return _of_reminder(state, option.removeprefix(privacy.REMIND)) if option.startswith(privacy.REMIND) else None


def _sweeps(state: State, *, on: bool) -> Moved:
    return Moved(state=replace(state, sweeps=on), notice=privacy.SWEEPING if on else privacy.NOT_SWEEPING)


def _of_reminder(state: State, choice: str) -> Moved:
    what, _, code = choice.partition("=")
    if what == "words" and code == OWN:
        return Moved(state=replace(state, overlay="remind-own"))
    if what == "words" and code in {option.code for option in WORDS}:
        return Moved(state=replace(state, overlay=f"{_HOURS}:{code}"))
    overlay, _, words = state.overlay.partition(":")
    if what == "hours" and code in {option.code for option in HOURS} and overlay == _HOURS and words:
        reminded = replace(state, reminder=f"{code}:{words}", overlay="privacy")
        return Moved(state=reminded, notice=privacy.REMINDING)
    return Moved(state=state, notice=overlays.OLD_BUTTON)


def told(state: State, did: Did) -> Moved | None:
    """What words do that were typed for a reminder; None if they were meant for something else."""
    if not isinstance(did, Said) or state.overlay not in ("remind", "remind-own"):
        return None
    words = " ".join(did.words.split())
    verdict = Note("note", NOTHING).accept(Typed(words=words), None, Reader(locale=state.locale, today=state.began))
    if isinstance(verdict, Refused):
        return Moved(state=state, notice=verdict.because)
    return Moved(state=replace(state, overlay=f"{_HOURS}:{verdict.stored}"))


def hidden(state: State, empty: State) -> State:
    """The state after Exit: what was begun, if the person chose to keep that, else an `empty` one.

    A report that was opened is closed, and so is one that was sent, once its code is in a safe place: whoever holds
    the phone next does not come to it.
    """
    closes = OPENED in state.answers or (SENT in state.answers and _put_away(state))
    if not state.keeps_draft or closes:
        return empty
    return replace(state, overlay="resume" if state.answers else "", gone=False)


def _put_away(state: State) -> bool:
    return any(state.answers.get(id, _NOT_YET) != _NOT_YET for id in KEPT_CODE)


def settled(state: State) -> State:
    """Without a reminder of what was sent or deleted, and without news that was read."""
    return replace(state, reminder=state.reminder if state.unfinished else "", gone=state.gone and not state.answers)


def spoke_before(did: Did) -> bool:
    """Whether this is a tap on a screen that was shown after something had been said, in whatever conversation."""
    tap = read_tap(did.data) if isinstance(did, Tap) else None
    return tap is not None and bool(tap.draft) and tap.token not in _SAY_NOTHING
