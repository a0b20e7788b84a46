"""What is wrong in the directory's files, all of it at once."""

from dataclasses import dataclass

LONGEST_SHOWN = 300  # characters of what a file holds that a fault repeats


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fault:
    """One thing to put right; `file` is relative to the data folder, `line` counts from 1."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        """On one line, and fit for a terminal whatever the file held."""
        return f"{_shown(self.file)}:{self.line}: {_shown(self.what)}"


class DirectoryFaults(ValueError):
    """The directory cannot be used until these are put right."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def _shown(text: str) -> str:
    cut = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
    return "".join(letter if letter.isprintable() else "�" for letter in cut)
