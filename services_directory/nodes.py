"""Reads YAML as text with line numbers: every value is a string as it stands there, `no` stays "no"."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from services_directory.faults import Fault

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times as fast, where PyYAML was built with it
Plain = str | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One agency, landlord, service or area as it stands in its file."""

    file: str
    node: yaml.Node
    data: Plain

    @property
    def id(self) -> str:
        """The id it claims; "" where it has none."""
        return str(self.data.get("id", "")) if isinstance(self.data, dict) else ""

    def line(self, *path: str | int) -> int:
        """The line of what `path` leads to, or of the nearest thing above it that exists."""
        node, line = self.node, self.node.start_mark.line
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            node, line = found
        return line + 1

    def fault(self, what: str, *path: str | int) -> Fault:
        return Fault(file=self.file, line=self.line(*path), what=what)


def read(folder: Path, file: str, faults: list[Fault]) -> Entry | None:
    """The whole file as one entry; None, and a fault, where it is missing, empty or not YAML."""
    try:
        node = yaml.compose((folder / file).read_text(encoding="utf-8"), Loader=LOADER)
        if node is not None:
            return Entry(file=file, node=node, data=_plain(node, file, faults))
        line, what = 0, "empty"
    except yaml.MarkedYAMLError as error:
        line, what = error.problem_mark.line if error.problem_mark else 0, f"not readable: {error.problem}"
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        line, what = 0, "missing, or not a UTF-8 text file"
    except RecursionError:
        line, what = 0, "not readable: lists within lists without end"
    faults.append(Fault(file=file, line=line + 1, what=what))
    return None


def read_list(folder: Path, file: str, faults: list[Fault]) -> Iterator[Entry]:
    """The entries of a file that is a list."""
    whole = read(folder, file, faults)
    if whole is None:
        return
    if not isinstance(whole.node, yaml.SequenceNode) or not isinstance(whole.data, list):
        faults.append(whole.fault("must be a list: every entry begins with a dash"))
        return
    for node, data in zip(whole.node.value, whole.data, strict=True):
        yield Entry(file=file, node=node, data=data)


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        found = (pair for pair in node.value if pair[0].value == step)
        return next(((value, key.start_mark.line) for key, value in found), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark.line
    return None


def _plain(node: yaml.Node, file: str, faults: list[Fault]) -> Plain:
    if isinstance(node, yaml.MappingNode):
        return _plain_mapping(node, file, faults)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, file, faults) for item in node.value]
    return str(node.value)


def _plain_mapping(node: yaml.MappingNode, file: str, faults: list[Fault]) -> dict[str, Plain]:
    values: dict[str, Plain] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in values:
            faults.append(Fault(file=file, line=key.start_mark.line + 1, what=f"{name} stands here twice"))
        values[name] = _plain(value, file, faults)
    return values
