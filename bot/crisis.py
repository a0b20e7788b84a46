"""What words of crisis change in a conversation: a card on top of the screen, and nothing beneath it.

The answer is taken as it would be without this. The card stays until the person carries on; once they did, the same
kind of words puts only the emergency line on top. Nobody is told. Pure.
"""

from dataclasses import replace

from bot.answering import Moved, Table
from bot.messages import Asked, Did, Edited, Said, Tap, Unusable
from bot.state import LINE, State
from bot.taps import read_tap, token_of
from bot.typed import command_in
from dialogs.crisis import GRAVITY, Card, Finding, Heard, Kind, Stage, read_card
from dialogs.crisis_card import HEARD, NOT_NOW, NOW
from dialogs.inputs import Attached
from dialogs.screen import CARRY_ON

RESUME = "resume"
_OWN = frozenset({NOW, NOT_NOW, CARRY_ON})


def words_of(did: Did) -> str:
    """Everything somebody wrote with what they did: a message, a caption, words beside a button or a command."""
    if isinstance(did, Said | Edited | Tap | Asked):
        return did.words
    if isinstance(did, Attached | Unusable):
        return did.caption
    return ""


def laid_aside(state: State) -> State:
    """The conversation as it is without its card."""
    if not state.card:
        return state
    return replace(state, card="", under="", overlay=state.overlay or state.under)


def on_the_card(state: State, did: Did, table: Table) -> Moved | None:
    """What the card's own buttons do, and "back" typed there; None where this is about something else."""
    card = read_card(state.card)
    if card is None or state.overlay:
        return None
    asked = command_in(did, table.voices, state.locale)
    if asked is not None and asked.command in ("back", "skip"):
        return Moved(state=_carried_on(state, card))
    tap = read_tap(did.data) if isinstance(did, Tap) else None
    if tap is None or tap.option not in _OWN or (tap.draft, tap.token) != (state.draft, token_of(card.key)):
        return None
    if tap.option == NOW:
        return Moved(state=replace(state, card=replace(card, stage=Stage.NOW).code))
    return Moved(state=_carried_on(state, card, asks=tap.option == NOT_NOW))


def _carried_on(state: State, card: Card, *, asks: bool = False) -> State:
    warned = {*state.warned.split(), f"{card.kind}?" if asks else str(card.kind)}
    return replace(laid_aside(state), warned=" ".join(sorted(warned)))


def put_up(before: State, after: State) -> str:
    """The kind of a card that was put up just now, for the log; "" if there is none."""
    old, new = read_card(before.card), read_card(after.card)
    return str(new.kind) if new and (old is None or old.kind is not new.kind) else ""


def on_top(before: State, did: Did, moved: Moved, table: Table) -> Moved:
    """`moved` with the card that was up already, and with the one that the words of `did` call for."""
    if moved.hide:
        return moved
    after = kept_on_top(before, did, moved.state)
    heard = table.hears(words_of(did))
    if not heard.findings:
        return replace(moved, state=after)
    up = read_card(after.card)
    finding = _shown_for(heard, after.warned, up)
    if finding is None:
        return replace(moved, state=after if up else replace(after, card=LINE))
    stage = Stage.ASKS if finding.asks else Stage.TOLD
    card = Card(kind=finding.kind, stage=stage, young=heard.young, language=finding.language)
    under = after.under if up else after.overlay
    notice = HEARD if moved.notice else moved.notice
    return replace(moved, state=replace(after, card=card.code, under=under, overlay=""), notice=notice)


def kept_on_top(before: State, did: Did, after: State) -> State:
    """The card stays up whatever is done beneath it, until it is answered or the person begins again."""
    if read_card(before.card) is None or after.draft != before.draft or after.card:
        return after
    beneath = laid_aside(before).overlay
    if after.overlay == RESUME != beneath:
        return after
    opened = after.overlay not in ("", beneath)
    if before.overlay or opened:  # help, privacy and their like open over the card, and lead back to it
        return replace(after, card=before.card, under=before.under)
    return replace(after, card=before.card, under=after.overlay, overlay="")


def _shown_for(heard: Heard, warned: str, up: Card | None) -> Finding | None:
    """The gravest of what was found whose card is not known yet; a danger of now is shown each time."""
    known = warned.split()
    for finding in heard.findings:
        told = str(finding.kind) in known or (finding.asks and f"{finding.kind}?" in known)
        if told and (finding.asks or finding.kind is not Kind.DANGER):
            continue
        return finding if up is None or _graver(finding, up) else None
    return None


def _graver(finding: Finding, up: Card) -> bool:
    return finding.rank < (up.stage is Stage.ASKS, GRAVITY[up.kind])
