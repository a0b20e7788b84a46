"""Who else may open a report: one question for each, no unless somebody says yes."""

from collections.abc import Iterable
from dataclasses import dataclass

from dialogs.consent import Consent, Receiver
from dialogs.parts import Package
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.codes import Reason
from services_directory.model import Agency
from services_directory.routing import Situation, Suggestion, suggestions


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A further receiver, and the id of the question that gave the consent."""

    receiver: Receiver
    consent: str


def others(start: Start, situation: Situation, receiving: Agency) -> tuple[Suggestion, ...]:
    """Whom to suggest beside the receiving agency."""
    return suggestions(start.directory, situation, receiving=receiving.id, joined=start.joined)


async def choose_others(suggested: Iterable[Suggestion], *, contactable: bool) -> tuple[Shared, ...]:
    """Asks about each of `suggested` on its own; those that were said yes to."""
    chosen = []
    for suggestion in suggested:
        agency = suggestion.agency.id
        id = f"consent[{agency}]"
        package = await Consent(
            id,
            _question(suggestion),
            agency,
            _offered(suggestion.reason, contactable=contactable),
            hint=_what_they_see(suggestion.reason, contactable=contactable),
        )
        if package is not None:
            chosen.append(Shared(receiver=Receiver(agency=agency, package=package), consent=id))
    return tuple(chosen)


def _question(suggestion: Suggestion) -> Text:
    """Who, and why they are suggested."""
    agency, about = suggestion.agency.name, suggestion.agency.about
    if suggestion.reason is Reason.YOUR_LANDLORD:
        return text(
            "You said that {agency} runs the home. {about} May they open this report?", agency=agency, about=about
        )
    if suggestion.reason is Reason.THEIR_LANDLORD:
        return text(
            "You said that {agency} is the landlord of those who did this. {about} May they open this report?",
            agency=agency,
            about=about,
        )
    if suggestion.reason is Reason.COUNTING:
        return text(
            "{agency} counts what happens here. {about} May they count this report?", agency=agency, about=about
        )
    return text("{agency} may be able to help. {about} May they open this report?", agency=agency, about=about)


def _offered(reason: Reason, *, contactable: bool) -> tuple[tuple[Package, Text], ...]:
    """The packages a person may choose from; how to reach them only where they said how."""
    if reason is Reason.COUNTING:
        return ((Package.COUNT, text("Yes, count it")),)
    facts = (Package.FACTS, text("Only the facts"))
    if reason is Reason.POLICE and contactable:
        return (facts, (Package.ACCOUNT, text("All, without my name")), (Package.FULL, text("All, with my name")))
    words = (Package.ACCOUNT, text("Facts and my words"))
    return (facts, words, (Package.FULL, text("All, and how to reach me"))) if contactable else (facts, words)


def _what_they_see(reason: Reason, *, contactable: bool) -> Text:
    if reason is Reason.COUNTING:
        return text("They see ticks only: what, where, when, and who told us. No words, no name, no exact day or place.")
    if contactable and reason is Reason.POLICE:
        return text(
            "Facts are the answers you tapped. All means your words and files too. "
            "Your name comes with how to reach you."
        )
    if contactable:
        return text(
            "Facts are the answers you tapped. Your words come with your files. All adds your name and safe contact."
        )
    return text("Facts are the answers you tapped. Your words come with your photos and files.")
