"""A dialog as a diagram: its questions from top to bottom, an arc for every answer that leads past the next one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from bot.rendering import Voice, strip_isolates
from dialogs.explore import BEGINNING, END, Walk
from dialogs.inputs import Stored
from dialogs.script import Misfit, Question

ROW, FIRST, LANE = 44, 26, 9  # pixels: a row's height, the first row's middle, the room of an arc
MOST_LABELS, MOST_LETTERS = 3, 150  # answers of a way, and letters of all ways, that a row shows
COLOURS = ("#1d4ed8", "#b45309", "#15803d", "#a21caf", "#be123c", "#0f766e", "#4d7c0f", "#6d28d9")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """A way onward: where to, and the answers that lead there."""

    to: str
    answers: tuple[str, ...]

    @property
    def words(self) -> str:
        """Not more than a few of the answers."""
        named, more = self.answers[:MOST_LABELS], len(self.answers) - MOST_LABELS
        return ", ".join(named) + (f" and {more} more" if more > 0 else "")


def order_of(walk: Walk) -> tuple[str, ...]:
    """All ids so that ways lead downwards: each after everything that can come before it."""
    into: dict[str, set[str]] = {}
    for here, there in walk.edges:
        into.setdefault(there, set()).add(here)
    placed: dict[str, None] = {BEGINNING: None}
    waiting = dict.fromkeys(there for _, there in walk.edges)
    while waiting:
        free = [id for id in waiting if into[id] <= placed.keys()] or [next(iter(waiting))]
        placed[free[0]] = None
        del waiting[free[0]]
    return tuple(id for id in placed if id not in (BEGINNING, END)) + (END,)


def ways_onward(walk: Walk, voice: Voice) -> Mapping[str, tuple[Leads, ...]]:
    """For each id where its answers lead."""
    asked = {question.id: question for question in walk.questions}
    found: dict[str, list[Leads]] = {}
    for (here, there), answers in walk.edges.items():
        labels = dict.fromkeys(_label(asked.get(here), stored, voice) for stored in answers)
        found.setdefault(here, []).append(Leads(to=there, answers=tuple(labels)))
    return {here: tuple(leads) for here, leads in found.items()}


def _label(question: Question[Any] | None, stored: Stored, voice: Voice) -> str:
    if question is None:
        return "done"
    if stored is None:
        return "skipped"
    if isinstance(stored, dict) and "package" in stored:
        return str(stored["package"])
    try:
        return ", ".join(strip_isolates(voice.say(words)) for words in question.shown(stored)) or "…"
    except Misfit:  # an answer to the same question put another way
        return "…"


def svg(walk: Walk, voice: Voice) -> Markup:
    """The diagram as one SVG element."""
    order = order_of(walk)
    rows = {id: number for number, id in enumerate(order)}
    ways = {here: leads for here, leads in ways_onward(walk, voice).items() if here in rows}
    arcs = [(rows[here], rows[each.to], each.words) for here, leads in ways.items() for each in leads]
    jumps = sorted((arc for arc in arcs if arc[1] != arc[0] + 1), key=lambda arc: abs(arc[1] - arc[0]))
    lanes = tuple(_lanes(jumps))
    left = 30 + LANE * max((lane for lane, _ in lanes), default=0)
    asked = {question.id: question for question in walk.questions}
    parts = [*(_arc(lane, arc, left) for lane, arc in lanes), *(_step(arc, left) for arc in arcs if arc not in jumps)]
    parts += [_row(rows[id], _title(id, asked.get(id), voice), ways.get(id, ()), left) for id in order]
    size = Markup('width="{}" height="{}"').format(left + 900, ROW * len(order) + FIRST)
    head = Markup('<svg xmlns="http://www.w3.org/2000/svg" {} role="img" aria-label="The ways through this dialog">')
    return Markup("{}{}</svg>").format(head.format(size), Markup("").join(parts))


def _lanes(jumps: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, tuple[int, int, str]]]:
    """Each arc with the first lane in which it crosses no other, the short ones nearest to the questions."""
    taken: list[list[tuple[int, int]]] = []
    for here, there, words in jumps:
        low, high = sorted((here, there))
        lane = next((n for n, spans in enumerate(taken) if all(high <= a or low >= b for a, b in spans)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        yield lane + 1, (here, there, words)


def _arc(lane: int, arc: tuple[int, int, str], left: int) -> Markup:
    here, there, words = arc
    top, bottom, out = FIRST + ROW * here + 6, FIRST + ROW * there - 6, left - 12 - LANE * lane
    path = f"M{left - 12} {top} H{out} V{bottom} H{left - 14}"
    drawn = Markup('<path d="{}" stroke="{}" class="arc"><title>{}</title></path>')
    point = Markup('<path d="M{} {} l-7 -4 v8 z" fill="{}"/>').format(left - 8, bottom, COLOURS[here % len(COLOURS)])
    return drawn.format(path, COLOURS[here % len(COLOURS)], words) + point


def _step(arc: tuple[int, int, str], left: int) -> Markup:
    top = FIRST + ROW * arc[0] + 9
    drawn = Markup('<path d="M{} {} v{}" class="step"><title>{}</title></path>')
    return drawn.format(left, top, ROW - 18, arc[2])


def _title(id: str, question: Question[Any] | None, voice: Voice) -> str:
    if id == END:
        return "The end"
    return strip_isolates(voice.say(question.text)) if question else "(the program does something)"


def _row(row: int, title: str, leads: tuple[Leads, ...], left: int) -> Markup:
    middle = FIRST + ROW * row
    drawn = Markup(
        '<circle cx="{}" cy="{}" r="5"/><text x="{}" y="{}" class="asked">{}</text>'
        '<text x="{}" y="{}" class="onward">{}</text>'
    )
    return drawn.format(
        left, middle, left + 14, middle + 4, title, left + 14, middle + 19, escape(_cut(_onward(leads)))
    )


def _onward(leads: tuple[Leads, ...]) -> str:
    """Which answer leads where, as far as the answer decides it."""
    names = ["the end" if each.to == END else each.to for each in leads]
    if len(leads) == 1:
        return f"any answer → {names[0]}"
    if len({answer for each in leads for answer in each.answers}) == 1:
        return f"by what was said before → {', '.join(names)}"
    return "; ".join(f"{each.words} → {name}" for each, name in zip(leads, names, strict=True))


def _cut(words: str) -> str:
    return words if len(words) <= MOST_LETTERS else f"{words[:MOST_LETTERS]}…"
