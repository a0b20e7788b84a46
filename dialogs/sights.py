"""What can be seen where a dialog stops, as a value to compare: two stops that look the same are one."""

from collections.abc import Hashable
from typing import Any

from dialogs.commands import FileReport
from dialogs.consent import Confirm, Sheet
from dialogs.play import Played
from dialogs.script import Question
from dialogs.texts import Text


def sight(played: Played) -> Hashable:
    """Equal for two plays that stop at the same step, with the same words and the same buttons."""
    said = tuple((_words(say.text), say.copy) for say in played.said)
    step = played.waiting
    if step is None:
        return ("end", said)
    if isinstance(step, Question):
        return (step.id, said, bool(played.undoable), _asked(step, played.recorded))
    return (step.id, said, _sheet(step.sheet) if isinstance(step, FileReport) else None)


def _asked(question: Question[Any], recorded: Any) -> Hashable:
    offers = tuple((offer.option, _words(offer.label)) for offer in question.offers(recorded))
    sheet = _sheet(question.sheet) if isinstance(question, Confirm) else None
    return (question.kind, _words(question.text), _words(question.hint), question.required, offers, sheet)


def _sheet(sheet: Sheet) -> Hashable:
    """Who gets it and which answers they get; not each answer's words, which are the person's own."""
    receivers = tuple((receiver, _words(gets)) for receiver, gets in sheet.receivers)
    return (receivers, tuple((line.id, line.part, _words(line.label)) for line in sheet.lines))


def _words(text: Text) -> Hashable:
    values = tuple((name, _value(value)) for name, value in sorted(text.values.items()))
    return (text.message, text.plural, text.count, values)


def _value(value: object) -> Hashable:
    return _words(value) if isinstance(value, Text) else value
