"""The pages as HTML, and every word on them that is not a dialog's. What is on a screen is decided elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel import negotiate_locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.channels.web.links import is_number, linked
from bot.channels.web.taking import gathers, mark_of, option_of
from bot.messages import SheetPart, Shown, ShownButton
from bot.rendering import ENDONYMS, ENGLISH, Voice, strip_isolates
from bot.taps import read_tap, token_of, write_tap
from dialogs.cards import EMERGENCY
from dialogs.choices import DONE
from dialogs.narrative import THATS_ALL
from dialogs.overlays import LOCALE
from dialogs.screen import EXIT, Tone
from dialogs.texts import Text, text
from services_directory.wording import language_of

HERE = Path(__file__).parent
NAME = "Saysafe"  # the title of every page: it says nothing to who looks over a shoulder
_MOST_LANGUAGES = 20  # of those a browser says it reads

WORDS: dict[str, Text] = {
    "exit": text("Exit this page"),
    "exit_limits": text(
        "Exit leaves at once and clears what it can. It cannot clear the history of this browser. "
        "A private window keeps no history."
    ),
    "send": text("Go on"),
    "add": text("Keep this and add more"),
    "answer": text("Your answer"),
    "files": text("Photos, voice notes, videos or files"),
    "files_most": text("20 MB at most each time. I lock each file before I keep it."),
    "files_only": text("Add these"),
    "your_words": text("These are your words. You can copy them."),
    "code": text("Your code"),
    "answers": text("Answers"),
    "bar": text("Help and settings"),
    "return": text("Go back to where I was"),
    "begin": text("Go to the first page"),
}
LANDING: dict[str, Text] = {
    "title": text("Help, and a safe way to tell"),
    "languages": text("Choose a language to begin."),
    "what": text("Get help without telling us anything. Or report hate or harassment. You can stop at any time."),
    "help": text("Find help and tell us nothing"),
    "pack": text("A pack to take with you"),
    "never": text("What we never do"),
    "limits": text("What you should know"),
}
NEVER = (
    text("We never send anything before you say yes."),
    text("We never need your name."),
    text("We never ask about immigration status."),
    text("We never use trackers. Nothing here comes from other companies."),
)
LIMITS = (
    text("I keep unfinished answers for 24 hours."),
    text("Only those you choose can open your report."),
    text("Your browser may remember this page. A private window forgets it."),
)
ENDED = text("Nothing is open here now. If you see this again and again, please allow cookies.")
NOT_HERE = text("There is no such page here.")
NOT_OURS = text("I could not use what was sent. Please go back and try again.")
TOO_MUCH = text("That was more than I can take at once. Please send less at a time.")
SORRY = text("Something went wrong on our side. Please try again in a moment.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A button as the page shows it. `pressed`: "true", "false", or "" where it is no toggle. `lang`: of its label."""

    label: str
    data: str = field(repr=False)
    id: str
    tone: str
    pressed: str = ""
    lang: str = ""
    leaves: bool = False  # Exit, which is a form of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a page shows beside a screen: the form's id, what went wrong, and words that were not taken."""

    form: str
    notice: str = ""
    words: str = field(default="", repr=False)


class Pages:
    """Renders pages in the languages of `voices`."""

    def __init__(self, voices: Mapping[str, Voice], operator: str) -> None:
        self._voices = voices
        self._operator = operator
        self.style = (HERE / "style.css").read_text(encoding="utf-8")
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(linked=linked, isolates=strip_isolates, is_number=is_number)

    def voice_for(self, accept_language: str) -> Voice:
        """The first language a browser asks for that is spoken here, else English."""
        wanted = _preferred(accept_language)
        return self._voices[negotiate_locale(wanted, list(self._voices), sep="-") or ENGLISH]

    def screen(self, shown: Shown, beside: Beside) -> str:
        """A screen of a dialog."""
        voice = self._voices[shown.locale]
        heading, said = _heading(shown)
        return self.render(
            "screen.html",
            voice,
            shown=shown,
            heading=heading,
            said=said,
            beside=beside,
            mark=mark_of(shown),
            answers=_answers(shown, voice),
            bar=tuple(tuple(_face(button) for button in row) for row in shown.bar),
            gathers=gathers(shown),
            accept=_accept(shown.takes),
            parts=tuple(_part(part) for part in shown.sheet),
        )

    def landing(self, voice: Voice, *, notice: Text | None = None, words: str = "", poster: str = "") -> str:
        """The first page: every language, and whom to call in each."""
        languages = [(each, each.say(EMERGENCY)) for each in self._voices.values()]
        runs = text("{operator} runs this page. A bot asks the questions, not a person.", operator=self._operator)
        return self.render(
            "landing.html",
            voice,
            languages=languages,
            landing={name: voice.say(said) for name, said in LANDING.items()},
            runs=voice.say(runs),
            never=_all(voice, NEVER),
            limits=_all(voice, LIMITS),
            notice=voice.say(notice) if notice else "",
            words=words,
            poster=poster,
        )

    def message(self, voice: Voice, said: Text, *, words: str = "") -> str:
        """A page that says one thing and leads back; `words`: what was typed and not kept."""
        return self.render("message.html", voice, heading=voice.say(said), words=words)

    def render(self, template: str, voice: Voice, **values: Any) -> str:
        """A page out of one of the templates."""
        return self._templates.get_template(template).render(
            title=NAME,
            style=Markup(self.style),  # noqa: S704  # our own file
            lang=voice.language,
            direction="rtl" if voice.right_to_left else "ltr",
            ui={name: voice.say(said) for name, said in WORDS.items()},
            **values,
        )


def _all(voice: Voice, listed: Sequence[Text]) -> tuple[str, ...]:
    return tuple(voice.say(said) for said in listed)


def _preferred(accept_language: str) -> list[str]:
    """Language tags, most wanted first, out of whatever a browser sent."""
    weighed = []
    for part in accept_language.split(",")[:_MOST_LANGUAGES]:
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), tag.strip()))
        except ValueError:
            continue
    return [tag for _, tag in sorted(weighed, key=lambda each: each[0]) if tag]


def _heading(shown: Shown) -> tuple[str, tuple[str, ...]]:
    """Every page has a heading: the question, else the name of the overlay, else the first thing that is said."""
    if shown.question:
        return shown.question, shown.said
    names = [button.label for row in shown.bar for button in row if option_of(button) == shown.key]
    return (names[0], shown.said) if names else (shown.said[0], shown.said[1:])


def _answers(shown: Shown, voice: Voice) -> tuple[Face, ...]:
    """The buttons; where words are gathered, "That's all" from the beginning, since it sends what was typed too."""
    faces = tuple(_face(button) for button in shown.buttons)
    if not gathers(shown) or any(option_of(button) == DONE for button in shown.buttons):
        return faces
    tap = read_tap(mark_of(shown))
    data = write_tap(tap.draft if tap else "", shown.key, DONE)
    return (*faces, _face(ShownButton(label=voice.say(THATS_ALL), data=data, tone=Tone.MAIN)))


def _face(button: ShownButton) -> Face:
    option = option_of(button)
    tag = option.removeprefix(LOCALE)
    return Face(
        label=button.label,
        data=button.data,
        id=anchor(option),
        tone=button.tone.value,
        pressed="true" if button.marked else "false" if option.startswith("+") else "",
        lang=language_of(tag) if tag in ENDONYMS and option.startswith(LOCALE) else "",
        leaves=option == EXIT,
    )


def anchor(option: str) -> str:
    """The id of a button on its page, the same whether it is chosen or not, so that a choice keeps its place."""
    return f"b{token_of(option.lstrip('+-'))}"


def _part(part: SheetPart) -> tuple[str, tuple[tuple[str, str], ...], bool]:
    """A part of the check page, and whether its lines have labels."""
    return part.heading, part.lines, any(strip_isolates(label).strip() for label, _ in part.lines)


def _accept(takes: frozenset[str]) -> str:
    if "file" in takes:
        return ""
    kinds = {"photo": "image/*", "voice": "audio/*", "video": "video/*"}
    return ",".join(kinds[kind] for kind in sorted(takes & kinds.keys()))
