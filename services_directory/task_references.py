"""Faults that show when the task templates of an area are laid side by side: names of things that are not there."""

from collections.abc import Iterable, Iterator

from services_directory.drafts import Draft, Found
from services_directory.faults import Fault
from services_directory.model import NATIONAL
from services_directory.task_templates import TaskTemplate, layered


def task_faults(drafts: Iterable[Draft]) -> Iterator[Fault]:
    """Every fault of this kind, each once."""
    listed = list(drafts)
    for draft in listed:
        yield from _repeated(draft.tasks)
    broken = {id for draft in listed for id in draft.broken}
    found = {(one.value.area, one.value.id): one for draft in listed for one in draft.tasks}
    seen: set[Fault] = set()
    for draft in listed:
        for fault in _of_area(draft, found, broken):
            if fault not in seen:
                seen.add(fault)
                yield fault


def _repeated(tasks: Iterable[Found[TaskTemplate]]) -> Iterator[Fault]:
    lines: dict[str, int] = {}
    for one in tasks:
        if one.value.id in lines:
            yield one.entry.fault(f"id: {one.value.id} is used already on line {lines[one.value.id]}", "id")
        lines.setdefault(one.value.id, one.entry.line("id"))


def _of_area(draft: Draft, found: dict[tuple[str, str], Found[TaskTemplate]], broken: set[str]) -> Iterator[Fault]:
    """The faults of the templates as they hold in one area; those of the national layer as every area has them."""
    templates = layered((one.value for one in found.values()), dict.fromkeys((NATIONAL, draft.id)))
    facts = {outcome.fact for template in templates for outcome in template.outcomes}
    clocks = None if draft.area is None else frozenset(draft.area.value.deadlines)
    before = set(broken)
    for template in templates:
        entry = found[template.area, template.id].entry
        for number, id in enumerate(template.after):
            if id not in before:
                yield entry.fault(f"after: {id} is no task that stands before it", "after", number)
        for field in ("needs", "locked_if"):
            for fact in sorted(getattr(template, field) - facts):
                if not broken:
                    yield entry.fault(f"{field}: {fact} is no outcome of any task", field)
        name = template.clock.deadline if template.clock else ""
        if name and clocks is not None and name not in clocks:
            yield entry.fault(f"clock: {draft.id} has no deadline {name}", "clock", "deadline")
        before.add(template.id)
