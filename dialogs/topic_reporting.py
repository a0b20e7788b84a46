"""What happens after a report: to us, to the police, and without a name. Only what is so, and what cannot be."""

from datetime import date

from dialogs.texts import text
from dialogs.topics import Origin, Page, Place, Section, Topic

_TELLING: Page = (
    text("You tell it in your own words. You can skip any question."),
    text("Before you send, you see who gets what. Nothing goes out until you say yes."),
    text("I lock it. Only those you chose have a key."),
)
_AFTER: Page = (
    text("You get a code. It lets you come back later."),
    text("A person reads your report and looks at danger first."),
    text("If you said yes, they get in touch in the way you chose."),
    text("They may offer repairs, better locks, or someone to talk to."),
)
_LIMITS: Page = (
    text("They may have to tell others if a child or adult is in danger. A court can order it too."),
    text("I cannot send the police. In danger, call 999."),
)
_POLICE: Page = (
    text("In danger, call 999. If it can wait, call 101 or go to a police station."),
    text("You can ask for an interpreter. You can bring someone."),
    text("Ask for the number of your report, in writing."),
)
_POLICE_MAY: Page = (
    text("The police may write it down as a crime, or in another way."),
    text("The rules for things that are not a crime have changed."),
    text("So I cannot promise what they will record."),
)
_NO_NAME: Page = (
    text("You can leave out your name. I do not pass on who you are."),
    text("Then nobody can call you, visit you, or mend your door."),
    text("The police can do less. Nobody can tell you how it ended."),
)
_STILL: Page = (
    text("It still helps. It shows where and when hate happens."),
    text("Take care: your story itself may show who you are."),
    text("You still get a code. With it you can come back."),
)


def topic(place: Place) -> Topic:
    """The same everywhere."""
    return Topic(
        id="reporting",
        title=text("What happens if I report"),
        asks=text("Which way of reporting?"),
        sections=(
            Section(id="us", title=text("Report to us"), pages=(_TELLING, _AFTER, _LIMITS)),
            Section(id="police", title=text("Report to the police"), pages=(_POLICE, _POLICE_MAY)),
            Section(id="no-name", title=text("Report without a name"), pages=(_NO_NAME, _STILL)),
        ),
        as_of=date(2026, 11, 21),
        sources=(
            Origin(
                name="Cleveland PCC", address="https://cleveland.pcc.police.uk/how-can-we-help/problems/hate-crime/"
            ),
            Origin(
                name="National Police Chiefs' Council",
                address="https://www.npcc.police.uk/our-work/work-of-npcc-committees/diversity-equality-and-inclusion-coordination-committee/review-of-non-crime-hate-incidents/",
            ),
            Origin(name="VCAS", address="https://vcas.uk/rights/"),
        ),
    )
