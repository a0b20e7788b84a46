"""How long one message takes against all words of crisis; see `__init__.py`."""

import time
from statistics import median

from bot.crisis_words import load_crisis_words
from tests.crisis_phrases import MISSED

STORY = "They shouted at me at the bus stop, and my neighbour calls me names every day since I came here. " * 50
TEXTS = {
    "a sentence": STORY[:97],
    "a story": STORY[:4096],
    "one phrase again and again": ("kill me " * 512)[:4096],
    "all phrases": MISSED[:4096],
    "one letter": "a" * 100_000,
    "letters apart": "a " * 50_000,
    "a book": STORY * 50,
}
ROUNDS = 15


def main() -> None:
    """Print a table."""
    began = time.perf_counter()
    hears = load_crisis_words()
    print(f"reading the lists: {(time.perf_counter() - began) * 1000:.0f} ms")  # noqa: T201
    for name, words in TEXTS.items():
        took = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            hears(words)
            took.append(time.perf_counter() - began)
        print(f"{name:>28} {len(words):>9,} letters {median(took) * 1000:>9.2f} ms")  # noqa: T201


if __name__ == "__main__":
    main()
