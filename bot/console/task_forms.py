"""What staff fill in about a task, read from a form and checked: nothing is guessed, and nothing they typed is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.console.words import moment
from bot.reports.tasks import Kind, Note
from services_directory.task_templates import Asked, Form, TaskTemplate

MOST = 4_000  # characters of an entry
MOST_NAME = 200  # characters of a task of one's own
YES_NO = {"yes": "Yes", "no": "No", "not-known": "Not known"}
NOTES = {Kind.SAID: "What was said", Kind.OBSERVED: "What I saw or heard", Kind.ACTION: "What I did"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A field that must be filled in otherwise. `field`: its id on the page."""

    field: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form as it was read: an entry to be kept, or what is wrong with it."""

    note: Note | None = field(default=None, repr=False)
    problems: tuple[Problem, ...] = ()


Fields = Mapping[str, str]


def read_done(fields: Fields, template: TaskTemplate | None, zone: ZoneInfo) -> Filled:
    """That it is done, with everything the template asks for."""
    asks, outcomes = (template.asks, template.outcomes) if template else ((), ())
    problems = [*(p for asked in asks for p in _wrong(asked, fields)), *_too_long(fields, "done-words")]
    outcome = fields.get("outcome", "")
    if outcomes and outcome not in {one.fact for one in outcomes}:
        problems.append(Problem(field="outcome", words="Choose what was decided."))
    if problems:
        return Filled(problems=tuple(problems))
    evidence = tuple((asked.label, _shown(asked, fields, zone)) for asked in asks)
    words = fields.get("done-words", "").strip()
    return Filled(note=Note(kind=Kind.DONE, words=words, evidence=evidence, outcome=outcome if outcomes else ""))


def read_reason(fields: Fields, kind: Kind) -> Filled:
    """Why it is not needed, or open again."""
    return _with_words(fields, f"{kind.value}-words", kind, "Write down the reason.")


def read_note(fields: Fields) -> Filled:
    """Something that was said, seen or done."""
    kind = next((kind for kind in NOTES if kind.value == fields.get("kind")), None)
    if kind is None:
        return Filled(problems=(Problem(field="kind", words="Choose what kind of entry it is."),))
    return _with_words(fields, "note-words", kind, "Write down what was said, seen or done.")


def read_name(fields: Fields) -> str:
    """The words of a task of one's own; "" if they are missing or too long."""
    words = " ".join(fields.get("words", "").split())
    return words if len(words) <= MOST_NAME else ""


def _with_words(fields: Fields, name: str, kind: Kind, wanted: str) -> Filled:
    words = fields.get(name, "").strip()
    if not words:
        return Filled(problems=(Problem(field=name, words=wanted),))
    problems = tuple(_too_long(fields, name))
    return Filled(problems=problems) if problems else Filled(note=Note(kind=kind, words=words))


def _wrong(asked: Asked, fields: Fields) -> Iterator[Problem]:
    name = f"ask-{asked.id}"
    given = fields.get(name, "").strip()
    if not given:
        yield Problem(field=name, words=f"Fill in: {asked.label}.")
    elif asked.form is Form.YES_NO and given not in YES_NO:
        yield Problem(field=name, words=f"Choose an answer: {asked.label}.")
    elif asked.form is Form.MOMENT and _moment(given) is None:
        yield Problem(field=name, words=f"Give a day and a time: {asked.label}.")
    yield from _too_long(fields, name)


def _too_long(fields: Fields, name: str) -> Iterator[Problem]:
    if len(fields.get(name, "")) > MOST:
        yield Problem(field=name, words=f"This is more than {MOST} letters. Please make it shorter.")


def _shown(asked: Asked, fields: Fields, zone: ZoneInfo) -> str:
    given = fields[f"ask-{asked.id}"].strip()
    at = _moment(given) if asked.form is Form.MOMENT else None
    if at is not None:
        return moment(at.replace(tzinfo=zone), zone)
    return YES_NO[given] if asked.form is Form.YES_NO else given


def _moment(given: str) -> datetime | None:
    """As browsers send it ("2027-03-01T09:30"), or as people type it where they know no such field."""
    for shape in ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y, %H:%M"):
        try:
            return datetime.strptime(given, shape)  # noqa: DTZ007  # the agency's time zone is added by who asked
        except ValueError:
            continue
    return None
