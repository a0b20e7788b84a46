"""Screens in the reader's language: catalogs, dates, numbers, and the direction of foreign words.

The same screen and locale always give the same words; consents are bound to them.
"""

import gettext
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time

import locales as catalogs_package
from bot.messages import SheetPart, Shown, ShownButton
from bot.taps import write_tap
from dialogs.consent import Sheet
from dialogs.parts import Part
from dialogs.screen import Button, Screen
from dialogs.script import Bound, Question
from dialogs.texts import Language, Text, Weekday, text
from dialogs.when import Rough
from services_directory.wording import Wording, language_of

ISOLATE, POP = "\u2068", "\u2069"  # first strong isolate: digits and names keep their own direction (T22)
ENGLISH = "en"
CATALOGS = Path(next(iter(catalogs_package.__path__)))
EASY = "en@easy"  # English for people who would rather read easy words; a way of reading, never noted as anything else
ENDONYMS = {"en": "English", EASY: "English in easy words", "pl": "Polski", "ar": "العربية"}
_NUMBER = re.compile(r"\+?\d+(?:[ \-./:]\d+)*")
MOST_SHOWN = 600  # characters of one answer on the check screen; the rest is counted, not shown

_PARTS = {
    Part.FACTS: text("The facts"),
    Part.ACCOUNT: text("In your own words"),
    Part.EVIDENCE: text("Photos and files"),
    Part.CONTACT: text("How to reach you"),
}
_WHO_GETS_IT = text("Who gets it")
_CUT = text("{words} … (and {count} more letters)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One language: says any `Text` or screen in it."""

    tag: str
    locale: Locale
    catalog: gettext.NullTranslations = field(repr=False)

    @property
    def right_to_left(self) -> bool:
        return bool(self.locale.character_order == "right-to-left")

    @property
    def language(self) -> str:
        """The tag of the language as browsers and others know it."""
        return language_of(self.tag)

    @property
    def endonym(self) -> str:
        """The language's own name for itself."""
        return ENDONYMS[self.tag]

    def say(self, words: Text) -> str:
        """Translated, then filled in."""
        if not words.message:
            return ""
        if words.count is None:
            said = self.catalog.gettext(words.message)
        else:
            said = self.catalog.ngettext(words.message, words.plural, words.count)
        return said.format_map({name: self._value(value) for name, value in words.values.items()})

    def _value(self, value: object) -> str:
        if isinstance(value, Text):
            return self.say(value)
        if isinstance(value, Wording):
            return self._of_directory(value)
        if isinstance(value, Language):
            return f"{ISOLATE}{self._language(value)}{POP}"
        if isinstance(value, date | time | Weekday | Rough):
            return self._moment(value)
        return str(value) if isinstance(value, int) else f"{ISOLATE}{value}{POP}"

    def _of_directory(self, wording: Wording) -> str:
        """The directory's own words, in which whoever wrote them left numbers bare."""
        words = wording.in_(self.tag)
        return _NUMBER.sub(lambda number: f"{ISOLATE}{number[0]}{POP}", words) if self.right_to_left else words

    def _moment(self, value: date | time | Weekday | Rough) -> str:
        if isinstance(value, datetime):
            at = format_time(value.time(), "HH:mm", locale=self.locale)
            return f"{self._moment(value.date())}, {ISOLATE}{at}{POP}"
        if isinstance(value, date):
            return format_date(value, "d MMMM y", locale=self.locale)
        if isinstance(value, time):
            return f"{ISOLATE}{format_time(value, 'H:mm', locale=self.locale)}{POP}"
        if isinstance(value, Weekday):
            return str(self.locale.days["stand-alone"]["wide"][value.day])
        return format_date(value.day, "MMMM y" if value.precision == "month-of" else "y", locale=self.locale)

    def _language(self, language: Language) -> str:
        tag = language.tag.replace("-", "_")
        named = self.locale.languages.get(tag, language.tag)
        if not language.own:
            return str(named)
        try:
            return str(Locale.parse(tag).get_display_name() or named)
        except (UnknownLocaleError, ValueError):  # a language Unicode's tables have no names in
            return str(named)

    def binding(self, question: Question[Any]) -> str:
        """The fingerprint of everything a person reads when giving this consent, in this language."""
        if not isinstance(question, Bound):
            return ""
        read = [self.tag, question.id, *(self.say(words) for words in question.exactly())]
        return sha256("\0".join(read).encode()).hexdigest()

    def show(self, screen: Screen, draft: str) -> Shown:
        """`screen` in this language; `draft` names the draft its buttons belong to."""
        return Shown(
            key=screen.key,
            locale=self.tag,
            right_to_left=self.right_to_left,
            notice=self.say(screen.notice),
            said=tuple(self.say(words) for words in screen.said),
            question=self.say(screen.question),
            hint=self.say(screen.hint),
            note=self.say(screen.note),
            sheet=self._sheet(screen.sheet) if screen.sheet else (),
            buttons=self._buttons(screen.buttons, screen.key, draft),
            bar=tuple(self._buttons(row, screen.key, draft) for row in screen.bar),
            takes=screen.takes,
            copy=screen.copy,
        )

    def _buttons(self, buttons: Iterable[Button], key: str, draft: str) -> tuple[ShownButton, ...]:
        return tuple(
            ShownButton(
                label=strip_isolates(self.say(button.label)),
                data=write_tap(draft, key, button.tap),
                marked=button.marked,
                tone=button.tone,
            )
            for button in buttons
        )

    def _sheet(self, sheet: Sheet) -> tuple[SheetPart, ...]:
        gets = tuple(("", self.say(words)) for _, words in sheet.receivers)
        parts = [SheetPart(heading=self.say(_WHO_GETS_IT), lines=gets)]
        for part, heading in _PARTS.items():
            lines = tuple(
                (self.say(line.label), self._cut("\n".join(self.say(words) for words in line.answer)))
                for line in sheet.lines
                if line.part is part
            )
            if lines:
                parts.append(SheetPart(heading=self.say(heading), lines=lines))
        return tuple(parts)

    def _cut(self, words: str) -> str:
        if len(words) <= MOST_SHOWN:
            return words
        kept = words[:MOST_SHOWN].replace(ISOLATE, "").replace(POP, "")
        return self.say(text(_CUT.message, words=kept, count=len(words) - MOST_SHOWN))


def strip_isolates(words: str) -> str:
    """For labels of buttons, which stand alone and are compared with what people type."""
    return words.replace(ISOLATE, "").replace(POP, "")


def load_voices(folder: Path = CATALOGS) -> Mapping[str, Voice]:
    """A voice for each language, English first. Raises FileNotFoundError if a catalog was not compiled."""
    return {tag: _voice(tag, folder) for tag in ENDONYMS}


def _voice(tag: str, folder: Path) -> Voice:
    catalog: gettext.NullTranslations = gettext.NullTranslations()
    if tag != ENGLISH:
        catalog = gettext.translation("messages", folder, languages=[tag.replace("-", "_")])
    return Voice(tag=tag, locale=Locale.parse(language_of(tag)), catalog=catalog)
