"""Is this a hate crime: what the words mean, what it can look like, and that nobody needs to be sure."""

from datetime import date

from dialogs.choices import Option
from dialogs.texts import Text, text
from dialogs.topics import Origin, Page, Place, Section, Topic, in_a_row
from services_directory.model import Area

KINDS = (
    Option("verbal", "Shouting or insults"),
    Option("threat", "Threats"),
    Option("attack", "Hitting or hurting"),
    Option("messages", "Calls, texts or emails"),
    Option("online", "Online or social media"),
    Option("graffiti", "Hateful writing or posters"),
    Option("rubbish", "Rubbish on your doorstep"),
    Option("neighbours", "Trouble with neighbours"),
    Option("bullying", "Bullying"),
    Option("complaints", "False complaints about you"),
    Option("fire", "Fire"),
    Option("emotional", "Made to feel worthless"),
    Option("other", "Something else"),
)

OF_KIND: dict[str, Text] = {
    "verbal": text("Cruel words count. Once is enough."),
    "threat": text("A threat counts, even if nothing comes after it."),
    "attack": text("Hitting or hurting someone is a crime."),
    "messages": text("Cruel calls, texts or emails count. If it is safe, keep them."),
    "online": text("Hate online counts as much as hate in the street."),
    "graffiti": text("Hateful writing, leaflets or posters count. If it is safe, take a photo."),
    "rubbish": text("Rubbish left at your door to hurt you counts."),
    "neighbours": text("Trouble with neighbours counts when hate is part of it."),
    "bullying": text("Bullying at school, at work or near home counts."),
    "complaints": text("False complaints made to hurt you count."),
    "fire": text("Setting fire to things is a crime. If there is fire now, call 999."),
    "emotional": text("Being made to feel small or afraid counts."),
    "other": text("Other things count too."),
}

MEANING: Page = (
    text("A hate crime is a crime done because of who you are."),
    text("A hate incident is a cruel thing done for the same reason. It may not be a crime."),
)
_WHAT_COUNTS: Page = (
    text("What counts is what you think the reason was."),
    text("It also counts if any other person thinks so, such as someone who saw it."),
    text("Hate may be only a part of the reason. It still counts."),
)
_WHO: Page = (
    text("It counts if they were wrong about who you are."),
    text("It counts if it was because of someone you are with."),
    text("They may say they did not mean it. It can still be harassment."),
)
_STRANDS: Page = (
    text("Everywhere, the police count five reasons:"),
    text("Race or country. Religion or belief. Disability."),
    text("Being gay, lesbian or bi. Being trans."),
    text("You can report it for any other reason too."),
)
_LOCAL: dict[str, Text] = {
    "gender": text("gender"),
    "age": text("age"),
    "subculture": text("style or subculture"),
    "sex-work": text("selling sex"),
}
_YOU_CAN: Page = (
    text("You can report a crime or an incident. You need not know which it is."),
    text("You need not be sure. Nobody here will say that it does not count."),
)


def topic(place: Place) -> Topic:
    """With the reasons that are counted in the areas of `place` beside the five."""
    local = tuple(_local(area) for area in place.spoken_of if area.strands)
    return Topic(
        id="hate",
        title=text("Is this a hate crime?"),
        sections=(
            Section(id="meaning", title=text("What the words mean"), pages=(MEANING, _WHAT_COUNTS, _WHO)),
            Section(id="reasons", title=text("Which reasons count"), pages=(_STRANDS, *((local,) if local else ()))),
            Section(id="forms", title=text("What it can look like"), pages=(*_forms(), _YOU_CAN)),
        ),
        as_of=date(2026, 11, 21),
        sources=(
            Origin(
                name="GOV.UK",
                address="https://www.gov.uk/government/statistics/hate-crime-england-and-wales-year-ending-march-2025",
            ),
            Origin(name="BHCDS", address="https://www.bhcds.org.uk"),
            Origin(
                name="Cleveland PCC", address="https://cleveland.pcc.police.uk/how-can-we-help/problems/hate-crime/"
            ),
        ),
    )


def _local(area: Area) -> Text:
    reasons = in_a_row(words for strand, words in _LOCAL.items() if strand in area.strands)
    return text("In {area} these count too: {reasons}.", area=area.name, reasons=reasons)


def _forms() -> tuple[Page, ...]:
    told = tuple(OF_KIND[option.code] for option in KINDS if option.code != "other")
    return tuple(told[first : first + 4] for first in range(0, len(told), 4))
