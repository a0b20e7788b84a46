"""Takes what does not show out of a photo. The picture itself stays as it is, bit for bit: nothing is decoded.

Pillow can only leave such data out by compressing the picture anew, which changes the evidence and unpacks bombs.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.hidden_data.exif import only_orientation, orientation_of

MOST_PIECES = 50_000  # of one file; a photo has some hundreds
MOST_EXIF = 8  # of those that a camera wrote; a photo has one, or two
_STRETCH = 1024 * 1024  # searched at once, as nothing else in the program goes on meanwhile
_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # after the dots of a JPEG, in which FF 00 is one of them
_FILL = re.compile(rb"\xff+(?=\xff)")
_END, _SCAN, _COMMENT = 0xD9, 0xDA, 0xFE
_OF_THE_PICTURE = frozenset({*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD}) - {0xC8}
_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT pHYs bKGD acTL fcTL fdAT".split()
)  # of a PNG, that the picture is made of
_WEBP_CHUNKS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_FLAGS = 0x08 | 0x04  # of VP8X: that EXIF, that XMP follow


class Broken(ValueError):
    """The file is not built as its beginning says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Something that does not show. `kind`: "exif", "xmp", "iptc", "text", "time" or "more"."""

    kind: str
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A photo in two: what shows, as a file of its own, and the rest."""

    clean: bytes = field(repr=False)
    removed: tuple[Piece, ...]


Part = tuple[bytes | memoryview, Piece | None]  # a stretch of a file, and what it is if it does not show
Pieces = Iterator[Part]


def cut(photo: bytes) -> Cut | None:
    """`photo` in two; None if it is of a kind we cannot cut. Raises `Broken`."""
    reader = _reader_of(photo)
    if reader is None:
        return None
    kept, removed, by_cameras = bytearray(), [], 0
    for number, (stretch, piece) in enumerate(reader(photo)):
        by_cameras += piece is not None and piece.kind == "exif"
        if number > MOST_PIECES or by_cameras > MOST_EXIF:
            raise Broken
        if piece is None:
            kept += stretch
        else:
            removed.append(piece)
    if reader is _webp:
        kept[4:8] = (len(kept) - 8).to_bytes(4, "little")
    return Cut(clean=bytes(kept), removed=tuple(removed))


def _reader_of(photo: bytes) -> Callable[[bytes], Pieces] | None:
    if photo.startswith(_JPEG):
        return _jpeg
    if photo.startswith(_PNG):
        return _png
    return _webp if photo[:4] == b"RIFF" and photo[8:12] == b"WEBP" else None


def _jpeg(photo: bytes) -> Pieces:
    yield _JPEG, None
    at, seen_scan = len(_JPEG), False
    while at < len(photo):
        filled = _FILL.match(photo, at)
        at = filled.end() if filled else at
        marker = photo[at + 1] if photo[at : at + 1] == b"\xff" and at + 1 < len(photo) else 0
        if marker == _END:
            yield photo[at : at + 2], None
            yield from _tail(photo[at + 2 :])
            return
        end = at + 2 + int.from_bytes(photo[at + 2 : at + 4], "big")
        if not marker or end < at + 4 or end > len(photo):
            raise Broken
        yield from _segment(marker, photo[at:end])
        at = end
        if marker == _SCAN:
            seen_scan = True
            at = _next_marker(photo, at)
            yield memoryview(photo)[end:at], None
    if not seen_scan:
        raise Broken


def _next_marker(photo: bytes, at: int) -> int:
    """Where the dots end."""
    for start in range(at, len(photo), _STRETCH):
        found = _NEXT_MARKER.search(photo, start, start + _STRETCH + 1)
        if found:
            return found.start()
    return len(photo)


def _segment(marker: int, segment: bytes) -> Pieces:
    content = segment[4:]
    if marker in _OF_THE_PICTURE or _colours(marker, content):
        yield segment, None
    elif marker == 0xE0:
        return  # a small picture of the picture, or nothing
    elif (marker, content[:6]) == (0xE1, b"Exif\0\0"):
        yield from _exif(content)
    elif (marker, content[:5]) == (0xE1, b"http:"):
        yield b"", Piece(kind="xmp", content=content)
    else:
        yield b"", Piece(kind="iptc" if marker == 0xED else "text" if marker == _COMMENT else "more", content=content)


def _colours(marker: int, content: bytes) -> bool:
    """Whether a segment says what the colours and dots mean."""
    size = marker == 0xE0 and content[:5] == b"JFIF\0" and content[12:] == b"\0\0"
    return size or (marker, content[:12]) == (0xE2, b"ICC_PROFILE\0") or (marker, content[:5]) == (0xEE, b"Adobe")


def _exif(content: bytes) -> Pieces:
    """Which way is up is the only thing kept, as a photo would lie on its side without it."""
    upright = only_orientation(orientation_of(content))
    if upright:
        yield b"\xff\xe1" + (len(upright) + 2).to_bytes(2, "big") + upright, None
    if content != upright:
        yield b"", Piece(kind="exif", content=content)


def _png(photo: bytes) -> Pieces:
    yield _PNG, None
    at = len(_PNG)
    while at < len(photo):
        name = photo[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(photo[at : at + 4], "big")
        if len(name) < 4 or end > len(photo):
            raise Broken
        yield (memoryview(photo)[at:end], None) if name in _CHUNKS else (b"", _of_png(name, photo[at + 8 : end - 4]))
        at = end
        if name == b"IEND":
            yield from _tail(photo[at:])
            return
    raise Broken


def _of_png(name: bytes, content: bytes) -> Piece:
    if name == b"eXIf":
        return Piece(kind="exif", content=b"Exif\0\0" + content)
    if name == b"tIME":
        return Piece(kind="time")
    xmp = name == b"iTXt" and content.startswith(b"XML:com.adobe.xmp")
    return Piece(kind="xmp" if xmp else "text" if name in (b"tEXt", b"iTXt", b"zTXt") else "more", content=content)


def _webp(photo: bytes) -> Pieces:
    yield photo[:12], None
    at, whole = 12, min(len(photo), 8 + int.from_bytes(photo[4:8], "little"))
    while at < whole:
        name, length = photo[at : at + 4], int.from_bytes(photo[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        if len(name) < 4 or at + 8 + length > len(photo):
            raise Broken
        yield from _of_webp(name, photo[at:end])
        at = end
    yield from _tail(photo[at:])


def _of_webp(name: bytes, chunk: bytes) -> Pieces:
    if name == b"VP8X":
        yield chunk[:8] + bytes([chunk[8] & ~_WEBP_FLAGS]) + chunk[9:], None
    elif name in _WEBP_CHUNKS:
        yield chunk, None
    elif name == b"EXIF":
        content = chunk[8:]
        yield b"", Piece(kind="exif", content=content if content[:4] == b"Exif" else b"Exif\0\0" + content)
    else:
        yield b"", Piece(kind="xmp" if name == b"XMP " else "more", content=chunk[8:])


def _tail(rest: bytes) -> Pieces:
    """What follows the end of a picture, such as the film of a moving photo."""
    if rest.strip(b"\0"):
        yield b"", Piece(kind="more", content=rest)
