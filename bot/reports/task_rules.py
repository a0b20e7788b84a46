"""Which tasks of a case may be done now, and what keeps the others locked. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services_directory.task_templates import Outcome, TaskTemplate

Answers = Mapping[str, Any]  # of the report, by question id, as far as the agency may read them


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a case has come. `open`: templates that still have an open task. `decided`: facts, by template."""

    templates: Mapping[str, TaskTemplate]
    open: frozenset[str]
    decided: Mapping[str, str]

    @property
    def facts(self) -> frozenset[str]:
        return frozenset(self.decided.values())

    @property
    def warns(self) -> tuple[str, ...]:
        """What all staff must read before they visit anybody."""
        outcomes = (outcome for template in self.templates.values() for outcome in template.outcomes)
        return tuple(outcome.warns for outcome in outcomes if outcome.warns and outcome.fact in self.facts)


def standing(
    templates: Iterable[TaskTemplate], *, open: frozenset[str], decided: Mapping[str, str], answers: Answers
) -> Standing:
    """What staff `decided`, by template; before that, what the report says already."""
    by_id = {template.id: template for template in templates}
    told = {id: fact for id, template in by_id.items() if (fact := said_in(template, answers))}
    return Standing(templates=by_id, open=open, decided=told | dict(decided))


def said_in(template: TaskTemplate, answers: Answers) -> str:
    """The outcome that the report says already; "" for none."""
    return next((outcome.fact for outcome in template.outcomes if _says(outcome, answers)), "")


def _says(outcome: Outcome, answers: Answers) -> bool:
    question, _, answer = outcome.said.partition("=")
    stored = answers.get(question)
    chosen = stored.get("chosen", ()) if isinstance(stored, dict) else (stored,)
    return bool(question) and answer in chosen


def causes(id: str, standing: Standing) -> tuple[str, ...]:
    """What keeps the task of this template locked, in words; none if it may be done."""
    template = standing.templates.get(id)
    if template is None:
        return ()
    waits = [f"“{_words(before, standing)}” is not closed yet." for before in template.after if before in standing.open]
    forbidden = [_answered(fact, standing) for fact in sorted(template.locked_if & standing.facts)]
    return (*forbidden, *_missing(template, standing), *waits)


def _missing(template: TaskTemplate, standing: Standing) -> tuple[str, ...]:
    """Why none of the facts it needs holds: each decision went another way, or was not made yet."""
    if not template.needs or template.needs & standing.facts:
        return ()
    deciding = [one for one in standing.templates.values() if template.needs & {o.fact for o in one.outcomes}]
    return tuple(_other_way(one, standing) for one in deciding)


def _other_way(template: TaskTemplate, standing: Standing) -> str:
    decided = standing.decided.get(template.id)
    return _answered(decided, standing) if decided else f"“{template.words}” is not decided yet."


def _answered(fact: str, standing: Standing) -> str:
    for template in standing.templates.values():
        for outcome in template.outcomes:
            if outcome.fact == fact:
                return f"“{template.words}” was decided: {outcome.label}."
    return fact


def _words(id: str, standing: Standing) -> str:
    return standing.templates[id].words if id in standing.templates else id
