"""Amina comes back with her code."""

from sqlalchemy import update

from bot.app import App
from bot.storage.tables import cases
from tests.conftest import Cast
from tests.on_telegram import app, sends_a_short_report, telegram
from tests.telegram_world.server import TelegramWorld

__all__ = ["app", "telegram"]

ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
HERE = "Bristol Hate Crime & Discrimination Services"


async def test_amina_types_her_code_in_her_own_digits_from_another_phone(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    code = await sends_a_short_report(telegram.person("Amina"), "They shouted at me.")
    elsewhere = telegram.person("Amina's sister")

    await elsewhere.says("/start")
    await elsewhere.taps("English")
    await elsewhere.taps("I have a code")
    await elsewhere.says(code.replace(" ", "").translate(ARABIC_DIGITS))

    await elsewhere.reads("Nobody there has started to work on it yet.")
    assert HERE in elsewhere.screen.text.replace("\u2068", "").replace("\u2069", "")


async def test_she_reads_that_somebody_has_started_once_bruno_took_the_case(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    code = await sends_a_short_report(amina, "They shouted at me.")
    bruno = cast.bruno.member.id
    await app.house.database.unit(lambda c: c.execute(update(cases).values(taken_by=bruno, state="triage")).rowcount)

    await amina.taps("I have kept my code")
    await amina.taps("No, thank you")
    await amina.taps("I have a code")
    await amina.says(code)

    await amina.reads("Someone there has started to work on it.")


async def test_one_wrong_digit_is_noticed_before_anything_is_looked_up(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    code = await sends_a_short_report(amina, "They shouted at me.")
    wrong = ("1" if code[0] != "1" else "2") + code[1:]

    await amina.says("/start")
    await amina.taps("Delete it and start again")
    await amina.taps("I have a code")
    await amina.says(wrong)

    await amina.reads("That is not quite a code.")


async def test_she_can_type_the_last_four_digits_to_be_sure(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")
    code = await sends_a_short_report(amina, "They shouted at me.")
    wrong = "1111" if not code.endswith("1111") else "2222"

    await amina.says(wrong)
    await amina.reads("Those are not its last four digits.")
    await amina.says(code[-4:].translate(ARABIC_DIGITS))

    await amina.reads("May I ask")
