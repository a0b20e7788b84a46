"""The lock of meanings: what every question asked when somebody last looked, so that no change of it goes unseen.

An answer is kept under its question's id. A question that comes to mean another thing under the same id would turn
old answers into something nobody said.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import dialogs as dialogs_package
from dialogs.script import Question

LOCK = Path(next(iter(dialogs_package.__path__))) / "questions.lock"
WHAT_TO_DO = (
    "Old answers are kept under these ids. If they still mean the same, run "
    '`saysafe preview --accept-meanings "why"`. If not, give the question another id.'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a question asks: `meaning` is a fingerprint, `note` says why the last change of it was accepted.

    `ways`: the fingerprint of each way in which it is put.
    """

    meaning: str
    text: str
    codes: tuple[str, ...]
    ways: tuple[str, ...]
    note: str = ""


def base_id(id: str) -> str:
    """The id without the brackets of loops and agencies, which stand for one question."""
    return id.partition("[")[0]


def meanings_of(questions: Iterable[Question[Any]]) -> dict[str, Meaning]:
    """The meaning of each id; a question that is put in several ways has one meaning made of all of them."""
    ways: dict[str, dict[str, Question[Any]]] = {}
    for question in questions:
        ways.setdefault(base_id(question.id), {})[_fingerprint(question)] = question
    return {id: _meaning(ways[id]) for id in sorted(ways)}


def _fingerprint(question: Question[Any]) -> str:
    """What the directory lists is data: one more of it changes no answer that was given before."""
    if question.from_directory:
        return sha256(f"{question.kind}\0{question.text.message}".encode()).hexdigest()[:16]
    return question.meaning()


def _meaning(ways: Mapping[str, Question[Any]]) -> Meaning:
    texts = sorted({way.text.message for way in ways.values()})
    offered = (ways[print_] for print_ in sorted(ways))
    codes = dict.fromkeys(code for way in offered if not way.from_directory for code in way.choices())
    whole = next(iter(ways)) if len(ways) == 1 else sha256("\0".join(sorted(ways)).encode()).hexdigest()[:16]
    return Meaning(meaning=whole, text=" / ".join(texts), codes=tuple(codes), ways=tuple(sorted(ways)))


def read_lock(path: Path = LOCK) -> dict[str, Meaning]:
    """Raises FileNotFoundError, and ValueError if the file is no lock."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return {id: _read(entry) for id, entry in content.items()}


def _read(entry: Mapping[str, Any]) -> Meaning:
    return Meaning(**{**entry, "codes": tuple(entry["codes"]), "ways": tuple(entry.get("ways", ()))})


def write_lock(now: Mapping[str, Meaning], note: str, path: Path = LOCK) -> tuple[str, ...]:
    """Accept what the questions mean now; `note` is kept beside each that has changed. The changes, a sentence each."""
    before = read_lock(path) if path.exists() else {}
    kept = {id: _noted(before.get(id), meaning, note) for id, meaning in sorted(now.items())}
    lines = (f"{json.dumps(id)}: {json.dumps(asdict(meaning), ensure_ascii=False)}" for id, meaning in kept.items())
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    return changes(before, now)


def _noted(before: Meaning | None, now: Meaning, note: str) -> Meaning:
    if before is None:
        return now
    kept = before.note if before.meaning == now.meaning else note
    return replace(now, note=kept)


def changes(lock: Mapping[str, Meaning], now: Mapping[str, Meaning]) -> tuple[str, ...]:
    """What differs from the lock, a sentence for each id; a short walk need not meet a question in all its ways."""
    added = (f"{id} is new: “{now[id].text}”" for id in now.keys() - lock.keys())
    gone = (f"{id} is no longer asked" for id in lock.keys() - now.keys())
    both = sorted(lock.keys() & now.keys())
    changed = (_change(id, lock[id], now[id]) for id in both if not set(now[id].ways) <= set(lock[id].ways))
    return (*changed, *sorted(added), *sorted(gone))


def _change(id: str, before: Meaning, now: Meaning) -> str:
    parts = [f"“{before.text}” became “{now.text}”"] if before.text != now.text else []
    parts += [f"{code} was added" for code in now.codes if code not in before.codes]
    parts += [f"{code} was taken away" for code in before.codes if code not in now.codes]
    return f"{id} has changed: {', '.join(parts) or 'its kind, or the order of its answers'}"


def edition(lock: Mapping[str, Meaning]) -> str:
    """A short fingerprint of all meanings; a draft begun under another one is told that questions have changed."""
    meant = "\0".join(f"{id} {lock[id].meaning}" for id in sorted(lock))
    return sha256(meant.encode()).hexdigest()[:12]
