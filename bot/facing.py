"""Which screen a conversation shows. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.rendering import ENDONYMS
from bot.state import LINE, State
from dialogs import overlays, privacy
from dialogs.cards import EMERGENCY
from dialogs.crisis import read_card
from dialogs.crisis_card import crisis_screen
from dialogs.play import Played
from dialogs.screen import Screen, View, question_screen
from dialogs.texts import NOTHING, Text
from services_directory.model import Directory

NO_SERVICES = Directory(areas=(), national=())


def screen_of(
    state: State, played: Played, channel: str, notice: Text = NOTHING, *, directory: Directory = NO_SERVICES
) -> Screen:
    """The card of crisis if it is up, else the overlay if there is one, else the question `played` waits for.

    What was opened from the card, such as help, is shown over it.
    """
    card = read_card(state.card)
    if card is not None and not (state.locale and state.overlay):
        languages = {} if state.locale else ENDONYMS
        return replace(crisis_screen(card, directory, channel, languages), notice=notice)
    screen = _beneath(state, played, channel, notice)
    if state.card != LINE or EMERGENCY in screen.said:
        return screen
    return replace(screen, said=(EMERGENCY, *screen.said))


def _beneath(state: State, played: Played, channel: str, notice: Text) -> Screen:
    if not state.locale:
        return overlays.language_screen(ENDONYMS, first=True)
    beside = _overlay(state, played, channel) if state.overlay else None
    if beside is not None:
        return replace(beside, notice=notice)
    before = state.before.get(played.waiting.id) if played.waiting else None
    notice = notice or (overlays.GONE if state.gone else NOTHING)
    return question_screen(played, View(page=state.page, before=before, notice=notice))


def _privacy(state: State, channel: str) -> Screen:
    reminds = bool(state.reminder)
    return privacy.privacy_screen(channel, keeps_draft=state.keeps_draft, unfinished=state.unfinished, reminds=reminds)


_BEHIND_PRIVACY: Mapping[str, Callable[[State, str], Screen]] = {
    "privacy": _privacy,
    "erase": lambda state, _: privacy.erase_screen(sweeps=state.sweeps),
    "remind": lambda *_: privacy.remind_screen(),
    "remind-own": lambda *_: privacy.remind_own_screen(),
    "remind-hours": lambda *_: privacy.remind_hours_screen(),
}


def _overlay(state: State, played: Played, channel: str) -> Screen | None:
    name, _, id = state.overlay.partition(":")
    if name == "help":
        return overlays.help_screen(channel)
    if name == "language":
        return overlays.language_screen(ENDONYMS, first=False)
    if name in _BEHIND_PRIVACY:
        return _BEHIND_PRIVACY[name](state, channel)
    if name == "resume":
        return overlays.resume_screen()
    if name == overlays.CODE:
        return overlays.code_screen(played)
    if name == "answers":
        return overlays.answers_screen(played, state.page)
    answered = played.answered(id)
    return overlays.change_screen(answered) if name == "change" and answered else None
