"""What each thing a person does makes of a conversation. Pure: from a state to the next.

A move never fails: whatever arrives, there is a next state and a kind word.
"""

from collections.abc import Mapping
from dataclasses import replace

from bot import crisis, privacy
from bot.answering import Moved, Table, back, edit, keep, refused, say, take_up
from bot.code_offered import let_go, opened, without_code
from bot.messages import Asked, Did, Edited, Said, Tap, Unusable
from bot.rendering import Voice
from bot.state import State
from bot.taps import TapData, read_tap, token_of
from bot.typed import command_in, plain
from dialogs import overlays, screen
from dialogs.inputs import Accepted, Reader, Skipped, Stored, Tapped
from dialogs.play import Played
from dialogs.script import Question
from dialogs.texts import NOTHING, text

_NOT_THAT = text("I cannot use that here. Please tap a button, or type.")
_TAP_FIRST = text("Please tap a button first.")
_OVERLAYS = frozenset({screen.HELP, screen.LANGUAGE, screen.PRIVACY, screen.ANSWERS})


def leaves(did: Did, voices: Mapping[str, Voice]) -> bool:
    """Whether this may be Exit, in whichever language; such a wish waits for nothing."""
    asked = command_in(did, voices, "")
    tap = read_tap(did.data) if isinstance(did, Tap) else None
    return asked.command == "exit" if asked else tap is not None and tap.option == screen.EXIT


def fresh(state: State, table: Table) -> State:
    """The menu, with the language and the choices about Exit and old messages kept."""
    return State(
        draft=table.new_draft(),
        began=table.today,
        locale=state.locale,
        dialog=table.front,
        keeps_draft=state.keeps_draft,
        sweeps=state.sweeps,
        poster=state.poster,
        edition=state.edition,
    )


def move(state: State, did: Did, table: Table) -> Moved:
    """The state after `did`; words of crisis put their card on top of it."""
    answered = crisis.on_the_card(state, did, table)
    if answered is not None:
        return answered
    moved = crisis.on_top(state, did, without_code(crisis.laid_aside(state), did, table, _beneath), table)
    return replace(moved, state=let_go(moved.state))


def _beneath(state: State, did: Did, table: Table) -> Moved:
    command = command_in(did, table.voices, state.locale)
    if command is not None:
        return _command(state, command, table)
    if not state.locale:
        return _first_language(state, did, table)
    if isinstance(did, Tap):
        return _tap(state, read_tap(did.data), table)
    if isinstance(did, Edited):
        return edit(state, did, table)
    if isinstance(did, Unusable | Asked):
        because = did.because if isinstance(did, Unusable) else NOTHING
        return refused(state, because or _NOT_THAT, table.person)
    if state.overlay == "resume":
        return _shows_nothing(state)
    return privacy.told(state, did) or say(replace(state, overlay=""), did, table)


def _first_language(state: State, did: Did, table: Table) -> Moved:
    if isinstance(did, Tap):
        tap = read_tap(did.data)
        wanted = tap.option.removeprefix(overlays.LOCALE) if tap else ""
    else:
        wanted = _typed_language(did.words, table) if isinstance(did, Said) else ""
    return Moved(state=replace(state, locale=wanted) if wanted in table.voices else state)


def _typed_language(words: str, table: Table) -> str:
    said = plain(words)
    return next((tag for tag, voice in table.voices.items() if said in (tag, plain(voice.endonym))), "")


def _command(state: State, asked: Asked, table: Table) -> Moved:
    if asked.command == "exit":
        return Moved(state=privacy.hidden(state, fresh(state, table)), hide=True)
    if asked.command == "start":
        return _start(state, asked, table)
    if not state.locale:
        return Moved(state=state)
    if asked.command in ("back", "skip") and state.overlay == "resume":
        return _shows_nothing(state)
    if asked.command == "back":
        return back(replace(state, overlay=""), table)
    if asked.command == "skip":
        return say(replace(state, overlay=""), Skipped(), table)
    return Moved(state=replace(state, overlay=asked.command))


def _shows_nothing(state: State) -> Moved:
    """Whoever holds the phone must say first that they are the one who was in the middle of something."""
    return Moved(state=state, notice=_TAP_FIRST)


def _start(state: State, asked: Asked, table: Table) -> Moved:
    if not state.answers:
        return Moved(state=replace(fresh(state, table), poster=asked.payload or state.poster, gone=state.gone))
    return Moved(state=replace(state, overlay="resume"))


def _tap(state: State, tap: TapData | None, table: Table) -> Moved:
    if tap is None:
        return Moved(state=state, notice=overlays.OLD_BUTTON)
    if tap.option.startswith("!"):
        return _bar(state, tap, table)
    played = table.play(state)
    asked = played.waiting
    if tap.draft != state.draft or not isinstance(asked, Question):
        return Moved(state=state, notice=overlays.OLD_BUTTON)
    if tap.token == token_of(asked.id):
        return say(replace(state, overlay=""), Tapped(option=tap.option), table)
    return _old_answer(state, tap, played)


def _old_answer(state: State, tap: TapData, played: Played) -> Moved:
    """A tap on an old button: the same answer again changes nothing, another one offers to change it."""
    old = next((answer for answer in played.path if token_of(answer.question.id) == tap.token), None)
    if old is None or old.question.id not in played.undoable:
        return Moved(state=state, notice=overlays.OLD_BUTTON)
    again = old.question.accept(Tapped(option=tap.option), old.stored, Reader(locale=state.locale, today=state.began))
    if isinstance(again, Accepted) and _same(again.stored, old.stored):
        return Moved(state=state)
    return Moved(state=replace(state, overlay=f"change:{old.question.id}"))


def _same(new: Stored, old: Stored) -> bool:
    if isinstance(new, dict) and isinstance(old, dict):
        return {**new, "bound": "", "done": True} == {**old, "bound": "", "done": True}
    return bool(new == old)


def _bar(state: State, tap: TapData, table: Table) -> Moved:
    option = tap.option
    if option == screen.EXIT:
        return _command(state, Asked(command="exit"), table)
    if option == overlays.START:
        return _start(state, Asked(command="start"), table)
    if option in _OVERLAYS:
        return Moved(state=replace(state, overlay=option.removeprefix("!"), page=0))
    if option == screen.CARRY_ON:
        return Moved(state=replace(state, overlay="", page=0))
    if option.startswith(overlays.LOCALE):
        return _locale(state, option.removeprefix(overlays.LOCALE), table)
    return privacy.chosen(state, option) or _of_this_draft(state, tap, table)


def _of_this_draft(state: State, tap: TapData, table: Table) -> Moved:
    if tap.draft != state.draft:
        return Moved(state=state, notice=overlays.OLD_BUTTON)
    if tap.option in (overlays.START_AGAIN, overlays.MENU):
        return Moved(state=fresh(state, table))
    if tap.option == overlays.OPEN_CODE and state.code:
        return Moved(state=opened(state, fresh(state, table)))
    if tap.option.startswith(overlays.CHANGE):
        return take_up(state, tap.option.removeprefix(overlays.CHANGE), table)
    return _turn_page_or_step(state, tap, table)


def _turn_page_or_step(state: State, tap: TapData, table: Table) -> Moved:
    """Back, Skip, Keep and More mean the screen they were shown on; later they would mean another one."""
    if tap.token != token_of(current_key(state, table)):
        return Moved(state=state, notice=overlays.OLD_BUTTON)
    if tap.option == screen.MORE:
        return Moved(state=replace(state, page=state.page + 1))
    if tap.option == screen.BACK:
        return back(state, table)
    if tap.option == screen.SKIP:
        return say(state, Skipped(), table)
    return keep(state, table) if tap.option == screen.KEEP else Moved(state=state, notice=overlays.OLD_BUTTON)


def current_key(state: State, table: Table) -> str:
    """The key of the screen the person sees."""
    if state.overlay:
        return f"!{state.overlay.partition(':')[0]}"
    waiting = table.play(state).waiting
    return waiting.id if isinstance(waiting, Question) else ""


def _locale(state: State, tag: str, table: Table) -> Moved:
    return Moved(state=replace(state, locale=tag if tag in table.voices else state.locale, overlay="", page=0))
