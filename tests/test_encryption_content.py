"""Locking under a content key: what binds, what the length tells, and that nothing damaged opens."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.encryption.content import ContentKey, bind, lock, unlock
from bot.encryption.derive import derive
from bot.encryption.errors import CannotOpen
from bot.encryption.formats import pad, size_class, unpad
from bot.encryption.sealing import Purpose

KEY = ContentKey.generate()
HERE = bind("report-7", "account", "1")
WORDS = "እሱ አውቶብስ ላይ ተፋብኝ".encode()
LOCKED = lock(WORDS, KEY, Purpose.PART, context=HERE)


@settings(deadline=None)
@given(plain=st.binary(max_size=5000), context=st.binary(max_size=100), purpose=st.sampled_from(Purpose))
def test_the_key_unlocks_exactly_what_was_locked(plain: bytes, context: bytes, purpose: Purpose) -> None:
    assert unlock(lock(plain, KEY, purpose, context=context), KEY, purpose, context=context) == plain


def test_a_video_of_twenty_megabytes_comes_back_whole() -> None:
    video = bytes(range(256)) * 80_000 + bytes(1000)

    assert unlock(lock(video, KEY, Purpose.BLOB, context=HERE), KEY, Purpose.BLOB, context=HERE) == video


def test_another_key_does_not_unlock() -> None:
    with pytest.raises(CannotOpen):
        unlock(LOCKED, ContentKey.generate(), Purpose.PART, context=HERE)


@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose is not Purpose.PART])
def test_a_part_never_unlocks_as_something_else(purpose: Purpose) -> None:
    with pytest.raises(CannotOpen):
        unlock(LOCKED, KEY, purpose, context=HERE)


@pytest.mark.parametrize(
    "elsewhere",
    [bind("report-8", "account", "1"), bind("report-7", "contact", "1"), bind("report-7", "account", "2")],
    ids=["another report", "another part", "another version"],
)
def test_words_moved_to_another_place_do_not_unlock(elsewhere: bytes) -> None:
    with pytest.raises(CannotOpen):
        unlock(LOCKED, KEY, Purpose.PART, context=elsewhere)


@settings(deadline=None, max_examples=300)
@given(bit=st.integers(0, 8 * len(LOCKED) - 1))
def test_one_changed_bit_anywhere_is_noticed(bit: int) -> None:
    damaged = bytearray(LOCKED)
    damaged[bit // 8] ^= 1 << bit % 8

    with pytest.raises(CannotOpen):
        unlock(bytes(damaged), KEY, Purpose.PART, context=HERE)


@settings(deadline=None)
@given(garbage=st.binary(max_size=400) | st.integers(0, len(LOCKED) - 1).map(lambda end: LOCKED[:end]))
def test_rubbish_and_cut_off_rows_are_refused(garbage: bytes) -> None:
    for rubbish in (garbage, b"\x01" + garbage[1:], LOCKED + garbage + b"\0"):
        with pytest.raises(CannotOpen):
            unlock(rubbish, KEY, Purpose.PART, context=HERE)


def test_a_draft_locked_a_thousand_times_never_repeats_its_salt() -> None:
    salts = {lock(b"same", KEY, Purpose.DRAFT, context=HERE)[1:33] for _ in range(1000)}

    assert len(salts) == 1000


def test_what_version_one_stored_last_year_still_unlocks() -> None:
    """A stored row, fixed: a change of the format, the labels or the derivation fails here."""
    stored = base64.b64decode(STORED)
    key = ContentKey.from_bytes(b"\x01" + bytes(range(32)))

    assert unlock(stored, key, Purpose.PART, context=bind("report-7", "facts", "1")) == b"It still opens."


def test_a_content_key_survives_being_stored_and_read() -> None:
    key = ContentKey.from_bytes(KEY.to_bytes())

    assert unlock(LOCKED, key, Purpose.PART, context=HERE) == WORDS


@pytest.mark.parametrize("stored", [b"", b"\x01", b"\x02" + bytes(32), b"\x01" + bytes(31), b"\x01" + bytes(33)])
def test_a_damaged_content_key_is_refused(stored: bytes) -> None:
    with pytest.raises(CannotOpen):
        ContentKey.from_bytes(stored)


def test_a_content_key_of_another_size_cannot_exist() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        ContentKey(raw=bytes(16))


@settings(deadline=None)
@given(one=st.integers(0, 300_000), more=st.integers(0, 70_000))
def test_texts_of_one_size_class_are_stored_equally_long(one: int, more: int) -> None:
    short, long = lock(bytes(one), KEY, Purpose.PART, context=b""), pad(bytes(one + more))

    assert (len(short) - 49 == len(long)) == (size_class(one + 1) == size_class(one + more + 1))


def test_yes_and_a_long_sentence_look_alike() -> None:
    lengths = {len(lock(b"x" * length, KEY, Purpose.PART, context=b"")) for length in range(256)}

    assert lengths == {256 + 49}


@given(length=st.integers(1, 10**9))
def test_padding_costs_no_more_than_it_says(length: int) -> None:
    size = size_class(length)

    assert length <= size == size_class(size)
    assert size < max(257, 2 * length)
    assert length <= 65536 or size - length < max(65536, length / 8)


@pytest.mark.parametrize(
    ("length", "size"),
    [
        (1, 256),
        (256, 256),
        (257, 512),
        (40_000, 65_536),
        (65_537, 131_072),
        (700_000, 720_896),
        (1_048_577, 1_179_648),
    ],
)
def test_size_classes_are_the_documented_ones(length: int, size: int) -> None:
    assert size_class(length) == size


@given(plain=st.binary(max_size=600) | st.lists(st.sampled_from([0, 0x80]), max_size=600).map(bytes))
def test_padding_comes_off_whatever_the_text_ends_in(plain: bytes) -> None:
    assert unpad(pad(plain)) == plain


@pytest.mark.parametrize("padded", [b"", bytes(256), b"words" + bytes(251), b"words\x80" + bytes(249) + b"!"])
def test_padding_without_its_mark_is_refused(padded: bytes) -> None:
    with pytest.raises(CannotOpen):
        unpad(padded)


@given(one=st.lists(st.text(max_size=5), max_size=4), other=st.lists(st.text(max_size=5), max_size=4))
def test_two_places_never_bind_to_the_same_bytes(one: list[str], other: list[str]) -> None:
    assert (bind(*one) == bind(*other)) == (one == other)


def test_moving_a_letter_between_parts_changes_the_place() -> None:
    assert len({bind("ab", "c"), bind("a", "bc"), bind("abc"), bind("abc", ""), bind("", "abc")}) == 5


def test_half_a_surrogate_pair_binds_without_an_error() -> None:
    assert bind("\ud800") != bind("\ud801")


@pytest.mark.parametrize(
    ("salt", "info", "expected"),
    [
        (
            bytes(range(13)),
            bytes(range(0xF0, 0xFA)),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf",
        ),
        (None, b"", "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"),
    ],
    ids=["test case 1", "test case 3"],
)
def test_derivation_is_the_one_of_rfc_5869(salt: bytes | None, info: bytes, expected: str) -> None:
    assert derive(b"\x0b" * 22, info, salt=salt).hex() == expected


STORED = """
AVKbw62fDp6Ug5mYSQfqM/CqXAJGQlcpURWEg6Jxyul2QYRAglshWYKKBWGJ80s6m5NWIiCAZ81BtYra65xXKeZQm80LNbdFGJj4
OMA3Vb6042RUs/7KmJVPmHhtj5iqqHYtLord+tGB8Q19rIXWhHIvvS2RAAmS9SUEsiGrHSrjoj1JESFxj/f6N4VpPngnHlXb72xh
4oTKEdYurJFMutYVzcENT/aOAPJy0vu8rxpKE6nXFTfk9DI6YCc96jF7J1Ofm8iawjzx5M3+n3bFYW2cNxL+k3EMmG0V2jQcpw8Y
YhsfQDJP5lLcj2WR0Z6R+LLMVcvvRc6OdLu9CLU+7nY/vPtJXS/jllYQ3XuaEVpI4Ay0pQjpZnRtE8wuxnMRxOUIp9QCLpaBhI+d
Z3Doqjw=
"""
