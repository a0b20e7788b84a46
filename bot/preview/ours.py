"""Our own words on a screen, apart from what is filled in: names, numbers, dates and a person's words. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from bot.rendering import Voice, strip_isolates
from dialogs.screen import Button, Screen
from dialogs.texts import Text
from services_directory.wording import Wording


def ours(words: Text, voice: Voice) -> str:
    """`words` in this language with only our sentences filled in; the directory's sentences are ours too."""
    kept = {name: _kept(value) for name, value in words.values.items()}
    return strip_isolates(voice.say(replace(words, values=kept)))


def _kept(value: object) -> object:
    if isinstance(value, Text):
        return replace(value, values={name: _kept(inner) for name, inner in value.values.items()})
    return value if isinstance(value, Wording) else ""


def running_words(screen: Screen) -> tuple[Text, ...]:
    """What a screen says, without its buttons and without what a check lists."""
    return tuple(words for words in (screen.notice, *screen.said, screen.question, screen.hint, screen.note) if words)


def sentences_of(screen: Screen) -> tuple[Text, ...]:
    """The same, with the sentences that say who gets what."""
    listed = screen.sheet.receivers if screen.sheet else ()
    return (*running_words(screen), *(gets for _, gets in listed))


def buttons_of(screen: Screen) -> Iterator[Button]:
    """The answers, then the bar."""
    yield from screen.buttons
    for row in screen.bar:
        yield from row


def all_texts(screen: Screen) -> Iterator[Text]:
    """Every text on a screen, those inside others too."""
    sheet = screen.sheet.lines if screen.sheet else ()
    for words in (*sentences_of(screen), *(b.label for b in buttons_of(screen)), *(line.label for line in sheet)):
        yield from _with_inner(words)


def _with_inner(words: Text) -> Iterator[Text]:
    yield words
    for value in words.values.values():
        if isinstance(value, Text):
            yield from _with_inner(value)
