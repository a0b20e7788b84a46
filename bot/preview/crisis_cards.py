"""Every card of crisis: of each kind, in each stage, for grown-ups and children, before and after a language."""

from collections.abc import Iterator
from itertools import product

from bot.preview.screens import Seen
from bot.rendering import ENDONYMS
from dialogs.crisis import Card, Kind, Stage
from dialogs.crisis_card import crisis_screen
from dialogs.keeping import TELEGRAM
from dialogs.start import Start


def crisis_cards(start: Start) -> Iterator[Seen]:
    for kind, stage, young in product(Kind, Stage, (False, True)):
        card = Card(kind=kind, stage=stage, young=young, language="en")
        for channel, languages in ((TELEGRAM, {}), ("web", {}), (TELEGRAM, ENDONYMS)):
            yield Seen(dialog="", screen=crisis_screen(card, start.directory, channel, languages))
