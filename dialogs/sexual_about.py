"""Own words, as many or few as somebody likes; then who did it, and whom services should be for. Never details."""

from dataclasses import replace

from dialogs.choices import YES_NO, YES_NO_UNSURE, Choice, Choices, Option
from dialogs.home_help import home_help
from dialogs.narrative import QuietWords
from dialogs.parts import Part
from dialogs.report_contact import WORKER
from dialogs.report_options import ADULT
from dialogs.report_people import what_it_was_about
from dialogs.script import Say
from dialogs.sexual_services import SEX_WORKERS, against_hate, for_sex_workers
from dialogs.sexual_told import FAMILY, PARTNER, Told
from dialogs.start import Start
from dialogs.texts import Text, text

_WHO_YOU_ARE: dict[bool, Text] = {
    True: text("Do you think it happened because of who you are?"),
    False: text("Do you think it happened because of who they are?"),
}
_WHICH: dict[bool, Text] = {
    True: text("Which of these was it?"),
    False: text("Was it a partner, an ex or family?"),
}
_NEAR = (Option(PARTNER, "A partner or ex"), Option(FAMILY, "Family"))
_OR_NOT = (*_NEAR, Option("no", "Someone else"), Option("unsure", "I am not sure"))
_GROUPS = (
    Option("women", "Women"),
    Option("men", "Men"),
    Option("non-binary", "Non-binary people"),
    Option("lgbt", "LGBT+ people"),
    Option("learning-disability", "A learning disability"),
    Option("deaf", "Deaf people"),
    Option("black-and-minoritised", "Black and other minorities"),
)
_WORKERS = (Option("woman", "A woman"), Option("man", "A man"), Option("either", "Either is fine"))
_ONLY_REACHING = text("Only those who may contact you can read this.")


async def own_words() -> None:
    """The account in as many or few words as somebody likes; nothing leads anybody to details."""
    await QuietWords(
        "account",
        "What happened? Tell me in your own words.",
        hint=text(
            "Only what you want to say. No details are needed. Please send no naked photos. Then tap “That's all”."
        ),
        part=Part.ACCOUNT,
        label=text("What happened"),
    )


async def was_it_hate(start: Start, told: Told) -> Told:
    """Asked neutrally; only a yes leads on to what it was about, and to those who stand by people after hate."""
    hate = await Choice(
        "hate", _WHO_YOU_ARE[told.mine], YES_NO_UNSURE, part=Part.FACTS, label=text("Because of who they are")
    )
    if hate != "yes":
        return told
    told = replace(told, hate=True)
    await Say("These people help after hate, if that is wanted.")
    for line in against_hate(start, told):
        await Say(line)
    await what_it_was_about(start.directory.area(told.area))
    return told


async def was_it_close(start: Start, told: Told, *, known: bool) -> Told:
    """Whether it was a partner, an ex or family, and then help for that. `known`: it was, so only which is asked."""
    close = await who_is_it(known=known)
    if close not in (PARTNER, FAMILY):
        return told
    told = replace(told, close=str(close))
    await home_help(start, told)
    return told


async def who_is_it(*, known: bool) -> str:
    """`PARTNER`, `FAMILY` or another code; "" if skipped."""
    return await Choice(
        "close",
        _WHICH[known],
        _NEAR if known else _OR_NOT,
        part=Part.FACTS,
        label=text("A partner, an ex or family"),
    )


async def whom_it_is_for(start: Start, told: Told, receiving: str) -> Told:
    """Services for certain people, and whom somebody would rather talk to; nobody's guess."""
    if told.teller.witness:
        return told
    if told.age == ADULT:  # of a child it would be asked as if they could choose it
        told = await _sex_work(start, told, receiving)
    groups = await Choices(
        "services_for",
        "Some services are for certain people. Would one of these help?",
        _GROUPS,
        hint=_ONLY_REACHING,
        part=Part.CONTACT,
        label=text("Services for"),
    )
    worker = await Choice(
        WORKER,
        "Who would be easier to talk to?",
        _WORKERS,
        part=Part.CONTACT,
        label=text("Easier to talk to"),
    )
    wanted = worker if worker in ("woman", "man") else ""
    chosen = frozenset(option.code for option in _GROUPS if option.code in groups)
    return replace(told, groups=told.groups | chosen, worker=str(wanted))


async def _sex_work(start: Start, told: Told, receiving: str) -> Told:
    """Asked neutrally, and kept out of the report unless the person says that staff may know (seed 000: One25)."""
    wanted = await Choice("sex_work", "Some services are just for people who sell sex. Would that help?", YES_NO)
    if wanted != "yes":
        return told
    told = replace(told, groups=told.groups | {SEX_WORKERS})
    for line in for_sex_workers(start, told):
        await Say(line)
    await Choice(
        "sex_work_known",
        text("May {agency} know that you asked for this?", agency=receiving),
        YES_NO,
        hint=_ONLY_REACHING,
        part=Part.CONTACT,
        label=text("Asked for services for people who sell sex"),
    )
    return told
