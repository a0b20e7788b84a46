"""Who else can be told where it happened: a school, a site, the railway police, the employer. It sends nothing."""

from dialogs.cards import contacts, explained
from dialogs.choices import Choice, Option
from dialogs.parts import Part
from dialogs.script import Say
from dialogs.start import Start
from dialogs.texts import Text, text

AT_WORK = "work"  # a place and a relation
_PLACES_AT_WORK = (
    Option("staff", "Someone who works there"),
    Option("sent", "Someone sent to work there"),
    Option("volunteer", "A volunteer"),
    Option("visitor", "A customer or visitor"),
    Option("other", "Someone else"),
)
_STAFF = frozenset({"staff", "sent", "volunteer"})
_ALSO: dict[str, Text] = {
    "school": text("Every school has someone who keeps children and young people safe. You can tell them too."),
    "online": text("You can also report it to the site or the app. Keep a picture of it first."),
    "transport": text("You can also tell the driver, or the company that runs it."),
    "health": text("You can also tell the person in charge there."),
    "asylum": text("You can also talk to people who help with asylum housing."),
}
_SERVICES = {"online": ("true-vision",), "transport": ("british-transport-police",)}
_EXPLAINED = {"asylum": ("migrant-help",)}


async def also_tell(start: Start, place: str) -> None:
    """Beside this report, who can act in a place of this kind."""
    if place in _ALSO:
        await Say(_ALSO[place])
    for line in contacts(start.directory, *_SERVICES.get(place, ())):
        await Say(line)
    for line in explained(start.directory, *_EXPLAINED.get(place, ())):
        await Say(line)


async def at_work(place: str, relations: frozenset[str]) -> None:
    """Whether staff were hurt at their work, who may use the rules of that work too (seed 004, 10)."""
    if place != AT_WORK and AT_WORK not in relations:
        return
    role = await Choice(
        "at_work_as",
        "Who was the person there?",
        _PLACES_AT_WORK,
        hint=text("The person it happened to."),
        part=Part.FACTS,
        label=text("At work as"),
    )
    if role in _STAFF:
        await Say("Work must keep people safe too. You can also use its rules on safety and respect.")
