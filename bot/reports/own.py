"""What only a report's reporter keeps: where it may still go, and who must never learn of it. Pure."""

import json
from dataclasses import fields
from typing import Any

from services_directory.routing import Situation

VERSION = 1


def to_bytes(situation: Situation) -> bytes:
    """Sorted, so that the same situation gives the same bytes."""
    return json.dumps({"v": VERSION, **plain(situation)}, ensure_ascii=False).encode()


def from_bytes(content: bytes) -> Situation:
    """Raises ValueError for a version this program does not know."""
    values: dict[str, Any] = json.loads(content)
    if values.pop("v") != VERSION:
        raise ValueError("a part of a version this program does not know")
    given: dict[str, Any] = {name: frozenset(v) if isinstance(v, list) else v for name, v in values.items()}
    return Situation(**given)


def plain(situation: Situation) -> dict[str, object]:
    """As JSON has it: sets are sorted lists."""
    return {field.name: _plain(getattr(situation, field.name)) for field in fields(situation)}


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else value
