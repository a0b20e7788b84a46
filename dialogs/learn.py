"""What anybody can read without reporting anything: the choice of topics, and those that ask something first."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from dialogs.all_topics import all_topics, anywhere
from dialogs.choices import Choice, Option
from dialogs.information_pack import information_pack
from dialogs.places import ELSEWHERE, InArea
from dialogs.reading import ENOUGH, ON, choose_section, doors, read, read_topic, screenfuls
from dialogs.safe_phone import phone_is_safe
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import text
from dialogs.topic_hate import KINDS, MEANING, OF_KIND
from dialogs.topic_rights import REVIEW
from dialogs.topic_rights import topic as rights_topic
from dialogs.topic_safety import WATCHED, WATCHED_PAGE
from dialogs.topics import PARTNER, SAFE_PHONE, Topic, dated, without

PACK = "pack"
Reader = Callable[[Start, Topic], Awaitable[None]]


async def learn(start: Start) -> None:
    """The topics; skipped, it ends. Nothing that is tapped here is kept or sent."""
    topics = {topic.id: topic for topic in all_topics(anywhere(start))}
    offered = [Option(topic.id, topic.title) for topic in topics.values()]
    chosen = await Choice("learn", "What would you like to know?", [*offered, Option(PACK, "A pack to take with you")])
    if chosen == PACK:
        await information_pack(start)
    elif chosen:
        await _READERS.get(chosen, read_topic)(start, topics[chosen])


async def _is_it_hate(start: Start, topic: Topic) -> None:
    """What the words mean, what happened, and that it can be reported; never that it is none."""
    for line in MEANING:
        await Say(line)
    kind = await Choice("hate_kind", "Which of these is most like it?", KINDS)
    await Say("Yes, this can be reported. You need not be sure.")
    await Say(OF_KIND[kind or "other"])
    await Say("What counts is what you think the reason was.")
    if await Choice("hate_more", "Would you like to know more?", ON) != ENOUGH:
        await read(topic, screenfuls(topic)[1:])
    await doors(start)


async def _safety(start: Start, topic: Topic) -> None:
    """The phone first: apps and Clare's Law are named only where nobody else looks at it."""
    if await phone_is_safe():
        shown = topic.for_whom({SAFE_PHONE, PARTNER})
    else:
        shown = without(topic.for_whom(()), WATCHED)
        for line in (*WATCHED_PAGE, dated(topic)):
            await Say(line)
    await read_topic(start, shown)


async def _rights(start: Start, topic: Topic) -> None:
    """The area is asked for only where its rule differs."""
    section = await choose_section(topic)
    if section == REVIEW:
        topic = await _in_their_area(start)
    await read(topic, screenfuls(topic, section))
    await doors(start)


async def _in_their_area(start: Start) -> Topic:
    words = text("Which area do you live in?")
    area = await InArea("review_area", words, start.directory)
    if area == ELSEWHERE:
        return rights_topic(anywhere(start))
    return rights_topic(replace(anywhere(start), area=start.directory.area(area)))


_READERS: Mapping[str, Reader] = {"hate": _is_it_hate, "safety": _safety, "rights": _rights}
