"""After sexual violence: care, times with their ranges, and what a person may do or leave. Nothing is promised."""

from datetime import date

from dialogs.texts import text
from dialogs.topics import Origin, Page, Place, Section, Topic

SEXUAL_TOPIC, SIGNS = "sexual", "signs"

_CARE: Page = (
    text("What was done to you is not your fault."),
    text("There are centres for people of any gender. They are called SARCs."),
    text("You can go there and not tell the police."),
    text("Go as soon as you can. It is never too late to ask for help."),
)
CARE_FIRST = text("If you are badly hurt, call 999. Care for your body comes first.")
PILLS: Page = (
    text("One pill works within 3 days, another or a coil within 5. Sooner is better."),
    text("A drug can help stop HIV. Start within 3 days, best on the first."),
)
_SIGNS: Page = (
    text("A nurse or doctor can look for signs, only if you agree."),
    text("Most centres do this for 7 to 10 days after. Times are not the same everywhere."),
    text("You can ask for it and decide later about the police."),
)
_HOW_LONG: Page = (
    text("Signs in the mouth or on the skin last 1 to 2 days."),
    text("In the anus they last 3 days. In the vagina they last up to 7 days."),
    text("Clothes can hold signs even after a wash."),
    text("So go even if more time has passed."),
)
_IF_YOU_WANT: Page = (
    text("Only if you want to: try not to wash before you go."),
    text("Put clothes in a clean bag. Do not wash them."),
    text("If you need to drink or use the toilet, do."),
    text("If you already washed, it is OK. You can still go."),
)
_KEPT: Page = (
    text("A centre can keep what it finds, even if you do not tell the police."),
    text("Ask how long they keep it. You can stop at any time."),
)
_NAME: Page = (
    text("By law nobody may make your name public after a sexual crime. This lasts all your life."),
    text("You can have a worker by your side who is not the police. They are called ISVAs."),
)


def topic(place: Place) -> Topic:
    """The same everywhere."""
    return Topic(
        id=SEXUAL_TOPIC,
        title=text("After sexual violence"),
        asks=text("Which part would you like to read?"),
        sections=(
            Section(id="care", title=text("Care first"), pages=(_CARE, (CARE_FIRST, *PILLS))),
            Section(id=SIGNS, title=text("Signs on the body"), pages=(_SIGNS, _HOW_LONG, _IF_YOU_WANT, _KEPT)),
            Section(id="name", title=text("Your name and your helper"), pages=(_NAME,)),
        ),
        as_of=date(2026, 11, 22),
        sources=(
            Origin(
                name="The Oak Centre", address="https://theoakcentresarc.org.uk/i-am-over-18/what-happens-at-the-sarc/"
            ),
            Origin(name="SARC Teesside", address="https://www.sarcteesside.co.uk/last10days.htm"),
            Origin(
                name="NHS inform",
                address="https://www.nhsinform.scot/turn-to-sarcs/7-days-and-under/emergency-contraception-after-a-rape-or-sexual-assault",
            ),
            Origin(
                name="Newcastle Hospitals",
                address="https://www.newcastle-hospitals.nhs.uk/services/sexual-health/pepse",
            ),
            Origin(name="Yorkshire Survivors", address="https://www.yorkshiresurvivors.co.uk/reporting/sarc/"),
            Origin(
                name="Mental Health Today",
                address="https://www.mentalhealthtoday.co.uk/disorders/post-traumatic-disorders/i-have-experienced-or-witnessed-something-traumatic",
            ),
            Origin(
                name="After a crime: your rights",
                address="https://wcnnews.wixsite.com/news/post/after-a-crime-your-rights",
            ),
        ),
    )
