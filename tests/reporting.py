"""Amina on the longer path of a report, in one of the four areas, with every agency there; and what she is shown."""

from dataclasses import replace

from bot.preview.rules import faults_of
from bot.preview.screens import Seen
from dialogs.commands import FileReport
from dialogs.consent import Consent
from dialogs.parts import Package
from dialogs.report import report
from dialogs.screen import View, question_screen
from dialogs.script import Question
from services_directory.model import Area
from tests.dialog_world import NOW, TODAY, Amina, english
from tests.walking import a_start, directory, voices

AREAS = ("bristol", "stockton", "telford", "walsall")
START = replace(a_start(), today=TODAY, now=NOW)
WORDS = "He shouted at me."
HAPPENED = {"self": (), "witness": (), "for-someone": ("yes",)}


def area(id: str) -> Area:
    return directory().area(id)


def amina_in(place: str, role: str = "self", *answers: str) -> Amina:
    """She is at the first question of the longer path. `answers`: to what her role is asked further."""
    amina = Amina(report, START).taps("yes", role, *(answers or HAPPENED[role]), place, "on")
    return amina.types(WORDS).taps("done", "more")


def at_home(amina: Amina, *home: str, place: str = "home") -> Amina:
    """`home`: what she taps about it, from who runs it on."""
    amina.skips_to("place").taps(place)
    return amina.skips_to("home").taps(*home) if home else amina


def picks(amina: Amina, *codes: str) -> Amina:
    return amina.taps(*(f"+{code}" for code in codes), "done")


def names(amina: Amina, landlord: str) -> Amina:
    """She types its name and taps it."""
    return amina.types(directory().landlord(landlord).name).taps(landlord)


def asked(amina: Amina) -> list[str]:
    """The questions on her way, in order."""
    return [answer.question.id for answer in amina.now.path]


def offered(amina: Amina) -> set[str]:
    question = amina.now.waiting
    assert isinstance(question, Question)
    return set(question.choices())


def is_asked_about(amina: Amina) -> dict[str, str]:
    """She says no to everybody who could also have it, and has no contact to give: who, and in which words."""
    return shares(amina, {})


def shares(amina: Amina, wanted: dict[str, str], *, contact: bool = False) -> dict[str, str]:
    """She gives those in `wanted` that package and says no to all others; the words of each question."""
    amina.skips_to("contact").taps("yes" if contact else "no")
    if contact:
        amina.taps("email").types("amina@example.org")
        amina.skips_to(*(id for id in (f"consent[{one.id}]" for one in directory().all_agencies)), "check[1]")
    words = {}
    while isinstance(question := amina.now.waiting, Consent):
        words[question.agency] = english(question.text)
        amina.taps(wanted.get(question.agency, "no"))
    return words


def sent(amina: Amina) -> FileReport:
    return amina.skips_to("check[1]").taps("send").command


def receivers(filed: FileReport) -> dict[str, Package]:
    return {receiver.agency: receiver.package for receiver in filed.receivers}


def told(filed: FileReport) -> dict[str, str]:
    """The lines of the check, by question."""
    return {line.id: " ".join(english(words) for words in line.answer) for line in filed.sheet.lines}


def faults(amina: Amina) -> list[str]:
    """What the rules find on her screen in English."""
    played = amina.now
    seen = Seen(dialog="report", screen=question_screen(played, View()), played=played)
    return [str(fault) for fault in faults_of(seen, [voices()["en"]])]
