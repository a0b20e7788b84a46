"""Walks of the real dialogs, made once for each process: long enough to meet every question in every way it is put."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache

from bot.preview.walked import Walked
from bot.rendering import Voice, load_voices
from dialogs.explore import Walk, explore
from dialogs.registry import DIALOGS
from dialogs.start import Start
from services_directory.calendar import england
from services_directory.load import load
from services_directory.model import Directory

RUNS = {
    "menu": 250,
    "help": 250,
    "learn": 250,
    "code": 400,
    "sexual": 200,
    "partner": 100,
}  # `saysafe preview` walks to the last pair of answers
FEW = 60  # of the others, and of other channels


@cache
def directory() -> Directory:
    return load()


@cache
def voices() -> Mapping[str, Voice]:
    return load_voices()


def a_start(channel: str = "telegram") -> Start:
    """A day on which every agency has joined."""
    return Start(
        directory=directory(),
        joined=frozenset(agency.id for agency in directory().all_agencies),
        today=date(2027, 3, 1),
        now=datetime(2027, 3, 1, 10, tzinfo=UTC),
        holidays=england((2027, 2028)),
        channel=channel,
        operator="The Bristol partnership",
    )


@cache
def a_walk(name: str, channel: str = "telegram") -> Walk:
    runs = RUNS.get(name, FEW) if channel == "telegram" else FEW
    return explore(DIALOGS[name], a_start(channel), most=runs)


def walked(name: str, channel: str = "telegram") -> Walked:
    return Walked(dialog=name, walk=a_walk(name, channel), start=a_start(channel), english=voices()["en"])
