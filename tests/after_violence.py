"""Amina in the dialogs for sexual violence and for harm by a partner or family: where she is, and what she sees."""

from dataclasses import replace

from dialogs.consent import Consent
from dialogs.parts import Part
from dialogs.play import Dialog
from dialogs.sexual_violence import sexual_violence
from dialogs.start import Start
from dialogs.violence import violence
from tests.dialog_world import Amina
from tests.walking import a_start

AREAS = ("bristol", "stockton", "telford", "walsall")
RECEIVERS = {
    "bristol": "bhcds",
    "stockton": "stockton-council",
    "telford": "telford-victim-support",
    "walsall": "walsall-council",
}


class Telling(Amina):
    """Amina, who goes on with the agency that is named while she skips, unless she is to stop there."""

    def skips_to(self, *questions: str) -> Amina:
        named = [f"receiving[{agency.id}]" for agency in self.start.directory.all_agencies]
        while self.question not in questions:
            if self.question in named:
                self.taps("on")
            else:
                super().skips_to(*questions, *named)
        return self


def begins(
    area: str = "bristol",
    *,
    role: str = "self",
    phone_seen: str = "no",
    start: Start | None = None,
    agrees: str = "yes",
) -> Amina:
    """Safe, on a phone, in an area, at the question of age."""
    amina = Telling(sexual_violence, start or a_start()).taps("yes", phone_seen, role)
    if role == "for-someone":
        amina.taps(agrees)
    return amina.taps(area)


def adult(area: str = "bristol", *, role: str = "self", phone_seen: str = "no") -> Amina:
    """Grown up, at the question of medical help."""
    return begins(area, role=role, phone_seen=phone_seen).taps("adult")


def receiver(area: str = "bristol", *, role: str = "self", start: Start | None = None) -> Amina:
    """Grown up, past the questions about care: the agency that would receive it is named, if there is one."""
    amina = begins(area, role=role, start=start).taps("adult")
    while not amina.question.startswith(("receiving", "who_helps")):
        amina.answers[amina.question] = None
    return amina


def at(question: str, *taps: str, area: str = "bristol", role: str = "self", phone_seen: str = "no") -> Amina:
    """At `question`, where she taps `taps`; what comes before it she skips."""
    return adult(area, role=role, phone_seen=phone_seen).skips_to(question).taps(*taps)


def sends(amina: Amina) -> Amina:
    """To the check and through it, refusing nothing and allowing nothing more; at the receipt."""
    return amina.skips_to("check[1]").taps("send").is_told_it_was_sent()


def through_the_door(*taps: str) -> Amina:
    return Telling(violence, a_start()).taps(*taps)


def asked(amina: Amina) -> list[str]:
    """The ids of what she was asked, in order, with the question on the screen."""
    return [*(answer.question.id for answer in amina.now.path), amina.question]


def part_of(amina: Amina, id: str) -> Part | None:
    return next(answer.question.part for answer in amina.now.path if answer.question.id == id)


def sheet_ids(amina: Amina) -> set[str]:
    """What would leave, by question."""
    return {line.id for line in amina.command.sheet.lines}


def offered(amina: Amina) -> list[str]:
    """The buttons on the screen, by code."""
    waiting = amina.now.waiting
    assert waiting is not None
    return [offer.option for offer in getattr(waiting, "offers")(amina.now.recorded)]  # noqa: B009


def suggested(amina: Amina) -> list[str]:
    """The agencies she is asked about from here to the check."""
    found = []
    while amina.question != "check[1]":
        waiting = amina.now.waiting
        if isinstance(waiting, Consent):
            found.append(waiting.agency)
        amina.answers[amina.question] = None
    return found


def helped(amina: Amina) -> str:
    """Everything said on the last screen, with the services behind its buttons."""
    waiting = amina.now.waiting
    services = getattr(waiting, "services", ())
    return " ".join([amina.reads(), *(service.name for service in services)])


def where_nobody_joined(dialog: Dialog[Start]) -> Amina:
    return Amina(dialog, replace(a_start(), joined=frozenset()))
