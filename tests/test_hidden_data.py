"""What files say beside what they show is found and named, taken out of photos whole, and nothing hostile hurts."""

import io
import logging
import os
import struct
import time
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.hidden_data.looking import look
from bot.hidden_data.pictures import cut
from tests.photos import ARTIST, CAMERA, dots, exif, film, film_with_place, letter, phone_photo, photo, with_segment

MIB = 1024 * 1024
KINDS = ("JPEG", "PNG", "WEBP")


@pytest.mark.parametrize("kind", KINDS)
def test_a_phones_photo_says_where_when_and_with_what(kind: str) -> None:
    found = look(phone_photo(kind))

    assert found.says == {"place", "time", "device"}
    assert found.sure


@pytest.mark.parametrize("kind", KINDS)
def test_the_copy_says_nothing_and_shows_the_same_dots(kind: str) -> None:
    taken = phone_photo(kind)
    clean = look(taken).clean

    assert clean is not None
    assert CAMERA.encode() in taken
    assert CAMERA.encode() not in clean
    assert dots(clean) == dots(taken)
    assert look(clean).says == frozenset()


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        (exif(time=False, device=False), {"place"}),
        (exif(place=False, device=False), {"time"}),
        (exif(place=False, time=False), {"device"}),
        (exif(place=False, time=False, device=False, name=True), {"name"}),
        (exif(place=False, time=False, device=False), set()),
    ],
)
def test_only_what_a_photo_says_is_named(said: Image.Exif, codes: set[str]) -> None:
    assert look(photo(said=said)).says == codes


def test_a_photo_that_says_nothing_has_no_copy() -> None:
    found = look(photo())

    assert (found.says, found.clean, found.sure) == (frozenset(), None, True)


def test_the_copy_still_stands_upright() -> None:
    clean = look(phone_photo()).clean

    assert clean is not None
    with Image.open(io.BytesIO(clean)) as image:
        assert dict(image.getexif()) == {0x0112: 6}


@pytest.mark.parametrize(
    ("marker", "content", "codes"),
    [
        (
            0xE1,
            b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='51,27N' xmp:CreateDate='2027'/>",
            {"place", "time"},
        ),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>", {"more"}),
        (0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10\x1c\x02\x50\0\x05Amina", {"name"}),
        (0xFE, b"kept by Amina", {"more"}),
        (0xEB, b"JP\0\0 a signed history", {"more"}),
        (0xE2, b"MPF\0 another picture", {"more"}),
        (0xE1, b"Exif\0\0 no TIFF follows", set()),
    ],
)
def test_each_place_a_jpeg_can_hide_words_in_is_emptied(marker: int, content: bytes, codes: set[str]) -> None:
    shows = photo()
    whole = cut(with_segment(shows, marker, content))

    assert whole is not None
    assert whole.clean == shows
    assert look(with_segment(shows, marker, content)).says == codes


@pytest.mark.parametrize("kind", KINDS)
def test_what_follows_the_end_of_a_picture_is_taken_out(kind: str) -> None:
    shows = photo(kind)

    found = look(shows + film_with_place())

    assert found.says >= {"more"}
    assert found.clean == shows


def test_colours_are_kept_as_they_are() -> None:
    profile = b"ICC_PROFILE\0\x01\x01" + bytes(200)
    found = look(with_segment(phone_photo(), 0xE2, profile))

    assert found.clean is not None
    assert profile in found.clean


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (film_with_place(), {"place", "time"}),
        (film(), set()),
        (letter(), {"name"}),
        (letter(""), set()),
        (b"%PDF-1.7\n1 0 obj << /Author (Amina Example) /CreationDate (D:2027) >>", {"name", "time"}),
        (b"%PDF-1.7\n1 0 obj << /Author () >>", set()),
        (b"\0\0\0\x18ftypheic" + bytes(99) + exif().tobytes(), {"place", "time", "device"}),
        (b"plain words", set()),
    ],
)
def test_other_files_are_named_as_far_as_they_can_be_read(content: bytes, codes: set[str]) -> None:
    found = look(content)

    assert found.says == codes
    assert (found.clean, found.sure) == (None, False)


def _png_bomb() -> bytes:
    """Says it is a hundred thousand dots wide and high, and unpacks to words without end."""
    bomb = b"Author\0\0" + zlib.compress(bytes(64 * MIB), 9)
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)), (b"zTXt", bomb), (b"IEND", b"")]
    made = (struct.pack(">I", len(c)) + name + c + struct.pack(">I", zlib.crc32(name + c)) for name, c in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def _zip_bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as entries:
        entries.writestr("docProps/core.xml", b"<dc:creator>" + bytes(200 * MIB))
    return made.getvalue()


def _crowded_zip() -> bytes:
    """An office file with a hundred thousand entries that all say the same."""
    entry = b"PK\1\2" + bytes(42)
    central = entry * 100_000
    return b"PK\3\4" + central + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, len(central), 4, 0)


HOSTILE = {
    "empty jpeg": b"\xff\xd8",
    "only fill": b"\xff\xd8" + b"\xff" * (2 * MIB),
    "endless pieces": b"\xff\xd8" + b"\xff\xfe\0\2" * MIB,
    "length beyond the end": b"\xff\xd8\xff\xe1\xff\xffExif\0\0",
    "length of nothing": b"\xff\xd8\xff\xe1\0\0",
    "no marker": b"\xff\xd8\xff\xdb\0\2nonsense",
    "half a photo": phone_photo()[:700],
    "exif of one letter": with_segment(photo(), 0xE1, b"Exif\0\0M"),
    "exif that points at itself": with_segment(
        photo(), 0xE1, b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\0\0\0\0"
    ),
    "exif that claims gigabytes": with_segment(
        photo(), 0xE1, b"Exif\0\0II*\0\x08\0\0\0\x01\0\x0f\x01\x02\0\xff\xff\xff\xff\x08\0\0\0"
    ),
    "png bomb": _png_bomb(),
    "png that ends early": phone_photo("PNG")[:60],
    "webp with a lie": b"RIFF\xff\xff\xff\xffWEBPVP8X\x0a\0\0\0",
    "webp of nothing": b"RIFF\0\0\0\0WEBP",
    "zip bomb": _zip_bomb(),
    "crowded zip": _crowded_zip(),
    "film in circles": b"\0\0\0\x08ftyp\0\0\0\0free",
    "film of dust": b"\0\0\0\x08ftyp" * MIB,
    "photo that is a program": b"MZ" + os.urandom(5_000),
    "photo and archive": phone_photo() + letter(),
    "tiff of nothing": b"II*\0",
    "gif": b"GIF89a" + os.urandom(500),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_looked_at_quickly_and_cheaply(name: str) -> None:
    content = HOSTILE[name]
    tracemalloc.start()
    began = time.perf_counter()

    found = look(content)

    seconds, most = time.perf_counter() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seconds < 5
    assert most < 4 * len(content) + 3 * MIB
    assert found.clean is None or look(found.clean).says == frozenset()


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 1_500), wrong=st.binary(min_size=1, max_size=40), kind=st.sampled_from(KINDS))
def test_a_damaged_photo_never_stops_us_nor_leaves_a_copy_that_tells(at: int, wrong: bytes, kind: str) -> None:
    whole = MADE[kind]
    damaged = whole[:at] + wrong + whole[at + len(wrong) :]

    found = look(damaged)

    assert found.clean is None or look(found.clean).says == frozenset()
    assert found.clean is None or CAMERA.encode() not in found.clean


MADE = {kind: phone_photo(kind) for kind in KINDS}


def test_a_photo_of_twenty_megabytes_is_cut_in_bounded_memory() -> None:
    big = phone_photo().replace(b"\xff\xd9", b"") + os.urandom(19 * MIB).replace(b"\xff", b"\0") + b"\xff\xd9"
    tracemalloc.start()

    found = look(big)

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.clean is not None
    assert most < 3.5 * len(big)


def test_no_place_phone_or_name_reaches_a_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        look(photo(said=exif(name=True)))
        look(letter())

    assert caplog.text == ""
    assert ARTIST not in repr(look(letter()))
