"""The rules about whole conversations: what the first screen says, what comes in which order, what is never lost.

Each takes a walk of a dialog and yields a sentence for each fault. What leaves is judged in `sending.py`.
"""

from collections.abc import Callable, Iterator

from bot.meanings import base_id
from bot.preview.sending import nobody_accused, sent_as_shown
from bot.preview.walked import Walked
from dialogs.narrative import Words
from dialogs.parts import Part
from dialogs.script import Question

WHO_AND_WHERE = frozenset({"safe", "role", "agrees", "age", "area", "about", "close"})  # and for whom
CARE_FIRST = frozenset({"medical", "how_long_ago", "police", "company", "police_may_know", "worker_wanted"})  # seed 000
WORKERS_FIRST = frozenset({"person_safe", "told_kind", "manager"})  # by a worker who was told, in the same order
CHILDREN_FIRST = frozenset({"teller_young", "child_danger", "child_needs"})  # where a child was hurt
BEFORE_WORDS = WHO_AND_WHERE | CARE_FIRST | WORKERS_FIRST | CHILDREN_FIRST  # asked before the account
SAME_WORDS = frozenset({"receiving", "check", "consent", "keeping"})  # asked again under the same words, about another
CHILD_LINE = "childline"


def first_words(walked: Walked) -> Iterator[str]:
    """T1, T10: the first screen of the menu has the emergency numbers and says who speaks, and who else can read."""
    if walked.dialog != "menu":
        return
    said = walked.words(walked.walk.stops[0])
    wanted = {"999": "999", "55": "55", "that it is a bot": " bot", "that one can stop": "stop at any time"}
    wanted["who runs it"] = walked.start.operator
    if walked.start.channel == "telegram":
        wanted["that Telegram is not private"] = "Telegram is not private"
    yield from (f"T1, T10: the first screen does not say {what}" for what, words in wanted.items() if words not in said)


def how_long(walked: Walked) -> Iterator[str]:
    """T10: a report says at its beginning how many questions it has."""
    if walked.dialog == "report" and not any(c.isdigit() for c in walked.words(walked.walk.stops[0])):
        yield "T10: a report does not say how long it is"


def asked_once(walked: Walked) -> Iterator[str]:
    """T9: no path asks for the same thing twice. (Ids are unique, or `play` raises.)"""
    for stop in walked.walk.stops:
        asked = [a.question for a in stop.played.path]
        if isinstance(stop.played.waiting, Question):
            asked.append(stop.played.waiting)
        met: dict[str, str] = {}
        for question in asked:
            base, words = base_id(question.id), walked.english.say(question.text)
            if base not in SAME_WORDS and met.setdefault(words, base) != base:
                yield f"T9: “{words}” is asked as {met[words]} and as {base}"


def own_words_first(walked: Walked) -> Iterator[str]:
    """T11: the account comes before every closed question about what happened."""
    for stop in walked.walk.stops:
        about = [a.question.id for a in stop.played.path if a.question.part in (Part.FACTS, Part.ACCOUNT)]
        told = about.index("account") if "account" in about else len(about)
        yield from (f"T11: {id} comes before the account" for id in about[:told] if base_id(id) not in BEFORE_WORDS)


def a_receipt(walked: Walked) -> Iterator[str]:
    """T14: the first screen after sending has the code, what happens next, and how to take it back."""
    for stop in walked.walk.stops:
        if stop.played.done[-1:] != ("file",) or stop.played.path[-1].question.id not in ("check[1]", "check[2]"):
            continue
        said, copy = walked.words(stop), "".join(say.copy for say in stop.played.said)
        if not copy or copy not in said:
            yield "T14: the receipt does not show the code"
        if "take it back" not in said:
            yield "T14: the receipt does not say how to take it back"
        if not any(next_ in said for next_ in ("contact you", "reach you", "call you", "look at")):
            yield "T14: the receipt does not say what happens next"


def help_without_telling(walked: Walked) -> Iterator[str]:
    """T25: the emergency dialog asks nothing that is kept, takes no words and sends nothing."""
    if walked.dialog != "danger":
        return
    for question in walked.walk.questions:
        if question.part is not None or question.takes():
            yield f"T25: {question.id} asks for something personal"
    if any(stop.played.done for stop in walked.walk.stops):
        yield "T25: help sends something"


def children_first(walked: Walked) -> Iterator[str]:
    """T26: who says that a child was hurt sees help for children on the next screen, and may go on."""
    line = walked.start.directory.service(CHILD_LINE).name
    for stop in walked.walk.stops:
        last = stop.played.path[-1] if stop.played.path else None
        if last and last.question.id == "age" and last.stored in ("under-13", "13-15", "16-17"):
            if line not in walked.words(stop):
                yield f"T26: after {last.stored} there is no help for children"
            if stop.played.waiting is None:
                yield "T26: a child is turned away"


def equality_last(walked: Walked) -> Iterator[str]:
    """T27: equality questions come after sending, are explained, optional, and leave with no report."""
    for stop in walked.walk.stops:
        question = stop.played.waiting
        if not isinstance(question, Question) or not question.id.startswith(("equality", "about_")):
            continue
        filed = "file" in stop.played.done
        if question.required or question.part is not None:
            yield f"T27: {question.id} is required, or part of a report"
        if walked.dialog != "equality" and not filed:
            yield f"T27: {question.id} comes before sending"
        if question.id == "equality" and not question.hint:
            yield "T27: equality questions are not explained"


def nothing_lost(walked: Walked) -> Iterator[str]:
    """What is said last must stay on a screen: words before a command or the end of a dialog are never seen."""
    for stop in walked.walk.stops:
        if stop.played.said and not isinstance(stop.played.waiting, Question):
            where = stop.played.waiting.id if stop.played.waiting else "the end"
            yield f"words before {where} are never seen: “{walked.english.say(stop.played.said[-1].text)}”"


def voices_and_words(walked: Walked) -> Iterator[str]:
    """T20: own words may be typed, spoken or shown."""
    for question in walked.walk.questions:
        if isinstance(question, Words) and not question.takes() >= {"words", "voice", "photo"}:
            yield f"T20: {question.id} does not take a voice note or a photo"


PROMISES: tuple[Callable[[Walked], Iterator[str]], ...] = (
    first_words,
    how_long,
    asked_once,
    own_words_first,
    sent_as_shown,
    nobody_accused,
    a_receipt,
    help_without_telling,
    children_first,
    equality_last,
    nothing_lost,
    voices_and_words,
)


def broken(walked: Walked) -> tuple[str, ...]:
    """Every fault of a walk, each once."""
    return tuple(dict.fromkeys(what for promise in PROMISES for what in promise(walked)))
