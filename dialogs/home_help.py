"""Who helps when a partner or family hurts somebody; Clare's Law, a course and apps only where the phone is safe.

A bot asks none of the questions of a risk form (DASH): a trained worker does, when somebody wants that (domain 2.7c).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dialogs.all_topics import anywhere
from dialogs.beginning import rest
from dialogs.choices import Choice, Option
from dialogs.report_options import CHILD_AGES
from dialogs.safe_phone import phone_is_safe
from dialogs.script import Say
from dialogs.sexual_services import lines, who_helps
from dialogs.sexual_told import PARTNER, PARTNER_FAMILY, Told
from dialogs.start import Start
from dialogs.texts import Text, text
from dialogs.topic_safety import topic
from dialogs.topics import Page

_ENOUGH = "enough"
_COURSE = "freedom-programme"
_LABELS: Mapping[str, Text] = {
    "partner": text("Clare's Law"),
    "apps": text("Safety apps"),
    _COURSE: text("A course"),
}


async def home_help(start: Start, told: Told) -> None:
    """Lines of those who help here, then, for adults on a safe phone, as much as they like to read."""
    told = replace(told, safe_phone=await phone_is_safe())
    await Say("These people help when a partner or family hurts someone.")
    for line in lines(start, who_helps(start, told.seeker(start, PARTNER_FAMILY)), links=told.safe_phone):
        await Say(line)
    pages = dict(_pages(start, told)) if told.safe_phone and told.age not in CHILD_AGES else {}
    if not told.safe_phone:
        await Say("Call them from a phone that nobody else checks.")
    if not pages:
        await rest("home")
        return
    await _read(pages)


async def _read(pages: dict[str, Page]) -> None:
    left = dict(pages)
    for number in range(1, len(pages) + 1):
        options = [Option(id, _LABELS[id]) for id in left]
        chosen = await Choice(
            f"home_read[{number}]", "Would you like to read more about this?", [*options, Option(_ENOUGH, "Go on")]
        )
        if chosen not in left:
            return
        for line in left.pop(chosen):
            await Say(line)
    await rest("home")


def _pages(start: Start, told: Told) -> Iterator[tuple[str, Page]]:
    sections = {section.id: section.lines for section in topic(anywhere(start)).sections}
    if told.close == PARTNER:
        yield "partner", sections["partner"]
    yield "apps", sections["apps"]
    if _COURSE in start.directory.index.by_id:
        course = start.directory.service(_COURSE)
        yield (
            _COURSE,
            (text("{name}: {about}", name=course.name, about=course.about), text("{who}", who=course.who_for)),
        )
