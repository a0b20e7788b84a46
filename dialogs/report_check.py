"""The check before sending: every receiver and every answer, exactly as it would leave."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from dialogs.children import child_kinds
from dialogs.choices import Option
from dialogs.commands import FileReport, Receipt
from dialogs.consent import SEND, Confirm, Receiver, Sheet, SheetLine
from dialogs.parts import Package
from dialogs.report_sharing import Shared, choose_others, others
from dialogs.script import Answered, SoFar
from dialogs.start import Start
from dialogs.texts import Text, text
from services_directory.model import Agency
from services_directory.routing import Situation

_ADD = "add"
_SEND = Option(SEND, "Send")
_ADD_OTHERS = Option(_ADD, "Add who gets it")
_DO_NOT_SEND = Option("stop", "Do not send")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSend:
    """A report ready to be checked. `shared` is None until the person was asked who else may have it.

    `earlier`: the code of an earlier report to put it together with, "" if none.
    """

    agency: Agency
    situation: Situation
    urgent: bool
    shared: tuple[Shared, ...] | None = None
    earlier: str = field(default="", repr=False)


async def check_and_send(start: Start, ready: ToSend) -> Receipt | None:
    """Sends what was shown, once the person says so; None if they do not."""
    suggested = others(start, ready.situation, ready.agency) if ready.shared is None else ()
    shared = ready.shared or ()
    check = "check[1]"
    sheet = _sheet(start, ready, shared, await SoFar())
    said = await _confirm(check, sheet, may_add=bool(suggested))
    if said == _ADD:
        shared = await choose_others(suggested, contactable=ready.situation.contactable)
        check = "check[2]"
        sheet = _sheet(start, ready, shared, await SoFar())
        said = await _confirm(check, sheet, may_add=False)
    if said != SEND:
        return None
    consents = {ready.agency.id: check, **{one.receiver.agency: one.consent for one in shared}}
    situation = replace(ready.situation, kinds=ready.situation.kinds | child_kinds(await SoFar()))
    filing = FileReport("file", sheet=sheet, situation=situation, urgent=ready.urgent, consents=consents)
    return await filing.after(ready.earlier)


async def _confirm(id: str, sheet: Sheet, *, may_add: bool) -> str:
    options = (_SEND, _ADD_OTHERS, _DO_NOT_SEND) if may_add else (_SEND, _DO_NOT_SEND)
    hint = text("Nothing has left yet. Only what stands here is sent, and only to these.")
    return await Confirm(id, "Shall I send this now?", sheet, options, hint=hint, required=True)


def _sheet(start: Start, ready: ToSend, shared: Iterable[Shared], answered: Iterable[Answered]) -> Sheet:
    first = Receiver(agency=ready.agency.id, package=_first_package(ready.situation))
    receivers = (first, *(one.receiver for one in shared))
    named = tuple((one, _gets(start.directory.agency(one.agency).name, one.package)) for one in receivers)
    return Sheet(receivers=named, lines=tuple(_line(answer) for answer in answered if _leaves(answer)))


def _first_package(situation: Situation) -> Package:
    """The receiving agency sees everything; without a safe contact there is none to see."""
    return Package.FULL if situation.contactable else Package.ACCOUNT


def _gets(agency: str, package: Package) -> Text:
    if package is Package.COUNT:
        return text("{agency} counts it. They see no words and no name.", agency=agency)
    if package is Package.FACTS:
        return text("{agency} can open the facts: what you tapped. None of your words or files.", agency=agency)
    if package is Package.ACCOUNT:
        return text("{agency} can open the facts, your words and your files. Not how to reach you.", agency=agency)
    return text("{agency} can open all of it, also how to reach you.", agency=agency)


def _leaves(answer: Answered) -> bool:
    return answer.question.part is not None and answer.stored is not None


def _line(answer: Answered) -> SheetLine:
    question = answer.question
    if question.part is None:
        raise ValueError("an answer without a part stays here")
    return SheetLine(id=question.id, part=question.part, label=question.label, answer=question.shown(answer.stored))
