"""For people who are new in the country: whom to call, what the police do, and what is honest about immigration."""

from datetime import date

from dialogs.texts import text
from dialogs.topic_worries import IMMIGRATION, IMMIGRATION_SOURCES
from dialogs.topics import Origin, Page, Place, Section, Topic

_HERE: Page = (
    text("The law here is for everyone, wherever you come from."),
    text("Call 999 if there is danger now. It costs nothing."),
    text("Call 101 to reach the police when it can wait."),
)
_POLICE: Page = (
    text("The police can write down what happened and look for who did it."),
    text("They can ask a court to make someone stop."),
    text("If they treat you badly, you can complain."),
)
_LANGUAGE: Page = (
    text("You can ask for an interpreter when you report a crime."),
    text("It need not be a friend, a child or family. You can say no to a person."),
    text("You can say which language and dialect you speak."),
)


def topic(place: Place) -> Topic:
    """The same everywhere."""
    return Topic(
        id="newcomers",
        title=text("New in this country"),
        sections=(
            Section(id="here", title=text("Whom to call"), pages=(_HERE, _POLICE)),
            Section(id="language", title=text("In your language"), pages=(_LANGUAGE,)),
            Section(id="immigration", title=text("Your right to stay"), pages=(IMMIGRATION,)),
        ),
        as_of=date(2026, 11, 21),
        sources=(
            Origin(name="VCAS", address="https://vcas.uk/rights/"),
            *IMMIGRATION_SOURCES,
        ),
    )
