"""Staying safe: calling without speaking, at home, out, online, keeping what shows it, and apps for a safe phone."""

from datetime import date

from dialogs.texts import Text, text
from dialogs.topics import PARTNER, SAFE_PHONE, Origin, Page, Place, Section, Topic

WATCHED = "watched"  # the section for a phone that others look at

_QUIET: Page = (
    text("On a mobile, call 999 and listen. If you can, cough or tap the phone."),
    text("If you cannot speak, press 55 when the voice asks."),
    text("Stay on the line. The police may not see where you are."),
)
_BY_TEXT: Page = (
    text("You can text 999, but only from a registered phone."),
    text("Do it before you need it: text the word {word} to 999.", word="register"),
    text("Then read the reply, and answer {word}.", word="yes"),
)
_HOME: Page = (
    text("Keep your phone charged, and your keys near."),
    text("Tell a friend you trust. Agree on a word that means: call 999 for me."),
    text("Your landlord may fit better locks or lights. You can ask."),
)
_OUT: Page = (
    text("What they do is not your fault. These things may help a little."),
    text("Tell someone where you go, and when you will be back."),
    text("If someone follows you, go where other people are. In danger, call 999."),
)
_ONLINE: Page = (
    text("You can block people. If it is safe, take a picture of the screen first."),
    text("Turn off sharing of where you are."),
    text("Change your passwords on a phone that nobody else uses."),
)
_WRITE: Page = (
    text("Write down the day, the place and what was said."),
    text("Keep messages and photos where nobody else looks."),
    text("Do not put yourself in danger to get them."),
)
_CAMERAS: Page = (
    text("Cameras in shops and buses often keep pictures for a short time only."),
    text("Tell staff soon where and when it was. They can ask for them."),
)
WATCHED_PAGE: Page = (
    text("Someone may see what you read, type or call."),
    text("Use the phone of a friend, or a computer in a library."),
    text("Do not put a safety app on this phone. They may see it."),
    text("Exit clears what I can clear. It cannot clear everything."),
)


def topic(place: Place) -> Topic:
    """The same everywhere; two of its sections are for some people only."""
    return Topic(
        id="safety",
        title=text("Staying safe"),
        asks=text("What would help you most?"),
        sections=(
            Section(id="quiet", title=text("Calling without speaking"), pages=(_QUIET, _BY_TEXT)),
            Section(id="home", title=text("Safer at home"), pages=(_HOME,)),
            Section(id="out", title=text("Safer outside"), pages=(_OUT,)),
            Section(id="online", title=text("Safer online"), pages=(_ONLINE,)),
            Section(id="keep", title=text("Keeping what shows it"), pages=(_WRITE, _CAMERAS)),
            Section(id=WATCHED, title=text("If others see your phone"), pages=(WATCHED_PAGE,)),
            Section(id="apps", title=text("Apps that can help"), pages=(_apps(),), only_for=frozenset({SAFE_PHONE})),
            Section(
                id="partner",
                title=text("If it is a partner or ex"),
                pages=(_partner(),),
                only_for=frozenset({SAFE_PHONE, PARTNER}),
            ),
        ),
        as_of=date(2026, 11, 22),
        sources=SOURCES,
    )


def _apps() -> tuple[Text, ...]:
    return (
        text("Only put an app on a phone that nobody else looks at."),
        text("{app} sends a call for help to people you choose.", app="Hollie Guard"),
        text("{app} is for harm by a partner. It lists help near you.", app="Bright Sky"),
        text("No app takes the place of 999."),
    )


def _partner() -> tuple[Text, ...]:
    return (
        text("You can ask the police if a partner or ex has hurt others before."),
        text("It is called {law}. Call 101, or go to a police station.", law="Clare's Law"),
        text("They try to answer within 28 days, but they may not tell you."),
        text("What they tell you is private."),
    )


SOURCES = (
    Origin(
        name="Surrey Police",
        address="https://www.mynewsdesk.com/uk/surrey-police/news/surrey-police-issue-advice-on-pressing-55-when-calling-999-in-support-of-the-iopc-make-yourself-heard-campaign-365274",
    ),
    Origin(name="South Tees Hospitals", address="https://www.southtees.nhs.uk/services/audiology/emergencysms/"),
    Origin(name="Hestia", address="https://www.hestia.org/brightsky"),
    Origin(
        name="Knowsley Council",
        address="https://www.knowsley.gov.uk/adult-social-care/safeguarding-adults/types-abuse/domestic-abuse/clares-law",
    ),
    Origin(name="Reducing the Risk", address="https://reducingtherisk.org.uk"),
)
