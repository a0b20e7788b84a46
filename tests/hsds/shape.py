"""Makes JSON schemas of shape.yaml. They are stricter than what is published: a field nobody knows is a mistake."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

TEXT = {"type": "string", "minLength": 1}
SIMPLE: dict[str, dict[str, Any]] = {
    "text": TEXT,
    "number": {"type": "number"},
    "uuid": {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
    "uri": {"type": "string", "pattern": "^https?://[^ ]+[.][^ ]+$"},
    "email": {"type": "string", "pattern": "^[^@ ]+@[^@ ]+[.][^@ ]+$"},
    "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "datetime": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[.][0-9]{3}Z$"},
    "clock": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
}


@cache
def validator(record: str) -> Draft202012Validator:
    """A validator of one kind of record, such as "service"."""
    kinds = yaml.safe_load(Path(__file__).with_name("shape.yaml").read_text(encoding="utf-8"))
    definitions = {name: _record(fields) for name, fields in kinds.items()}
    schema = {"$ref": f"#/$defs/{record}", "$defs": definitions}
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def faults(record: str, value: object) -> list[str]:
    """What is wrong with `value` as a record of this kind: where, and what."""
    return [f"{wrong.json_path}: {wrong.message[:200]}" for wrong in validator(record).iter_errors(value)]


def _record(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name.rstrip("!"): _field(kind) for name, kind in fields.items()},
        "required": [name[:-1] for name in fields if name.endswith("!")],
        "additionalProperties": False,
    }


def _field(kind: str | list[str]) -> dict[str, Any]:
    if isinstance(kind, list):
        return {"type": "array", "items": _field(kind[0])}
    if "|" in kind:
        return {"enum": kind.split("|")}
    return SIMPLE.get(kind) or {"$ref": f"#/$defs/{kind}"}
