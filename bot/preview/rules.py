"""The rules a screen is held to in every language (T1 to T28, Telegram's limits), each a function that finds faults.

A rule yields a sentence for each fault. Rules about whole conversations are in `promises.py`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.meanings import base_id
from bot.messages import Shown
from bot.preview.lexicon import blame_in
from bot.preview.ours import all_texts, buttons_of, ours, running_words, sentences_of
from bot.preview.readability import grade, sentences, words
from bot.preview.screens import Seen
from bot.rendering import ISOLATE, POP, Voice
from bot.taps import MOST_BYTES
from dialogs.screen import BACK, EXIT, HELP, LANGUAGE, PRIVACY, SKIP, bar

MOST_BUTTONS, MOST_LABEL = 8, 30
MOST_SENTENCE, MOST_WORDS, MOST_GRADE, GRADED_FROM = 15, 60, 5.0, 20  # words; the grade of screens of 20 or more
MOST_MESSAGE, MOST_COPY = 4_096, 256
QUESTION_MARKS = "?؟？፧\u037e"
BARLESS = ("!language", "!hidden", "!reminder", "!crisis-")  # before the first word, and after hiding
REQUIRED = frozenset(
    {
        "menu",  # ways onward, which have no other answer
        "receiving",
        "danger_next",
        "to_the_menu",
        "to_my_report",
        "safe",  # domain 2.2: a report cannot be routed without these
        "role",
        "area",
        "types",  # only where nothing was told in words
        "check",  # the final send
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong. `locale` is "" for faults of every language."""

    rule: str
    dialog: str
    key: str
    locale: str
    what: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.rule, self.dialog, self.key, self.locale, self.what) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A screen as one language shows it."""

    seen: Seen
    shown: Shown
    voice: Voice


Rule = Callable[[Look], Iterator[str]]


def help_and_exit(look: Look) -> Iterator[str]:
    """T2: the last two rows are the same everywhere and hold Help, Language, Privacy and Exit."""
    if look.shown.key.startswith(BARLESS) and not look.shown.bar:
        return
    rows = look.seen.screen.bar[-2:]
    if rows != bar() or [button.tap for row in rows for button in row] != [HELP, LANGUAGE, PRIVACY, EXIT]:
        yield "the last two rows are not the bar that stands everywhere"


def way_back(look: Look) -> Iterator[str]:
    """T3: Back is there after every answer that can still be taken back."""
    played = look.seen.played
    if played and played.path and not played.done and BACK not in _bar_taps(look):
        yield "there is no Back"


def way_past(look: Look) -> Iterator[str]:
    """T4: Skip is there, but for the few answers nothing can go on without."""
    question = look.seen.question
    if question is None or base_id(question.id) in REQUIRED:
        return
    if question.required or SKIP not in _bar_taps(look):
        yield "there is no Skip"


def _bar_taps(look: Look) -> set[str]:
    return {button.tap for row in look.seen.screen.bar for button in row}


def one_question(look: Look) -> Iterator[str]:
    """T5: a question's screen asks one thing, a screen beside the dialogs at most one."""
    asked = " ".join(ours(words, look.voice) for words in sentences_of(look.seen.screen))
    greek = ";" if look.voice.tag == "el" else ""
    marks = sum(asked.count(mark) for mark in QUESTION_MARKS + greek)
    least = 1 if look.seen.played else 0
    if not least <= marks <= 1:
        yield f"{marks} question marks"


def no_blame(look: Look) -> Iterator[str]:
    """T6."""
    screen = look.seen.screen
    for words_ in (*sentences_of(screen), *(button.label for button in buttons_of(screen))):
        blame = blame_in(ours(words_, look.voice), look.voice.language)
        if blame:
            yield f"says “{blame}”"


def easy_to_read(look: Look) -> Iterator[str]:
    """T7: short sentences, few words, a low grade; in English.

    Counted are our own sentences and the directory's, without the names, numbers and dates filled into them;
    not the buttons, and of a check's list of receivers the sentences only, as their number is the person's choice.
    What is said of the last message is counted on its own: it comes for a moment and goes.
    """
    if look.voice.tag != "en":
        return
    for text in (ours(words_, look.voice) for words_ in sentences_of(look.seen.screen)):
        for sentence in sentences(text):
            if len(words(sentence)) > MOST_SENTENCE:
                yield f"{len(words(sentence))} words in “{sentence}”"
    notice = look.seen.screen.notice
    for part in ([notice], [words_ for words_ in running_words(look.seen.screen) if words_ is not notice]):
        yield from _too_much([ours(words_, look.voice) for words_ in part])


def _too_much(said: list[str]) -> Iterator[str]:
    count = sum(len(words(text)) for text in said)
    if count > MOST_WORDS:
        yield f"{count} words on one screen"
    if count >= GRADED_FROM and round(grade(said), 1) > MOST_GRADE:
        yield f"reading grade {grade(said):.1f}"


def buttons(look: Look) -> Iterator[str]:
    """T8: at most eight answers; labels short, different, and more than a picture."""
    if len(look.shown.buttons) > MOST_BUTTONS:
        yield f"{len(look.shown.buttons)} answers"
    labels = [button.label for button in (*look.shown.buttons, *(b for row in look.shown.bar for b in row))]
    for label in labels:
        if len(label) > MOST_LABEL:
            yield f"{len(label)} characters in “{label}”"
        if not any(character.isalnum() for character in label):
            yield f"no word in “{label}”"
    yield from (f"two buttons say “{label}”" for label, count in Counter(labels).items() if count > 1)


def typed_too(look: Look) -> Iterator[str]:
    """T19: a place on the map can also be typed, and skipped."""
    if "place" in look.shown.takes and ("words" not in look.shown.takes or SKIP not in _bar_taps(look)):
        yield "a place cannot be typed or skipped"


_NUMBERS = re.compile(r"\+?\d+(?:[ \-./]\d+)+|\+\d+")
_SIGNED = re.compile(r"(?<![\w.@/:])(?:[/@.]\w[\w.\-/]*|\w+(?:[@.:/]+\w+)+)", re.ASCII)
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]")
_ISOLATED = re.compile(f"{ISOLATE}[^{ISOLATE}{POP}]*{POP}")


def directions(look: Look) -> Iterator[str]:
    """T22: where one reads from the right, numbers in groups, codes and addresses stand in isolates."""
    for said in (look.shown.notice, *look.shown.said, look.shown.question, look.shown.hint, look.shown.note):
        if said.count(ISOLATE) != said.count(POP):
            yield "an isolate is left open"
        if look.shown.right_to_left and _RIGHT_TO_LEFT.search(said):
            bare = _ISOLATED.sub("", _ISOLATED.sub("", said))
            yield from (f"“{found}” is not isolated" for found in (*_NUMBERS.findall(bare), *_SIGNED.findall(bare)))


def telegrams_limits(look: Look) -> Iterator[str]:
    """What Telegram takes; the answers of a check are cut to fit by the channel."""
    shown = look.shown
    said = "\n\n".join((shown.notice, *shown.said, shown.question, shown.hint, shown.note, shown.copy))
    if len(said) > MOST_MESSAGE:
        yield f"{len(said)} characters in one message"
    if len(shown.copy) > MOST_COPY:
        yield f"{len(shown.copy)} characters to copy"
    for button in (*shown.buttons, *(b for row in shown.bar for b in row)):
        if len(button.data.encode()) > MOST_BYTES:
            yield f"{len(button.data.encode())} bytes behind “{button.label}”"


def something_to_read(look: Look) -> Iterator[str]:
    """A screen says something, has a button, and every text of ours could be filled in."""
    if not any((*look.shown.said, look.shown.question)):
        yield "nothing is said"
    if not look.shown.buttons and not look.shown.bar:
        yield "there is no button"


RULES: Mapping[str, Rule] = {
    "T2": help_and_exit,
    "T3": way_back,
    "T4": way_past,
    "T5": one_question,
    "T6": no_blame,
    "T7": easy_to_read,
    "T8": buttons,
    "T19": typed_too,
    "T22": directions,
    "Telegram": telegrams_limits,
    "screen": something_to_read,
}


def faults_of(seen: Seen, voices: Iterable[Voice]) -> Iterator[Fault]:
    """Every rule, in every language."""
    for voice in voices:
        try:
            look = Look(seen=seen, shown=seen.shown(voice), voice=voice)
            found = [(name, what) for name, rule in RULES.items() for what in rule(look)]
        except (ValueError, KeyError, IndexError) as fault:
            found = [("screen", f"cannot be shown: {type(fault).__name__}: {fault}")]
        for name, what in found:
            yield Fault(rule=name, dialog=seen.dialog, key=seen.screen.key, locale=voice.tag, what=what)


def untranslated(seen: Seen, voice: Voice) -> set[str]:
    """The English of the texts on this screen that its catalog has no translation of."""
    texts = {text.message for text in all_texts(seen.screen) if words(text.message) and text.count is None}
    return {message for message in texts if voice.language != "en" and voice.catalog.gettext(message) == message}
