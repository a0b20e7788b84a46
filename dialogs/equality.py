"""Questions about the person, for counting only: after a report, explained, each optional, linked to nothing."""

from dialogs.cards import to_the_menu
from dialogs.choices import YES_NO, Choice, Option
from dialogs.commands import CountEquality
from dialogs.equality_options import (
    ACTIVITIES,
    AGES,
    ETHNIC,
    ETHNIC_GROUPS,
    GENDERS,
    LANGUAGES,
    ORIENTATIONS,
    RELIGIONS,
    SEXES,
    UNDER_16,
)
from dialogs.places import ELSEWHERE
from dialogs.script import Say, SoFar
from dialogs.start import Start
from dialogs.texts import text

_OFFER = (Option("yes", "Yes"), Option("no", "No, thank you"))


async def equality(start: Start, area: str = ELSEWHERE) -> None:
    """Offers the questions; `area` is the only other thing that is kept with the answers."""
    offer = await Choice(
        "equality",
        "May I ask a few things about you?",
        _OFFER,
        hint=text("They show whom we reach and whom we do not. They are kept apart from any report."),
    )
    if offer != "yes":
        return
    await _questions()
    answers = {a.question.id: a.stored for a in await SoFar() if a.question.id.startswith("about_") and a.stored}
    if answers:
        await CountEquality("count_equality", area=area, answers=answers)
    await Say("Thank you. That was all.")
    await to_the_menu()


async def _questions() -> None:
    age = await Choice("about_age", "How old are you?", AGES)
    await Choice("about_gender", "Which of these are you?", GENDERS)
    await Choice("about_sex", "What is your sex?", SEXES)
    if age not in UNDER_16:
        await Choice(
            "about_gender_at_birth",
            "Is your gender the same as the sex you were registered with at birth?",
            YES_NO,
        )
        await Choice("about_orientation", "Which of these fits you best?", ORIENTATIONS)
    group = await Choice("about_ethnic_group", "What is your ethnic group?", ETHNIC_GROUPS)
    if group in ETHNIC:
        await Choice("about_ethnic", "Which of these is nearest?", ETHNIC[group])
    await Choice("about_religion", "What is your religion?", RELIGIONS)
    condition = await Choice(
        "about_condition",
        "Do you have a health problem or disability that lasts a year or more?",
        YES_NO,
    )
    if condition == "yes":
        await Choice("about_activities", "Does it make daily life harder?", ACTIVITIES)
    await Choice("about_language", "What is your main language?", LANGUAGES)
