"""Which screen a conversation shows. Pure."""

from dataclasses import replace

from bot.rendering import ENDONYMS
from bot.state import LINE, State
from dialogs import overlays
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
    return question_screen(played, View(page=state.page, before=before, notice=notice))


def _overlay(state: State, played: Played, channel: str) -> Screen | None:
    name, _, id = state.overlay.partition(":")
    if name == "help":
        return overlays.help_screen(channel)
    if name == "language":
        return overlays.language_screen(ENDONYMS, first=False)
    if name == "privacy":
        return overlays.privacy_screen(channel, keeps_draft=state.keeps_draft)
    if name == "resume":
        return overlays.resume_screen()
    if name == "answers":
        return overlays.answers_screen(played, state.page)
    answered = played.answered(id)
    return overlays.change_screen(answered) if name == "change" and answered else None
