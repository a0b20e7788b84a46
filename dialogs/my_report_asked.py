"""What agencies ask a reporter about sharing: who asks, for whom, and the reporter's own answer.

Whoever asks learns yes or no, and nothing else. That an agency is part of what happened, or has the report already, is
said to the reporter alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from dialogs.cards import to_my_report
from dialogs.choices import Choice, Option
from dialogs.consent import Consent
from dialogs.my_report_commands import MarkRead, Opened
from dialogs.my_report_news import Holder, News
from dialogs.my_report_sharing import may
from dialogs.my_report_sharing_commands import AnswerRequest
from dialogs.parts import OPENS, Package
from dialogs.report_sharing import packages
from dialogs.script import Say, SoFar
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.model import Agency
from services_directory.routing import accused_organisations

_NOW = (Option("now", "Answer now"), Option("later", "Later"))
_FACTS = text("Facts are the answers you tapped. Your words come with your files. Skip it to answer later.")
_FULL = text(
    "Facts are the answers you tapped. Your words come with your files. "
    "All adds your name and safe contact. Skip it to answer later."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question that waits: in the letter `id` the agency named `asker` asks that `agency` may open `package`.

    `had`: what that agency may open already.
    """

    id: str
    asker: str
    agency: Agency
    package: Package
    reason: str = field(repr=False)
    had: Holder | None


async def answer_request(start: Start, opened: Opened, news: News) -> None:
    """One of the questions that wait; it stays open until the person says yes or no."""
    asked = await _which(tuple(_waiting(start, news)))
    if asked is None:
        return
    await MarkRead("asked_read", opened, only=asked.id)
    name = asked.agency.name
    await Say(text("{asker} asks to share your report with {agency}. They wrote:", asker=asked.asker, agency=name))
    await Say(text("{words}", words=asked.reason))
    await _warn(start, asked, news)
    await Say("You decide. They see your yes or no, and nothing more.")
    if await Choice("asked_now", "Would you like to answer now?", _NOW) == "now":
        await _warn(start, asked, news)
        await _answer(opened, asked, await _ask(start, asked, contactable=news.situation.contactable))


def _waiting(start: Start, news: News) -> Iterator[_Asked]:
    holding = {holder.agency: holder for holder in news.sharing}
    for letter in news.requests:
        if letter.request is not None:
            yield _Asked(
                id=letter.id,
                asker=start.directory.agency(letter.author).name,
                agency=start.directory.agency(letter.request.agency),
                package=letter.request.package,
                reason=letter.words or "",
                had=holding.get(letter.request.agency),
            )


async def _which(waiting: tuple[_Asked, ...]) -> _Asked | None:
    """The one question there is, or the one the person picks."""
    if len(waiting) < 2:  # with one there is nothing to pick
        return next(iter(waiting), None)
    for number, one in enumerate(waiting, start=1):
        await Say(
            text("{number}. {asker} asks about {agency}.", number=number, asker=one.asker, agency=one.agency.name)
        )
    options = [Option(one.id, text("Number {number}", number=number)) for number, one in enumerate(waiting, start=1)]
    picked = await Choice("asked_which", "Which question would you like to see?", options)
    return next((one for one in waiting if one.id == picked), None)


async def _warn(start: Start, asked: _Asked, news: News) -> None:
    """For the reporter's eyes alone."""
    if asked.agency.organisation in accused_organisations(start.directory, news.situation):
        await Say(text("You told me that {agency} is part of what happened.", agency=asked.agency.name))


async def _ask(start: Start, asked: _Asked, *, contactable: bool) -> Consent:
    """Says what bears on it; the question is bound to who asks, for whom, and how much."""
    agency, had = asked.agency, asked.had
    if agency.must_tell_police:
        await Say("They must tell the police that something happened.")
    if had is not None:
        await Say(may(start, had))
    id, offered = f"asked[{agency.id}]", _offered(asked, contactable=contactable)
    if had is not None and not offered:
        known = text("May {asker} know that {agency} has your report?", asker=asked.asker, agency=agency.name)
        return Consent(id, known, agency.id, ((had.package, text("Yes, they may know")),))
    named = {"asker": asked.asker, "about": agency.about, "agency": agency.name}
    words = text("{asker} asks about {agency}. {about} May they open this report?", **named)
    return Consent(id, words, agency.id, offered, hint=_hint(offered))


def _offered(asked: _Asked, *, contactable: bool) -> tuple[tuple[Package, Text], ...]:
    """As much as is asked for or less, and more than the agency has."""
    opens = OPENS[asked.had.package] if asked.had else frozenset()
    every = packages(counting=False, contactable=contactable)
    fitting = (one for one in every if OPENS[one[0]] <= OPENS[asked.package])
    return tuple(one for one in fitting if not OPENS[one[0]] <= opens)


def _hint(offered: tuple[tuple[Package, Text], ...]) -> Text:
    return _FULL if Package.FULL in dict(offered) else _FACTS


async def _answer(opened: Opened, asked: _Asked, question: Consent) -> None:
    """Yes is shared and told, no is only told; skipped, the question stays open."""
    package = await question
    answered = next(answer for answer in await SoFar() if answer.question.id == question.id)
    if answered.stored is None:
        return
    if not await AnswerRequest("answered", opened, request=asked.id, package=package, consent=question.id):
        await Say("This question stands no longer. Nothing has changed.")
    elif package is None:
        await Say("They see that you said no. You need not say more.")
    else:
        if asked.had is None or package is not asked.had.package:
            await Say(text("{agency} can open what you chose.", agency=asked.agency.name))
        await Say("Those who asked see that you said yes.")
    await to_my_report()
