"""What films, office files and PDFs say beside what they show, as far as it can be found without unpacking them."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

from bot.hidden_data.exif import named_in

MOST_ENTRIES = 5_000  # of an office file; more is no letter of anybody
MOST_READ = 64 * 1024  # bytes of a description
MOST_SEARCHED = 1024 * 1024  # of one that a photo holds
_STRETCH = 256 * 1024  # searched at once, as nothing else in the program goes on meanwhile
_OVERLAP = 512  # longer than anything we look for
MOST_BOXES = 10_000  # of a film
_ABOUT = ("docProps/core.xml", "meta.xml")  # where Word and its like, and LibreOffice, keep who wrote it
_SAID = r"[^<>]{0,200}>\s{0,200}[^<\s]"  # an element that is not empty
_UNPACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # other ways may ask for gigabytes to unpack a line
_XMP = {
    "place": re.compile(rb"GPSLatitude|GPSLongitude|photoshop:City|Iptc4xmpCore:Location"),
    "time": re.compile(rb"DateTimeOriginal|DateTimeDigitized|CreateDate|ModifyDate|DateCreated"),
    "device": re.compile(rb"tiff:Make|tiff:Model|SerialNumber"),
    "name": re.compile(rb"dc:creator|photoshop:Credit|xmpRights:Owner|dc:rights"),
}
_OFFICE = {
    "name": re.compile(rf"(?:creator|lastModifiedBy){_SAID}".encode()),
    "time": re.compile(rf"(?:created|modified|creation-date|dc:date){_SAID}".encode()),
}
_PDF = {
    "name": re.compile(rb"/Author\s{0,200}(?:\((?!\))|<(?!>|<))"),
    "time": re.compile(rb"/(?:CreationDate|ModDate)\s{0,200}\("),
}
_FILM = {
    "place": re.compile(rb"\xa9xyz|loci|ISO6709"),
    "time": re.compile(rb"mvhd(?:\x00...(?!\0{4})|\x01...(?!\0{8}))|creationdate", re.DOTALL),
    "device": re.compile(rb"\xa9mak|\xa9mod|quicktime\.make|quicktime\.model|com\.android"),
    "name": re.compile(rb"\xa9aut|\xa9ART|quicktime\.author"),
}
_IPTC = {
    "place": re.compile(rb"\x1c\x02[\x5a\x5c\x5f]"),
    "time": re.compile(rb"\x1c\x02[\x37\x3c\x3e]"),
    "name": re.compile(rb"\x1c\x02[\x50\x6e\x74]"),
}
Patterns = dict[str, re.Pattern[bytes]]


def named_in_xmp(content: bytes) -> frozenset[str]:
    """As `exif.named_in`, of the description that Adobe's and other programs add to photos and PDFs."""
    return _found(_XMP, content[:MOST_SEARCHED])


def named_in_iptc(content: bytes) -> frozenset[str]:
    """Of the description that newspapers' programs add to photos."""
    return _found(_IPTC, content[:MOST_SEARCHED])


def named_in_any(content: bytes) -> frozenset[str]:
    """Of any file that is no photo we can cut: a film, a document, a photo of another kind, or a damaged one."""
    said = _found(_PDF, content) if content.startswith(b"%PDF") else frozenset()
    if content[4:8] == b"ftyp":
        said |= _found(_FILM, _about_the_film(content))
    if content.startswith(b"PK\x03\x04"):
        said |= _found(_OFFICE, _about_the_document(content))
    return said | _exif_within(content) | _xmp_within(content)


def _found(patterns: Patterns, content: bytes) -> frozenset[str]:
    return frozenset(code for code, pattern in patterns.items() if any(_searched(pattern, content)))


def _searched(pattern: re.Pattern[bytes], content: bytes) -> Iterator[bool]:
    """Stretch by stretch, so that the rest of the program has its turn between two."""
    for at in range(0, len(content), _STRETCH):
        found = pattern.search(content, at, at + _STRETCH + _OVERLAP)
        yield found is not None and found.start() < at + _STRETCH  # later ones are cut off, and found whole next time


def _about_the_film(film: bytes) -> bytes:
    """The box "moov", in which a film's description lies; b"" if there is none."""
    at = 0
    for _ in range(MOST_BOXES):
        length, name = int.from_bytes(film[at : at + 4], "big"), film[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(film[at + 8 : at + 16], "big")
        if name == b"moov":
            return film[at : at + length] if length else film[at:]
        if length < 8:
            break
        at += length
    return b""


def _about_the_document(document: bytes) -> bytes:
    """What an office file says of itself, bounded, whatever it claims of its size."""
    if document.count(b"PK\x01\x02") > MOST_ENTRIES:
        return b""
    about = b""
    with suppress(Exception), zipfile.ZipFile(BytesIO(document)) as entries:  # whatever a hostile one breaks
        told = {entry.filename: entry for entry in entries.infolist() if entry.filename in _ABOUT}
        for entry in told.values():
            if entry.compress_type in _UNPACKED:
                with entries.open(entry) as opened:
                    about += opened.read(MOST_READ)
    return about


def _exif_within(content: bytes) -> frozenset[str]:
    at = content.find(b"Exif\0\0")
    if at >= 0:
        return named_in(content[at : at + MOST_READ])
    tiff = content[:4] in (b"II*\0", b"MM\0*")
    return named_in(b"Exif\0\0" + content) if tiff else frozenset()


def _xmp_within(content: bytes) -> frozenset[str]:
    at = content.find(b"<x:xmpmeta")
    return named_in_xmp(content[at : at + MOST_READ]) if at >= 0 else frozenset()
