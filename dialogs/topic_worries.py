"""Worries that keep people from reporting, and honest answers. Nothing is promised that nobody can promise."""

from datetime import date

from dialogs.texts import text
from dialogs.topics import Origin, Page, Place, Section, Topic

IMMIGRATION: Page = (
    text("We never ask about immigration status. We send nothing to immigration. The police may."),
    text("In 2021 the government said it would wait while a victim's case goes on."),
    text("I cannot say that this always holds."),
    text("You can leave out your name, or ask a charity first."),
)
IMMIGRATION_SOURCES = (
    Origin(
        name="UK Parliament, 15 December 2021",
        address="https://www.parallelparliament.co.uk/debate/2021-12-15/commons/written-statements/data-sharing-immigration/ministerial-extracts",
    ),
    Origin(
        name="Latin American Women's Rights Service",
        address="https://lawrs.org.uk/blog/2022/05/12/no-one-is-safe-until-everyone-is-safe/",
    ),
)

_REVENGE: Page = (
    text("Many people are afraid of this."),
    text("We do not tell the person who did it. You can leave out your name."),
    text("A court can order us to show what we hold."),
    text("If they threaten you, that can be reported too. In danger, call 999."),
)
_TRUST: Page = (
    text("Some people have had bad times with the police. You choose who gets your report."),
    text("It need not be the police."),
    text("Some places must tell the police that something happened. We say so before you begin."),
)
_BELIEVED: Page = (
    text("Here nobody decides if you are right. Your words go on just as you wrote them."),
    text("I cannot say how each person will act."),
    text("If they treat you badly, you can complain, or ask someone else."),
)
_NOT_SURE: Page = (
    text("You need not know if it is a crime."),
    text("What you think the reason was is enough. Small things count too, mostly when they go on."),
)
_NOTHING_CHANGES: Page = (
    text("I cannot promise that someone will be caught."),
    text("Still, your report is kept. Many reports show where and when hate happens."),
    text("It can also lead to help: repairs, better locks, or someone to talk to."),
    text("If nobody acts, you can ask for a review."),
)


def topic(place: Place) -> Topic:
    """The same everywhere."""
    return Topic(
        id="worries",
        title=text("Worries about reporting"),
        asks=text("Which worry is nearest to yours?"),
        sections=(
            Section(id="revenge", title=text("They may take revenge"), pages=(_REVENGE,)),
            Section(id="trust", title=text("I do not trust the police"), pages=(_TRUST,)),
            Section(id="believed", title=text("Nobody will believe me"), pages=(_BELIEVED,)),
            Section(id="crime", title=text("It may not be a crime"), pages=(_NOT_SURE,)),
            Section(id="nothing", title=text("Nothing will change"), pages=(_NOTHING_CHANGES,)),
            Section(id="immigration", title=text("My right to stay here"), pages=(IMMIGRATION,)),
        ),
        as_of=date(2026, 11, 21),
        sources=(
            *IMMIGRATION_SOURCES,
            Origin(
                name="Cleveland PCC", address="https://cleveland.pcc.police.uk/how-can-we-help/problems/hate-crime/"
            ),
        ),
    )
