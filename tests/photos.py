"""Photos, films and papers as phones and programs make them, with what they say beside what they show."""

import io
import os
import struct
import zipfile

from PIL import Image

CITY = (51.0, 27.0, 16.24)  # degrees, minutes and seconds north; as a phone writes where it is
CAMERA = "Fairphone 5"
DAY = "2027:02:28 22:14:03"
ARTIST = "Amina Example"


def exif(*, place: bool = True, time: bool = True, device: bool = True, name: bool = False) -> Image.Exif:
    """What a phone writes; the photo lies on its side."""
    said = Image.Exif()
    said[0x0112] = 6
    if device:
        said[0x0110] = CAMERA
    if name:
        said[0x013B] = ARTIST
    if time:
        said.get_ifd(0x8769)[0x9003] = DAY
    if place:
        said.get_ifd(0x8825).update({1: "N", 2: CITY, 3: "W", 4: (2.0, 35.0, 16.4)})
    return said


def photo(kind: str = "JPEG", *, said: Image.Exif | None = None, size: tuple[int, int] = (320, 200)) -> bytes:
    """A photo of noise in colours."""
    image = Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3))
    made = io.BytesIO()
    image.save(made, kind, **({"exif": said} if said else {}), **({"lossless": True} if kind == "WEBP" else {}))
    return made.getvalue()


def phone_photo(kind: str = "JPEG") -> bytes:
    """With where and when it was taken, and by which phone."""
    return photo(kind, said=exif())


def dots(content: bytes) -> bytes:
    """What a photo shows."""
    with Image.open(io.BytesIO(content)) as image:
        return image.tobytes()


def with_segment(jpeg: bytes, marker: int, content: bytes) -> bytes:
    """A JPEG with one more segment, at its beginning."""
    return jpeg[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content + jpeg[2:]


def film(*boxes: bytes) -> bytes:
    """A film whose description holds these boxes."""
    return _box(b"ftyp", b"qt  ") + _box(b"mdat", os.urandom(5_000)) + _box(b"moov", b"".join(boxes))


def film_with_place() -> bytes:
    """As phones make it: where stands in a box that Apple invented."""
    made = _box(b"mvhd", bytes(4) + struct.pack(">II", 3_850_000_000, 3_850_000_000) + bytes(88))
    return film(made, _box(b"udta", _box(b"\xa9xyz", b"\0\x12\x15\xc7+51.4545-002.5879/")))


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + name + content


def letter(creator: str = ARTIST) -> bytes:
    """A Word file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as entries:
        entries.writestr("[Content_Types].xml", "<Types/>")
        entries.writestr("docProps/core.xml", f"<cp:p><dc:creator>{creator}</dc:creator></cp:p>")
    return made.getvalue()
