"""Every topic there is, in the order in which topics are offered."""

from dialogs import (
    topic_hate,
    topic_newcomers,
    topic_reporting,
    topic_rights,
    topic_safety,
    topic_sexual,
    topic_worries,
)
from dialogs.start import Start
from dialogs.topics import Place, Topic

_FILES = (topic_hate, topic_worries, topic_reporting, topic_rights, topic_safety, topic_sexual, topic_newcomers)


def all_topics(place: Place) -> tuple[Topic, ...]:
    """As they are told in `place`."""
    return tuple(file.topic(place) for file in _FILES)


def anywhere(start: Start) -> Place:
    """For somebody whose area is not known."""
    return Place(areas=start.directory.areas, operator=start.operator)
