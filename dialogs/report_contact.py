"""Whether and how staff may reach the person who reports; nothing here is needed to report."""

from dialogs.choices import YES_NO, Choice, Choices, Option
from dialogs.contact import SafeContact
from dialogs.narrative import Line
from dialogs.parts import Part
from dialogs.report_teller import ITSELF, Teller
from dialogs.script import SoFar
from dialogs.texts import Text, text

WAYS = (
    Option("phone", "Phone call"),
    Option("text", "Text message"),
    Option("email", "Email"),
    Option("someone", "Through someone I trust"),
    Option("post", "Letter"),
)
TIMES = (
    Option("any", "Any time"),
    Option("morning", "Mornings"),
    Option("afternoon", "Afternoons"),
    Option("evening", "Evenings"),
    Option("weekdays", "Monday to Friday"),
    Option("weekend", "Saturday and Sunday"),
)
INTERPRETERS = (
    Option("no", "No"),
    Option("yes", "Yes, for a language"),
    Option("bsl", "Yes, British Sign Language"),
    Option("sign", "Yes, another sign language"),
)
NEEDS = (
    Option("easy-words", "Easy words"),
    Option("woman", "To talk to a woman"),
    Option("man", "To talk to a man"),
    Option("someone-along", "Someone with me"),
    Option("not-community", "Nobody from my community"),
    Option("large-print", "Large print"),
    Option("audio", "Audio"),
    Option("hearing-loop", "Hearing loop"),
    Option("home-visit", "A home visit"),
    Option("away", "Not at home"),
)
WORKER = "worker"  # the question whom somebody would rather talk to, where a dialog asks it on its own
_WORKERS = frozenset({"woman", "man"})
_WHERE: dict[str, Text] = {
    "phone": text("Which number is safe to call?"),
    "text": text("Which number is safe for texts?"),
    "email": text("Which email address is safe?"),
    "someone": text("Who can pass on a message, and how?"),
    "post": text("Which address is safe for letters?"),
}
_ONLY_YOU = text("Nobody else should see or hear it.")
_NOT_THEM = text("Choose someone who has nothing to do with what happened.")
_WHAT_THEY_TELL: dict[bool, Text] = {
    True: text("If not, they cannot ask you more. They cannot tell you what becomes of it."),
    False: text(
        "They can ask you more, and tell you of your own report. That person is asked before you hear about them."
    ),
}


async def how_to_reach(agency: str, teller: Teller = ITSELF) -> bool:
    """Asks for a safe way for `agency`, a name, to reach the one who tells. Whether there is one now."""
    wanted = await Choice(
        "contact",
        text("May {agency} contact you?", agency=agency),
        YES_NO,
        hint=_WHAT_THEY_TELL[teller.own],
        part=Part.FACTS,
        label=text("May contact me"),
    )
    return wanted == "yes" and await safe_contact()


async def safe_contact() -> bool:
    """Asks for a safe way to be reached, then when, and what makes talking easier. Whether there is one now."""
    if not await safe_way():
        return False
    await _when_and_who()
    await _so_that_talking_works()
    return True


async def safe_way() -> bool:
    """Asks which way is safe, and where. Whether there is one now."""
    way = await Choice("contact_way", "Which way is safe for you?", WAYS)
    if not way:
        return False
    where = await SafeContact(
        "contact_where",
        _WHERE[way],
        way,
        hint=_NOT_THEM if way == "someone" else _ONLY_YOU,
        part=Part.CONTACT,
        label=text("Safe contact"),
    )
    return bool(where)


async def _when_and_who() -> None:
    await Choices("contact_times", "When is it safe?", TIMES, part=Part.CONTACT, label=text("Safe times"))
    await Choice(
        "contact_openly",
        "May they say who they are?",
        YES_NO,
        hint=text("If not, they say nothing about this to anyone but you."),
        part=Part.CONTACT,
        label=text("May say who they are"),
    )
    await Choice(
        "contact_message",
        "May they leave a message?",
        YES_NO,
        hint=text("For example a voice message that others may hear."),
        part=Part.CONTACT,
        label=text("May leave a message"),
    )
    await Line(
        "name",
        "What name should they call you?",
        hint=text("Any name will do. It need not be your real one."),
        part=Part.CONTACT,
        label=text("Name"),
    )


async def _so_that_talking_works() -> None:
    interpreter = await Choice(
        "interpreter",
        "Would an interpreter help?",
        INTERPRETERS,
        hint=text("It is never someone from your family, a friend or a child."),
        part=Part.CONTACT,
        label=text("Interpreter"),
    )
    if interpreter in ("yes", "sign"):
        await Line(
            "interpreter_language",
            "Which language and dialect?",
            part=Part.CONTACT,
            label=text("Language and dialect"),
        )
    told = {answer.question.id for answer in await SoFar() if answer.stored is not None}
    needs = tuple(need for need in NEEDS if need.code not in _WORKERS or WORKER not in told)
    await Choices(
        "needs",
        "What would make it easier to talk?",
        needs,
        hint=text("No interpreter or helper has to be from your community."),
        part=Part.CONTACT,
        label=text("What helps"),
    )
