"""What a camera writes into a photo, read by Pillow: as codes, never as values."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any

from PIL.ExifTags import IFD, Base
from PIL.Image import Exif

MOST = 256 * 1024  # bytes of EXIF that are looked at; a JPEG holds 64 KB at most
_ROTATED = range(2, 9)
_DEVICE = (Base.Make, Base.Model, Base.BodySerialNumber, Base.LensMake, Base.LensModel, Base.LensSerialNumber)
_NAME = (Base.Artist, Base.Copyright, Base.CameraOwnerName, Base.XPAuthor)
_TIME = (Base.DateTime, Base.DateTimeOriginal, Base.DateTimeDigitized)
_MORE = (Base.MakerNote, Base.UserComment, Base.ImageDescription, Base.XPComment, Base.XPTitle, Base.ImageUniqueID)
_ONE_AT_A_TIME = Lock()  # what is warned of is set for the whole program, and files are looked at in several threads
_LATITUDE, _LONGITUDE, _AREA, _DAY = 2, 4, 28, 29  # of the GPS tags


def named_in(content: bytes) -> frozenset[str]:
    """Of "place", "time", "device", "name" and "more", what `content` ("Exif", two zeros, TIFF) says."""
    exif = _read(content)
    tags = {**exif, **_directory(exif, IFD.Exif)}
    gps = _directory(exif, IFD.GPSInfo)
    said = {
        "place": _any(gps, (_LATITUDE, _LONGITUDE, _AREA)),
        "time": _any(tags, _TIME) or _any(gps, (_DAY,)),
        "device": _any(tags, _DEVICE),
        "name": _any(tags, _NAME),
        "more": _any(tags, _MORE),
    }
    return frozenset(code for code, found in said.items() if found)


def orientation_of(content: bytes) -> int:
    """Which way is up: 1 to 8; 1 if that is not said."""
    said = _read(content).get(Base.Orientation)
    return said if isinstance(said, int) else 1


def only_orientation(orientation: int) -> bytes:
    """EXIF that says which way is up, and nothing else; b"" if the photo stands upright anyway."""
    if orientation not in _ROTATED:
        return b""
    exif = Exif()
    exif[Base.Orientation] = orientation
    return exif.tobytes()


def _read(content: bytes) -> Exif:
    """As far as it can be read: whatever Pillow stumbles over in a damaged or hostile file ends the reading."""
    exif = Exif()
    with _quietly():
        exif.load(content[:MOST])
    return exif


@contextmanager
def _quietly() -> Iterator[None]:
    """Pillow writes a line to the program's output for every tag that lies: thousands, for a file made to do so."""
    with _ONE_AT_A_TIME, warnings.catch_warnings(), suppress(Exception):
        warnings.simplefilter("ignore")
        yield


def _directory(exif: Exif, which: int) -> dict[int, Any]:
    with _quietly():
        return dict(exif.get_ifd(which))
    return {}


def _any(tags: dict[int, Any], wanted: tuple[int, ...]) -> bool:
    return any(_says(tags.get(tag)) for tag in wanted)


def _says(value: Any) -> bool:
    """Cameras leave empty places where nothing is known."""
    if isinstance(value, str):
        return bool(value.strip("\0 "))
    return bool(value.strip(b"\0 ")) if isinstance(value, bytes) else value is not None and value != ()
