"""Topics in a chat: page by page, as far as somebody wants to read, and the doors at the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.choices import Choice, Option
from dialogs.find_help import find_help
from dialogs.report import report
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import NOTHING, Text, text
from dialogs.topics import Page, Section, Topic, dated

ENOUGH = "enough"
ON = (Option("more", "Read more"), Option(ENOUGH, "That is enough"))
_DOORS = (
    Option("help", "Find help"),
    Option("report", "Report it"),
    Option("menu", "Back to the menu"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screenful:
    """A page with its place: `next` names the section that comes after it, if another one begins there."""

    id: str
    page: Page
    next: Text = NOTHING


def screenfuls(topic: Topic, first: str = "") -> tuple[Screenful, ...]:
    """The pages of `topic`, from the section `first` on; "" is the first one. Ids are unique within a topic."""
    ids = [section.id for section in topic.sections]
    sections = topic.sections[ids.index(first) if first else 0 :]
    following = [*(text("Next: {part}.", part=section.title) for section in sections[1:]), NOTHING]
    return tuple(
        screenful for section, then in zip(sections, following, strict=True) for screenful in _of(section, then)
    )


def _of(section: Section, then: Text) -> Iterator[Screenful]:
    last = len(section.pages)
    for number, page in enumerate(section.pages, start=1):
        yield Screenful(id=f"{section.id}.{number}", page=page, next=then if number == last else NOTHING)


async def choose_section(topic: Topic) -> str:
    """The id of the section to begin with; "" for the first."""
    if not topic.asks:
        return ""
    return await Choice(f"part[{topic.id}]", topic.asks, [Option(each.id, each.title) for each in topic.sections])


async def read(topic: Topic, pages: Sequence[Screenful]) -> bool:
    """Shows `pages`, each dated; the last one stays for the next question. Whether somebody read to the end."""
    for number, screenful in enumerate(pages, start=1):
        for line in screenful.page:
            await Say(line)
        await Say(dated(topic))
        if number == len(pages):
            break
        read_on = await Choice(
            f"read[{topic.id}.{screenful.id}]", "Would you like to read more?", ON, hint=screenful.next
        )
        if read_on == ENOUGH:
            return False
    return True


async def read_topic(start: Start, topic: Topic) -> None:
    """The whole of a topic that needs no more than its pages."""
    await read(topic, screenfuls(topic, await choose_section(topic)))
    await doors(start)


async def doors(start: Start) -> None:
    """Where to go from what was read. Skipped, or the menu: the end."""
    door = await Choice("doors", "What would you like to do now?", _DOORS)
    if door == "report":
        await report(start)
    elif door == "help":
        await find_help(start)
