"""The parts of a report and the packages that open them.

A part is a separately encrypted piece of a report. A package is what one receiver may open.
"""

from enum import StrEnum


class Part(StrEnum):
    """A separately encrypted piece of a report."""

    COUNT = "count"  #: a statistics row: coarse codes, no text
    FACTS = "facts"  #: coded answers only, no free text
    ACCOUNT = "account"  #: own words, exact place and time, descriptions of others
    CONTACT = "contact"  #: name, safe contact and times, interpreter and access needs
    EVIDENCE = "evidence"  #: keys and hashes of photos, voice notes, videos and files
    OWN = "own"  #: what only its reporter can open: where a report may go, and who must never learn of it


class Package(StrEnum):
    """What one receiver may open."""

    COUNT = "count"  #: the statistics row
    FACTS = "facts"  #: the coded answers
    ACCOUNT = "account"  #: the coded answers, own words and evidence
    FULL = "full"  #: all of that and how to reach the reporter


OPENS: dict[Package, frozenset[Part]] = {
    Package.COUNT: frozenset({Part.COUNT}),
    Package.FACTS: frozenset({Part.FACTS}),
    Package.ACCOUNT: frozenset({Part.FACTS, Part.ACCOUNT, Part.EVIDENCE}),
    Package.FULL: frozenset({Part.FACTS, Part.ACCOUNT, Part.EVIDENCE, Part.CONTACT}),
}
