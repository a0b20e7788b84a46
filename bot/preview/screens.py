"""Every screen there is: those of a walk's questions, page by page and half answered, and those beside the dialogs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from bot.answering import PATIENCE, refused
from bot.messages import Shown
from bot.rendering import ENDONYMS, Voice
from bot.state import State
from dialogs import overlays, privacy
from dialogs.explore import Stop, Walk
from dialogs.inputs import Accepted, Input, Reader, Refused, Stored, Tapped, Typed
from dialogs.keeping import TELEGRAM
from dialogs.play import Played
from dialogs.screen import PAGE, Screen, View, question_screen
from dialogs.script import Question
from dialogs.start import Start
from dialogs.texts import Text

DRAFT = "abcd"  # as long as a draft's letters are
_TRIED = ("", "?", "a", "x" * 1_000, "31 December 2199")  # typed to see what a question refuses and what it finds
NOTICES = (overlays.UNREADABLE, overlays.CHANGED, overlays.OLD_BUTTON, overlays.SENT_ALREADY, overlays.NOT_QUITE_A_CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A screen and where it comes from. `played` is None beside the dialogs; `first`: before any other screen."""

    dialog: str
    screen: Screen
    played: Played | None = None
    first: bool = False
    answers: Any = field(default=None, repr=False)

    @property
    def question(self) -> Question[Any] | None:
        waiting = self.played.waiting if self.played else None
        return waiting if isinstance(waiting, Question) else None

    def shown(self, voice: Voice) -> Shown:
        """In the voice's language. Raises ValueError if a button's data is too long."""
        return voice.show(self.screen, DRAFT)


def screens_of(dialog: str, walk: Walk, start: Start) -> Iterator[Seen]:
    """The screens of all stops of a walk; further states of a question where it was first met."""
    met: set[str] = set()
    for stop in walk.stops:
        question = stop.played.waiting
        if not isinstance(question, Question):
            continue
        seen = Seen(dialog=dialog, screen=Screen(key=""), played=stop.played, first=not met, answers=stop.answers)
        views = [View(page=page) for page in range(_pages(question))]
        if question.id not in met:
            views += _further_views(question, start)
            for recorded in _half_answered(question, start.today):
                yield _with(replace(seen, played=replace(stop.played, recorded=recorded)), View())
        met.add(question.id)
        yield from (_with(seen, view) for view in views)


def _with(seen: Seen, view: View) -> Seen:
    if seen.played is None:
        return seen
    return replace(seen, screen=question_screen(seen.played, view))


def _pages(question: Question[Any]) -> int:
    offers = question.offers(None)
    staying = sum(offer.main or offer.stays for offer in offers)
    return 1 if len(offers) <= PAGE else -(-(len(offers) - staying) // (PAGE - 1 - staying))


def _further_views(question: Question[Any], start: Start) -> list[View]:
    """With an answer given before, and with each kind word about a message that could not be used."""
    given = next((stored for stored in question.examples() if stored is not None), None)
    notices: list[Text] = []
    for notice in _shown_refusals(question, start):
        if notice not in notices:
            notices.append(notice)
    return [*([View(before=given)] if given is not None else []), *(View(notice=notice) for notice in notices)]


def _shown_refusals(question: Question[Any], start: Start) -> Iterator[Text]:
    reader = Reader(locale="en", today=start.today)
    person = overlays.a_person(start.directory)
    tried: tuple[Input, ...] = (*(Typed(words=words) for words in _TRIED), Tapped(option="?"))
    for given in tried:
        verdict = question.accept(given, None, reader)
        if isinstance(verdict, Refused):
            yield verdict.because
            tired = State(draft=DRAFT, began=start.today, tries=PATIENCE - 1)
            yield refused(tired, verdict.because, person).notice


def _half_answered(question: Question[Any], today: date) -> Iterator[Stored]:
    """Answers that are begun: some of several chosen, some words said, a landlord looked for."""
    for stored in question.examples():
        begun = None if stored is None else question.reopened(stored)
        if begun is not None:
            yield begun
    for words in _TRIED:
        verdict = question.accept(Typed(words=words), None, Reader(locale="en", today=today))
        if isinstance(verdict, Accepted) and not question.complete(verdict.stored):
            yield verdict.stored


def beside(walk: Walk) -> Iterator[Seen]:
    """The screens beside the dialogs: help, language, privacy, resuming, the answers so far, the harmless one."""
    longest = max(walk.stops, key=lambda stop: len(stop.played.undoable))
    yield from (Seen(dialog="", screen=screen) for screen in _overlays(walk.stops[0], longest))


def _overlays(first: Stop, longest: Stop) -> Iterable[Screen]:
    yield overlays.language_screen(ENDONYMS, first=True)
    yield overlays.language_screen(ENDONYMS, first=False)
    yield from (replace(overlays.help_screen(TELEGRAM), notice=notice) for notice in NOTICES)
    for channel in (TELEGRAM, "web"):
        yield overlays.help_screen(channel)
        yield from (privacy.privacy_screen(channel, keeps_draft=keeps) for keeps in (False, True))
    yield from _behind_privacy()
    yield overlays.resume_screen()
    yield from (overlays.code_screen(stop.played) for stop in (first, longest))
    changeable = len(longest.played.undoable)
    yield from (overlays.answers_screen(longest.played, page) for page in range(-(-changeable // PAGE) + 1))
    yield from (overlays.change_screen(answer) for answer in longest.played.path)
    yield overlays.AFTER_HIDE


def _behind_privacy() -> Iterable[Screen]:
    unfinished = privacy.privacy_screen(TELEGRAM, keeps_draft=True, unfinished=True)
    yield replace(unfinished, notice=privacy.NOT_REMINDING)
    reminded = privacy.privacy_screen(TELEGRAM, keeps_draft=True, unfinished=True, reminds=True)
    yield replace(reminded, notice=privacy.REMINDING)
    for sweeps, notice in ((False, privacy.CLEARING), (False, privacy.NOT_SWEEPING), (True, privacy.SWEEPING)):
        yield replace(privacy.erase_screen(sweeps=sweeps), notice=notice)
    yield from (privacy.remind_screen(), privacy.remind_own_screen(), privacy.remind_hours_screen())
    yield privacy.reminder_screen(privacy.words_of_note("news"), time(10, 30))
