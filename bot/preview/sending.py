"""What may leave: a report only after "Send", to those and with what was shown, never to or about the accused."""

from collections.abc import Iterator, Mapping

from bot.meanings import base_id
from bot.preview.walked import Walked, agency_in
from dialogs.commands import FileReport
from dialogs.consent import SEND, Confirm, Consent, Receiver, Sheet
from dialogs.explore import Stop
from dialogs.play import Played
from dialogs.script import Answered, Bound, Question
from services_directory.model import Directory

ACCUSED_ANSWERS = frozenset({"yes", "unsure"})
UNKNOWN_HOMES = frozenset({None, "unsure"})  # it could be any landlord


def sent_as_shown(walked: Walked) -> Iterator[str]:
    """T12, T13, promise 6: a report leaves only after "Send", to exactly those and with exactly what was shown."""
    for stop in walked.walk.stops:
        command = stop.played.waiting
        if isinstance(command, FileReport):
            yield from (f"promise 6: {what}" for what in _sending_faults(stop.played, command))


def _sending_faults(played: Played, command: FileReport) -> Iterator[str]:
    last = played.path[-1] if played.path else None
    if last is None or not isinstance(last.question, Confirm) or last.stored.get("choice") != SEND:
        yield "a report is filed without “Send” just before"
        return
    if command.sheet != last.question.sheet:
        yield "what is filed is not what was shown"
    if len({receiver.agency for receiver in command.receivers}) != len(command.receivers) or not command.receivers:
        yield "nobody receives it, or somebody twice"
    yield from _lines_missing(command.sheet, played)
    for receiver in command.receivers:
        answered = played.answered(command.consents.get(receiver.agency, ""))
        yield from _consent_missing(receiver, answered, first=receiver == command.receivers[0])


def _consent_missing(receiver: Receiver, answered: Answered | None, *, first: bool) -> Iterator[str]:
    if answered is None or not isinstance(answered.question, Bound):
        yield f"{receiver.agency} was not consented to"
    elif isinstance(answered.question, Consent):
        if (answered.question.agency, answered.stored["package"]) != (receiver.agency, receiver.package.value):
            yield f"{receiver.agency} gets something else than was consented to"
    elif not first:
        yield f"{receiver.agency} was not asked about on its own"


def _lines_missing(sheet: Sheet, played: Played) -> Iterator[str]:
    """Every answer with a part stands on the sheet as it was given, and nothing else does."""
    leaving = [a for a in played.path if a.question.part is not None and a.stored is not None]
    if [line.id for line in sheet.lines] != [a.question.id for a in leaving]:
        yield "the sheet does not list the answers that were given"
    for line, answered in zip(sheet.lines, leaving, strict=False):
        if line.answer != answered.question.shown(answered.stored) or line.part is not answered.question.part:
            yield f"{line.id} is not shown as it was answered"
        if not line.label:
            yield f"{line.id} has no label"


def nobody_accused(walked: Walked) -> Iterator[str]:
    """An accused organisation gets nothing, and no question about sharing names it."""
    directory = walked.start.directory
    for stop in walked.walk.stops:
        accused = accused_on(stop.played, directory)
        step = stop.played.waiting
        sheet = step.sheet if isinstance(step, FileReport | Confirm) else None
        asked = {receiver.agency for receiver, _ in sheet.receivers} if sheet else set[str]()
        if isinstance(step, Consent):
            asked.add(step.agency)
        if isinstance(step, Question) and base_id(step.id) == "receiving":
            asked.add(agency_in(step.id))
        yield from (f"promise 3: {id} is accused" for id in asked if directory.agency(id).organisation in accused)
        yield from _named(walked, stop, accused)


def _named(walked: Walked, stop: Stop, accused: frozenset[str]) -> Iterator[str]:
    question = stop.played.waiting
    if not isinstance(question, Consent | Confirm):
        return
    texts = (question.text, question.hint, *(offer.label for offer in question.offers(None)))
    said = " ".join(walked.english.say(words) for words in texts)
    for agency in walked.start.directory.all_agencies:
        if agency.organisation in accused and agency.name in said:
            yield f"promise 3: {question.id} names {agency.id}, which is accused"


def accused_on(played: Played, directory: Directory) -> frozenset[str]:
    """The organisations the person has said are part of it: receivers they refused as such, and named landlords."""
    said = {answered.question.id: answered for answered in played.path}
    refused = (id for id, answered in said.items() if base_id(id) == "receiving" and answered.stored == "accused")
    found = {directory.agency(agency_in(id)).organisation for id in refused}
    if _says_landlord(said):
        found.update(_landlords(said, directory))
    return frozenset(found) | _offices(said, directory)


def _offices(said: Mapping[str, Answered], directory: Directory) -> frozenset[str]:
    """The council and the police, where their staff did it."""
    works_for = said.get("works_for")
    if works_for is None or not works_for.stored:
        return frozenset()
    area, chosen = directory.area(said["area"].stored), works_for.stored["chosen"]
    offices = {"council": area.council_agency, "police": area.police_agency}
    return frozenset(directory.agency(id).organisation for office, id in offices.items() if office in chosen)


def _landlords(said: Mapping[str, Answered], directory: Directory) -> Iterator[str]:
    """The organisation of the landlord that was named; every landlord's where nothing tells which one it is."""
    landlord, home = said.get("landlord"), said.get("home")
    named = landlord.stored.get("id") if landlord and landlord.stored else ""
    if named:
        yield directory.landlord(named).organisation
    elif home and home.stored in UNKNOWN_HOMES:
        area = directory.area(said["area"].stored)
        yield from (each.organisation for each in area.landlords)


def _says_landlord(said: Mapping[str, Answered]) -> bool:
    accused, relations, works_for = said.get("landlord_accused"), said.get("relations"), said.get("works_for")
    chosen = relations.stored["chosen"] if relations and relations.stored else ()
    employer = works_for.stored["chosen"] if works_for and works_for.stored else ()
    return bool(accused and accused.stored in ACCUSED_ANSWERS) or "landlord" in chosen or "home" in employer
