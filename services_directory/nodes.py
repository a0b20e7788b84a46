"""Reads YAML as text with line numbers: every value is a string as it stands there, `no` stays "no".

Only lists, keys and texts are understood. Nothing is built that a small file could blow up: no aliases, no depth.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from services_directory.faults import Fault

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times as fast, where PyYAML was built with it
LARGEST = 10_000_000  # bytes of a file
MOST = 20_000  # entries of a list
DEEPEST = 20  # lists and keys within each other; the directory's own files need 6
Plain = str | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Node:
    """A value, what it consists of, and the line (from 1) of the key or dash it stands behind."""

    line: int
    plain: Plain
    children: Mapping[str | int, "Node"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One agency, landlord, service or area as it stands in its file."""

    file: str
    node: Node

    @property
    def data(self) -> Plain:
        return self.node.plain

    @property
    def id(self) -> str:
        """The id it claims; "" where it has none."""
        return str(self.data.get("id", "")) if isinstance(self.data, dict) else ""

    def line(self, *path: str | int) -> int:
        """The line of what `path` leads to, or of the nearest thing above it that exists."""
        node = self.node
        for step in path:
            if step not in node.children:
                break
            node = node.children[step]
        return node.line

    def fault(self, what: str, *path: str | int) -> Fault:
        return Fault(file=self.file, line=self.line(*path), what=what)


def read(folder: Path, file: str, faults: list[Fault]) -> Entry | None:
    """The whole file as one entry; None, and a fault, where it is missing, empty or not understood."""
    try:
        return Entry(file=file, node=_Reading(_text(folder / file), file, faults).document())
    except yaml.MarkedYAMLError as error:
        line, what = error.problem_mark.line if error.problem_mark else 0, f"not readable: {error.problem}"
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        line, what = 0, "missing, or not a UTF-8 text file"
    except _NotUnderstood as error:
        line, what = error.line, str(error)
    faults.append(Fault(file=file, line=line + 1, what=what))
    return None


def read_list(folder: Path, file: str, faults: list[Fault]) -> Iterator[Entry]:
    """The entries of a file that is a list."""
    whole = read(folder, file, faults)
    if whole is None:
        return
    if not isinstance(whole.data, list):
        faults.append(whole.fault("must be a list: every entry begins with a dash"))
        return
    if len(whole.data) > MOST:
        faults.append(whole.fault(f"more than {MOST} entries"))
        return
    for node in whole.node.children.values():
        yield Entry(file=file, node=node)


class _NotUnderstood(ValueError):
    def __init__(self, line: int, what: str) -> None:
        self.line = line
        super().__init__(what)


class _Reading:
    """The events of one file, put together; `faults` are those after which reading can go on."""

    def __init__(self, text: str, file: str, faults: list[Fault]) -> None:
        self._events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=LOADER))
        self._file = file
        self._faults = faults

    def document(self) -> Node:
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise _NotUnderstood(0, "empty")
        node = self._node(next(self._events), 0)
        next(self._events)  # the end of this document
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _NotUnderstood(_line(after), "not readable: a second document begins here")
        return node

    def _node(self, event: yaml.Event, depth: int, line: int | None = None) -> Node:
        line = _line(event) if line is None else line
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise _NotUnderstood(line, "not readable: anchors, aliases and tags are not used here")
        if depth > DEEPEST:
            raise _NotUnderstood(line, "not readable: lists within lists without end")
        if isinstance(event, yaml.ScalarEvent):
            return Node(line + 1, str(event.value))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(depth, line)
        return self._mapping(depth, line)

    def _list(self, depth: int, line: int) -> Node:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Node(line + 1, [item.plain for item in items], dict(enumerate(items)))

    def _mapping(self, depth: int, line: int) -> Node:
        children: dict[str | int, Node] = {}
        plain: dict[str, Plain] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            where = _line(event)
            key = self._node(event, depth + 1).plain
            if not isinstance(key, str):
                raise _NotUnderstood(where, "not readable: what stands before a colon must be a word")
            if key in plain:
                self._faults.append(Fault(file=self._file, line=where + 1, what=f"{key} stands here twice"))
            children[key] = self._node(next(self._events), depth + 1, where)
            plain[key] = children[key].plain
        return Node(line + 1, plain, children)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0


def _text(path: Path) -> str:
    if path.exists() and not path.is_file():
        raise OSError("not a file")
    if path.stat().st_size > LARGEST:
        raise _NotUnderstood(0, f"larger than {LARGEST // 1_000_000} million bytes")
    return path.read_text(encoding="utf-8")
