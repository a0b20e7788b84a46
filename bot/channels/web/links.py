"""Telephone numbers and addresses in our own sentences, made into links: on a phone, one tap calls."""

import re

from markupsafe import Markup, escape

# National numbers as the directory writes them, and the short ones of the sentences about emergencies.
_PHONE = r"(?<![\d\w])(?:0\d(?:[ ]?\d){7,10}|116 ?\d{3}|999|112|111|101)(?![\d\w])"
_ADDRESS = r"https?://[^\s\u2068\u2069<>\"]+[^\s\u2068\u2069<>\".,;:!?)]"
_LINK = re.compile(f"(?P<phone>{_PHONE})|(?P<address>{_ADDRESS})")


def linked(words: str) -> Markup:
    """`words` as HTML with its links; everything else in it is escaped."""
    made, last = Markup(""), 0
    for found in _LINK.finditer(words):
        made += escape(words[last : found.start()]) + _link(found)
        last = found.end()
    return made + escape(words[last:])


def is_number(words: str) -> bool:
    """Whether this is one telephone number and nothing else; a code of a report is longer."""
    return re.fullmatch(_PHONE, words) is not None


def _link(found: re.Match[str]) -> Markup:
    if found["address"]:
        return Markup('<a href="{0}" rel="noreferrer noopener">{0}</a>').format(found["address"])
    digits = found["phone"].replace(" ", "")
    return Markup('<a href="tel:{}" dir="ltr">{}</a>').format(digits, found["phone"])
