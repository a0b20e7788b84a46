"""How long somebody who tried wrong codes waits before the next one is looked up. Pure.

What keeps a report closed is the number itself. Of 10^18 codes, a million reports use one in 10^12: who tries a
thousand a second finds one in some thirty years. What is slowed here is one chat that tries again and again, and,
while many chats do so together, each chat that has tried a wrong code itself.

A first try is always looked up, whatever others do: locking real people out would be the easier attack. So nothing
here stops somebody who begins a new visit to the web pages for each guess. We keep no addresses to tell such visits
apart, and the number above is what such guesses meet. A right code does not make wrong ones forgotten: else a
guesser would type their own in between.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

FREE = 5  # wrong codes within the hour that cost nothing: slips on paper, a digit read badly
LONGEST = timedelta(minutes=15)
MANY = 300  # wrong codes of everybody together within the hour, from which on there is an attack
IN_AN_ATTACK = timedelta(minutes=10)


def must_wait(tried: Sequence[datetime], now: datetime, *, attacked: bool) -> bool:
    """Whether a code is not looked up yet. `tried`: the person's own wrong codes within the hour, oldest first.

    `attacked`: many wrong codes come from everywhere, and this chat is linked to no report.
    """
    return bool(tried) and now < tried[-1] + pause(len(tried), attacked=attacked)


def pause(tried: int, *, attacked: bool) -> timedelta:
    """How long after the last of `tried` wrong codes: 1, 2, 4, 8, then 15 minutes."""
    least = IN_AN_ATTACK if attacked and tried else timedelta()
    if tried < FREE:
        return least
    return max(least, min(LONGEST, timedelta(minutes=2 ** min(tried - FREE, 10))))
