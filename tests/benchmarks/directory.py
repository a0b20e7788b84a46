"""Who can help, searched for and shown, among 10 to 10,000 services: medians, and what ten times as many cost.

The first table spreads them over areas as directories grow, the second puts all of them into one area.
"""

import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median
from time import perf_counter_ns

from bot.rendering import load_voices
from dialogs.service_card import card_lines
from services_directory.calendar import england
from services_directory.model import Directory
from services_directory.search import find_needs, find_services
from services_directory.signpost import Seeker, signposts
from tests.dialog_world import START
from tests.made_up import in_one_area, of_size

SIZES = (10, 100, 1_000, 10_000)
RUNS, WARM = 101, 5
NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)
HOLIDAYS = england((2026, 2027))
SENTENCE = "my landlord is shouting racist things at me and i am afraid to go home"
AREA = "area-0"
WHO = Seeker(need="sexual-violence", area=AREA, age="adult", language="pl", partner=True, days_ago=2, at=NOW)

Work = Callable[[], object]


def main() -> None:
    """Both tables."""
    for title, make in (("spread over areas of 40, and the country", of_size), ("all in one area", in_one_area)):
        directories = {size: make(size) for size in SIZES}
        _write(f"\n{title}; median microseconds of {RUNS}\n{'services':>22}{''.join(f'{size:>10,}' for size in SIZES)}")
        _write(f"{'growth at the last':>{22 + 10 * len(SIZES) + 20}}")
        rows = {size: _works(directory) for size, directory in directories.items()}
        for name in rows[SIZES[0]]:
            taken = [_median(rows[size][name]) for size in SIZES]
            _write(f"{name:>22}{''.join(f'{each:>10,.0f}' for each in taken)}{taken[-1] / taken[-2]:>19.2f}x")


def _works(directory: Directory) -> dict[str, Work]:
    """What is measured: everything a person's tap or words may ask of the directory."""
    start = replace(START, directory=directory, now=NOW, holidays=HOLIDAYS)
    voice = load_voices()["ar"]
    match = signposts(directory, WHO, HOLIDAYS)[0]
    name = directory.services_for(AREA)[0].name
    misspelt = name[:2] + name[3:]
    return {
        "match": lambda: signposts(directory, WHO, HOLIDAYS),
        "search, a name": lambda: find_services(directory, AREA, misspelt, "pl"),
        "search, no area": lambda: find_services(directory, None, misspelt, "pl"),
        "search, a sentence": lambda: find_services(directory, AREA, SENTENCE, "en"),
        "needs of a sentence": lambda: find_needs(directory, SENTENCE, "en"),
        "render a card": lambda: [voice.say(line) for line in card_lines(start, match)],
    }


def _median(work: Work) -> float:
    for _ in range(WARM):
        work()
    gc.disable()  # what is left over from building ten thousand services is not the search's to clear
    taken = []
    for _ in range(RUNS):
        began = perf_counter_ns()
        work()
        taken.append(perf_counter_ns() - began)
    gc.enable()
    return median(taken) / 1_000


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
