"""Steps of those who say how it went: Bruno and Carla at their consoles, Amina at the end of her report."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, Table, select

from bot.app import App
from tests.at_the_console import Clerk, bruno, carla, office
from tests.on_telegram import sends_a_short_report
from tests.telegram_world.people import Person
from tests.telegram_world.server import TelegramWorld
from tests.test_my_report import opens_her_report

__all__ = ["bruno", "carla", "office"]

LIST = "/console/feedback"
HAPPY = (
    "Very happy",  # with how easy they were to reach
    "Completely happy",
    "Unhappy",
    "Fairly happy",
    "Very happy",
    "Yes",  # safer
    "I am not sure",  # whether she would report again
)


def rows(table: Table, connection: Connection) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in connection.execute(select(table))]


async def kept(app: App, table: Table) -> list[dict[str, Any]]:
    return await app.house.database.look(partial(rows, table))


@pytest.fixture
def amina(telegram: TelegramWorld) -> Person:
    return telegram.person("Amina")


async def takes_the_case(bruno: Clerk) -> str:
    [case] = await bruno.cases()
    await bruno.presses(case, f"{case}/take")
    return case


async def comes_back(amina: Person, code: str) -> None:
    for label in ("Back to the menu", "I have a code"):
        await amina.taps(label)
    await amina.says(code)
    await amina.reads("What would you like to do next?")


async def at_the_menu(amina: Person) -> None:
    await amina.says("/start")
    await amina.taps("English")


async def says_how_it_went(amina: Person) -> None:
    for label in ("Say how it went", "Yes", *HAPPY, "Act sooner", "Listen more", "Go on"):
        await amina.taps(label)
    await amina.says("Nobody called me back for a week.")
    for label in ("That's all", "Send it"):
        await amina.taps(label)
    await amina.reads("Thank you. I have sent your answers.")
    await amina.taps("Back to my report")
    await amina.reads("What would you like to do next?")


async def sends_and_says_how_it_went(amina: Person, bruno: Clerk) -> None:
    code = await sends_a_short_report(amina, "They shouted at me.")
    await takes_the_case(bruno)
    await opens_her_report(amina, code)
    await says_how_it_went(amina)
