"""What people type around a code when they copy it from paper, a screenshot or a message."""

import unicodedata

_MOST_CHARACTERS = 400

# Unicode categories that cannot be part of a code: spaces of all kinds, control and format characters (bidi
# marks, zero-width joiners, soft hyphens), dashes, connectors, other punctuation, and the marks that make a
# digit a keycap.
_AROUND = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Pd", "Pc", "Po", "Mn", "Me"})
_MINUS = "\N{MINUS SIGN}"


def bare(typed: str) -> str:
    """Return `typed` without spaces, dashes, points and marks; empty if it is too long for a code."""
    # A whole story pasted in place of a code must not cost a walk through every character.
    if len(typed) > _MOST_CHARACTERS:
        return ""
    return "".join(sign for sign in typed if unicodedata.category(sign) not in _AROUND and sign != _MINUS)
