"""Which characters a text of the directory may hold: what can be seen, and the marks that Arabic letters need."""

import unicodedata

JOINERS = frozenset("\u200c\u200d\u200e\u200f\u061c")  # joiners and marks of direction; none of them turns text round
UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def unseen(text: str) -> str:
    """The name of the first character that nobody sees or that turns the order of others round; "" if none does."""
    if text.isprintable():
        return ""
    found = (letter for letter in text if unicodedata.category(letter) in UNSEEN and letter not in JOINERS)
    return next((f"U+{ord(letter):04X}" for letter in found), "")
