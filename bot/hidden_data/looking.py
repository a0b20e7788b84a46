"""Looks into a file of any kind: names what does not show, and takes it out where that can be done."""

from dataclasses import dataclass, field

from bot.hidden_data.documents import named_in_any, named_in_iptc, named_in_xmp
from bot.hidden_data.exif import named_in
from bot.hidden_data.pictures import Broken, Cut, Piece, cut

_TEXT_NAMES = {b"Author": "name", b"Artist": "name", b"Copyright": "name", b"Creation Time": "time"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`says`: of "place", "time", "device", "name" and "more", what the file tells beside what it shows.

    `clean`: the same photo without that; None where there is nothing, or it cannot be taken out.
    `sure`: there is nothing else. Of a file we cannot read to its end nobody knows.
    """

    says: frozenset[str]
    clean: bytes | None = field(default=None, repr=False)
    sure: bool


def look(plain: bytes) -> Found:
    """What `plain` says beside what it shows. Never raises; slow for large files, so run it in a thread."""
    whole = _cut(plain)
    if whole is None:
        return Found(says=named_in_any(plain), sure=False)
    says = frozenset[str]().union(*(_named(piece) for piece in whole.removed))
    return Found(says=says, clean=whole.clean if says else None, sure=True)


def _cut(plain: bytes) -> Cut | None:
    """None if `plain` is no photo we know, or what is left of it would still say something."""
    try:
        whole = cut(plain)
        again = cut(whole.clean) if whole else None
    except Broken:
        return None
    return whole if again and not again.removed else None


def _named(piece: Piece) -> frozenset[str]:
    if piece.kind == "exif":
        return named_in(piece.content)
    if piece.kind == "xmp":
        return named_in_xmp(piece.content) or frozenset({"more"})
    if piece.kind == "iptc":
        return named_in_iptc(piece.content) or frozenset({"more"})
    if piece.kind == "text":
        return frozenset({_TEXT_NAMES.get(piece.content.partition(b"\0")[0], "more")})
    return frozenset({piece.kind})
