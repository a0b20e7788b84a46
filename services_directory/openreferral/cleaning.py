"""Words of strangers made plain: no markup, no control characters, no end to be waited for."""

import re
import unicodedata
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

LONGEST_READ = 6_000  # characters; what comes after is not read, for taking out markup takes time
JOINERS = "\u200c\u200d"  # invisible, and part of how Arabic, Persian and some Indian words are written
_MARKUP = re.compile(r"<[/!?a-zA-Z][^<>]*>?|&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_UNSPOKEN = frozenset({"script", "style", "template", "noscript", "iframe", "svg", "title"})


class _Words(HTMLParser):
    """Keeps what a reader of the page would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _UNSPOKEN
        self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _UNSPOKEN and self._hidden > 0
        self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """`text` on one line, and what was taken out of it in a few words each."""

    text: str
    notes: tuple[str, ...] = ()


def clean(raw: str, longest: int) -> Cleaned:
    """`raw` as plain text of at most `longest` characters, cut at a word."""
    notes = []
    if len(raw) > LONGEST_READ:
        notes.append(f"only its first {LONGEST_READ} characters were read")
        raw = raw[:LONGEST_READ]
    visible = "".join(letter if _visible(letter) else " " if letter.isspace() else "" for letter in raw)
    if visible != "".join(" " if letter.isspace() else letter for letter in raw):
        notes.append("invisible characters were taken out")
    words = _spoken(visible) if _MARKUP.search(visible) else visible
    if words != visible:
        notes.append("markup was taken out")
    line = " ".join(words.split())
    if len(line) > longest:
        notes.append(f"cut after {longest} characters")
        line = line[:longest].rpartition(" ")[0] or line[:longest]
    return Cleaned(text=line, notes=tuple(notes))


def _visible(letter: str) -> bool:
    return letter in JOINERS or letter == " " or unicodedata.category(letter)[0] not in "CZ"


def _spoken(text: str) -> str:
    parser = _Words()
    parser.feed(text)
    parser.close()
    words = unescape("".join(parser.words))
    plain = "".join(letter for letter in words if _visible(letter) or letter.isspace())
    while _MARKUP.search(plain):
        plain = _MARKUP.sub(" ", plain)
    return plain
