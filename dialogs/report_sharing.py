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
        question = ask_about(suggestion, contactable=contactable)
        package = await question
        if package is not None:
            receiver = Receiver(agency=question.agency, package=package)
            chosen.append(Shared(receiver=receiver, consent=question.id))
    return tuple(chosen)


def ask_about(suggestion: Suggestion, *, contactable: bool) -> Consent:
    """The question whether this agency may open the report, and how much of it."""
    agency = suggestion.agency.id
    return Consent(
        f"consent[{agency}]",
        _question(suggestion),
        agency,
        _offered(suggestion.reason, contactable=contactable),
        hint=_what_they_see(suggestion.reason, contactable=contactable),
    )


def packages(*, counting: bool, contactable: bool) -> tuple[tuple[Package, Text], ...]:
    """What an agency that holds a report already may be given instead."""
    return _offered(Reason.COUNTING if counting else Reason.SUPPORT_CHARITY, contactable=contactable)


def _question(suggestion: Suggestion) -> Text:
    """Who, and why they are suggested."""
    named = {"agency": suggestion.agency.name, "about": suggestion.agency.about}
    match suggestion.reason:
        case Reason.YOUR_LANDLORD:
            return text("You said that {agency} runs the home. {about} May they open this report?", **named)
        case Reason.THEIR_LANDLORD:
            return text(
                "You said that {agency} is the landlord of those who did this. {about} May they open this report?",
                **named,
            )
        case Reason.COUNCIL_SAFETY:
            return text("It happened where {agency} works. {about} May they open this report?", **named)
        case Reason.POLICE:
            return text("Some of this may be a crime. So you could tell {agency}. {about} May they open it?", **named)
        case Reason.COUNTING:
            return text("{agency} counts what happens here. {about} May they count this report?", **named)
        case Reason.SUPPORT_CHARITY | Reason.VICTIM_CARE:
            return text("You could also have help from {agency}. {about} May they open this report?", **named)


def _offered(reason: Reason, *, contactable: bool) -> tuple[tuple[Package, Text], ...]:
    """The packages a person may choose from; how to reach them only where they said how."""
    if reason is Reason.COUNTING:
        return ((Package.COUNT, text("Yes, count it")),)
    facts = (Package.FACTS, text("Only the facts"))
    if reason is Reason.POLICE and contactable:
        return (
            facts,
            (Package.ACCOUNT, text("All, without my name")),
            (Package.FULL, text("All, and how to reach me")),
        )
    words = (Package.ACCOUNT, text("Facts and my words"))
    return (facts, words, (Package.FULL, text("All, and how to reach me"))) if contactable else (facts, words)


def _what_they_see(reason: Reason, *, contactable: bool) -> Text:
    """What each button would let them open; "no" is the default, and Skip is a no."""
    if reason is Reason.COUNTING:
        return text(
            "They see ticks, such as the kind of thing and of place, and the month. No words, no name. "
            "If you skip this, they get nothing."
        )
    if not contactable and reason is Reason.YOUR_LANDLORD:
        return text(
            "They may guess who you are by the place. Facts are the answers you tapped. "
            "Your words come with your photos and files. If you skip this, they get nothing."
        )
    if not contactable:
        return text(
            "Facts are the answers you tapped. Your words come with your photos and files. "
            "If you skip this, they get nothing."
        )
    if reason is Reason.POLICE:
        return text(
            "Facts are the answers you tapped. All means your words and files too. "
            "Your name comes with how to reach you. If you skip this, they get nothing."
        )
    return text(
        "Facts are the answers you tapped. Your words come with your files. "
        "All adds your name and safe contact. If you skip this, they get nothing."
    )
