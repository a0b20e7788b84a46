"""Harm in a report of hate that trained people look after: sexual harm, and harm by a partner or family.

It has its own tasks for staff (seeds 003, 004 send it to a policy of its own), and nobody speaks to the accused.
"""

from dialogs.report_options import AT_HOME
from services_directory.task_templates import HOME, SEXUAL

_SEXUAL_TYPES = frozenset({"sexual-touching", "sexual-images", "exposure"})
_HOME_TYPES = frozenset({"family-control"})


def harm_kinds(types: frozenset[str], relations: frozenset[str] = frozenset()) -> frozenset[str]:
    """The kinds of report that these types of incident and relations make it, beside what it is called."""
    sexual = frozenset({SEXUAL} if types & _SEXUAL_TYPES else ())
    return sexual | (frozenset({HOME}) if types & _HOME_TYPES or relations & AT_HOME else frozenset())
