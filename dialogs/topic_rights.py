"""Rights: the Victims' Code, asking for a second look, complaints, and the month in which to report each time."""

from datetime import date

from dialogs.texts import Text, text
from dialogs.topics import Origin, Page, Place, Section, Topic

REVIEW = "again"  # the section about the ASB Case Review, which says what holds in the reader's area

_CODE: Page = (
    text("The Victims' Code gives you 12 rights. They start when the police are told about a crime."),
    text("If you only tell us, they do not start yet."),
)
_FIRST: Page = (
    text("You can ask for words you understand, and for an interpreter."),
    text("The police write down the crime without delay."),
    text("They tell you what comes next, and put it in writing."),
    text("You can get help from support services."),
)
_SECOND: Page = (
    text("You can ask about money for the harm."),
    text("You hear news of the case, of the trial, and how it ends."),
    text("You can tell the court how the crime changed your life."),
    text("You can get back costs and your things."),
)
_THIRD: Page = (
    text("You can hear about the person after a court finds them guilty."),
    text("You can complain if you do not get these rights."),
)
_TIMES: Page = (
    text("A support service is asked to call you within 2 days."),
    text("You get big news, such as an arrest, within 5 working days."),
    text("Some people have more rights. They hear within 1 working day."),
)
_MORE: Page = (
    text("You may get more rights after a very bad crime. So may you if it goes on and on."),
    text("So may people who are in great fear, or who need more help."),
    text("A new Code was planned in 2026. Times may change."),
)
_NO_CHARGE: Page = (
    text("The police may decide not to charge someone they have talked to."),
    text("Then you can ask them to look again. It is called the Victims' Right to Review."),
    text("Ask soon. Many forces take it for up to 3 months."),
)
_CASE_REVIEW: Page = (
    text("If it went on and nobody acted, ask the council for an ASB Case Review."),
    text("Often you need 3 reports in 6 months. In some places one hate report is enough."),
)
_ONE_MONTH: Page = (
    text("Take care: report each time within one month. Later ones may not count."),
    text("Write down each day, what happened, and who you told."),
)
_COMPLAIN: Page = (
    text("You can complain about the police, a council, a landlord or us."),
    text("Ask them for their complaints form. A friend or a charity can help you."),
    text("If the reply is not good enough, ask for the next step."),
)


def topic(place: Place) -> Topic:
    """With the rule of the reader's area about case reviews, where it is known."""
    own = place.area.case_review if place.area else None
    local = ((text("{rule}", rule=own),),) if own else ()
    return Topic(
        id="rights",
        title=text("Your rights"),
        asks=text("Which right is it about?"),
        sections=(
            Section(
                id="code", title=text("If you tell the police"), pages=(_CODE, _FIRST, _SECOND, _THIRD, _TIMES, _MORE)
            ),
            Section(id="charge", title=text("If nobody is charged"), pages=(_NO_CHARGE,)),
            Section(id=REVIEW, title=text("If it goes on and on"), pages=(_CASE_REVIEW, *local, _ONE_MONTH)),
            Section(id="complain", title=text("If you want to complain"), pages=(_COMPLAIN,)),
            Section(id="data", title=text("What is kept about you"), pages=(_data(place.operator),)),
        ),
        as_of=date(2026, 11, 21),
        sources=SOURCES,
    )


def _data(operator: str) -> tuple[Text, ...]:
    return (
        text("You can ask what is held about you, and have it put right."),
        text("Complain to those who hold it first. Here that is {operator}.", operator=operator),
        text("No answer after 30 days, or a bad one: you can go to the ICO."),
    )


SOURCES = (
    Origin(name="VCAS", address="https://vcas.uk/rights/"),
    Origin(
        name="Essex Police",
        address="https://www.essex.police.uk/advice/victims-of-crime/victims-code-of-practice/",
    ),
    Origin(
        name="Warwickshire Police",
        address="https://www.warwickshire.police.uk/advice/advice-and-information/victim-support/victims-right-review-scheme/",
    ),
    Origin(
        name="Wiltshire PCC",
        address="https://www.wiltshire-pcc.gov.uk/Victims-and-Witnesses/victims-right-to-review/",
    ),
    Origin(
        name="Hammersmith & Fulham",
        address="https://www.lbhf.gov.uk/crime/anti-social-behaviour/anti-social-behaviour-case-review",
    ),
    Origin(name="ICO", address="https://ico.org.uk/make-a-complaint/data-protection-complaints/what-to-expect/"),
)
