"""What films, office files and PDFs say beside what they show, as far as it can be found without unpacking them."""

import re
import zipfile
from contextlib import suppress
from io import BytesIO

from bot.hidden_data.exif import named_in

MOST_ENTRIES = 5_000  # of an office file; more is no letter of anybody
MOST_READ = 64 * 1024  # bytes of a description
MOST_BOXES = 10_000  # of a film
_ABOUT = ("docProps/core.xml", "meta.xml")  # where Word and its like, and LibreOffice, keep who wrote it
_SAID = r"[^>]*>\s*[^<\s]"  # an element that is not empty
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
    "name": re.compile(rb"/Author\s*(?:\((?!\))|<(?!>|<))"),
    "time": re.compile(rb"/(?:CreationDate|ModDate)\s*\("),
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
    return _found(_XMP, content)


def named_in_iptc(content: bytes) -> frozenset[str]:
    """Of the description that newspapers' programs add to photos."""
    return _found(_IPTC, content)


def named_in_any(content: bytes) -> frozenset[str]:
    """Of any file that is no photo we can cut: a film, a document, a photo of another kind, or a damaged one."""
    said = _found(_PDF, content) if content.startswith(b"%PDF") else frozenset()
    if content[4:8] == b"ftyp":
        said |= _found(_FILM, _about_the_film(content))
    if content.startswith(b"PK\x03\x04"):
        said |= _found(_OFFICE, _about_the_document(content))
    return said | _exif_within(content) | _xmp_within(content)


def _found(patterns: Patterns, content: bytes) -> frozenset[str]:
    return frozenset(code for code, pattern in patterns.items() if pattern.search(content))


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
        for name in {*_ABOUT} & {*entries.namelist()}:
            with entries.open(name) as entry:
                about += entry.read(MOST_READ)
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
